"""What stands in the sitemap: sections of one kind of page each, cut into parts by row numbers."""

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

PART = 5_000  # row numbers: the protocol allows 50,000 addresses and 50 MB a file, and pictures take most of it
MAX_IMAGES = 20  # of an article; with them a part stays below 50 MB whatever its articles show
ALL = range(1, 2**62)

Part = tuple[int, datetime | None]  # its number and when an address in it changed last


@dataclass(frozen=True)
class Address:
    pk: int
    path: str
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()


class Section:
    """The pages of one kind."""

    name: ClassVar[str]

    def addresses(self, pks: range) -> Iterator[Address]:
        raise NotImplementedError

    def parts(self) -> list[Part]:
        found: dict[int, datetime | None] = {}
        for address in self.addresses(ALL):
            number = (address.pk - 1) // PART + 1
            found[number] = latest(found.get(number), address.changed_at)
        return sorted(found.items())

    def state(self, pks: range) -> Any:
        """Changes with what the part shows; empty when there is no such part."""
        return list(self.addresses(pks))


class Articles(Section):
    """An article never moves from one part to another, so parts of years ago are fetched once."""

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

    def summed(self) -> QuerySet:
        """By part, without a look at the addresses: how many there are, which ones, and when one changed last."""
        articles = Article.objects.published().order_by()
        number = ExpressionWrapper((F("pk") - 1) / PART + 1, output_field=BigIntegerField())
        place = ExpressionWrapper(F("pk") % PART, output_field=BigIntegerField())
        return articles.values(part=number).annotate(
            count=Count("pk"), which=Sum(place), changed=Max(Greatest("updated_at", "published_at"))
        )

    def parts(self) -> list[Part]:
        return list(self.summed().order_by("part").values_list("part", "changed"))

    def state(self, pks: range) -> Any:
        return list(self.summed().filter(pk__gte=pks.start, pk__lt=pks.stop).values_list("count", "which", "changed"))


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
    """Those that have an article. When the newest of it came would take longer to find than it tells."""

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
    """Home, lists and flat pages. The archive's days are left out: every article has an address of its own here."""

    name = "trang"

    def addresses(self, pks: range) -> Iterator[Address]:
        if pks.start == 1:
            newest = Article.objects.published().newest_first().values_list("published_at", flat=True).first()
            yield Address(1, reverse("news:home"), newest)
            yield Address(1, reverse("news:events"))
            yield Address(1, reverse("news:archive"), newest)
            yield Address(1, reverse("news:feeds"))
        for page in within(FlatPage.objects.filter(sites=settings.SITE_ID, registration_required=False), pks):
            yield Address(page.pk, page.get_absolute_url())


SECTIONS: dict[str, Section] = {
    section.name: section for section in (Pages(), Categories(), Events(), Tags(), Sources(), Articles())
}


def all_parts() -> list[tuple[str, int, datetime | None]]:
    """Remembered for a while: at a million articles it takes seconds to tell, and a part that is asked for is always true."""
    known = cache.get("sitemap-parts")
    if known is None:
        known = [
            (section.name, number, changed) for section in SECTIONS.values() for number, changed in section.parts()
        ]
        cache.set("sitemap-parts", known, settings.SITEMAP_SECONDS)
    return known


def within(rows: QuerySet, pks: range) -> QuerySet:
    return rows.filter(pk__gte=pks.start, pk__lt=pks.stop).order_by("pk")


def latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)
