"""Proves that the sums agree: what was added up in several ways must come to the same."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
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
    NotFoundPath,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    VisitorDay,
    VisitTotal,
)
from ..periods import Period, months_later
from ..reports.figures import rows_of_articles

WORDS = ("views", "visits", "visitors", "bots", "excluded")
DAY, MONTH = "%Y-%m-%d", "%Y-%m"

Sums = Mapping[date, int]  # by day, or by month as its first day


@dataclass(frozen=True)
class Claim:
    """Two numbers that must be equal. `where` names the day or month of a disagreement."""

    what: str
    left: int
    right: int
    where: str = ""

    @property
    def holds(self) -> bool:
        return self.left == self.right


def claims() -> Iterator[Claim]:
    """Days taken over from an older portal have no hours and no articles; they are part of no sum but their own."""
    yield from total_is_sum_of_days()
    yield from days_are_sums_of_hours()
    yield from days_are_sums_of_reasons()
    yield from months_are_sums_of_devices()
    yield from months_are_sums_of_articles()
    yield from days_are_sums_of_articles()
    yield from articles_are_sums_of_months()
    yield from parts_are_within_their_whole()


def equal(what: str, whole: Sums, parts: Sums, form: str = DAY, since: date = date.min) -> Iterator[Claim]:
    """For every day or month that either side has: rows of a day that is no longer there are wrong too. Parts from before
    `since` may be gone, all of them."""
    for moment in sorted({*filter(lambda moment: moment >= since, whole), *parts}):
        yield Claim(what, whole.get(moment, 0), parts.get(moment, 0), f"{moment:{form}}")


def within(what: str, whole: Sums, part: Sums, form: str = DAY) -> Iterator[Claim]:
    for moment in sorted(part):
        limit = whole.get(moment, 0)
        yield Claim(what, limit, max(limit, part[moment]), f"{moment:{form}}")


def total_is_sum_of_days() -> Iterator[Claim]:
    total, days = VisitTotal.current(), DailyVisits.objects.counted_here().sums()
    for word in WORDS:
        yield Claim(f"total = Σ day, {word}", getattr(total, word), getattr(days, word))


def days_are_sums_of_hours() -> Iterator[Claim]:
    for word in ("views", "visits", "bots"):
        yield from equal(
            f"day = Σ hour, {word}",
            by_day(counted_days(), word),
            by_day(HourlyVisits.objects, word),
            since=first_kept_day(),
        )


def days_are_sums_of_reasons() -> Iterator[Claim]:
    yield from equal(
        "excluded of the day = Σ reason", by_day(counted_days(), "excluded"), by_day(ExcludedHits.objects, "hits")
    )


def months_are_sums_of_devices() -> Iterator[Claim]:
    """By month, because that is how old ones are kept."""
    yield from equal(
        "views of the month = Σ device",
        by_month(counted_days(), "views"),
        by_month(DeviceViews.objects, "views"),
        MONTH,
    )


def months_are_sums_of_articles() -> Iterator[Claim]:
    articles = Counter(PackedMonth.objects.sums()) + Counter(by_month(ArticleViews.objects, "views"))
    yield from equal(
        "views of the month = Σ article + other",
        by_month(counted_days(), F("views") - F("other_views")),
        articles,
        MONTH,
    )


def days_are_sums_of_articles() -> Iterator[Claim]:
    articles = Counter(PackedDay.objects.sums()) + Counter(by_day(ArticleViews.objects, "views"))
    yield from equal(
        "views of the day = Σ article + other",
        by_day(counted_days(), F("views") - F("other_views")),
        articles,
        since=first_kept_day(),
    )


def articles_are_sums_of_months() -> Iterator[Claim]:
    """One statement, because articles may be deleted while we look."""
    rows, values = rows_of_articles(Period(date(1970, 1, 1), months_later(timezone.localdate(), 1)))
    of_articles = (
        f"SELECT SUM(views) FROM ({rows}) counted WHERE article_id IN (SELECT id FROM {Article._meta.db_table})"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(views), ({of_articles}) FROM {ArticleTotal._meta.db_table}", values)  # noqa: S608
        totals, added = cursor.fetchone()
    yield Claim("Σ article ever = Σ month, of articles still there", int(totals or 0), int(added or 0))


def parts_are_within_their_whole() -> Iterator[Claim]:
    """Of these tables the rest is kept nowhere: readers who walk on inside the site have no referrer, and what a demo
    invents no hash."""
    views, counted = by_month(counted_days(), "views"), counted_days()
    yield from within("views of the month ≥ Σ referrer", views, by_month(ReferrerViews.objects, "views"), MONTH)
    missing = by_day(ExcludedHits.objects.filter(reason=ExcludedHits.Reason.NOT_FOUND), "hits")
    yield from within(
        "hits on nothing of the day ≥ Σ address not found",
        missing,
        by_day(NotFoundPath.objects, F("views") + F("bots")),
    )
    yield from within("visitors of the day ≥ Σ hash", by_day(counted, "visitors"), by_day(VisitorDay.objects, Value(1)))
    yield from within("views of the day ≥ Σ hash, views", by_day(counted, "views"), by_day(VisitorDay.objects, "views"))


def counted_days() -> "models.QuerySet[DailyVisits]":
    return DailyVisits.objects.counted_here()


def first_kept_day() -> date:
    """From which on all detail is there. Older detail goes once a day, see retention.py."""
    return timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS)


def by_day(rows: Any, of: Any) -> dict[date, int]:
    return dict(rows.values_list("day").annotate(total=Sum(of)).order_by())


def by_month(rows: Any, of: Any) -> dict[date, int]:
    return dict(rows.annotate(month=TruncMonth("day")).values_list("month").annotate(total=Sum(of)).order_by())
