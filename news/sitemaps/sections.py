"""The sections of the sitemap, one for each kind of page, split into parts by primary keys."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.core.cache import cache
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Greatest
from django.urls import reverse

from ..models import Article, Category, CategoryTree, Event, Source, Tag
from ..text.addresses import own_path

PART_SIZE = 5_000  # primary keys; the protocol allows 50,000 addresses and 50 MB a file, and images take most of that
MAX_IMAGES = 20  # of an article, so that a part stays below 50 MB
ALL_PKS = range(1, 2**62)
PARTS_KEY = "sitemap-parts"  # in the cache

Part = tuple[int, datetime | None]  # number, last change of an address in it


@dataclass(frozen=True)
class Address:
    pk: int
    path: str
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()


class Section:
    name: ClassVar[str]

    def addresses(self, pks: range) -> Iterator[Address]:
        raise NotImplementedError

    def parts(self) -> list[Part]:
        found: dict[int, datetime | None] = {}
        for address in self.addresses(ALL_PKS):
            number = (address.pk - 1) // PART_SIZE + 1
            found[number] = latest(found.get(number), address.changed_at)
        return sorted(found.items())

    def state(self, pks: range) -> Any:
        """Return a value that changes with what the part shows, empty if there is no such part."""
        return list(self.addresses(pks))


class Articles(Section):
    """An article never moves to another part, so search engines need not fetch the parts of past years again."""

    name = "bai-viet"

    def addresses(self, pks: range) -> Iterator[Address]:
        pictures = self.body_pictures(pks)
        articles = (
            within(Article.objects.published(), pks)
            .only("slug", "published_at", "updated_at")
            .annotate(lead=F("lead_photo__image"))
        )
        for article in articles:
            names = dict.fromkeys(filter(None, [article.lead, *pictures[article.pk]]))
            yield Address(article.pk, article.get_absolute_url(), article.changed_at, tuple(names)[:MAX_IMAGES])

    def body_pictures(self, pks: range) -> dict[int, list[str]]:
        links = Article.photos.through.objects.filter(article_id__gte=pks.start, article_id__lt=pks.stop)
        found: dict[int, list[str]] = defaultdict(list)
        for pk, name in links.order_by("pk").values_list("article_id", "photo__image"):
            found[pk].append(name)
        return found

    def aggregates(self) -> QuerySet:
        """Aggregate each part without reading its addresses: number, checksum of the keys, last change."""
        articles = Article.objects.published().order_by()
        number = ExpressionWrapper((F("pk") - 1) / PART_SIZE + 1, output_field=BigIntegerField())
        offset = ExpressionWrapper(F("pk") % PART_SIZE, output_field=BigIntegerField())
        return articles.values(part=number).annotate(
            count=Count("pk"), checksum=Sum(offset), changed=Max(Greatest("updated_at", "published_at"))
        )

    def parts(self) -> list[Part]:
        return list(self.aggregates().order_by("part").values_list("part", "changed"))

    def state(self, pks: range) -> Any:
        return list(
            self.aggregates().filter(pk__gte=pks.start, pk__lt=pks.stop).values_list("count", "checksum", "changed")
        )


class Categories(Section):
    name = "chuyen-muc"

    def addresses(self, pks: range) -> Iterator[Address]:
        newest = Article.objects.published().filter(category=OuterRef("pk")).newest_first().values("published_at")[:1]
        changed = dict(Category.objects.annotate(newest=Subquery(newest)).values_list("pk", "newest"))
        tree = CategoryTree.load()
        for category in tree.by_id.values():
            if category.pk in pks:
                yield Address(
                    category.pk,
                    category.get_absolute_url(),
                    latest(*(changed.get(pk) for pk in tree.ids_within(category))),
                )


class Events(Section):
    name = "su-kien"

    def addresses(self, pks: range) -> Iterator[Address]:
        newest = Article.objects.published().filter(events=OuterRef("pk")).newest_first().values("published_at")[:1]
        for event in within(Event.objects.visible(), pks).annotate(newest=Subquery(newest)):
            yield Address(event.pk, event.get_absolute_url(), latest(event.updated_at, event.newest))


class Tags(Section):
    """Without dates: finding the newest article of each tag takes longer than the date is worth."""

    name = "the"

    def addresses(self, pks: range) -> Iterator[Address]:
        for tag in within(Tag.objects.in_use(), pks):
            yield Address(tag.pk, tag.get_absolute_url())


class Sources(Section):
    name = "nguon"

    def addresses(self, pks: range) -> Iterator[Address]:
        for source in within(
            Source.objects.filter(Exists(Article.objects.published().filter(source=OuterRef("pk")))), pks
        ):
            yield Address(source.pk, source.get_absolute_url())


class Pages(Section):
    """Home, lists and flat pages. Days of the archive are left out, because every article has its own address."""

    name = "trang"

    def addresses(self, pks: range) -> Iterator[Address]:
        if pks.start == 1:
            newest = Article.objects.published().newest_first().values_list("published_at", flat=True).first()
            yield Address(1, reverse("news:home"), newest)
            yield Address(1, reverse("news:events"))
            yield Address(1, reverse("news:archive"), newest)
            yield Address(1, reverse("news:feeds"))
        for page in within(FlatPage.objects.filter(sites=settings.SITE_ID, registration_required=False), pks):
            yield Address(page.pk, own_path(page.url))


SECTIONS: dict[str, Section] = {
    section.name: section for section in (Pages(), Categories(), Events(), Tags(), Sources(), Articles())
}


def all_parts() -> list[tuple[str, int, datetime | None]]:
    """Return section name, part number and last change of all parts, from the cache.

    With a million articles this takes seconds. A part itself is never cached.
    """
    parts = cache.get(PARTS_KEY)
    if parts is None:
        parts = [
            (section.name, number, changed) for section in SECTIONS.values() for number, changed in section.parts()
        ]
        cache.set(PARTS_KEY, parts, settings.SITEMAP_SECONDS)
    return parts


def within(rows: QuerySet, pks: range) -> QuerySet:
    return rows.filter(pk__gte=pks.start, pk__lt=pks.stop).order_by("pk")


def latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)
