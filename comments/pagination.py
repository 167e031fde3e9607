"""Keyset pagination of the published opinions: page 5,000 costs as much as the first one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from news.db.row_ids import is_row_id

from .models import PER_PAGE, Comment, CommentQuerySet, Cursor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass
class OpinionPage:
    opinions: list[Comment]
    is_first: bool
    older: str  # the value of ?truoc= for the next page; empty on the last page


def opinion_page(opinions: CommentQuerySet[Comment], cursor: Cursor | None) -> OpinionPage:
    found = list(opinions.published().for_page().older_than(cursor, PER_PAGE + 1))
    shown = found[:PER_PAGE]
    return OpinionPage(shown, cursor is None, encode_cursor(shown[-1].cursor) if len(found) > PER_PAGE else "")


def encode_cursor(cursor: Cursor) -> str:
    """Microseconds since 1970 and the primary key: "1766000000000000-17"."""
    moment, pk = cursor
    return f"{(moment - EPOCH) // MICROSECOND}-{pk}"


def decode_cursor(value: str) -> Cursor | None:
    """None for an invalid value; the view then shows the first page."""
    moment, dash, pk = value.partition("-")
    if not dash or not all(map(is_row_id, (moment, pk))):
        return None
    try:
        return EPOCH + int(moment) * MICROSECOND, int(pk)
    except OverflowError:
        return None
