"""A model field that holds the counts of thousands of ids in one column."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from news.fields import StoredAs

TO_ARRAY_LITERAL = str.maketrans("[]", "{}")  # PostgreSQL writes arrays with braces


class CountsField(StoredAs, models.Field):
    """A mapping {id: count}.

    PostgreSQL stores a two-dimensional array, ids in the first row and counts in the second: with compression about
    6 bytes an id, where a row of its own takes 114 with its indexes, and summed up in half the time that JSON takes
    (82 ms against 148 for half a million counts). SQLite has no arrays and stores a JSON object: 11 bytes an id.
    `counts_sql` reads both."""

    stored_as = "stats.migrations._columns.NumbersColumn"
    description = "counts by id"
    empty_strings_allowed = False

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bigint[]" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::bigint[]" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(
        self, value: dict[int, int] | None, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        if connection.vendor != "postgresql":
            return _to_json(value)
        return json.dumps(list(zip(*sorted(value.items()), strict=True))).translate(TO_ARRAY_LITERAL)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> dict[int, int] | None:
        if isinstance(value, list):
            return dict(zip(*value, strict=True)) if value else {}
        return self.to_python(value)

    def to_python(self, value: Any) -> dict[int, int] | None:
        return {int(key): count for key, count in json.loads(value).items()} if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return _to_json(getattr(obj, self.attname))


class SumOfCounts(models.Func):
    template = "(SELECT COALESCE(SUM(value), 0) FROM json_each(%(expressions)s))"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = "(SELECT COALESCE(SUM(value), 0)::bigint FROM unnest((%(expressions)s)[2:2]) value)"
        return self.as_sql(compiler, connection, template=template, **context)


def counts_sql(table: str, column: str, vendor: str, condition: str) -> str:
    """A SELECT of rows (id, count), one for each count in the column. The arguments must not come from users."""
    if vendor == "postgresql":
        columns = f"unnest({column}[1:1]) AS id, unnest({column}[2:2]) AS count"
        return f"SELECT {columns} FROM {table} WHERE {condition}"  # noqa: S608
    columns = "CAST(entry.key AS INTEGER) AS id, entry.value AS count"
    return f"SELECT {columns} FROM {table}, json_each({table}.{column}) entry WHERE {condition}"  # noqa: S608


def _to_json(counts: dict[int, int]) -> str:
    return json.dumps(counts, separators=(",", ":"))
