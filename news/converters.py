from datetime import date, datetime


class ArticleSlugConverter:
    regex = "[-a-z0-9_]{0,140}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RowIdConverter:
    """A row's number, never larger than a database holds: PostgreSQL raises where SQLite finds nothing."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


# Outside these, adding a day or a time zone runs over the calendar's ends.
FIRST_YEAR, LAST_YEAR = 1900, 9998


class CalendarConverter:
    """What is no day of the calendar is no address of ours."""

    form = ""  # as strftime writes it

    def to_python(self, value: str) -> date:
        day = datetime.strptime(value, self.form).date()
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(value)
        return day

    def to_url(self, value: date) -> str:
        return f"{value:{self.form}}"


class DayConverter(CalendarConverter):
    regex = "[0-9]{4}/[0-9]{2}/[0-9]{2}"
    form = "%Y/%m/%d"


class MonthConverter(CalendarConverter):
    """A month is known by its first day, a year by its first of January."""

    regex = "[0-9]{4}/[0-9]{2}"
    form = "%Y/%m"


class YearConverter(CalendarConverter):
    regex = "[0-9]{4}"
    form = "%Y"
