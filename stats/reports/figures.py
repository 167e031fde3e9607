"""What the dashboard, the widget and the monthly report read: numbers that need more than one table.

    sums(period)                             its figures; comparison.py sets them against others
    top_articles(period, 20)                 [Ranked(Article, views)]; categories and reporters in ranking.py
    chart_points(period, "day")              the points of a chart without gaps: "hour", "day" or "month"
    top_sources(period)                      Google, Facebook, Zalo… with the views they brought
    online_now(), freshness(), spool_health()
    counter()                                what the public widget shows

For one table ask its own words: DeviceViews.objects.within(period).by_device(), NotFoundPath.objects.within(period).top(50),
ExcludedHits.objects.within(period).by_reason(), ArticleTotal.objects.of_articles(ids)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, Literal, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone

from news.models import Article

from ..fields import entries
from ..models import (
    ArticleViews,
    DailyVisits,
    ExcludedHits,
    Figures,
    HourlyVisits,
    OpeningTotal,
    PackedDay,
    PackedMonth,
    PackedViews,
    ReferrerViews,
    VisitorDay,
    VisitTotal,
)
from ..models.totals import ONLY_ROW
from ..periods import Period
from ..referrers import source_name
from .single_process import one_core

Step = Literal["hour", "day", "month"]
T = TypeVar("T")
SPARE = 10  # of the articles asked for; deleted ones keep their numbers in the packs, and to join fifty thousand for their sake is dear

# ---------------------------------------------------------------- sums


def sums(period: Period) -> Figures:
    return DailyVisits.objects.within(period).sums()


# ---------------------------------------------------------------- charts


@dataclass(frozen=True)
class Point:
    start: datetime | date  # a moment for hours, a day for days, a month's first day for months
    figures: Figures


def chart_points(period: Period, step: Step) -> list[Point]:
    """One point for each hour, day or month, also where nothing was counted; never beyond this hour."""
    if step == "hour":
        return _hours(period)
    if step == "day":
        days = {row.day: row.figures for row in DailyVisits.objects.within(period)}
        return [Point(day, days.get(day, Figures())) for day in period if day <= timezone.localdate()]
    months = {row.pop("month"): Figures(**row) for row in DailyVisits.objects.within(period).by_month()}
    return [Point(month, months.get(month, Figures())) for month in period.months() if month <= timezone.localdate()]


def _hours(period: Period) -> list[Point]:
    rows = {
        (row.day, row.hour): Figures(row.views, row.visits, 0, row.bots) for row in HourlyVisits.objects.within(period)
    }
    now = timezone.now()
    starts = [timezone.make_aware(datetime.combine(day, time(hour))) for day in period for hour in range(24)]
    return [Point(start, rows.get((start.date(), start.hour), Figures())) for start in starts if start <= now]


# ---------------------------------------------------------------- what was read


@dataclass(frozen=True)
class Ranked(Generic[T]):
    item: T
    views: int


def top_articles(period: Period, limit: int = 20) -> list[Ranked[Article]]:
    """Views of people, most first, whether or not the article is still public (see most_read for readers)."""
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
    """Some of them may be deleted."""
    return [pk for pk, _views in _most_viewed(period, limit)]


def views_of(ids: list[int], period: Period) -> dict[int, int]:
    """Of these articles only; those that nobody read are missing."""
    rows, values = rows_of_articles(period)
    wanted = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article_id, SUM(views) FROM ({rows}) counted WHERE article_id IN ({wanted}) GROUP BY article_id",  # noqa: S608
            [*values, *ids],
        )
        return {pk: int(views) for pk, views in cursor.fetchall()}


def _most_viewed(period: Period, limit: int) -> list[tuple[int, int]]:
    """Articles' ids and views, most first."""
    rows, values = rows_of_articles(period)
    views = f"SELECT article_id AS id, SUM(views) AS views FROM ({rows}) counted GROUP BY article_id"  # noqa: S608
    query = f"SELECT id, views FROM ({views}) ranked WHERE id IS NOT NULL ORDER BY views DESC, id DESC LIMIT %s"  # noqa: S608
    with one_core() as cursor:
        cursor.execute(query, [*values, limit])
        return [(int(pk), int(total)) for pk, total in cursor.fetchall()]


