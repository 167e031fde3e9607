from collections.abc import Set
from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import StoredAs

# Newness is the sort key of the index: 33 bits of seconds since EPOCH above 30 bits of article id, in a signed 64-bit
# integer. The more recent of two articles has the greater newness, and no two articles have the same.
ID_BITS = 30
ID_MASK = (1 << ID_BITS) - 1
MAX_NEWNESS = (1 << 63) - 1
MAX_SECONDS = MAX_NEWNESS >> ID_BITS  # until the year 2172
EPOCH = datetime(1900, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


def newness_of(pk: int, published_at: datetime | None) -> int:
    """Articles without a publication time come last."""
    seconds = int((published_at - EPOCH).total_seconds()) if published_at else 0
    return (min(max(seconds, 0), MAX_SECONDS) << ID_BITS) | pk


def article_id_of(newness: int) -> int:
    return newness & ID_MASK


def seconds_of(newness: int) -> int:
    return newness >> ID_BITS


class TokensField(StoredAs, models.Field):
    """A set of tokens, see news/search: integers in PostgreSQL, where the column is an array; strings in SQLite, where
    FTS5 reads them separated by spaces."""

    stored_as = "news.migrations._columns.NumbersColumn"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bigint[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Set[Any], connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        # A fixture has no set of tokens; search/index/sync.py computes them after it is loaded.
        tokens = value if isinstance(value, Set) else ()
        if connection.vendor == "postgresql":
            return f"{{{','.join(map(str, sorted(tokens)))}}}"  # sorted arrays are indexed a fifth faster
        return " ".join(tokens)

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures leave the tokens out, as they may be loaded into the other database."""
        return ""


class SearchEntry(models.Model):
    """One article in the search index. Written by news/search/index whenever the article changes."""

    article = models.OneToOneField("news.Article", models.CASCADE, primary_key=True, related_name="+")
    newness = models.BigIntegerField()
    status = models.CharField(max_length=12)
    expires_at = models.DateTimeField(null=True)
    title = models.TextField()
    summary = models.TextField()
    text = models.TextField()  # body, captions, names and texts of attachments, byline, source, tags and events
    labels = models.TextField()  # what results are filtered by: "c:3 e:5 m:24322 s:2", see search/scope.py
    tokens = TokensField()
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("bài trong chỉ mục tìm kiếm")
        verbose_name_plural = _("bài trong chỉ mục tìm kiếm")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
