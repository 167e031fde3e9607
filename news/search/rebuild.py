"""Making the whole index anew, while the old one goes on answering."""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from ..models import Article
from ..models.search_entry import SearchEntry
from . import sqlite
from .binary_copy import rows_as_file
from .entries import Track, all_articles, entry_of, for_index, in_batches, with_tokens, write
from .postgresql import CREATE, INDEX, TABLE, number_of

NEW = f"{TABLE}_new"
CLOCKS_DIFFER = timedelta(
    minutes=1
)  # of the hosts on which articles are saved; what was written in it is written again
# Less than the second after which PostgreSQL turns away one of two who wait for each other: it is never the editor.
PATIENCE = "500ms"
TRIES = 120
LOCK_TIMEOUT = "55P03"  # PostgreSQL's code

MOST_PROCESSES = 4  # the database has others to serve
AHEAD = 8  # batches
ALLOCATIONS = 100_000  # more than an article with its words needs
FIELDS = SearchEntry._meta.concrete_fields
COLUMNS = [str(field.column) for field in FIELDS]

T = TypeVar("T")


class AlreadyRebuilding(Exception):
    """Another process makes the index anew at this moment."""


def rebuild(track: Track) -> None:
    """`track(items, what, count)` shows how far it is. Raises AlreadyRebuilding."""
    if connection.vendor == "postgresql":
        build_beside(track)
    else:
        build_anew(track)


# ---------------------------------------------------------------- SQLite


def build_anew(track: Track) -> None:
    """SQLite's index fills up from the newest articles on: two minutes for a large site. An entry that is there already
    when its turn comes belongs to somebody who has saved the article since, and is the better one."""
    begin_anew()
    for batch, rows in tracked(prepared_batch, track):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT OR IGNORE INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})",  # noqa: S608
                    rows,
                )
        except IntegrityError:  # one of the articles is gone
            write(batch)


@transaction.atomic
def begin_anew() -> None:
    run(*sqlite.DROP, f"DELETE FROM {TABLE}", *sqlite.CREATE)  # noqa: S608 - our own table


def prepared_batch(pks: list[int]) -> tuple[list[int], list[tuple[Any, ...]]]:
    """The entries of these articles as the database takes them, column by column."""
    return pks, [
        tuple(field.get_db_prep_save(field.pre_save(entry, True), connection) for field in FIELDS)
        for entry in entries(pks)
    ]


# ---------------------------------------------------------------- PostgreSQL


def build_beside(track: Track) -> None:
    """Puts a new table in the place of the old one. Ten times as quick as changing row by row, since PostgreSQL makes
    the index in one go. What changes meanwhile is written into the old table, and once more after the change of places."""
    with alone() as lock:
        begun = oldest_writer() - CLOCKS_DIFFER
        run(f"DROP TABLE IF EXISTS {NEW}", f"CREATE TABLE {NEW} (LIKE {TABLE} INCLUDING STORAGE)")
        run(*(statement.replace(TABLE, NEW) for statement in CREATE[1:]))
        for _done in tracked(copy_batch, track, lock):
            pass
        run(
            "SET maintenance_work_mem = '1GB'",
            CREATE[0].replace(TABLE, NEW),
            f"ALTER TABLE {NEW} ADD PRIMARY KEY (article_id)",
            "RESET maintenance_work_mem",
        )
        name = foreign_key_name()
        changed = patiently(lambda: change_places(begun, name))
        run(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT {name}")
    write(changed)


@contextmanager
def alone() -> Iterator[int]:
    """Two at once would write into one new table. Gives the socket of the connection that holds the lock: when the
    process is killed and nobody else has that open, PostgreSQL lets go of the lock."""
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number_of(NEW)])
            if cursor.fetchone() != (True,):
                raise AlreadyRebuilding
        yield holder.connection.fileno()
    finally:
        holder.close()


def oldest_writer() -> datetime:
    """Since when somebody has been writing what nobody else can read yet; else now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(xact_start), now()) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
        )
        return cursor.fetchone()[0]


def foreign_key_name() -> str:
    """As Django's migration named it: the new table's is called the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(conname) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [TABLE]
        )
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
def change_places(begun: datetime, foreign_key_name: str) -> list[int]:
    """Gives the articles whose entries have changed since `begun`. Writers wait meanwhile; readers only while the old
    table is dropped, as PostgreSQL then takes its foreign key from the articles."""
    article = Article._meta.db_table
    foreign_key = f"FOREIGN KEY (article_id) REFERENCES {article} (id) DEFERRABLE INITIALLY DEFERRED"
    run(
        f"SET LOCAL lock_timeout = '{PATIENCE}'",
        f"LOCK TABLE {article} IN SHARE ROW EXCLUSIVE MODE",  # in the order in which those who save lock them
        f"LOCK TABLE {TABLE} IN EXCLUSIVE MODE",
    )
    changed = list(SearchEntry.objects.filter(written_at__gte=begun).values_list("pk", flat=True))
    run(
        f"DELETE FROM {NEW} entry WHERE NOT EXISTS (SELECT FROM {article} WHERE id = entry.article_id)",  # noqa: S608
        f"DROP TABLE {TABLE}",
        f"ALTER TABLE {NEW} ADD CONSTRAINT {foreign_key_name} {foreign_key} NOT VALID",  # looked through afterwards, when nobody waits
        f"ALTER TABLE {NEW} RENAME TO {TABLE}",
        f"ALTER INDEX {INDEX.replace(TABLE, NEW)} RENAME TO {INDEX}",
        f"ALTER INDEX {NEW}_pkey RENAME TO {TABLE}_pkey",
    )
    return changed


def copy_batch(pks: list[int]) -> None:
    rows = rows_as_file([field.pre_save(entry, True) for field in FIELDS] for entry in entries(pks))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {NEW} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)", rows)


# ---------------------------------------------------------------- both


def entries(pks: list[int]) -> Iterator[SearchEntry]:
    return map(with_tokens, map(entry_of, for_index(Article.objects.filter(pk__in=pks))))


def tracked(work: Callable[[list[int]], T], track: Track, *to_close: int) -> Iterator[T]:
    """The work on all articles, the newest first, a batch at a time, done by several processes. Each has a connection of
    its own; `to_close` are files of ours that they must not keep open."""
    batches = list(in_batches(all_articles()[::-1]))
    connection.close()  # a child must not inherit it
    with workers(*to_close) as pool:
        yield from track(in_order(pool, work, batches), "Lập chỉ mục", len(batches))


def workers(*to_close: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(min(os.cpu_count() or 1, MOST_PROCESSES), get_context("fork"), begin_work, to_close)


def begin_work(*to_close: int) -> None:
    gc.freeze()  # what the parent has made is no garbage: looking through it again and again takes a tenth of the time,
    gc.set_threshold(
        ALLOCATIONS
    )  # and looking through one article's words after the other, which leave by themselves, some more
    for file in to_close:
        os.close(file)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Without it the workers of a killed process would wait for work, and hold their connections, for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)


def in_order(pool: ProcessPoolExecutor, work: Callable[[list[int]], T], batches: list[list[int]]) -> Iterator[T]:
    """No more at once than can be used soon: results take room."""
    waiting: deque[Future[T]] = deque()
    for batch in batches:
        waiting.append(pool.submit(work, batch))
        if len(waiting) > AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
