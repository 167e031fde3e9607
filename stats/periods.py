"""Periods of Vietnamese calendar days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.utils import timezone

ONE_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_later(month: date, count: int) -> date:
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def same_day_of_month(day: date, month: date) -> date:
    """31 March in February is 28 or 29 February."""
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def first_detailed_day() -> date:
    """The first day for which hours, paths and articles are kept by day (STATS_DETAIL_DAYS)."""
    return timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS)


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both included. Raises ValueError when `first` is after `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} lies after {self.last}")

    @classmethod
    def today(cls) -> Self:
        return cls.last_days(1)

    @classmethod
    def last_days(cls, count: int) -> Self:
        today = timezone.localdate()
        return cls(today - (count - 1) * ONE_DAY, today)

    @classmethod
    def last_months(cls, count: int) -> Self:
        """The current month until today and the `count - 1` whole months before it."""
        today = timezone.localdate()
        return cls(months_later(month_of(today), 1 - count), today)

    @classmethod
    def month(cls, day: date) -> Self:
        return cls(month_of(day), months_later(month_of(day), 1) - ONE_DAY)

    def __str__(self) -> str:
        """17/11/2026 – 22/11/2026"""
        return f"{self.first:%d/%m/%Y}" if self.days == 1 else f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + ONE_DAY).day == 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + number * ONE_DAY for number in range(self.days))

    def previous(self) -> "Period":
        """The period directly before: as many months if this one consists of whole months, else as many days."""
        if self.is_whole_months:
            count = len(list(self.months()))
            return Period(months_later(self.first, -count), self.first - ONE_DAY)
        return Period(self.first - self.days * ONE_DAY, self.first - ONE_DAY)

    def year_before(self) -> "Period":
        first = same_day_of_month(self.first, months_later(month_of(self.first), -12))
        last = months_later(month_of(self.last), -12)
        return Period(
            first, months_later(last, 1) - ONE_DAY if self.is_whole_months else same_day_of_month(self.last, last)
        )

    def months(self) -> Iterator[date]:
        month = month_of(self.first)
        while month <= self.last:
            yield month
            month = months_later(month, 1)

    def split_by_months(self) -> tuple[list[date], list["Period"]]:
        """The months that lie completely in the period, and the at most two periods left before and after them."""
        whole = [
            month for month in self.months() if self.first <= month and months_later(month, 1) - ONE_DAY <= self.last
        ]
        if not whole:
            return [], [self]
        rest = []
        if self.first < whole[0]:
            rest.append(Period(self.first, whole[0] - ONE_DAY))
        after = months_later(whole[-1], 1)
        if after <= self.last:
            rest.append(Period(after, self.last))
        return whole, rest
