"""The full-text index of the database in use."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def fulltext() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite
