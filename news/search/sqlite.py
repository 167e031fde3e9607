"""The index in SQLite: an FTS5 table beside SearchEntry, kept in step by triggers. A row's number is the entry's
newness, so FTS5 finds the newest first without looking at the rest."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import connection

from ..models.search_entry import ID_MASK
from .query import Match
from .scope import Scope
from .words import Term, token_of

PAIR = "_"
TITLE = "t:"

TABLE = "news_searchwords"
# Takes everything beyond ASCII for letters, as our words are; SQLite's own idea of Unicode would cut some of them.
TOKENIZER = "ascii tokenchars '_:*'"
ADD = f"INSERT INTO {TABLE}(rowid, tokens) VALUES (new.newness, new.tokens);"  # noqa: S608 - our own table
REMOVE = f"INSERT INTO {TABLE}({TABLE}, rowid, tokens) VALUES ('delete', old.newness, old.tokens);"  # noqa: S608
CREATE = [
    f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
        tokens, content='news_searchentry', content_rowid='newness', detail=none, columnsize=0, tokenize="{TOKENIZER}"
    )""",
    f"CREATE TRIGGER news_searchentry_inserted AFTER INSERT ON news_searchentry BEGIN {ADD} END",
    f"CREATE TRIGGER news_searchentry_deleted AFTER DELETE ON news_searchentry BEGIN {REMOVE} END",
    f"CREATE TRIGGER news_searchentry_updated AFTER UPDATE OF newness, tokens ON news_searchentry BEGIN {REMOVE} {ADD} END",
]
DROP = [f"DROP TRIGGER IF EXISTS news_searchentry_{event}" for event in ("inserted", "deleted", "updated")] + [
    f"DROP TABLE IF EXISTS {TABLE}"
]


class Spelled:
    """Terms as FTS5 takes them."""

    def word(self, word: str) -> str:
        return word

    def pairs(self, words: list[str]) -> Iterable[str]:
        return map(PAIR.join, pairwise(words))

    def titled(self, token: str) -> str:
        return TITLE + token


spelling = Spelled()


def find(match: Match, scope: Scope, limit: int) -> list[int]:
    """Newness of the newest entries that match, newest first."""
    conditions = "AND e.status = 'approved' AND (e.expires_at IS NULL OR e.expires_at > %s)" if scope.is_public else ""
    query = f"""
        SELECT f.rowid FROM {TABLE} f CROSS JOIN news_searchentry e ON e.article_id = (f.rowid & {ID_MASK})
        WHERE f.{TABLE} MATCH %s AND f.rowid BETWEEN %s AND %s {conditions} ORDER BY f.rowid DESC LIMIT %s
    """  # noqa: S608 - nothing in it comes from outside
    values: list[Any] = [
        expression(match.within(*scope.labels)),
        scope.oldest,
        scope.newest,
        *([scope.now] if scope.is_public else []),
        limit,
    ]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [newness for (newness,) in cursor.fetchall()]


def expression(match: Match) -> str:
    """`"dai_hoi" AND "2026" AND ("c:3" OR "c:7")`: quoted, so that nothing in it is an operator of FTS5."""
    every = sorted(map(quoted, match.every))
    groups = (f"({' OR '.join(sorted(map(quoted, group)))})" for group in match.any_of)
    return " AND ".join([*every, *groups])


def quoted(term: Term) -> str:
    return f'"{token_of(term, spelling)}"'
