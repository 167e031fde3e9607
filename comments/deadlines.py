"""How many working days the agency has for a reply. The portal, which comments must not import, provides the number."""

from collections.abc import Callable
from datetime import date, timedelta

from . import conf

_sources: list[Callable[[], int]] = []


def ask(source: Callable[[], int]) -> None:
    """From now on `source()` says the number of working days."""
    _sources[:] = [source]


def reply_days() -> int:
    return _sources[0]() if _sources else conf.get("reply_days")


def reply_due(received_on: date, working_days: int) -> date:
    """The last day of the deadline; the day of receipt does not count."""
    day = received_on
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= conf.is_working_day(day)
    return day
