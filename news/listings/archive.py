"""Years, months and days of the calendar in Vietnam, and how many articles each of them has."""

from abc import ABC, abstractmethod
from calendar import MONDAY, Calendar, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, Count, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..converters import FIRST_YEAR, LAST_YEAR
from ..models import Article
from ..models.article_queries import midnight

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)  # that an address of the archive can name
ONE_DAY = timedelta(days=1)
YEARS_KEY = "news.listings.archive.years"


class Archive:
    """The step above all years in the breadcrumbs."""

    @property
    def name(self) -> str:
        return _("Tin theo ngày")

    def get_absolute_url(self) -> str:
        return reverse("news:archive")


@dataclass(frozen=True)
class Period(ABC):
    first: date

    @classmethod
    @abstractmethod
    def around(cls, day: date) -> Self:
        """The year, month or day in which the day lies."""

    @property
    @abstractmethod
    def last(self) -> date: ...

    @property
    @abstractmethod
    def name(self) -> str: ...

    @property
    def short_name(self) -> str:
        """Among its sisters, under the name of what they are parts of."""
        return self.name

    @property
    @abstractmethod
    def iso(self) -> str:
        """As ISO 8601 writes it."""

    @property
    @abstractmethod
    def title(self) -> str:
        """Of the page that lists its articles."""

    @property
    def path(self) -> list["Period"]:
        """From the year down to the period itself, for breadcrumbs."""
        return [self]

    @property
    def parts(self) -> Sequence["Period"]:
        return []

    @abstractmethod
    def get_absolute_url(self) -> str: ...

    def earlier(self) -> Self | None:
        """The nearest one before it that has articles."""
        return self.of_first(Article.objects.published_within(FIRST_DAY, self.first - ONE_DAY).newest_first())

    def later(self) -> Self | None:
        return self.of_first(Article.objects.published_within(self.last + ONE_DAY, LAST_DAY).oldest_first())

    @classmethod
    def of_first(cls, articles: QuerySet[Article]) -> Self | None:
        """The one in which the first of the articles was published."""
        moment = articles.values_list("published_at", flat=True).first()
        return cls.around(timezone.localdate(moment)) if moment else None


class Year(Period):
    @classmethod
    def around(cls, day: date) -> Self:
        return cls(date(day.year, 1, 1))

    @property
    def last(self) -> date:
        return date(self.first.year, 12, 31)

    @property
    def name(self) -> str:
        return _("Năm %(year)s") % {"year": self.first.year}

    @property
    def short_name(self) -> str:
        return str(self.first.year)

    @property
    def iso(self) -> str:
        return f"{self.first:%Y}"

    @property
    def title(self) -> str:
        return _("Tin năm %(year)s") % {"year": self.first.year}

    @property
    def parts(self) -> list["Month"]:
        return [Month(self.first.replace(month=month)) for month in range(1, 13)]

    def get_absolute_url(self) -> str:
        return reverse("news:year_archive", args=[self.first])


class Month(Period):
    @classmethod
    def around(cls, day: date) -> Self:
        return cls(day.replace(day=1))

    @property
    def last(self) -> date:
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def name(self) -> str:
        return _("Tháng %(month)s") % {"month": f"{self.first:%m/%Y}"}

    @property
    def short_name(self) -> str:
        return _("Tháng %(month)s") % {"month": self.first.month}

    @property
    def iso(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        return _("Tin tháng %(month)s") % {"month": f"{self.first:%m/%Y}"}

    @property
    def path(self) -> list[Period]:
        return [Year.around(self.first), self]

    @property
    def parts(self) -> list["Day"]:
        return [Day(self.first + timedelta(days=number)) for number in range(self.last.day)]

    def get_absolute_url(self) -> str:
        return reverse("news:month_archive", args=[self.first])


class Day(Period):
    @classmethod
    def around(cls, day: date) -> Self:
        return cls(day)

    @property
    def last(self) -> date:
        return self.first

    @property
    def name(self) -> str:
        return f"{self.first:%d/%m/%Y}"

    @property
    def iso(self) -> str:
        return self.first.isoformat()

    @property
    def title(self) -> str:
        return _("Tin ngày %(day)s") % {"day": self.name}

    @property
    def path(self) -> list[Period]:
        return [*Month.around(self.first).path, self]

    def get_absolute_url(self) -> str:
        return reverse("news:day_archive", args=[self.first])


@dataclass(frozen=True)
class Counted:
    period: Period
    count: int


def counted(periods: Sequence[Period]) -> list[Counted]:
    """How many articles each of the periods, which follow one another, has. One walk through the index: cutting every
    moment down to its day or month would take several times as long, in SQLite by a call into Python for each row."""
    ends = [
        When(published_at__lt=midnight(period.last + ONE_DAY), then=number) for number, period in enumerate(periods)
    ]
    within = Article.objects.published_within(periods[0].first, periods[-1].last).order_by()
    found = dict(within.values_list(Case(*ends)).annotate(Count("pk")))
    return [Counted(period, found.get(number, 0)) for number, period in enumerate(periods)]


def years() -> list[Counted]:
    """The years that have articles, newest first; remembered for a while, since every article there is gets counted."""
    found = cache.get_or_set(YEARS_KEY, count_years, settings.ARCHIVE_YEARS_SECONDS) or []
    return [Counted(Year(date(year, 1, 1)), count) for year, count in found]


def count_years() -> list[tuple[int, int]]:
    published = Article.objects.published_within(FIRST_DAY, LAST_DAY)
    newest, oldest = Year.of_first(published.newest_first()), Year.of_first(published.oldest_first())
    if newest is None or oldest is None:
        return []
    span = range(oldest.first.year, newest.first.year + 1)
    return [
        (year.period.first.year, year.count)
        for year in reversed(counted([Year(date(number, 1, 1)) for number in span]))
        if year.count
    ]


def weeks(days: Sequence[Counted]) -> list[list[Counted | None]]:
    """A month's days as the rows of a calendar that begins on Monday; None outside the month."""
    first = days[0].period.first
    by_number = dict(enumerate(days, 1))
    return [
        [by_number.get(number) for number in week]
        for week in Calendar(MONDAY).monthdayscalendar(first.year, first.month)
    ]
