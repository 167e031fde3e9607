"""What was read most, by article, category and reporter: three answers from one walk over the rollups."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection

from news.models import Article, Category

from .figures import Ranked
from .models import ArticleMonth, ArticleViews
from .periods import Period

ARTICLE, CATEGORY, REPORTER = "article", "category", "reporter"


@dataclass(frozen=True)
class Ranking:
    """Views of people, most first. Categories without what lies below them; reporters are the accounts that wrote."""

    articles: list[Ranked[Article]]
    categories: list[Ranked[Category]]
    reporters: list[Ranked[User]]


def ranking(period: Period, limit: int = 20) -> Ranking:
    """Four queries. Whole months are read from the table of months, the days around them from the table of days."""
    views = _top(period, limit)
    articles = Article.objects.select_related("category", "author").defer("body", "search_text").in_bulk(views[ARTICLE])
    categories = Category.objects.in_bulk(views[CATEGORY])
    reporters = User.objects.in_bulk(views[REPORTER])
    return Ranking(
        [Ranked(articles[pk], count) for pk, count in views[ARTICLE].items()],
        [Ranked(categories[pk], count) for pk, count in views[CATEGORY].items()],
        [Ranked(reporters[pk], count) for pk, count in views[REPORTER].items()],
    )


def _top(period: Period, limit: int) -> dict[str, dict[int, int]]:
    months, rest = period.split_by_months()
    parts, values = [], []
    if months:
        parts.append(f"SELECT article_id, views FROM {ArticleMonth._meta.db_table} WHERE month BETWEEN %s AND %s")  # noqa: S608
        values += [months[0].isoformat(), months[-1].isoformat()]
    for days in rest:
        parts.append(f"SELECT article_id, views FROM {ArticleViews._meta.db_table} WHERE day BETWEEN %s AND %s")  # noqa: S608
        values += [days.first.isoformat(), days.last.isoformat()]
    query = f"""
        WITH sums AS (
            SELECT article_id, SUM(views) AS views FROM ({" UNION ALL ".join(parts)}) parts WHERE article_id IS NOT NULL GROUP BY article_id
        ), named AS MATERIALIZED (
            SELECT sums.article_id, sums.views, article.category_id, article.author_id
            FROM sums JOIN {Article._meta.db_table} article ON article.id = sums.article_id
        )
        SELECT * FROM (SELECT '{ARTICLE}', article_id AS id, views AS total FROM named ORDER BY views DESC, article_id DESC LIMIT %s) articles
        UNION ALL
        SELECT * FROM (SELECT '{CATEGORY}', category_id AS id, SUM(views) AS total FROM named
                       GROUP BY category_id ORDER BY total DESC, id DESC LIMIT %s) categories
        UNION ALL
        SELECT * FROM (SELECT '{REPORTER}', author_id AS id, SUM(views) AS total FROM named WHERE author_id IS NOT NULL
                       GROUP BY author_id ORDER BY total DESC, id DESC LIMIT %s) reporters
    """  # noqa: S608 - the names are those of our own tables
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, limit, limit, limit])
        for kind, pk, total in cursor.fetchall():
            found[kind][pk] = int(total)
    # UNION ALL promises no order.
    return {kind: dict(sorted(found[kind].items(), key=lambda pair: (-pair[1], -pair[0]))) for kind in (ARTICLE, CATEGORY, REPORTER)}
