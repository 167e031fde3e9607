"""Sitemaps (https://www.sitemaps.org/protocol.html) and one for Google News. Not django.contrib.sitemaps: it names the
host of its own table, counts all rows and finds a page by OFFSET, which at a million articles takes seconds."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..http.conditional import Version
from ..metadata.structured_data import iso
from ..models import Article, SiteIdentity
from ..text.cleaning import for_xml
from .sections import ALL, PART, SECTIONS, all_parts

NEWS_AGE = timedelta(hours=48)  # this and the next: Google's rules for news sitemaps
NEWS_LIMIT = 1000
XML = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    parts = all_parts()

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
            images = "".join(
                f"<image:image>{element('image:loc', site + url if url[0] == '/' else url)}</image:image>"
                for url in urls
            )
            yield f"<url>{element('loc', site + address.path)}{element('lastmod', when(address.changed_at))}{images}</url>"

    return Version.of(request, state).answer(request, lambda: document("urlset", written(), image=IMAGE))


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """For Google News: what was published in the last two days."""
    articles = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE).newest_first()
    found = list(articles.only("slug", "title", "published_at", "updated_at")[:NEWS_LIMIT])
    site = SiteIdentity.cached()

    def written() -> Iterator[str]:
        publication = (
            f"<news:publication>{element('news:name', site.name)}{element('news:language', 'vi')}</news:publication>"
        )
        for article in found:
            date = element("news:publication_date", when(article.published_at))
            news = f"<news:news>{publication}{date}{element('news:title', article.title)}</news:news>"
            yield f"<url>{element('loc', request.build_absolute_uri(article.get_absolute_url()))}{news}</url>"

    state = (
        site.name,
        [(article.pk, article.title, article.slug, article.published_at, article.updated_at) for article in found],
    )
    return Version.of(request, state).answer(request, lambda: document("urlset", written(), news=NEWS))


def document(root: str, entries: Iterable[str], **namespaces: str) -> HttpResponse:
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in namespaces.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{SITEMAP}"{spaces}>', *entries, f"</{root}>"]
    return HttpResponse("\n".join(lines), content_type=XML)


def element(name: str, text: str) -> str:
    """An element with a text of any origin in it; none for no text."""
    return f"<{name}>{escape(for_xml(text))}</{name}>" if text else ""


def when(moment: datetime | None) -> str:
    return iso(moment) if moment else ""
