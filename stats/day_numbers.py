"""Vietnamese calendar days as integers (days since 1970-01-01), computed from Unix time without datetime objects.

The middleware converts the time of every request and the drainer that of every spool line."""

from datetime import date

OFFSET = 7 * 3600  # seconds; Vietnam has had no summer time since 1975
DAY = 86_400  # seconds
EPOCH = date(1970, 1, 1).toordinal()


def day_number(time: int) -> int:
    return (time + OFFSET) // DAY


def day_and_second(time: int) -> tuple[int, int]:
    """The day number and the seconds since midnight in Vietnam."""
    return divmod(time + OFFSET, DAY)


def as_date(number: int) -> date:
    return date.fromordinal(EPOCH + number)


def midnight(number: int) -> int:
    """The Unix time at which the day begins in Vietnam: 17:00 UTC of the previous day."""
    return number * DAY - OFFSET
