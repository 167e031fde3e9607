"""RSS 2.0 and Atom. A Channel says what a feed follows; ArticleFeed writes any channel in either format."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import RequestContext, Template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Enclosure
from django.views.decorators.http import require_safe

from .feed_formats import Atom, Rss
from .freshness import Version
from .html import for_feed
from .images import FALLBACK_WIDTH, bytes_of, name_from_url, size_of, thumbnail_name, thumbnail_url
from .models import Article, ArticleQuerySet, Attachment, Category, Event, Photo, Source, Tag

NEWEST = 30  # articles in a feed: days of a busy newsroom, and with their bodies about 300 kB
MINUTES_TO_LIVE = 15  # until a reader asks again; nearly always it is answered with a 304
# What a feed shows of an article that other rows hold; the article's own words date it by `updated_at`.
SHOWN_OF_OTHERS = (
    "category__name", "source__name", "lead_photo__image", "lead_photo__caption", "lead_photo__alt", "lead_photo__credit", "tags__name",
)  # fmt: skip
SHOWN_OF_SITE = ("name", "slogan", "governing_body", "email", "logo_id")


# ---------------------------------------------------------------- what a feed follows


@dataclass(frozen=True)
class Channel:
    key: str  # never changes: "chuyen-muc/7"
    name: str  # "" for the whole site
    description: str
    page: str  # path of the page that lists the same articles
    articles: ArticleQuerySet

    def state(self) -> list[tuple[Any, ...]]:
        """Changes with all that the feed shows, without a look at any body."""
        newest = self.articles.newest_first().values("pk")[:NEWEST]
        shown = Article.objects.filter(pk__in=newest).order_by("pk", "tags__pk")
        return [(self.name, self.description, self.page), *shown.values_list("pk", "published_at", "updated_at", *SHOWN_OF_OTHERS)]


def whole_site() -> Channel:
    return Channel("tin", "", "", reverse("news:home"), Article.objects.published())


def category(slug: str) -> Channel:
    found = get_object_or_404(Category, slug=slug)
    articles = Article.objects.published().in_category(found)
    return Channel(f"chuyen-muc/{found.pk}", found.name, found.description, found.get_absolute_url(), articles)


def event(slug: str) -> Channel:
    found = get_object_or_404(Event.objects.visible(), slug=slug)
    articles = Article.objects.published().filter(events=found)
    return Channel(f"su-kien/{found.pk}", found.name, found.summary, found.get_absolute_url(), articles)


def tag(slug: str) -> Channel:
    found = get_object_or_404(Tag, slug=slug)
    return Channel(f"the/{found.pk}", found.name, "", found.get_absolute_url(), Article.objects.published().filter(tags=found))


def source(slug: str) -> Channel:
    found = get_object_or_404(Source, slug=slug)
    return Channel(f"nguon/{found.pk}", found.name, "", found.get_absolute_url(), Article.objects.published().filter(source=found))


# ---------------------------------------------------------------- for one request


def publisher(request: HttpRequest) -> Any:
    """Who runs the site, as every template is told: the row belongs to the portal, which this app does not know."""
    context = RequestContext(request)
    with context.bind_template(Template("")):
        return context["site_identity"]


def permanent_id(key: str) -> str:
    """A tag URI (RFC 4151): stays when the title, the address or the scheme of the site changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{key}"


@dataclass(frozen=True)
class Edition:
    """A channel as it is read at one host by one request."""

    channel: Channel
    site: Any
    request: HttpRequest
    version: Version

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


