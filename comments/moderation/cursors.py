"""Values in requests that name a moment, and the cursors of the queues: "2026-11-23T07:56:00+07:00_17"."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from news.db.row_ids import is_row_id

from ..models import Comment
from .queues import Queue

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a moment outside may overflow when it is converted to UTC and back


def encode_cursor(queue: Queue, comment: Comment) -> str:
    value = getattr(comment, queue.order_by)
    return f"{value.isoformat()}_{comment.pk}" if value else ""


def decode_cursor(queue: Queue, text: str) -> tuple[date | datetime, int] | None:
    value, _underscore, pk = text.partition("_")
    if not is_row_id(pk):
        return None
    moment = _parse_day(value) if queue.order_by == "reply_due_on" else parse_moment(value)
    return (moment, int(pk)) if moment else None


def behind_cursor(queue: Queue, moment: Any, pk: int) -> Q:
    """The rows after the cursor, in the order of the queue."""
    side = "lt" if queue.newest_first else "gt"
    # The first condition lets the database start in the index; the second one is the exact rule.
    return Q(**{f"{queue.order_by}__{side}e": moment}) & (
        Q(**{f"{queue.order_by}__{side}": moment}) | Q(**{queue.order_by: moment, f"pk__{side}": pk})
    )


def parse_moment(text: str) -> datetime | None:
    """An aware datetime that every database can store, or None."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _parse_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
