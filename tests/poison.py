from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models


@contextmanager
def unchangeable(row: models.Model, action: str = "UPDATE") -> Iterator[None]:
    """While it lasts, the database refuses the action on this row, as it may for reasons that no program foresees."""
    table, column = row._meta.db_table, row._meta.pk.column
    old = "NEW" if action == "INSERT" else "OLD"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER poison BEFORE {action} ON {table} WHEN {old}.{column} = {row.pk} "
                "BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poisoned'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER poison BEFORE {action} ON {table} FOR EACH ROW WHEN ({old}.{column} = {row.pk}) "
                "EXECUTE FUNCTION poison()"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER poison")
            else:
                cursor.execute("DROP FUNCTION poison CASCADE")
