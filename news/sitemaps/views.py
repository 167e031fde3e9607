"""Sitemaps (https://www.sitemaps.org/protocol.html) and a news sitemap for Google News.

django.contrib.sitemaps is not used: it writes the domain of django.contrib.sites, counts all rows and pages by OFFSET,
which takes seconds with a million articles.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..http.conditional import ContentVersion
from ..metadata.structured_data import iso
from ..models import Article, SiteIdentity
from ..text.cleaning import for_xml
from .sections import ALL_PKS, PART_SIZE, SECTIONS, all_parts

NEWS_AGE = timedelta(hours=48)  # Google's rule for news sitemaps
NEWS_LIMIT = 1000  # Google's rule too
CONTENT_TYPE = "application/xml; charset=utf-8"
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE_NAMESPACE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    parts = all_parts()

    def entries() -> Iterator[str]:
        for name, number, changed in parts:
            address = request.build_absolute_uri(reverse("news:sitemap", args=[name, number]))
            yield f"<sitemap>{element('loc', address)}{element('lastmod', timestamp(changed))}</sitemap>"

    return ContentVersion.of(request, parts).respond(request, lambda: document("sitemapindex", entries()))


@require_safe
def sitemap(request: HttpRequest, section: str, part: int) -> HttpResponse:
    pks = range((part - 1) * PART_SIZE + 1, part * PART_SIZE + 1)
    state = SECTIONS[section].state(pks) if section in SECTIONS and pks.stop in ALL_PKS else None
    if not state:
        raise Http404

    def entries() -> Iterator[str]:
        site = request.build_absolute_uri("/").rstrip("/")
        for address in SECTIONS[section].addresses(pks):
            urls = (default_storage.url(name) for name in address.images)
            images = "".join(
                f"<image:image>{element('image:loc', site + url if url[0] == '/' else url)}</image:image>"
                for url in urls
            )
            changed = element("lastmod", timestamp(address.changed_at))
            yield f"<url>{element('loc', site + address.path)}{changed}{images}</url>"

    return ContentVersion.of(request, state).respond(
        request, lambda: document("urlset", entries(), image=IMAGE_NAMESPACE)
    )


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE).newest_first()
    found = list(articles.only("slug", "title", "published_at", "updated_at")[:NEWS_LIMIT])
    publisher = SiteIdentity.cached().name

    def entries() -> Iterator[str]:
        publication = (
            f"<news:publication>{element('news:name', publisher)}{element('news:language', 'vi')}</news:publication>"
        )
        for article in found:
            date = element("news:publication_date", timestamp(article.published_at))
            entry = f"<news:news>{publication}{date}{element('news:title', article.title)}</news:news>"
            yield f"<url>{element('loc', request.build_absolute_uri(article.get_absolute_url()))}{entry}</url>"

    state = (
        publisher,
        [(article.pk, article.title, article.slug, article.published_at, article.updated_at) for article in found],
    )
    return ContentVersion.of(request, state).respond(
        request, lambda: document("urlset", entries(), news=NEWS_NAMESPACE)
    )


def document(root: str, entries: Iterable[str], **namespaces: str) -> HttpResponse:
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in namespaces.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{root} xmlns="{SITEMAP_NAMESPACE}"{spaces}>',
        *entries,
        f"</{root}>",
    ]
    return HttpResponse("\n".join(lines), content_type=CONTENT_TYPE)


def element(name: str, text: str) -> str:
    return f"<{name}>{escape(for_xml(text))}</{name}>" if text else ""


def timestamp(moment: datetime | None) -> str:
    return iso(moment) if moment else ""
