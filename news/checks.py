from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .db.collation import VIETNAMESE


@register(Tags.database)
def check_vietnamese_collation(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_collation WHERE collname = %s", [VIETNAMESE])
            if cursor.fetchone() is None:
                errors.append(
                    Error(
                        f"This PostgreSQL has no collation {VIETNAMESE}: it was built without ICU.",
                        hint="Use a build with ICU, such as Debian's package postgresql or the image postgres:17.",
                        id="news.E001",
                    )
                )
    return errors
