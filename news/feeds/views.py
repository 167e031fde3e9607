from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Enclosure
from django.views.decorators.http import require_safe

from ..http.conditional import ContentVersion
from ..models import CategoryTree, Event, SiteIdentity, Source, Tag
from ..text.addresses import web_address
from .channels import NEWEST, Channel
from .entries import Entry
from .formats import Atom, Rss

MINUTES_TO_LIVE = 15  # how long clients may wait between requests, most of which get a 304
IDENTITY_FIELDS = ("name", "slogan", "governing_body", "email", "logo_id")  # of SiteIdentity, that a feed shows
LISTED = 200  # feeds of one kind in the list of feeds; the others are linked from the pages they belong to


def feed_list(request: HttpRequest) -> HttpResponse:
    context = {
        "tree": CategoryTree.load(),
        "events": Event.objects.visible().newest_first()[:LISTED],
        "sources": Source.objects.all()[:LISTED],
        "tags": Tag.objects.in_use()[:LISTED],
    }
    return render(request, "news/feeds.html", context)


def redirect_to_moved_feed(path: str) -> HttpResponse:
    """Redirect to the feed of the page that has moved (news/admin/redirects.py), so that subscribers keep it."""
    page, slash, file = path.rpartition("/")
    redirects = Redirect.objects.filter(
        site_id=settings.SITE_ID, old_path=page + slash, new_path__startswith="/", new_path__endswith="/"
    )
    redirect = redirects.first()
    if redirect is None:
        raise Http404(path)
    return HttpResponsePermanentRedirect(redirect.new_path + file)


def permanent_id(key: str) -> str:
    """Return a tag URI (RFC 4151), which stays the same when a title, an address or the scheme of the site changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{key}"


@dataclass(frozen=True)
class FeedContext:
    """What the methods of ArticleFeed need: Django passes it to each of them as `obj`."""

    channel: Channel
    identity: SiteIdentity
    request: HttpRequest
    version: ContentVersion

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


class ArticleFeed(Feed):
    """A view for the feed of a channel in one format.

    Django's view writes the domain of django.contrib.sites into addresses; this one writes the requested host.
    """

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
            return redirect_to_moved_feed(request.path)
        identity = SiteIdentity.cached()
        version = ContentVersion.of(request, (channel.state(), [getattr(identity, name) for name in IDENTITY_FIELDS]))
        return version.respond(request, lambda: self.render(FeedContext(channel, identity, request, version)))

    def render(self, context: FeedContext) -> HttpResponse:
        feed = self.get_feed(context, context.request)
        return HttpResponse(feed.writeString("utf-8"), content_type=self.feed_type.content_type)

    # ------------------------------------------------------------ the feed

    def title(self, context: FeedContext) -> str:
        return " – ".join(part for part in (context.channel.name, context.identity.name) if part)

    def description(self, context: FeedContext) -> str:
        return context.channel.description or context.identity.slogan or self.title(context)

    subtitle = description

    def link(self, context: FeedContext) -> str:
        return context.absolute(context.channel.page)

    def feed_url(self, context: FeedContext) -> str:
        return context.absolute(context.request.path)

    def feed_guid(self, context: FeedContext) -> str:
        return permanent_id(context.channel.key)

    def author_name(self, context: FeedContext) -> str:
        return context.identity.governing_body or context.identity.name

    def author_email(self, context: FeedContext) -> str | None:
        return context.identity.email or None

    def feed_copyright(self, context: FeedContext) -> str | None:
        return f"© {context.identity.governing_body}" if context.identity.governing_body else None

    def feed_extra_kwargs(self, context: FeedContext) -> dict[str, Any]:
        logo = context.identity.logo
        return {
            "icon": context.absolute(static("img/touch-icon.png")),
            "logo": context.absolute(logo.thumbnail_url) if logo else "",
            "last_modified": timezone.localtime(datetime.fromtimestamp(context.version.last_modified, UTC)),
        }

    # ------------------------------------------------------------ its entries

    def items(self, context: FeedContext) -> list[Entry]:
        articles = context.channel.articles.newest_first().for_feed()[:NEWEST]
        return [Entry(article, context.absolute(article.get_absolute_url())) for article in articles]

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
        return entry.enclosures

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        return {"content": entry.content, "origin": web_address(entry.article.source_url)}
