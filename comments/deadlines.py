"""Until when the agency has to reply, in working days."""

from datetime import date, timedelta

from news.models import SiteIdentity

from . import conf


def reply_days() -> int:
    return SiteIdentity.cached().reply_deadline_days


def reply_due(received_on: date, working_days: int) -> date:
    """Return the last day of the deadline; the day of receipt does not count."""
    day = received_on
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= conf.is_working_day(day)
    return day
