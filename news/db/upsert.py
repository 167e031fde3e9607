"""Adding to rows that may not be there yet, the same way on SQLite and PostgreSQL. Django's own bulk upsert can only
replace a value, never add to it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F

MAX_VALUES = 10_000  # parameters of one statement; SQLite takes 32,766


def add_to_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Each row holds the keys' values and then what to add to the columns; never less than nothing, since the
    database checks the row to be inserted even where it then adds to another."""
    _upsert(model, keys, columns, rows, "{column} = {table}.{column} + excluded.{column}")


def change_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """The same for few rows, where what is added may be negative: a late hit can join two visits to one."""
    ordered = sorted(tuple(row) for row in rows)
    named = [dict(zip(keys, row, strict=False)) for row in ordered]
    model._default_manager.bulk_create([model(**key) for key in named], ignore_conflicts=True)
    for key, row in zip(named, ordered, strict=True):
        added = {column: F(column) + value for column, value in zip(columns, row[len(keys) :], strict=True) if value}
        if added:
            model._default_manager.filter(**key).update(**added)


def replace_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    _upsert(model, keys, columns, rows, "{column} = excluded.{column}")


def _upsert(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]], change: str
) -> None:
    """In the order of the keys, so that two writers meet the same rows in the same order and none waits for the other."""
    ordered = sorted((tuple(_plain(value) for value in row) for row in rows), key=lambda row: row[: len(keys)])
    if not ordered:
        return
    table = model._meta.db_table
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    names = [column_of[name] for name in (*keys, *columns)]
    defaults = {field.name: field.get_default() for field in model._meta.concrete_fields if field.has_default()}
    filled = {column_of[name]: value for name, value in defaults.items() if column_of[name] not in names}
    head = f"INSERT INTO {table} ({', '.join([*names, *filled])}) VALUES "  # noqa: S608 - names of our own tables
    changes = ", ".join(change.format(table=table, column=name) for name in names[len(keys) :])
    tail = f" ON CONFLICT ({', '.join(names[: len(keys)])}) DO UPDATE SET {changes}"
    one = f"({', '.join(['%s'] * (len(names) + len(filled)))})"
    size = MAX_VALUES // (len(names) + len(filled))
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), size):
            part = ordered[start : start + size]
            values = [value for row in part for value in (*row, *filled.values())]
            cursor.execute(head + ", ".join([one] * len(part)) + tail, values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
