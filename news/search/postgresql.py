"""The index in PostgreSQL: terms as 64-bit numbers in an array under a GIN index. Numbers take half the room of
words, are indexed twice as fast, and a look-up never has to read the row again."""

from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from hashlib import blake2b
from operator import xor
from typing import Any

from django.db import OperationalError, connection, transaction

from .query import Match
from .scope import Scope, Window
from .words import Remembered, Term, token_of

TABLE = "news_searchentry"
INDEX = "news_searchentry_tokens"
# fastupdate: new rows would wait in a list that every search reads through. Statistics of what stands in the arrays
# take long to make and lead the planner astray: it takes two words of one name for independent.
# toast_tuple_target: texts and tokens lie elsewhere, so that a page of the table holds twenty entries instead of four, with
# the titles and summaries that ranking looks at first. Nothing is compressed: that took longer than it saved.
CREATE = [
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (tokens) WITH (fastupdate = off)",
    f"ALTER TABLE {TABLE} ALTER COLUMN tokens SET STATISTICS 0, ALTER COLUMN tokens SET STORAGE EXTERNAL, "
    "ALTER COLUMN text SET STORAGE EXTERNAL, ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN summary SET STORAGE MAIN",
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)",
]
TITLE_BITS = 0x5BD1E995A7C3F1B3
PATIENCE = "5s"  # a search that takes longer helps nobody, and others wait behind it
CANCELLED = "57014"  # PostgreSQL's code
# A bitmap that outgrows its memory forgets which entries of a page were meant and reads the tokens of them all; so does
# a walk through the table.
SETTINGS = (
    "SET LOCAL statement_timeout = %s; SET LOCAL work_mem = '64MB'; SET LOCAL enable_seqscan = off; "
    "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
)


class SearchTooSlow(OperationalError):
    """The search was broken off, so that others get their turn."""


def number_of(word: str, role: bytes = b"word") -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8, person=role).digest(), "big", signed=True)


class Numbered:
    """Terms as signed numbers of 64 bits. A pair is what its words give in their two roles, so that it is not its reverse."""

    word = staticmethod(Remembered(number_of).__getitem__)
    first = staticmethod(Remembered(partial(number_of, role=b"first")).__getitem__)
    second = staticmethod(Remembered(partial(number_of, role=b"second")).__getitem__)

    def pairs(self, words: list[str]) -> Iterable[int]:
        return map(xor, map(self.first, words), map(self.second, words[1:]))

    def titled(self, token: int) -> int:
        return token ^ TITLE_BITS


spelling = Numbered()


def find(match: Match, scope: Scope, limit: int) -> list[int]:
    """Newness of the newest entries that match, newest first. PostgreSQL asks the windows in turn and stops when it has
    enough. Raises SearchTooSlow."""
    selects: list[str] = []
    values: list[Any] = [PATIENCE]
    for window in scope.windows:
        select, given = part(match, scope, window, limit)
        selects.append(select)
        values += given
    query = f"{SETTINGS}; SELECT newness FROM ({' UNION ALL '.join(selects)}) found LIMIT %s"  # noqa: S608 - of our own parts
    # Statements sent together are one transaction by themselves; within another they need a point to go back to.
    alone = nullcontext() if connection.get_autocommit() else transaction.atomic()
    try:
        with alone, connection.cursor() as cursor:
            cursor.execute(query, [*values, limit])
            return [newness for (newness,) in cursor.fetchall()]
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == CANCELLED:
            raise SearchTooSlow from error
        raise


def part(match: Match, scope: Scope, window: Window, limit: int) -> tuple[str, list[Any]]:
    """SQL of the matches in one window, and its values."""
    if window.months:
        match = match.within(window.months)
    conditions = ["newness BETWEEN %s AND %s"]
    values: list[Any] = [window.oldest, window.newest]
    if match.every:
        conditions.append("tokens @> %s::bigint[]")
        values.append(array(match.every))
    for group in (*match.any_of, *scope.labels):
        conditions.append("tokens && %s::bigint[]")
        values.append(array(group))
    if scope.is_public:
        conditions.append("status = 'approved' AND (expires_at IS NULL OR expires_at > %s)")
        values.append(scope.now)
    select = f"(SELECT newness FROM {TABLE} WHERE {' AND '.join(conditions)} ORDER BY newness DESC LIMIT %s)"  # noqa: S608
    return select, [*values, limit]


def array(terms: Iterable[Term]) -> str:
    return f"{{{','.join(str(token_of(term, spelling)) for term in terms)}}}"
