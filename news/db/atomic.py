"""Statements that check and write at once, in the SQL that SQLite and PostgreSQL share. Django has no word for them."""

from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.sql import UpdateQuery


def update_returning(rows: models.QuerySet, values: dict[str, Any], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """`rows.update(**values)` that tells what it changed: the named columns of each row, as they are afterwards."""
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(values)
    query.clear_ordering(force=True)
    try:
        sql, params = query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:  # a filter that nothing can pass
        return []
    quote = connections[rows.db].ops.quote_name
    names = ", ".join(
        f"{quote(rows.model._meta.db_table)}.{quote(rows.model._meta.get_field(name).column)}" for name in columns
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {names}", params)
        return cursor.fetchall()


def add_to_counts(
    model: type[models.Model], keys: tuple[str, ...], rows: list[tuple[Any, ...]], number: str, using: str
) -> list[Any]:
    """Each row is (*keys, by how much), no two with the same first key. Makes the rows that are not there;
    gives the numbers afterwards, in the order of `rows`."""
    connection = connections[using]
    quote = connection.ops.quote_name
    fields = [cast(models.Field, model._meta.get_field(name)) for name in (*keys, number)]
    names = [quote(cast(str, field.column)) for field in fields]
    table, counter = quote(model._meta.db_table), names[-1]
    places = ", ".join(f"({', '.join(['%s'] * len(fields))})" for _row in rows)
    values = [
        field.get_db_prep_save(value, connection) for row in rows for field, value in zip(fields, row, strict=True)
    ]
    sql = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES {places} "  # noqa: S608 - names come from our own models
        f"ON CONFLICT ({', '.join(names[:-1])}) DO UPDATE SET {counter} = {table}.{counter} + excluded.{counter} RETURNING {names[0]}, {counter}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        counts = dict(cursor.fetchall())  # in whatever order the database likes
    return [counts[row[0]] for row in rows]
