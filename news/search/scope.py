"""The filters of a search: visibility, category, event, source and days of publication."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from ..models.article_queries import midnight
from ..models.search_entry import ID_BITS, MAX_NEWNESS, newness_of
from .analysis import Term

# Lengths in months of the windows that are searched before the rest of the archive. A common word has its hundred
# newest articles in the last weeks; a rare one costs little more in four steps than in one.
WINDOW_MONTHS = (2, 8, 36)


@dataclass(frozen=True)
class Scope:
    """`is_public`: only what readers may see at `now`. `labels`: an article must have one label of each group. The
    days are days of publication in Vietnam, both inclusive; a scope without `first_day` contains articles without a
    publication time as well."""

    is_public: bool = True
    labels: tuple[frozenset[Term], ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    now: datetime = field(default_factory=timezone.now)

    @property
    def min_newness(self) -> int:
        return newness_of(0, midnight(self.first_day)) if self.first_day else 0

    @property
    def max_newness(self) -> int:
        bounds = [MAX_NEWNESS]
        if self.is_public:
            bounds.append(newness_of(0, self.now) + (1 << ID_BITS) - 1)
        if self.last_day and self.last_day < date.max:
            bounds.append(newness_of(0, midnight(date.fromordinal(self.last_day.toordinal() + 1))) - 1)
        return min(bounds)

    @cached_property
    def windows(self) -> list["Window"]:
        """Consecutive parts of the scope, newest first; the last one is all that is older."""
        return list(self._windows())

    def _windows(self) -> Iterator["Window"]:
        max_newness = self.max_newness
        last_day = min(self.last_day or date.max, timezone.localdate(self.now))
        last_month = last_day.year * 12 + last_day.month - 1
        for length in WINDOW_MONTHS if self.is_public else ():
            months = range(last_month - length + 1, last_month + 1)
            min_newness = newness_of(0, midnight(date(months[0] // 12, months[0] % 12 + 1, 1)))
            if min_newness <= self.min_newness:
                break
            yield Window(min_newness, max_newness, frozenset(map(month_label, months)))
            max_newness, last_month = min_newness - 1, months[0] - 1
        yield Window(self.min_newness, max_newness, frozenset())


@dataclass(frozen=True)
class Window:
    min_newness: int
    max_newness: int
    months: frozenset[Term]  # labels of all its months; empty where there would be too many


def month_label(month: int) -> Term:
    """`month` counts from January of the year 0."""
    return Term(f"m:{month}")


def category_label(pk: int) -> Term:
    return Term(f"c:{pk}")


def event_label(pk: int) -> Term:
    return Term(f"e:{pk}")


def source_label(pk: int) -> Term:
    return Term(f"s:{pk}")
