from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from ..periods import Period
from .metrics import Figures, Metric


class ByDayQuerySet(models.QuerySet):
    """For models with a `day` field."""

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)

    def within(self, period: Period) -> Self:
        return self.between(period.first, period.last)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def total(self, column: str) -> int:
        return self.aggregate(total=Sum(column))["total"] or 0


class DailyVisitsQuerySet(ByDayQuerySet):
    def counted_here(self) -> Self:
        """Without days imported from an older portal, which the opening total already contains."""
        return self.exclude(origin=self.model.Origin.IMPORTED)  # type: ignore[attr-defined]

    def sums(self) -> Figures:
        sums = self.aggregate(**{metric: Sum(metric) for metric in Metric.values})
        return Figures(**{metric: value or 0 for metric, value in sums.items()})

    def by_month(self) -> models.QuerySet[Any, dict[str, Any]]:
        """Oldest first: `month` (its first day), views, visits, visitors, bots, excluded."""
        months = self.annotate(month=TruncMonth("day")).values("month")
        return (
            months.annotate(**{f"sum_{metric}": Sum(metric) for metric in Metric.values})
            .order_by("month")
            .values("month", **{metric: F(f"sum_{metric}") for metric in Metric.values})
        )


class HourlyVisitsQuerySet(ByDayQuerySet):
    def by_hour_of_day(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`hour` (0 to 23), views, visits and bots, summed over all days; hours without requests are missing."""
        return (
            self.values("hour")
            .annotate(total_views=Sum("views"), total_visits=Sum("visits"), total_bots=Sum("bots"))
            .order_by("hour")
            .values("hour", views=F("total_views"), visits=F("total_visits"), bots=F("total_bots"))
        )


class ReferrerQuerySet(ByDayQuerySet):
    def top(self, limit: int | None = None) -> models.QuerySet[Any, dict[str, Any]]:
        """`host` and `views`, most views first. Host "" stands for readers without a referrer, OTHERS for the rest."""
        return _ranked(self, "host", limit=limit)


class DeviceQuerySet(ByDayQuerySet):
    def by_device(self) -> models.QuerySet[Any, dict[str, Any]]:
        return _ranked(self, "device")

    def by_browser(self) -> models.QuerySet[Any, dict[str, Any]]:
        return _ranked(self, "browser")


class NotFoundQuerySet(ByDayQuerySet):
    def top(self, limit: int | None = None) -> models.QuerySet[Any, dict[str, Any]]:
        """`path`, `views` of people, `bots` and `last_day`; most views first."""
        rows = self.values("path").annotate(
            total_views=Sum("views"), total_bots=Sum("bots"), last_day=models.Max("day")
        )
        ranked = rows.order_by("-total_views", "-total_bots", "path").values(
            "path", "last_day", views=F("total_views"), bots=F("total_bots")
        )
        return ranked[:limit]


class ExcludedQuerySet(ByDayQuerySet):
    def by_reason(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`reason` (a value of ExcludedHits.Reason) and `hits`, most hits first."""
        return _ranked(self, "reason", column="hits")


def _ranked(
    rows: models.QuerySet, key: str, *, column: str = "views", limit: int | None = None
) -> models.QuerySet[Any, dict[str, Any]]:
    return (
        rows.values(key).annotate(total=Sum(column)).order_by("-total", key).values(key, **{column: F("total")})[:limit]
    )
