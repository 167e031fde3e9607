"""Columns as they were created, kept apart from the fields of the models, which may change."""

from django.db import models


class NumbersColumn(models.Field):
    """An array of 64-bit integers on PostgreSQL, text on SQLite."""

    def db_type(self, connection):
        return "bigint[]" if connection.vendor == "postgresql" else "text"
