"""Among which articles is searched."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from ..models.article_queries import midnight
from ..models.search_entry import ID_BITS, newness_of
from .words import Term

LAST = (1 << 63) - 1  # newness
# How far a search looks back at first, in months. A common word has its hundred newest articles in the last weeks, and
# a rare one costs little more for having been looked for in four steps instead of one.
WINDOWS = (2, 8, 36)


@dataclass(frozen=True)
class Scope:
    """`is_public`: what readers may see at this moment. `labels`: of each group an article must have one. The days are
    those of publication in Vietnam, both included; without them articles that have no publication time are in it too."""

    is_public: bool = True
    labels: tuple[frozenset[Term], ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    now: datetime = field(default_factory=timezone.now)

    @property
    def oldest(self) -> int:
        """The least newness in it."""
        return newness_of(0, midnight(self.first_day)) if self.first_day else 0

    @property
    def newest(self) -> int:
        """The greatest newness in it."""
        bounds = [LAST]
        if self.is_public:
            bounds.append(newness_of(0, self.now) + (1 << ID_BITS) - 1)
        if self.last_day and self.last_day < date.max:
            bounds.append(newness_of(0, midnight(date.fromordinal(self.last_day.toordinal() + 1))) - 1)
        return min(bounds)

    @cached_property
    def windows(self) -> list["Window"]:
        """The scope in parts, newest first: the last months, those before them, and so on, and all the rest."""
        return list(self._windows())

    def _windows(self) -> Iterator["Window"]:
        newest = self.newest
        last = min(self.last_day or date.max, timezone.localdate(self.now))
        month = last.year * 12 + last.month - 1
        for length in WINDOWS if self.is_public else ():
            months = range(month - length + 1, month + 1)
            begin = newness_of(0, midnight(date(months[0] // 12, months[0] % 12 + 1, 1)))
            if begin <= self.oldest:
                break
            yield Window(begin, newest, frozenset(map(month_label, months)))
            newest, month = begin - 1, months[0] - 1
        yield Window(self.oldest, newest, frozenset())


@dataclass(frozen=True)
class Window:
    oldest: int
    newest: int
    months: frozenset[Term]  # what its articles are labelled with; empty where there would be too many


def month_label(month: int) -> Term:
    """Of a month counted from the year 0."""
    return Term(f"m:{month}")


def category_label(pk: int) -> Term:
    return Term(f"c:{pk}")


def event_label(pk: int) -> Term:
    return Term(f"e:{pk}")


def source_label(pk: int) -> Term:
    return Term(f"s:{pk}")
