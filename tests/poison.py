from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from types import ModuleType

from django.core.management import call_command
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


def exit_code(module: ModuleType, *args: str) -> int:
    """What a timer would get. run_from_argv() itself would close the connection with the test's transaction."""
    command = module.Command()
    call_command(command, *args, stdout=StringIO(), stderr=StringIO())
    return int(command.failed)
