"""Years, months and days of the archive, in the time zone of Vietnam."""

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..converters import FIRST_YEAR, LAST_YEAR
from ..models import Article

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)  # that an address of the archive can contain
ONE_DAY = timedelta(days=1)


class ArchiveRoot:
    """The breadcrumb above all years."""

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
    def containing(cls, day: date) -> Self:
        """Return the year, month or day that contains the day."""

    @property
    @abstractmethod
    def last(self) -> date: ...

    @property
    @abstractmethod
    def name(self) -> str: ...

    @property
    def short_name(self) -> str:
        """The name in a list of the parts of a longer period, whose name stands above the list."""
        return self.name

    @property
    @abstractmethod
    def iso(self) -> str:
        """Such as "2026", "2026-11" or "2026-11-20" (ISO 8601)."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The title of the page that lists its articles."""

    @property
    def path(self) -> list["Period"]:
        return [self]

    @property
    def parts(self) -> Sequence["Period"]:
        return []

    @abstractmethod
    def get_absolute_url(self) -> str: ...

    def earlier(self) -> Self | None:
        return self.of_first_article(Article.objects.published_within(FIRST_DAY, self.first - ONE_DAY).newest_first())

    def later(self) -> Self | None:
        return self.of_first_article(Article.objects.published_within(self.last + ONE_DAY, LAST_DAY).oldest_first())

    @classmethod
    def of_first_article(cls, articles: QuerySet[Article]) -> Self | None:
        moment = articles.values_list("published_at", flat=True).first()
        return cls.containing(timezone.localdate(moment)) if moment else None


class Year(Period):
    @classmethod
    def containing(cls, day: date) -> Self:
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
    def containing(cls, day: date) -> Self:
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
        return [Year.containing(self.first), self]

    @property
    def parts(self) -> list["Day"]:
        return [Day(self.first + timedelta(days=number)) for number in range(self.last.day)]

    def get_absolute_url(self) -> str:
        return reverse("news:month_archive", args=[self.first])


class Day(Period):
    @classmethod
    def containing(cls, day: date) -> Self:
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
        return [*Month.containing(self.first).path, self]

    def get_absolute_url(self) -> str:
        return reverse("news:day_archive", args=[self.first])
