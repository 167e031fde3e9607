"""Sitemaps (https://www.sitemaps.org/protocol.html): an index over parts that are cut by row numbers, and the newest
articles for Google News. Not django.contrib.sitemaps: it names the host of its own table, counts all rows and finds a
page by OFFSET, which at a million articles takes seconds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.core.cache import cache
from django.core.files.storage import default_storage
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
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .freshness import Version
from .models import Article, Category, CategoryTree, Event, Source, Tag
from .publisher import publisher
from .text import for_xml

PART = 5_000  # row numbers: the protocol allows 50,000 addresses and 50 MB a file, and pictures take most of it
MAX_IMAGES = 20  # of an article; with them a part stays below 50 MB whatever its articles show
ALL = range(1, 2**62)
NEWS_AGE = timedelta(hours=48)  # this and the next: Google's rules for news sitemaps
NEWS_LIMIT = 1000
XML = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

Part = tuple[int, datetime | None]  # its number and when an address in it changed last


@dataclass(frozen=True)
class Address:
    pk: int
    path: str
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()


# ---------------------------------------------------------------- what there is


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
        articles = within(Article.objects.published(), pks).only("slug", "published_at", "updated_at").annotate(lead=F("lead_photo__image"))
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
        return articles.values(part=number).annotate(count=Count("pk"), which=Sum(place), changed=Max(Greatest("updated_at", "published_at")))

    def parts(self) -> list[Part]:
        # At a million articles it takes the better part of a second, and nobody needs it to the minute: a part that is
        # asked for is always true.
        known = cache.get("sitemap-parts")
        if known is None:
            known = list(self.summed().order_by("part").values_list("part", "changed"))
            cache.set("sitemap-parts", known, settings.SITEMAP_SECONDS)
        return known

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
                yield Address(category.pk, category.get_absolute_url(), latest(*(changed.get(pk) for pk in tree.ids_within(category))))


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
        for tag in within(Tag.objects.filter(Exists(Article.objects.published().filter(tags=OuterRef("pk")))), pks):
            yield Address(tag.pk, tag.get_absolute_url())


class Sources(Section):
    name = "nguon"

    def addresses(self, pks: range) -> Iterator[Address]:
        for source in within(Source.objects.filter(Exists(Article.objects.published().filter(source=OuterRef("pk")))), pks):
            yield Address(source.pk, source.get_absolute_url())


class Pages(Section):
    """Home, lists and flat pages. The archive's days are left out: every article has an address of its own here."""

    name = "trang"

    def addresses(self, pks: range) -> Iterator[Address]:
        if pks.start == 1:
            newest = Article.objects.published().newest_first().values_list("published_at", flat=True).first()
            yield Address(1, reverse("news:home"), newest)
            yield Address(1, reverse("news:events"))
            yield Address(1, reverse("news:feeds"))
        for page in within(FlatPage.objects.filter(sites=settings.SITE_ID, registration_required=False), pks):
            yield Address(page.pk, page.get_absolute_url())


SECTIONS: dict[str, Section] = {section.name: section for section in (Pages(), Categories(), Events(), Tags(), Sources(), Articles())}


def within(rows: QuerySet, pks: range) -> QuerySet:
    return rows.filter(pk__gte=pks.start, pk__lt=pks.stop).order_by("pk")


def latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


# ---------------------------------------------------------------- what is written


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    parts = [(section.name, number, changed) for section in SECTIONS.values() for number, changed in section.parts()]

    def written() -> Iterator[str]:
        for name, number, changed in parts:
            address = request.build_absolute_uri(reverse("news:sitemap", args=[name, number]))
            yield f"<sitemap>{element('loc', address)}{element('lastmod', when(changed))}</sitemap>"

    return Version.of(request, parts).answer(request, lambda: document("sitemapindex", written()))


@require_safe
def sitemap(request: HttpRequest, section: str, part: int) -> HttpResponse:
    pks = range((part - 1) * PART + 1, part * PART + 1)
    state = SECTIONS[section].state(pks) if section in SECTIONS and pks.stop in ALL else None
    if not state:
        raise Http404

    def written() -> Iterator[str]:
        site = request.build_absolute_uri("/").rstrip("/")
        for address in SECTIONS[section].addresses(pks):
            urls = (default_storage.url(name) for name in address.images)
            images = "".join(f"<image:image>{element('image:loc', site + url if url[0] == '/' else url)}</image:image>" for url in urls)
            yield f"<url>{element('loc', site + address.path)}{element('lastmod', when(address.changed_at))}{images}</url>"

    return Version.of(request, state).answer(request, lambda: document("urlset", written(), image=IMAGE))


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """For Google News: what was published in the last two days."""
    articles = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE).newest_first()
    found = list(articles.only("slug", "title", "published_at", "updated_at")[:NEWS_LIMIT])
    site = publisher(request)

    def written() -> Iterator[str]:
        publication = f"<news:publication>{element('news:name', site.name)}{element('news:language', 'vi')}</news:publication>"
        for article in found:
            date = element("news:publication_date", when(article.published_at))
            news = f"<news:news>{publication}{date}{element('news:title', article.title)}</news:news>"
            yield f"<url>{element('loc', request.build_absolute_uri(article.get_absolute_url()))}{news}</url>"

    state = (site.name, [(article.pk, article.title, article.slug, article.published_at, article.updated_at) for article in found])
    return Version.of(request, state).answer(request, lambda: document("urlset", written(), news=NEWS))


def document(root: str, entries: Iterable[str], **namespaces: str) -> HttpResponse:
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in namespaces.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{SITEMAP}"{spaces}>', *entries, f"</{root}>"]
    return HttpResponse("\n".join(lines), content_type=XML)


def element(name: str, text: str) -> str:
    """An element with a text of any origin in it; none for no text."""
    return f"<{name}>{escape(for_xml(text))}</{name}>" if text else ""


def when(moment: datetime | None) -> str:
    """`2026-11-26T07:56:00+07:00`"""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
