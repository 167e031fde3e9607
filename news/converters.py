from datetime import date, datetime

from .text.folding import addressable

# Near the limits of datetime.date, adding a day or converting the time zone raises OverflowError.
FIRST_YEAR, LAST_YEAR = 1900, 9998


MAX_ARTICLE_SLUG = 140


class SlugConverter:
    """Whatever a row has as its slug. The fields clean slugs, but rows may come by SQL, and a link that cannot be made
    would take down every list that shows the row."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value if value and "/" not in value else addressable(value or "-", len(value) or 1)


class ArticleSlugConverter:
    """In an address any text leads to the article, whose number follows it; a link always has a clean one."""

    regex = "[^/]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return addressable(value, MAX_ARTICLE_SLUG)


class RowIdConverter:
    """A primary key that fits into a BIGINT: for a larger one PostgreSQL raises DataError, SQLite finds nothing."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class DateConverter:
    """Base of the converters below. A date that is not in the calendar does not match, so its address is a 404."""

    format = ""  # for strftime and strptime

    def to_python(self, value: str) -> date:
        day = datetime.strptime(value, self.format).date()
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(value)
        return day

    def to_url(self, value: date) -> str:
        return f"{value:{self.format}}"


class DayConverter(DateConverter):
    regex = "[0-9]{4}/[0-9]{2}/[0-9]{2}"
    format = "%Y/%m/%d"


class MonthConverter(DateConverter):
    """Converts to the first day of the month."""

    regex = "[0-9]{4}/[0-9]{2}"
    format = "%Y/%m"


class YearConverter(DateConverter):
    """Converts to the first day of the year."""

    regex = "[0-9]{4}"
    format = "%Y"
