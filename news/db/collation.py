"""Vietnamese alphabetical order in the database: PostgreSQL brings it with ICU, SQLite is taught it here."""

from typing import Any

from django.db.models.functions import Collate

from ..text.folding import sort_key

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
