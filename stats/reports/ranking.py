"""Articles, categories, reporters and referrers by their number of views."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from news.models import Article, Category

from ..models import ReferrerViews, article_view_rows
from ..periods import Period
from ..referrers import referrer_name

T = TypeVar("T")
# Additional ids to ask for, because packs contain deleted articles. A join of all ids with the articles is slower.
SPARE = 10


@dataclass(frozen=True)
class Ranked(Generic[T]):
    item: T
    views: int


@dataclass(frozen=True)
class Ranking:
    """Most views first. The views of a category do not include its subcategories; reporters are user accounts."""

    articles: list[Ranked[Article]]
    categories: list[Ranked[Category]]
    reporters: list[Ranked[User]]


def ranking(period: Period, limit: int = 20) -> Ranking:
    by_category, by_reporter = _views_by_category_and_reporter(period)
    categories = Category.objects.in_bulk(_first(by_category, limit))
    reporters = User.objects.in_bulk(_first(by_reporter, limit))
    return Ranking(
        top_articles(period, limit),
        [Ranked(categories[pk], by_category[pk]) for pk in _first(by_category, limit)],
        [Ranked(reporters[pk], by_reporter[pk]) for pk in _first(by_reporter, limit)],
    )


def top_articles(period: Period, limit: int = 20) -> list[Ranked[Article]]:
    """Includes articles that are not public any more."""
    asked = limit + SPARE
    while True:
        views = _most_viewed(period, asked)
        articles = (
            Article.objects.select_related("category", "author").defer("body").in_bulk([pk for pk, _count in views])
        )
        found = [Ranked(articles[pk], count) for pk, count in views if pk in articles]
        if len(found) >= limit or len(views) < asked:
            return found[:limit]
        asked *= 4


def most_read_ids(period: Period, limit: int) -> list[int]:
    return [pk for pk, _views in _most_viewed(period, limit)]


def views_of_articles(ids: list[int], period: Period) -> dict[int, int]:
    rows, params = article_view_rows(period)
    wanted = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article_id, SUM(views) FROM ({rows}) counted WHERE article_id IN ({wanted}) GROUP BY article_id",  # noqa: S608
            [*params, *ids],
        )
        return {pk: int(views) for pk, views in cursor.fetchall()}


def top_referrers(period: Period, limit: int = 20) -> list[Ranked[str]]:
    return [Ranked(referrer_name(row["host"]), row["views"]) for row in ReferrerViews.objects.within(period).top(limit)]


def _most_viewed(period: Period, limit: int) -> list[tuple[int, int]]:
    rows, params = article_view_rows(period)
    views = f"SELECT article_id AS id, SUM(views) AS views FROM ({rows}) counted GROUP BY article_id"  # noqa: S608
    query = f"SELECT id, views FROM ({views}) ranked WHERE id IS NOT NULL ORDER BY views DESC, id DESC LIMIT %s"  # noqa: S608
    with without_parallel_workers() as cursor:
        cursor.execute(query, [*params, limit])
        return [(int(pk), int(total)) for pk, total in cursor.fetchall()]


@contextmanager
def without_parallel_workers() -> Iterator[CursorWrapper]:
    """A cursor whose queries PostgreSQL runs in one process.

    PostgreSQL overestimates the number of articles in a period and starts parallel workers: the top 20 of 30 days took
    72 ms with them and 32 ms without, on two cores that public pages need too."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        yield cursor


def _views_by_category_and_reporter(period: Period) -> tuple[Counter[int], Counter[int]]:
    """Grouped in the database by both at once, because there are far fewer combinations than articles."""
    rows, params = article_view_rows(period)
    if connection.vendor == "sqlite":
        # SQLite looks up the article of every row: 156 ms for a year instead of 532. PostgreSQL is slower this way.
        rows = f"SELECT article_id, SUM(views) AS views FROM ({rows}) counted GROUP BY article_id"  # noqa: S608
    query = f"""
        SELECT article.category_id, article.author_id, SUM(views.views) FROM ({rows}) views
        JOIN {Article._meta.db_table} article ON article.id = views.article_id
        GROUP BY article.category_id, article.author_id
    """  # noqa: S608 - names of our own tables
    by_category: Counter[int] = Counter()
    by_reporter: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        for category, author, views in cursor.fetchall():
            by_category[category] += int(views)
            if author is not None:  # the account was deleted
                by_reporter[author] += int(views)
    return by_category, by_reporter


def _first(views: Counter[int], limit: int) -> list[int]:
    return sorted(views, key=lambda pk: (-views[pk], -pk))[:limit]