@dataclass(frozen=True)
class Entry:
    article: Article
    edition: Edition

    @property
    def url(self) -> str:
        return self.edition.absolute(self.article.get_absolute_url())

    def absolute(self, address: str) -> str:
        """An address in the article as it works from anywhere."""
        try:
            return urljoin(self.url, address)
        except ValueError:  # "http://[" and the like: it leads nowhere from the page either
            return address

    def picture(self, name: str, alt: str) -> str:
        width, height = size_of(name) or (0, 0)
        shown = min(width, FALLBACK_WIDTH)
        size = f' width="{shown}" height="{round(height * shown / width)}"' if width else ""
        return f'<img src="{escape(self.absolute(thumbnail_url(name)))}" alt="{escape(alt)}"{size}>'

    def body_picture(self, src: str, alt: str) -> str | None:
        name = name_from_url(src)
        return self.picture(name, alt) if name else None

    def lead(self, photo: Photo) -> str:
        credit = f"Ảnh: {photo.credit}" if photo.credit else ""
        caption = escape(" ".join(part for part in (self.article.caption, credit) if part), quote=False)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{self.picture(photo.name, photo.alt)}{below}</figure>"

    @property
    def content(self) -> str:
        """The article as its page shows it: sapo, lead photo, body."""
        summary = f"<p><strong>{self.summary}</strong></p>" if self.article.summary else ""
        photo = self.article.lead_photo if self.article.show_lead_photo else None
        return summary + (self.lead(photo) if photo else "") + for_feed(self.article.body, self.body_picture, self.absolute)

    @property
    def summary(self) -> str:
        """As HTML: that is how readers take what a feed says of an article."""
        return escape(self.article.summary, quote=False).replace("\n", "<br>")

    @property
    def files(self) -> list[Enclosure]:
        photo = self.article.lead_photo
        pictures = [enclosure] if photo and (enclosure := self.picture_file(photo)) else []
        return pictures + [self.attached_file(attachment) for attachment in self.article.attachments.all()]

    def picture_file(self, photo: Photo) -> Enclosure | None:
        name = thumbnail_name(photo.name)
        try:
            length = bytes_of(name)
        except Exception:  # a file that is gone, an object store with errors of its own: the news is news without it
            return None
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Enclosure(self.absolute(default_storage.url(name)), str(length), kind)

    def attached_file(self, attachment: Attachment) -> Enclosure:
        return Enclosure(self.absolute(attachment.file.url), str(attachment.size), attachment.media_type)


# ---------------------------------------------------------------- the feed


class ArticleFeed(Feed):
    """A view. Django's own would name the host of `django.contrib.sites`; ours names the one that was asked."""

    ttl = MINUTES_TO_LIVE
    item_guid_is_permalink = False

    def __init__(self, find_channel: Callable[..., Channel], feed_type: type[Rss] | type[Atom]) -> None:
        self.find_channel = find_channel
        self.feed_type = feed_type

    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        channel, site = self.find_channel(**kwargs), publisher(request)
        version = Version.of(request, (channel.state(), [getattr(site, name) for name in SHOWN_OF_SITE]))
        return version.answer(request, lambda: self.written(Edition(channel, site, request, version)))

    def written(self, edition: Edition) -> HttpResponse:
        feed = self.get_feed(edition, edition.request)
        return HttpResponse(feed.writeString("utf-8"), content_type=self.feed_type.content_type)

    # ------------------------------------------------------------ the whole

    def title(self, edition: Edition) -> str:
        return " – ".join(part for part in (edition.channel.name, edition.site.name) if part)

    def description(self, edition: Edition) -> str:
        return edition.channel.description or edition.site.slogan or self.title(edition)

    subtitle = description

    def link(self, edition: Edition) -> str:
        return edition.absolute(edition.channel.page)

    def feed_url(self, edition: Edition) -> str:
        return edition.absolute(edition.request.path)

    def feed_guid(self, edition: Edition) -> str:
        return permanent_id(edition.channel.key)

    def author_name(self, edition: Edition) -> str:
        return edition.site.governing_body or edition.site.name

    def author_email(self, edition: Edition) -> str | None:
        return edition.site.email or None

    def feed_copyright(self, edition: Edition) -> str | None:
        return f"© {edition.site.governing_body}" if edition.site.governing_body else None

    def feed_extra_kwargs(self, edition: Edition) -> dict[str, Any]:
        logo = edition.site.logo
        return {
            "icon": edition.absolute(static("img/touch-icon.png")),
            "logo": edition.absolute(logo.thumbnail_url) if logo else "",
            "since": timezone.localtime(datetime.fromtimestamp(edition.version.since, UTC)),
        }

    # ------------------------------------------------------------ its articles

    def items(self, edition: Edition) -> list[Entry]:
        return [Entry(article, edition) for article in edition.channel.articles.newest_first().for_feed()[:NEWEST]]

    def item_title(self, entry: Entry) -> str:
        return entry.article.title

    def item_link(self, entry: Entry) -> str:
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        return permanent_id(f"bai-viet/{entry.article.pk}")

    def item_description(self, entry: Entry) -> str | None:
        return entry.summary or None

    def item_author_name(self, entry: Entry) -> str | None:
        source = entry.article.source
        return entry.article.byline or (source.name if source else None)

    def item_pubdate(self, entry: Entry) -> datetime:
        return timezone.localtime(entry.article.published_at)

    def item_updateddate(self, entry: Entry) -> datetime:
        return timezone.localtime(entry.article.changed_at)

    def item_categories(self, entry: Entry) -> list[str]:
        return [entry.article.category.name, *(tag.name for tag in entry.article.tags.all())]

    def item_enclosures(self, entry: Entry) -> list[Enclosure]:
        return entry.files

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        return {"content": entry.content, "origin": entry.article.source_url}
