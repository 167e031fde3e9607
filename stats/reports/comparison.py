"""Comparison of a period with the previous period and with the same period a year before.

A period that is not over is compared only by its complete days or, if it is today alone, by its complete hours:
otherwise every site would seem to lose most of its readers each morning."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from ..models import Figures, HourlyVisits, Metric
from ..periods import ONE_DAY, Period
from .figures import sums

HOURLY_METRICS = (Metric.VIEWS, Metric.VISITS, Metric.BOTS)


@dataclass(frozen=True)
class ComparisonBasis:
    """The days that are compared. If `until_hour` is set, only the hours before it are compared on each day."""

    now: Period
    previous: Period
    year_before: Period
    until_hour: int | None = None


@dataclass(frozen=True)
class Comparison:
    """`previous` and `year_before` are None if nothing was counted on those days."""

    now: Figures
    previous: Figures | None
    year_before: Figures | None

    def change_from_previous(self, metric: Metric) -> float | None:
        """0.25 for an increase by a quarter; None if the previous value is 0 or unknown."""
        return relative_change(metric, self.now, self.previous)

    def change_from_year_before(self, metric: Metric) -> float | None:
        return relative_change(metric, self.now, self.year_before)


def relative_change(metric: Metric, now: Figures, past: Figures | None) -> float | None:
    value = past.value(metric) if past else 0
    return now.value(metric) / value - 1 if value else None


def comparison_basis(period: Period, moment: datetime | None = None) -> ComparisonBasis | None:
    """None if no day or hour of the period is complete."""
    local = timezone.localtime(moment)
    previous, year_before = period.previous(), period.year_before()
    if period.last < local.date():
        return ComparisonBasis(period, previous, year_before)
    complete = (local.date() - period.first).days
    if complete < 0 or (complete == 0 and local.hour == 0):
        return None
    until_hour = local.hour if complete == 0 else None
    days = max(complete, 1)
    return ComparisonBasis(
        _first_days(period, days), _first_days(previous, days), _first_days(year_before, days), until_hour
    )


def _first_days(period: Period, count: int) -> Period:
    return Period(period.first, min(period.last, period.first + (count - 1) * ONE_DAY))


def compare(basis: ComparisonBasis | None) -> Comparison:
    """Metrics that are not counted by hour (visitors, excluded) are 0 and have no change if hours are compared."""
    if basis is None:
        return Comparison(Figures(), None, None)
    now, previous, year_before = (
        _figures(period, basis.until_hour) for period in (basis.now, basis.previous, basis.year_before)
    )
    empty = Figures()
    return Comparison(now, previous if previous != empty else None, year_before if year_before != empty else None)


def _figures(period: Period, until_hour: int | None) -> Figures:
    if until_hour is None:
        return sums(period)
    rows = HourlyVisits.objects.within(period).filter(hour__lt=until_hour)
    found = rows.aggregate(**{metric.value: Sum(metric.value) for metric in HOURLY_METRICS})
    return Figures(**{metric: value or 0 for metric, value in found.items()})
