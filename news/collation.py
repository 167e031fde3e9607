"""Vietnamese alphabetical order in the database: PostgreSQL brings it with ICU, SQLite is taught it here."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.models.functions import Collate

from .text import sort_key

VIETNAMESE = "vi-x-icu"  # PostgreSQL's own name; SQLite gets the same one, so that queries need not know


def alphabetical(field: str) -> Collate:
    """`field` in the order of the Vietnamese alphabet, for order_by()."""
    return Collate(field, VIETNAMESE)


def compare(left: str, right: str) -> int:
    left_key, right_key = sort_key(left), sort_key(right)
    return (left_key > right_key) - (left_key < right_key)


def add_vietnamese_order(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(VIETNAMESE, compare)


@checks.register(checks.Tags.database)
def vietnamese_order_is_there(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """`migrate` runs it too: better a sentence there than an error on the first page that shows a list of tags."""
    return [
        checks.Error(
            f"The PostgreSQL of the database {alias!r} was built without ICU and cannot sort Vietnamese names.",
            hint="Use a build with ICU, such as Debian's or Docker's: SELECT collname FROM pg_collation has to show vi-x-icu.",
            id="news.E001",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and not has_collation(alias)
    ]


def has_collation(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_collation WHERE collname = %s", [VIETNAMESE])
        return cursor.fetchone() is not None
