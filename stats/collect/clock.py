"""The Vietnam day as arithmetic on seconds since 1970, for the two places that do it for every request."""

from datetime import date

OFFSET = 7 * 3600  # seconds; Vietnam has had no summer time since 1975
DAY = 86_400  # seconds
EPOCH = date(1970, 1, 1).toordinal()


def day_number(time: int) -> int:
    return (time + OFFSET) // DAY


def day_and_second(time: int) -> tuple[int, int]:
    """The day's number and the second since 00:00 in Vietnam."""
    return divmod(time + OFFSET, DAY)


def as_date(number: int) -> date:
    return date.fromordinal(EPOCH + number)


def midnight(number: int) -> int:
    """The second, since 1970, at which the day begins in Vietnam: 17:00 UTC of the day before."""
    return number * DAY - OFFSET
