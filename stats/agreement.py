"""Proves that the sums agree: what was added up in several ways must come to the same."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from .figures import rows_of_articles
from .models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    PackedDay,
    PackedMonth,
    VisitTotal,
)
from .periods import Period, months_later

WORDS = ("views", "visits", "visitors", "bots", "excluded")


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
    yield from days_are_sums_of_devices()
    yield from months_are_sums_of_articles()
    yield from days_are_sums_of_articles()
    yield from articles_are_sums_of_months()


def total_is_sum_of_days() -> Iterator[Claim]:
    total, days = VisitTotal.current(), DailyVisits.objects.counted_here().sums()
    for word in WORDS:
        yield Claim(f"total = Σ day, {word}", getattr(total, word), getattr(days, word))


def days_are_sums_of_hours() -> Iterator[Claim]:
    of_hours = HourlyVisits.objects.values_list("day").annotate(Sum("views"), Sum("visits"), Sum("bots")).order_by()
    sums = {day: (views, visits, bots) for day, views, visits, bots in of_hours}
    for row in kept_days():
        for word, value, added in zip(("views", "visits", "bots"), (row.views, row.visits, row.bots), sums.get(row.day, (0, 0, 0)), strict=True):
            yield Claim(f"day = Σ hour, {word}", value, added, str(row.day))


def days_are_sums_of_reasons() -> Iterator[Claim]:
    reasons = dict(ExcludedHits.objects.values_list("day").annotate(Sum("hits")).order_by())
    for row in DailyVisits.objects.counted_here():
        yield Claim("excluded of the day = Σ reason", row.excluded, reasons.get(row.day, 0), str(row.day))


def days_are_sums_of_devices() -> Iterator[Claim]:
    """By month, because that is how old ones are kept."""
    devices = dict(DeviceViews.objects.annotate(month=TruncMonth("day")).values_list("month").annotate(Sum("views")).order_by())
    for row in DailyVisits.objects.counted_here().by_month():
        yield Claim("views of the month = Σ device", row["views"], devices.get(row["month"], 0), f"{row['month']:%Y-%m}")


def months_are_sums_of_articles() -> Iterator[Claim]:
    articles = Counter(PackedMonth.objects.sums())
    for month, views in ArticleViews.objects.annotate(month=TruncMonth("day")).values_list("month").annotate(Sum("views")).order_by():
        articles[month] += views
    others = DailyVisits.objects.counted_here().annotate(month=TruncMonth("day")).values_list("month").annotate(Sum("other_views"), Sum("views"))
    for month, other_views, views in others.order_by():
        yield Claim("views of the month = Σ article + other", views, articles[month] + other_views, f"{month:%Y-%m}")


def days_are_sums_of_articles() -> Iterator[Claim]:
    articles = Counter(PackedDay.objects.sums())
    for day, views in ArticleViews.objects.values_list("day").annotate(Sum("views")).order_by():
        articles[day] += views
    for row in kept_days().annotate(of_articles=F("views") - F("other_views")):
        yield Claim("views of the day = Σ article + other", row.of_articles, articles[row.day], str(row.day))


def articles_are_sums_of_months() -> Iterator[Claim]:
    """One statement, because articles may be deleted while we look."""
    rows, values = rows_of_articles(Period(date(1970, 1, 1), months_later(timezone.localdate(), 1)))
    of_articles = f"SELECT SUM(views) FROM ({rows}) counted WHERE article_id IN (SELECT article_id FROM {ArticleTotal._meta.db_table})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(views), ({of_articles}) FROM {ArticleTotal._meta.db_table}", values)  # noqa: S608
        totals, added = cursor.fetchone()
    yield Claim("Σ article ever = Σ month, of articles still there", int(totals or 0), int(added or 0))


def kept_days() -> "models.QuerySet[DailyVisits]":
    """Days whose detail is still there."""
    return DailyVisits.objects.counted_here().filter(day__gte=timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS))
