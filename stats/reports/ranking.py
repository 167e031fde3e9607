"""What was read most: by article, and by category and reporter in one walk over the rollups."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection

from news.models import Article, Category

from ..periods import Period
from .figures import Ranked, rows_of_articles, top_articles


@dataclass(frozen=True)
class Ranking:
    """Views of people, most first. Categories without what lies below them; reporters are the accounts that wrote."""

    articles: list[Ranked[Article]]
    categories: list[Ranked[Category]]
    reporters: list[Ranked[User]]


def ranking(period: Period, limit: int = 20) -> Ranking:
    """Five queries, however many articles there are."""
    by_category, by_reporter = _views_by_category_and_reporter(period)
    categories = Category.objects.in_bulk(_first(by_category, limit))
    reporters = User.objects.in_bulk(_first(by_reporter, limit))
    return Ranking(
        top_articles(period, limit),
        [Ranked(categories[pk], by_category[pk]) for pk in _first(by_category, limit)],
        [Ranked(reporters[pk], by_reporter[pk]) for pk in _first(by_reporter, limit)],
    )


def _views_by_category_and_reporter(period: Period) -> tuple[Counter[int], Counter[int]]:
    """There are far fewer pairs of the two than articles, so the database hands over the pairs' sums."""
    rows, values = rows_of_articles(period)
    if (
        connection.vendor == "sqlite"
    ):  # It looks every row's article up: 156 ms for a year instead of 532. PostgreSQL would lose by it.
        rows = f"SELECT article_id, SUM(views) AS views FROM ({rows}) counted GROUP BY article_id"  # noqa: S608
    query = f"""
        SELECT article.category_id, article.author_id, SUM(views.views) FROM ({rows}) views
        JOIN {Article._meta.db_table} article ON article.id = views.article_id GROUP BY article.category_id, article.author_id
    """  # noqa: S608 - the names are those of our own tables
    by_category: Counter[int] = Counter()
    by_reporter: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        for category, author, views in cursor.fetchall():
            by_category[category] += int(views)
            if author is not None:  # his account is gone
                by_reporter[author] += int(views)
    return by_category, by_reporter


def _first(views: Counter[int], limit: int) -> list[int]:
    """The keys with most views; of equal ones the newer first."""
    return sorted(views, key=lambda pk: (-views[pk], -pk))[:limit]
