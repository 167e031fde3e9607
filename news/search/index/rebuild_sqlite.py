"""Rebuild on SQLite: empties the index and fills it again, the newest articles first."""

from typing import Any

from django.db import IntegrityError, connection, transaction

from ...models.search_entry import SearchEntry
from ..backends.sqlite import CREATE_STATEMENTS, DROP_STATEMENTS
from .entries import Progress, update_possible_entries
from .parallel import build_entries, execute, process_batches

TABLE = SearchEntry._meta.db_table
FIELDS = SearchEntry._meta.concrete_fields
COLUMNS = [str(field.column) for field in FIELDS]
# An entry that exists already was written after its article was saved during the rebuild, and is the newer one.
INSERT = (
    f"INSERT OR IGNORE INTO {TABLE} ({', '.join(COLUMNS)}) "  # noqa: S608 - names of our own columns
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)


def rebuild_in_place(progress: Progress) -> None:
    """Takes two minutes for a large site; until then older articles are not found."""
    reset_index()
    for pks, rows in process_batches(prepare_batch, progress):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(INSERT, rows)
        except IntegrityError:  # one of the articles has been deleted, or has an entry that cannot be written
            update_possible_entries(pks)


@transaction.atomic
def reset_index() -> None:
    execute(*DROP_STATEMENTS, f"DELETE FROM {TABLE}", *CREATE_STATEMENTS)  # noqa: S608 - our own table


def prepare_batch(pks: list[int]) -> tuple[list[int], list[tuple[Any, ...]]]:
    """The ids, and the rows of their entries as the database takes them."""
    return pks, [
        tuple(field.get_db_prep_save(field.pre_save(entry, True), connection) for field in FIELDS)
        for entry in build_entries(pks)
    ]
