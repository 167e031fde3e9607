"""INSERT … ON CONFLICT DO UPDATE in the SQL that SQLite and PostgreSQL share.

Django's `bulk_create(update_conflicts=True)` can replace a value, but not add to it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

MAX_VALUES = 10_000  # parameters of one statement; SQLite allows 32,766

ADD = "{column} = {table}.{column} + excluded.{column}"
REPLACE = "{column} = excluded.{column}"


def add_to_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Adds to the columns of the rows with these keys, and creates the rows that do not exist.

    Each row is (*keys, *amounts). Amounts must not be negative: check constraints apply to the row to be inserted
    even where the statement then adds to an existing one."""
    _upsert(model, keys, columns, _in_key_order(rows, len(keys)), ADD)


def replace_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    _upsert(model, keys, columns, _in_key_order(rows, len(keys)), REPLACE)


def add_and_return(
    model: type[models.Model],
    keys: Sequence[str],
    column: str,
    rows: Sequence[Sequence[Any]],
    using: str = DEFAULT_DB_ALIAS,
) -> list[Any]:
    """Like add_to_rows for one column; returns its new values in the order of `rows`.

    The database locks the rows in that order too. No two rows may have the same first key."""
    values = dict(_upsert(model, keys, [column], rows, ADD, returning=[keys[0], column], using=using))
    return [values[row[0]] for row in rows]


def change_rows(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Like add_to_rows, in one statement per row, for amounts that may be negative."""
    ordered = sorted(tuple(row) for row in rows)
    named = [dict(zip(keys, row, strict=False)) for row in ordered]
    model._default_manager.bulk_create([model(**key) for key in named], ignore_conflicts=True)
    for key, row in zip(named, ordered, strict=True):
        added = {column: F(column) + value for column, value in zip(columns, row[len(keys) :], strict=True) if value}
        if added:
            model._default_manager.filter(**key).update(**added)


def _in_key_order(rows: Iterable[Sequence[Any]], number_of_keys: int) -> list[Sequence[Any]]:
    """Two transactions that write the same rows in the same order cannot deadlock."""
    return sorted(rows, key=lambda row: tuple(row[:number_of_keys]))


def _upsert(
    model: type[models.Model],
    keys: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    change: str,
    *,
    returning: Sequence[str] = (),
    using: str = DEFAULT_DB_ALIAS,
) -> list[tuple[Any, ...]]:
    if not rows:
        return []
    connection = connections[using]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    column_of = {field.name: quote(str(field.column)) for field in model._meta.concrete_fields}
    names = [column_of[name] for name in (*keys, *columns)]
    # A column without a value in the rows gets the default of its field, which the database does not know.
    defaults = {
        column_of[field.name]: field.get_default()
        for field in model._meta.concrete_fields
        if field.has_default() and field.name not in (*keys, *columns)
    }
    changes = ", ".join(change.format(table=table, column=name) for name in names[len(keys) :])
    head = f"INSERT INTO {table} ({', '.join([*names, *defaults])}) VALUES "  # noqa: S608 - names of our own tables
    tail = f" ON CONFLICT ({', '.join(names[: len(keys)])}) DO UPDATE SET {changes}"
    if returning:
        tail += f" RETURNING {', '.join(column_of[name] for name in returning)}"
    placeholders = f"({', '.join(['%s'] * (len(names) + len(defaults)))})"
    size = MAX_VALUES // (len(names) + len(defaults))
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            values = [_adapted(value, connection) for row in part for value in (*row, *defaults.values())]
            cursor.execute(head + ", ".join([placeholders] * len(part)) + tail, values)
            if returning:
                found += cursor.fetchall()
    return found


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Dates and times as the database stores them; every other value is passed on as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
