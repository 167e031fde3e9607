"""The index in SQLite: an external-content FTS5 table over SearchEntry, updated by triggers. Its rowid is the
newness of the entry, so FTS5 finds the newest matches first without reading the rest."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import connection

from ...models.search_entry import ID_MASK
from ..analysis import Term, encode
from ..conjunction import Conjunction
from ..scope import Scope

BIGRAM_SEPARATOR = "_"
TITLE_PREFIX = "t:"

TABLE = "news_searchwords"
# The ascii tokenizer takes all characters beyond ASCII for letters. The default, unicode61, would cut some words.
TOKENIZER = "ascii tokenchars '_:*'"
INSERT = f"INSERT INTO {TABLE}(rowid, tokens) VALUES (new.newness, new.tokens);"  # noqa: S608 - our own table
DELETE = f"INSERT INTO {TABLE}({TABLE}, rowid, tokens) VALUES ('delete', old.newness, old.tokens);"  # noqa: S608
CREATE_STATEMENTS = [
    f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
        tokens, content='news_searchentry', content_rowid='newness', detail=none, columnsize=0, tokenize="{TOKENIZER}"
    )""",
    f"CREATE TRIGGER news_searchentry_inserted AFTER INSERT ON news_searchentry BEGIN {INSERT} END",
    f"CREATE TRIGGER news_searchentry_deleted AFTER DELETE ON news_searchentry BEGIN {DELETE} END",
    "CREATE TRIGGER news_searchentry_updated AFTER UPDATE OF newness, tokens ON news_searchentry "
    f"BEGIN {DELETE} {INSERT} END",
]
DROP_STATEMENTS = [
    f"DROP TRIGGER IF EXISTS news_searchentry_{event}" for event in ("inserted", "deleted", "updated")
] + [f"DROP TABLE IF EXISTS {TABLE}"]


class TextEncoder:
    def word(self, word: str) -> str:
        return word

    def bigrams(self, words: list[str]) -> Iterable[str]:
        return map(BIGRAM_SEPARATOR.join, pairwise(words))

    def in_title(self, token: str) -> str:
        return TITLE_PREFIX + token


encoder = TextEncoder()


def find(conjunction: Conjunction, scope: Scope, limit: int) -> list[int]:
    visible = "AND e.status = 'approved' AND (e.expires_at IS NULL OR e.expires_at > %s)" if scope.is_public else ""
    query = f"""
        SELECT f.rowid FROM {TABLE} f CROSS JOIN news_searchentry e ON e.article_id = (f.rowid & {ID_MASK})
        WHERE f.{TABLE} MATCH %s AND f.rowid BETWEEN %s AND %s {visible} ORDER BY f.rowid DESC LIMIT %s
    """  # noqa: S608 - built of the constants above
    params: list[Any] = [
        match_expression(conjunction.and_any_of(*scope.labels)),
        scope.min_newness,
        scope.max_newness,
        *([scope.now] if scope.is_public else []),
        limit,
    ]
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [newness for (newness,) in cursor.fetchall()]


def match_expression(conjunction: Conjunction) -> str:
    """`"dai_hoi" AND "2026" AND ("c:3" OR "c:7")`, quoted so that no token is read as an operator of FTS5."""
    terms = sorted(map(quoted_token, conjunction.terms))
    disjunctions = (f"({' OR '.join(sorted(map(quoted_token, terms)))})" for terms in conjunction.disjunctions)
    return " AND ".join([*terms, *disjunctions])


def quoted_token(term: Term) -> str:
    return f'"{encode(term, encoder)}"'
