"""The words in which everybody else asks for numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from ..periods import Period


@dataclass(frozen=True)
class Figures:
    """What was counted in a span of time. `visitors` is the sum of daily ones wherever the span is longer than a day."""

    views: int = 0
    visits: int = 0
    visitors: int = 0
    bots: int = 0
    excluded: int = 0

    @property
    def counted(self) -> int:
        return self.views + self.bots

    @property
    def seen(self) -> int:
        """Every request that reached the counter."""
        return self.counted + self.excluded

    @property
    def views_per_visit(self) -> float:
        return self.views / self.visits if self.visits else 0.0


FIGURES = ("views", "visits", "visitors", "bots", "excluded")


class ByDayQuerySet(models.QuerySet):
    """For every table whose rows belong to a `day`."""

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(day__gte=first, day__lte=last)

    def within(self, period: Period) -> Self:
        return self.between(period.first, period.last)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def total(self, column: str) -> int:
        return self.aggregate(total=Sum(column))["total"] or 0


class DailyVisitsQuerySet(ByDayQuerySet):
    def counted_here(self) -> Self:
        """Without days taken over from an older portal: those are part of the opening total already."""
        return self.exclude(origin="imported")

    def sums(self) -> Figures:
        return Figures(
            **{name: value or 0 for name, value in self.aggregate(**{name: Sum(name) for name in FIGURES}).items()}
        )

    def by_day(self) -> Self:
        """Rows in order of time; days on which nothing was seen have none."""
        return self.order_by("day")

    def by_month(self) -> models.QuerySet[Any, dict[str, Any]]:
        """One mapping a month, oldest first: `month` (its first day), views, visits, visitors, bots, excluded."""
        months = self.annotate(month=TruncMonth("day")).values("month")
        return (
            months.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES})
            .order_by("month")
            .values("month", **{name: F(f"sum_{name}") for name in FIGURES})
        )


class HourlyVisitsQuerySet(ByDayQuerySet):
    def by_hour(self) -> Self:
        return self.order_by("day", "hour")

    def by_hour_of_day(self) -> models.QuerySet[Any, dict[str, Any]]:
        """One mapping for each hour of the clock that saw anything, over all the days asked for."""
        return (
            self.values("hour")
            .annotate(total_views=Sum("views"), total_visits=Sum("visits"), total_bots=Sum("bots"))
            .order_by("hour")
            .values("hour", views=F("total_views"), visits=F("total_visits"), bots=F("total_bots"))
        )


class ReferrerQuerySet(ByDayQuerySet):
    def top(self, limit: int | None = None) -> models.QuerySet[Any, dict[str, Any]]:
        """`host` and `views`, most views first. Host "" stands for readers without a referrer, "khác" for the rest."""
        return _ranked(self, "host", limit=limit)


class DeviceQuerySet(ByDayQuerySet):
    def by_device(self) -> models.QuerySet[Any, dict[str, Any]]:
        return _ranked(self, "device")

    def by_browser(self) -> models.QuerySet[Any, dict[str, Any]]:
        return _ranked(self, "browser")


class NotFoundQuerySet(ByDayQuerySet):
    def top(self, limit: int | None = None) -> models.QuerySet[Any, dict[str, Any]]:
        """`path`, `views` of people, `bots`, and the `last_day` it was asked for; what people missed most stands first."""
        rows = self.values("path").annotate(
            total_views=Sum("views"), total_bots=Sum("bots"), last_day=models.Max("day")
        )
        ranked = rows.order_by("-total_views", "-total_bots", "path").values(
            "path", "last_day", views=F("total_views"), bots=F("total_bots")
        )
        return ranked[:limit]


class ExcludedQuerySet(ByDayQuerySet):
    def by_reason(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`reason` (a value of ExcludedHits.Reason) and `hits`, most first."""
        return _ranked(self, "reason", column="hits")


def _ranked(
    rows: models.QuerySet, key: str, *, column: str = "views", limit: int | None = None
) -> models.QuerySet[Any, dict[str, Any]]:
    return (
        rows.values(key).annotate(total=Sum(column)).order_by("-total", key).values(key, **{column: F("total")})[:limit]
    )
