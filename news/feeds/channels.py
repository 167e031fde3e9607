from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ..listings.by_slug import row_by_slug
from ..models import Article, ArticleQuerySet, Category, Event, Source, Tag

NEWEST = 30  # articles in a feed: those of some days, with their texts about 300 kB
# Everything a feed shows of an article changes one of these; a change of its own text changes `updated_at`.
STATE_FIELDS = (
    "pk",
    "title",
    "slug",
    "published_at",
    "updated_at",
    "category__name",
    "source__name",
    "lead_photo__image",
    "lead_photo__caption",
    "lead_photo__alt",
    "lead_photo__credit",
    "tags__name",
    "attachments__file",
    "attachments__size",
)


@dataclass(frozen=True)
class Channel:
    """A list of articles that has a feed."""

    key: str  # permanent, such as "chuyen-muc/7"
    name: str  # "" for the whole site
    description: str
    page: str  # path of the page that lists the same articles
    articles: ArticleQuerySet

    def state(self) -> list[tuple[Any, ...]]:
        """Return values that change with everything the feed shows, without reading the texts of the articles."""
        newest = self.articles.newest_first().values("pk")[:NEWEST]
        shown = Article.objects.filter(pk__in=newest).order_by(
            "pk", "tags__pk", "attachments__order", "attachments__pk"
        )
        return [(self.name, self.description, self.page), *shown.values_list(*STATE_FIELDS)]


def whole_site() -> Channel:
    return Channel("tin", "", "", reverse("news:home"), Article.objects.published())


def category(slug: str) -> Channel:
    found = row_by_slug(Category.objects.all(), slug)
    articles = Article.objects.published().in_category(found)
    return Channel(f"chuyen-muc/{found.pk}", found.name, found.description, found.get_absolute_url(), articles)


def event(slug: str) -> Channel:
    found = row_by_slug(Event.objects.visible(), slug)
    articles = Article.objects.published().filter(events=found)
    return Channel(f"su-kien/{found.pk}", found.name, found.summary, found.get_absolute_url(), articles)


def tag(slug: str) -> Channel:
    found = row_by_slug(Tag.objects.in_use(), slug)
    articles = Article.objects.published().filter(tags=found)
    return Channel(f"the/{found.pk}", found.name, "", found.get_absolute_url(), articles)


def source(slug: str) -> Channel:
    found = row_by_slug(Source.objects.all(), slug)
    articles = Article.objects.published().filter(source=found)
    return Channel(f"nguon/{found.pk}", found.name, "", found.get_absolute_url(), articles)
