"""How many articles each period of the archive has."""

from calendar import MONDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, Count, When

from ..models import Article
from ..models.article_queries import midnight
from .periods import FIRST_DAY, LAST_DAY, ONE_DAY, Period, Year

YEARS_KEY = "news.listings.archive.years"  # in the cache


@dataclass(frozen=True)
class PeriodCount:
    period: Period
    count: int


def count_articles(periods: Sequence[Period]) -> list[PeriodCount]:
    """Count the articles of consecutive periods, given in order.

    One range scan of the index. Truncating every timestamp to its day or month takes several times as long, because
    SQLite calls a Python function for each row.
    """
    ends = [
        When(published_at__lt=midnight(period.last + ONE_DAY), then=number) for number, period in enumerate(periods)
    ]
    within = Article.objects.published_within(periods[0].first, periods[-1].last).order_by()
    counts = dict(within.values_list(Case(*ends)).annotate(Count("pk")))
    return [PeriodCount(period, counts.get(number, 0)) for number, period in enumerate(periods)]


def years_with_articles() -> list[PeriodCount]:
    """Return the years that have articles, newest first, from the cache: counting reads every published article."""
    counts = cache.get_or_set(YEARS_KEY, count_years, settings.ARCHIVE_YEARS_SECONDS) or []
    return [PeriodCount(Year(date(year, 1, 1)), count) for year, count in counts]


def count_years() -> list[tuple[int, int]]:
    published = Article.objects.published_within(FIRST_DAY, LAST_DAY)
    newest = Year.of_first_article(published.newest_first())
    oldest = Year.of_first_article(published.oldest_first())
    if newest is None or oldest is None:
        return []
    years = [Year(date(number, 1, 1)) for number in range(oldest.first.year, newest.first.year + 1)]
    return [(year.period.first.year, year.count) for year in reversed(count_articles(years)) if year.count]


def calendar_weeks(days: Sequence[PeriodCount]) -> list[list[PeriodCount | None]]:
    first = days[0].period.first
    by_number = dict(enumerate(days, 1))
    return [
        [by_number.get(number) for number in week]
        for week in Calendar(MONDAY).monthdayscalendar(first.year, first.month)
    ]