def rows_of_articles(period: Period) -> tuple[str, list[str]]:
    """SQL of rows (article_id, views), several for an article, and its values: the days not packed yet, the packs of whole
    months, and those of the days around them. Nothing lies after today, so this month counts as whole once today is in
    it. Detail no longer kept counts for whole months only. Articles may be gone since, or NULL."""
    last = Period.month(period.last).last if period.last >= timezone.localdate() else period.last
    months, rest = Period(period.first, last).split_by_months()
    spans: list[tuple[type[PackedViews], date, date]] = [(PackedDay, part.first, part.last) for part in rest]
    if months:
        spans.append((PackedMonth, months[0], months[-1]))
    selects = [f"SELECT article_id, views FROM {ArticleViews._meta.db_table} WHERE day BETWEEN %s AND %s"]  # noqa: S608
    values = [period.first.isoformat(), last.isoformat()]
    for pack, first, until in spans:
        selects.append(entries(pack._meta.db_table, "views", connection.vendor, "day BETWEEN %s AND %s"))
        values += [first.isoformat(), until.isoformat()]
    return " UNION ALL ".join(selects), values


def top_sources(period: Period, limit: int = 20) -> list[Ranked[str]]:
    """Readers' ways here under the names people know; "" stands for those who came without any referrer."""
    return [Ranked(source_name(row["host"]), row["views"]) for row in ReferrerViews.objects.within(period).top(limit)]


# ---------------------------------------------------------------- now


@dataclass(frozen=True)
class SpoolHealth:
    """`dropped` hits found no room on the disk, `malformed` lines could not be read: both in the last week."""

    age: timedelta | None  # since the drainer last counted; None where it never did
    dropped: int
    malformed: int

    @property
    def is_late(self) -> bool:
        return self.age is None or self.age > settings.STATS_LATE


def online_now() -> int:
    return VisitorDay.objects.online()


def freshness() -> timedelta | None:
    """How long ago the drainer last finished ("cập nhật N giây trước"); None where it never ran."""
    drained_at = VisitTotal.current().drained_at
    return max(timezone.now() - drained_at, timedelta()) if drained_at else None


def spool_health() -> SpoolHealth:
    lost = {row["reason"]: row["hits"] for row in ExcludedHits.objects.within(Period.last_days(7)).by_reason()}
    return SpoolHealth(
        freshness(), lost.get(ExcludedHits.Reason.DROPPED, 0), lost.get(ExcludedHits.Reason.MALFORMED, 0)
    )


@dataclass(frozen=True)
class VisitCounter:
    """Both numbers use the same word: visits, or page views where STATS_WIDGET_WORD says so."""

    today: int
    total: int


def counter() -> VisitCounter:
    """One query of three look-ups by key, written out because every page pays for it."""
    word = connection.ops.quote_name(VisitTotal._meta.get_field(settings.STATS_WIDGET_WORD).name)
    query = f"""
        SELECT (SELECT {word} FROM {VisitTotal._meta.db_table} WHERE id = %s), (SELECT {word} FROM {DailyVisits._meta.db_table} WHERE day = %s),
        (SELECT number FROM {OpeningTotal._meta.db_table} ORDER BY id DESC LIMIT 1)
    """  # noqa: S608 - the names are those of our own tables
    with connection.cursor() as cursor:
        cursor.execute(query, [ONLY_ROW, timezone.localdate().isoformat()])
        counted, today, opening = cursor.fetchone()
    return VisitCounter(today=today or 0, total=(opening or 0) + (counted or 0))


def in_order(articles: Iterable[Article], ids: list[int]) -> list[Article]:
    found = {article.pk: article for article in articles}
    return [found[pk] for pk in ids if pk in found]
