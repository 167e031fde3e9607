"""All migrations are applied to an empty database, taken back and applied again, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

APPS = ("portal", "comments", "stats", "news")
PROGRAM = """
import json, os, django
django.setup()
from django.core.management import call_command
from django.db import connection

SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    "postgresql": '''
        SELECT 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION SELECT 'storage', relname || '.' || attname, attstorage::text FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        ORDER BY 1, 2, 3''',
}

def schema():
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[connection.vendor])
        return [[str(value) for value in row] for row in cursor.fetchall()]

found = []
for step in ("forwards", "backwards", "forwards"):
    if step == "forwards":
        call_command("migrate", verbosity=0)
    else:
        for app in APPS:
            call_command("migrate", app, "zero", verbosity=0)
    found.append(schema())
print(json.dumps(found))
"""


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on the server that the tests use."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    server = {key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")}
    name = f"{connection.settings_dict['NAME']}_empty"
    administration = psycopg2.connect(dbname="postgres", **{key: value for key, value in server.items() if value})
    administration.autocommit = True
    with administration.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        address = os.environ["TEST_DATABASE_URL"].rpartition("/")[0]
        yield f"{address}/{name}"
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    administration.close()


@pytest.mark.django_db
def test_migrations_can_be_taken_back_and_applied_again(empty_database: str):
    environment = os.environ | {
        "DATABASE_URL": empty_database,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "TESTING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("APPS", repr(APPS))],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, without, again = json.loads(done.stdout)
    assert again == first
    assert {"news_article", "comments_comment", "stats_visittotal"} <= names(first)
    assert [name for name in names(without) if name.startswith(tuple(f"{app}_" for app in APPS))] == []


def names(schema: list[list[str]]) -> set[str]:
    return {name.partition(".")[0] for _kind, name, _definition in schema}


def test_migrations_import_nothing_of_the_program():
    """What a migration does must not change when the program does."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app / "migrations").glob("*.py")):
            imported = [
                line
                for line in path.read_text(encoding="utf-8").splitlines()
                if line.startswith(tuple(f"{word} {name}" for word in ("import", "from") for name in APPS))
            ]
            assert [line for line in imported if not line.endswith(f"{app}.migrations._columns")] == [], path
