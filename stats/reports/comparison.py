"""What a number is set against. A day that is not over is never compared with a whole one: at nine in the morning
every site would seem to have lost most of its readers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Sum
from django.utils import timezone

from ..models import Figures, HourlyVisits
from ..periods import ONE_DAY, Period
from .figures import sums


@dataclass(frozen=True)
class Basis:
    """The days compared. `until_hour` is set where today stands alone: of each day only the hours before it count."""

    now: Period
    before: Period
    year_before: Period
    until_hour: int | None = None


@dataclass(frozen=True)
class Comparison:
    """`before` and `year_before` are None where nothing was kept for any day of that time: no growth of ∞ %."""

    now: Figures
    before: Figures | None
    year_before: Figures | None

    def change(self, word: str = "visits", since: Literal["before", "year_before"] = "before") -> float | None:
        """0.25 for a quarter more; None where there is nothing to compare with."""
        past = getattr(self, since)
        value = getattr(past, word) if past else 0
        return getattr(self.now, word) / value - 1 if value else None


def basis(period: Period, moment: datetime | None = None) -> Basis | None:
    """The whole days of a period and as many of the earlier ones; None as long as nothing of it is over."""
    local = timezone.localtime(moment)
    before, year_before = period.before(), period.year_before()
    if period.last < local.date():
        return Basis(period, before, year_before)
    over = (local.date() - period.first).days
    if over > 0:
        return Basis(_first_days(period, over), _first_days(before, over), _first_days(year_before, over))
    if over == 0 and local.hour:
        return Basis(_first_days(period, 1), _first_days(before, 1), _first_days(year_before, 1), until_hour=local.hour)
    return None


def _first_days(period: Period, count: int) -> Period:
    """Of a February at most 28 or 29."""
    return Period(period.first, min(period.last, period.first + (count - 1) * ONE_DAY))


def compared(on: Basis | None) -> Comparison:
    """Words that are not known for the hours of a day (visitors, excluded hits) stay 0 and have no change."""
    if on is None:
        return Comparison(Figures(), None, None)
    now, before, year_before = (_figures(period, on.until_hour) for period in (on.now, on.before, on.year_before))
    return Comparison(now, before if before != Figures() else None, year_before if year_before != Figures() else None)


def _figures(period: Period, until_hour: int | None) -> Figures:
    if until_hour is None:
        return sums(period)
    words = ("views", "visits", "bots")
    found = (
        HourlyVisits.objects.within(period).filter(hour__lt=until_hour).aggregate(**{word: Sum(word) for word in words})
    )
    return Figures(**{word: value or 0 for word, value in found.items()})
