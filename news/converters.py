from datetime import date


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


class DayConverter:
    """yyyy/mm/dd that is a day of the calendar; anything else is no address of ours."""

    regex = "[0-9]{4}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        year, month, day = map(int, value.split("/"))
        if not 1900 <= year < 9999:  # outside, adding a day or a time zone runs over the calendar's ends
            raise ValueError(value)
        return date(year, month, day)

    def to_url(self, value: date) -> str:
        return f"{value:%Y/%m/%d}"
