"""Checks that sums of different tables agree. Days imported from an older portal have no hours and no articles and
are left out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from news.models import Article

from ..models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    Metric,
    NotFoundPath,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    VisitorDay,
    VisitTotal,
    article_view_rows,
)
from ..periods import Period, first_detailed_day, months_later

HOURLY_METRICS = (Metric.VIEWS, Metric.VISITS, Metric.BOTS)
DAY, MONTH = "%Y-%m-%d", "%Y-%m"

Sums = Mapping[date, int]  # by day, or by the first day of a month


@dataclass(frozen=True)
class SumCheck:
    """Two numbers that must be equal. `where` is the day or month."""

    name: str
    expected: int
    actual: int
    where: str = ""

    @property
    def passes(self) -> bool:
        return self.expected == self.actual


def check_sums() -> Iterator[SumCheck]:
    yield from total_is_sum_of_days()
    yield from days_are_sums_of_hours()
    yield from days_are_sums_of_reasons()
    yield from months_are_sums_of_devices()
    yield from months_are_sums_of_articles()
    yield from days_are_sums_of_articles()
    yield from articles_are_sums_of_months()
    yield from parts_do_not_exceed_their_sum()


def equal(name: str, sums: Sums, parts: Sums, date_format: str = DAY, since: date = date.min) -> Iterator[SumCheck]:
    """One check for every day or month in either mapping. Parts of days before `since` may be missing."""
    for day in sorted({*filter(lambda day: day >= since, sums), *parts}):
        yield SumCheck(name, sums.get(day, 0), parts.get(day, 0), f"{day:{date_format}}")


def at_most(name: str, limits: Sums, parts: Sums, date_format: str = DAY) -> Iterator[SumCheck]:
    for day in sorted(parts):
        limit = limits.get(day, 0)
        yield SumCheck(name, limit, max(limit, parts[day]), f"{day:{date_format}}")


def total_is_sum_of_days() -> Iterator[SumCheck]:
    total, days = VisitTotal.current(), DailyVisits.objects.counted_here().sums()
    for metric in Metric:
        yield SumCheck(f"total = Σ day, {metric}", getattr(total, metric), days.value(metric))


def days_are_sums_of_hours() -> Iterator[SumCheck]:
    for metric in HOURLY_METRICS:
        yield from equal(
            f"day = Σ hour, {metric}",
            by_day(counted_days(), metric),
            by_day(HourlyVisits.objects, metric),
            since=first_detailed_day(),
        )


def days_are_sums_of_reasons() -> Iterator[SumCheck]:
    yield from equal(
        "excluded of the day = Σ reason", by_day(counted_days(), "excluded"), by_day(ExcludedHits.objects, "hits")
    )


def months_are_sums_of_devices() -> Iterator[SumCheck]:
    """By month, because older rows are merged into months."""
    yield from equal(
        "views of the month = Σ device",
        by_month(counted_days(), "views"),
        by_month(DeviceViews.objects, "views"),
        MONTH,
    )


def months_are_sums_of_articles() -> Iterator[SumCheck]:
    articles = Counter(PackedMonth.objects.sums()) + Counter(by_month(ArticleViews.objects, "views"))
    yield from equal(
        "views of the month = Σ article + other",
        by_month(counted_days(), F("views") - F("other_views")),
        articles,
        MONTH,
    )


def days_are_sums_of_articles() -> Iterator[SumCheck]:
    articles = Counter(PackedDay.objects.sums()) + Counter(by_day(ArticleViews.objects, "views"))
    yield from equal(
        "views of the day = Σ article + other",
        by_day(counted_days(), F("views") - F("other_views")),
        articles,
        since=first_detailed_day(),
    )


def articles_are_sums_of_months() -> Iterator[SumCheck]:
    """In one statement, because articles may be deleted at the same time."""
    rows, params = article_view_rows(Period(date(1970, 1, 1), months_later(timezone.localdate(), 1)))
    of_articles = (
        f"SELECT SUM(views) FROM ({rows}) counted WHERE article_id IN (SELECT id FROM {Article._meta.db_table})"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(views), ({of_articles}) FROM {ArticleTotal._meta.db_table}", params)  # noqa: S608
        totals, added = cursor.fetchone()
    yield SumCheck("Σ article ever = Σ month, of articles still there", int(totals or 0), int(added or 0))


def parts_do_not_exceed_their_sum() -> Iterator[SumCheck]:
    """Tables that do not hold every view: those within the site have no referrer, demo data has no visitor hashes."""
    views, counted = by_month(counted_days(), "views"), counted_days()
    yield from at_most("views of the month ≥ Σ referrer", views, by_month(ReferrerViews.objects, "views"), MONTH)
    missing = by_day(ExcludedHits.objects.filter(reason=ExcludedHits.Reason.NOT_FOUND), "hits")
    yield from at_most(
        "hits on nothing of the day ≥ Σ address not found",
        missing,
        by_day(NotFoundPath.objects, F("views") + F("bots")),
    )
    yield from at_most(
        "visitors of the day ≥ Σ hash", by_day(counted, "visitors"), by_day(VisitorDay.objects, Value(1))
    )
    yield from at_most(
        "views of the day ≥ Σ hash, views", by_day(counted, "views"), by_day(VisitorDay.objects, "views")
    )


def counted_days() -> "models.QuerySet[DailyVisits]":
    return DailyVisits.objects.counted_here()


def by_day(rows: Any, of: Any) -> dict[date, int]:
    return dict(rows.values_list("day").annotate(total=Sum(of)).order_by())


def by_month(rows: Any, of: Any) -> dict[date, int]:
    return dict(rows.annotate(month=TruncMonth("day")).values_list("month").annotate(total=Sum(of)).order_by())
