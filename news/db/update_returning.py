"""UPDATE … RETURNING, which Django's ORM does not offer, in the SQL that SQLite and PostgreSQL share."""

from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.sql import UpdateQuery


def update_returning(rows: models.QuerySet, values: dict[str, Any], fields: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """`rows.update(**values)` that returns the named fields of each changed row, with their new values."""
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(values)
    query.clear_ordering(force=True)
    try:
        sql, params = query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:  # a filter that no row can pass
        return []
    quote = connections[rows.db].ops.quote_name
    columns = ", ".join(
        f"{quote(rows.model._meta.db_table)}.{quote(rows.model._meta.get_field(name).column)}" for name in fields
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {columns}", params)
        return cursor.fetchall()
