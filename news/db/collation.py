"""Vietnamese alphabetical order: built into PostgreSQL with ICU, registered on SQLite."""

from typing import Any

from django.db.models.functions import Collate

from ..text.folding import sort_key

VIETNAMESE = "vi-x-icu"  # PostgreSQL's name; SQLite's collation is registered by the same name


def alphabetical(field: str) -> Collate:
    return Collate(field, VIETNAMESE)


def compare(left: str, right: str) -> int:
    left_key, right_key = sort_key(left), sort_key(right)
    return (left_key > right_key) - (left_key < right_key)


def register_collation(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(VIETNAMESE, compare)
