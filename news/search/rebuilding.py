"""Making the whole index anew, while the old one goes on answering."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from ..models import Article
from ..models.search_entry import SearchEntry
from . import sqlite
from .entries import Track, all_articles, entry_of, for_index, in_batches, with_tokens, write
from .postgresql import CREATE, INDEX, TABLE, number_of

NEW = f"{TABLE}_new"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})  # in COPY's text format
FOREIGN_KEY = f"{TABLE}_article_fk"
CLOCKS_DIFFER = timedelta(minutes=1)  # of the hosts on which articles are saved; what was written in it is written again
# Less than the second after which PostgreSQL turns away one of two who wait for each other: it is never the editor.
PATIENCE = "500ms"
TRIES = 120
LOCK_TIMEOUT = "55P03"  # PostgreSQL's code

T = TypeVar("T")


class AlreadyRebuilding(Exception):
    """Another process makes the index anew at this moment."""


def rebuild(track: Track) -> None:
    """`track(items, what, count)` shows how far it is. Raises AlreadyRebuilding."""
    if connection.vendor == "postgresql":
        build_beside(track)
    else:
        begin_anew()
        for some in batches(track):
            write(some)


@transaction.atomic
def begin_anew() -> None:
    """SQLite's index fills up from the newest articles on: a minute for a large site."""
    with connection.cursor() as cursor:
        for statement in (*sqlite.DROP, f"DELETE FROM {TABLE}", *sqlite.CREATE):  # noqa: S608 - our own table
            cursor.execute(statement)


def batches(track: Track) -> Iterator[list[int]]:
    """All articles, the newest first."""
    pks = all_articles()[::-1]
    return in_batches(track(pks, "Lập chỉ mục", len(pks)))


def build_beside(track: Track) -> None:
    """Puts a new table in the place of the old one. Ten times as quick as changing row by row, since PostgreSQL makes
    the index in one go. What changes meanwhile is written into the old table, and once more after the change of places."""
    with alone(), connection.cursor() as cursor:
        begun = oldest_writer(cursor) - CLOCKS_DIFFER
        cursor.execute(f"DROP TABLE IF EXISTS {NEW}; CREATE TABLE {NEW} (LIKE {TABLE} INCLUDING STORAGE)")
        for statement in CREATE[1:]:
            cursor.execute(statement.replace(TABLE, NEW))
        for some in batches(track):
            copy(cursor, map(entry_of, for_index(Article.objects.filter(pk__in=some))))
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(CREATE[0].replace(TABLE, NEW))
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute(f"ALTER TABLE {NEW} ADD PRIMARY KEY (article_id)")
        changed = patiently(lambda: change_places(cursor, begun))
        cursor.execute(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT {FOREIGN_KEY}")
    write(changed)


@contextmanager
def alone() -> Iterator[None]:
    """Two at once would write into one new table. A process that is killed lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number_of(NEW)])
        if cursor.fetchone() != (True,):
            raise AlreadyRebuilding
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number_of(NEW)])


def oldest_writer(cursor: Any) -> datetime:
    """Since when somebody has been writing what nobody else can read yet; else now."""
    cursor.execute("SELECT coalesce(min(xact_start), now()) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL")
    return cursor.fetchone()[0]


def patiently(do: Callable[[], T]) -> T:
    for tries_left in reversed(range(TRIES)):
        try:
            return do()
        except OperationalError as error:
            if not tries_left or getattr(error.__cause__, "pgcode", "") != LOCK_TIMEOUT:
                raise
    raise AssertionError  # TRIES is more than none


@transaction.atomic
def change_places(cursor: Any, begun: datetime) -> list[int]:
    """Gives the articles whose entries have changed since `begun`. Writers wait meanwhile; readers only while the old
    table is dropped, as PostgreSQL then takes its foreign key from the articles."""
    article = Article._meta.db_table
    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    cursor.execute(f"LOCK TABLE {article} IN SHARE ROW EXCLUSIVE MODE; LOCK TABLE {TABLE} IN EXCLUSIVE MODE")  # as writers do: the article first
    changed = list(SearchEntry.objects.filter(written_at__gte=begun).values_list("pk", flat=True))
    cursor.execute(f"DELETE FROM {NEW} entry WHERE NOT EXISTS (SELECT FROM {article} WHERE id = entry.article_id)")  # noqa: S608
    cursor.execute(f"DROP TABLE {TABLE}")
    cursor.execute(  # looked through only afterwards, when nobody waits
        f"ALTER TABLE {NEW} ADD CONSTRAINT {FOREIGN_KEY} FOREIGN KEY (article_id) REFERENCES {article} (id) DEFERRABLE INITIALLY DEFERRED NOT VALID"
    )
    cursor.execute(f"ALTER TABLE {NEW} RENAME TO {TABLE}")
    cursor.execute(f"ALTER INDEX {INDEX.replace(TABLE, NEW)} RENAME TO {INDEX}")
    cursor.execute(f"ALTER INDEX {NEW}_pkey RENAME TO {TABLE}_pkey")
    return changed


def copy(cursor: Any, entries: Iterable[SearchEntry]) -> None:
    fields = SearchEntry._meta.concrete_fields
    lines = io.StringIO()
    for entry in map(with_tokens, entries):
        values = (field.get_db_prep_save(field.pre_save(entry, True), connection) for field in fields)
        lines.write("\t".join("\\N" if value is None else str(value).translate(ESCAPED) for value in values) + "\n")
    lines.seek(0)
    cursor.copy_expert(f"COPY {NEW} ({', '.join(str(field.column) for field in fields)}) FROM STDIN", lines)
