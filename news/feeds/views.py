"""RSS 2.0 and Atom: ArticleFeed writes any channel (news/channels.py) in either format."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Enclosure
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from ..http.conditional import Version
from ..media.images import FALLBACK_WIDTH, bytes_of, name_from_url, size_of, thumbnail_name, thumbnail_url
from ..models import Article, Attachment, Photo, SiteIdentity
from ..text.html import for_feed, to_text
from .channels import NEWEST, Channel
from .formats import Atom, Rss

MINUTES_TO_LIVE = 15  # until a reader asks again; nearly always it is answered with a 304
DESCRIBED = 40  # words of the body where an article has no sapo
SHOWN_OF_SITE = ("name", "slogan", "governing_body", "email", "logo_id")


def moved(path: str) -> HttpResponse:
    """Where the feed at `path` is now if its page has moved (news/admin/moved.py): subscribers move along."""
    page, slash, file = path.rpartition("/")
    redirects = Redirect.objects.filter(
        site_id=settings.SITE_ID, old_path=page + slash, new_path__startswith="/", new_path__endswith="/"
    )
    redirect = redirects.first()
    if redirect is None:
        raise Http404(path)
    return HttpResponsePermanentRedirect(redirect.new_path + file)


def permanent_id(key: str) -> str:
    """A tag URI (RFC 4151): stays when the title, the address or the scheme of the site changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{key}"


@dataclass(frozen=True)
class Edition:
    """A channel as it is read at one host by one request."""

    channel: Channel
    site: SiteIdentity
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
        return (
            summary
            + (self.lead(photo) if photo else "")
            + for_feed(self.article.body, self.body_picture, self.absolute)
        )

    @property
    def summary(self) -> str:
        """As HTML: that is how readers take what a feed says of an article."""
        return escape(self.article.summary, quote=False).replace("\n", "<br>")

    @property
    def description(self) -> str:
        return self.summary or escape(Truncator(to_text(self.article.body)).words(DESCRIBED), quote=False)

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

    feed_type: type[Rss] | type[Atom]
    ttl = MINUTES_TO_LIVE
    item_guid_is_permalink = False

    def __init__(self, find_channel: Callable[..., Channel], feed_type: type[Rss] | type[Atom]) -> None:
        self.find_channel = find_channel
        self.feed_type = feed_type

    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            channel = self.find_channel(**kwargs)
        except Http404:
            return moved(request.path)
        site = SiteIdentity.cached()
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

    def item_description(self, entry: Entry) -> str:
        return entry.description

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
