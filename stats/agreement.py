"""Proves that the sums agree: what was added up in several ways must come to the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from .models import ArticleMonth, ArticleViews, DailyVisits, DeviceViews, ExcludedHits, HourlyVisits, VisitTotal

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
    articles = dict(ArticleMonth.objects.values_list("month").annotate(Sum("views")).order_by())
    others = DailyVisits.objects.counted_here().annotate(month=TruncMonth("day")).values_list("month").annotate(Sum("other_views"), Sum("views"))
    for month, other_views, views in others.order_by():
        yield Claim("views of the month = Σ article + other", views, articles.get(month, 0) + other_views, f"{month:%Y-%m}")


def days_are_sums_of_articles() -> Iterator[Claim]:
    articles = dict(ArticleViews.objects.values_list("day").annotate(Sum("views")).order_by())
    for row in kept_days().annotate(of_articles=F("views") - F("other_views")):
        yield Claim("views of the day = Σ article + other", row.of_articles, articles.get(row.day, 0), str(row.day))


def kept_days() -> "models.QuerySet[DailyVisits]":
    """Days whose detail is still there."""
    return DailyVisits.objects.counted_here().filter(day__gte=timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS))
