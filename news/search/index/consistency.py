"""Compares the index with the articles, and repairs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ...models import Article, SearchEntry
from ..backends import postgresql, sqlite
from .entries import (
    Progress,
    all_article_ids,
    batches,
    build_entry,
    for_indexing,
    is_same,
    lock_articles,
    upsert,
    with_tokens,
)


class Drift(Enum):
    MISSING = _("chưa có trong chỉ mục")
    STALE = _("chỉ mục giữ nội dung cũ")
    WRONG_TOKENS = _("chỉ mục thiếu hoặc thừa từ")


@dataclass(frozen=True)
class DriftedEntry:
    entry: SearchEntry  # as it should be
    drift: Drift


def find_drift(progress: Progress) -> Iterator[list[DriftedEntry]]:
    """Compares every article with its entry; yields one list per batch, which may be empty."""
    pks = all_article_ids()
    for batch in batches(progress(pks, "So sánh", len(pks))):
        stored = SearchEntry.objects.in_bulk(batch)
        entries = map(build_entry, for_indexing(Article.objects.filter(pk__in=batch)).order_by("pk"))
        yield [DriftedEntry(entry, drift) for entry in entries if (drift := drift_of(entry, stored.get(entry.pk)))]


def drift_of(entry: SearchEntry, stored: SearchEntry | None) -> Drift | None:
    if stored is None:
        return Drift.MISSING
    if not is_same(entry, stored):
        return Drift.STALE
    tokens = stored.tokens.split() if isinstance(stored.tokens, str) else stored.tokens
    return None if with_tokens(entry).tokens == set(tokens) else Drift.WRONG_TOKENS


def repair(progress: Progress) -> int:
    repaired = 0
    for drifted in find_drift(progress):
        pks = [item.entry.pk for item in drifted]
        with transaction.atomic():
            lock_articles(pks)
            upsert(map(build_entry, for_indexing(Article.objects.filter(pk__in=pks))))  # they may have changed since
        repaired += len(drifted)
    return repaired


def missing_articles() -> list[int]:
    missing = Article.objects.exclude(pk__in=SearchEntry.objects.values("pk"))
    return list(missing.order_by("pk").values_list("pk", flat=True))


def is_intact() -> bool:
    """Whether the database's own index structure is there and agrees with the entries."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                table = sqlite.TABLE
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
                return True
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [postgresql.INDEX])
            return cursor.fetchone() == (True,)
    except DatabaseError:
        return False
