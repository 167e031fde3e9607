"""The index in PostgreSQL: tokens are 64-bit integers in an array column under a GIN index. Integers take half the
space of strings and are indexed twice as fast, and a match in the index needs no recheck of the row."""

from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from hashlib import blake2b
from operator import xor
from typing import Any

from django.db import OperationalError, connection, transaction

from ..analysis import Memo, Term, encode
from ..conjunction import Conjunction
from ..scope import Scope, Window
from .base import SearchTooSlow

TABLE = "news_searchentry"
INDEX = "news_searchentry_tokens"
# fastupdate: new rows would first go to a pending list that every search reads through.
CREATE_INDEX = f"CREATE INDEX {INDEX} ON {TABLE} USING gin (tokens) WITH (fastupdate = off)"
# STATISTICS 0: statistics of array elements are slow to collect and mislead the planner, which takes the two words of
# one name for independent. STORAGE and toast_tuple_target: texts and tokens are moved out of line, so that a page of
# the table holds twenty entries instead of four, with the titles and summaries that ranking reads first. EXTERNAL is
# uncompressed: compression cost more time than it saved.
STORAGE_PARAMETERS = [
    f"ALTER TABLE {TABLE} ALTER COLUMN tokens SET STATISTICS 0, ALTER COLUMN tokens SET STORAGE EXTERNAL, "
    "ALTER COLUMN text SET STORAGE EXTERNAL, ALTER COLUMN title SET STORAGE MAIN, "
    "ALTER COLUMN summary SET STORAGE MAIN",
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)",
]
CREATE_STATEMENTS = [CREATE_INDEX, *STORAGE_PARAMETERS]
TITLE_BITS = 0x5BD1E995A7C3F1B3  # XORed with the token of a term in the title
STATEMENT_TIMEOUT = "5s"  # nobody waits longer for a search, and others queue behind it
QUERY_CANCELED = "57014"  # SQLSTATE
# work_mem: a bitmap that outgrows it becomes lossy, and then the tokens of all entries on a page are read again. A
# sequential scan would read all tokens as well.
SETTINGS = (
    "SET LOCAL statement_timeout = %s; SET LOCAL work_mem = '64MB'; SET LOCAL enable_seqscan = off; "
    "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
)


def hash64(word: str, role: bytes = b"word") -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8, person=role).digest(), "big", signed=True)


class HashEncoder:
    """Tokens are 64-bit hashes. The words of a bigram are hashed in different roles, so that "a b" is not "b a"."""

    word = staticmethod(Memo(hash64).__getitem__)
    first = staticmethod(Memo(partial(hash64, role=b"first")).__getitem__)
    second = staticmethod(Memo(partial(hash64, role=b"second")).__getitem__)

    def bigrams(self, words: list[str]) -> Iterable[int]:
        return map(xor, map(self.first, words), map(self.second, words[1:]))

    def in_title(self, token: int) -> int:
        return token ^ TITLE_BITS


encoder = HashEncoder()


def find(conjunction: Conjunction, scope: Scope, limit: int) -> list[int]:
    """PostgreSQL evaluates the windows in turn and stops when it has enough."""
    selects: list[str] = []
    params: list[Any] = [STATEMENT_TIMEOUT]
    for window in scope.windows:
        select, select_params = select_from_window(conjunction, scope, window, limit)
        selects.append(select)
        params += select_params
    union = " UNION ALL ".join(selects)
    query = f"{SETTINGS}; SELECT newness FROM ({union}) found LIMIT %s"  # noqa: S608 - built of the constants above
    # Statements sent together form a transaction of their own. Inside of another one they need a savepoint.
    savepoint = nullcontext() if connection.get_autocommit() else transaction.atomic()
    try:
        with savepoint, connection.cursor() as cursor:
            cursor.execute(query, [*params, limit])
            return [newness for (newness,) in cursor.fetchall()]
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == QUERY_CANCELED:
            raise SearchTooSlow from error
        raise


def select_from_window(conjunction: Conjunction, scope: Scope, window: Window, limit: int) -> tuple[str, list[Any]]:
    if window.months:
        conjunction = conjunction.and_any_of(window.months)
    conditions = ["newness BETWEEN %s AND %s"]
    params: list[Any] = [window.min_newness, window.max_newness]
    if conjunction.terms:
        conditions.append("tokens @> %s::bigint[]")
        params.append(array_literal(conjunction.terms))
    for disjunction in (*conjunction.disjunctions, *scope.labels):
        conditions.append("tokens && %s::bigint[]")
        params.append(array_literal(disjunction))
    if scope.is_public:
        conditions.append("status = 'approved' AND (expires_at IS NULL OR expires_at > %s)")
        params.append(scope.now)
    select = f"(SELECT newness FROM {TABLE} WHERE {' AND '.join(conditions)} ORDER BY newness DESC LIMIT %s)"  # noqa: S608
    return select, [*params, limit]


def array_literal(terms: Iterable[Term]) -> str:
    return f"{{{','.join(str(encode(term, encoder)) for term in terms)}}}"
