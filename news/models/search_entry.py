from collections.abc import Set
from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ID_BITS = 30  # a thousand million articles
ID_MASK = (1 << ID_BITS) - 1
MAX_SECONDS = (1 << 63 - ID_BITS) - 1  # to the year 2172
FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


def newness_of(pk: int, published_at: datetime | None) -> int:
    """Combines the publication time, in whole seconds since 1900, and the id of an article into one sortable number.
    Newer articles have larger numbers, and no two articles the same. Without a publication time the seconds are 0."""
    seconds = int((published_at - FIRST_MOMENT).total_seconds()) if published_at else 0
    return (min(max(seconds, 0), MAX_SECONDS) << ID_BITS) | pk


class TokensField(models.Field):
    """The set of search tokens of an article: numbers in an array on PostgreSQL, words separated by spaces for FTS5 on
    SQLite. See news/search."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bigint[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Set[Any], connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        tokens = value if isinstance(value, Set) else ()  # a fixture brings "", see value_to_string()
        if connection.vendor == "postgresql":
            return f"{{{','.join(map(str, sorted(tokens)))}}}"  # PostgreSQL indexes them a fifth faster in order
        return " ".join(tokens)

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures leave the tokens out; they are computed when the entry is loaded."""
        return ""


class SearchEntry(models.Model):
    """An article as the search index holds it. news/search writes it whenever the article changes."""

    article = models.OneToOneField("news.Article", models.CASCADE, primary_key=True, related_name="+")
    newness = models.BigIntegerField()
    status = models.CharField(max_length=12)
    expires_at = models.DateTimeField(null=True)
    title = models.TextField()
    summary = models.TextField()
    text = models.TextField()  # body, captions, names and words of attachments, byline, source, tags and events
    labels = models.TextField()  # what results are filtered by: "c:3 e:5 m:202611 s:2"
    tokens = TokensField()
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("bài trong chỉ mục tìm kiếm")
        verbose_name_plural = _("bài trong chỉ mục tìm kiếm")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
