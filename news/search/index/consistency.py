"""Compares the index with the articles, and repairs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ...db.batches import in_batches
from ...models import Article, SearchEntry
from ..backends import postgresql, sqlite
from .entries import (
    BATCH_SIZE,
    WHAT,
    Progress,
    all_article_ids,
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


def find_drift(progress: Progress, failed: list[int] | None = None) -> Iterator[list[DriftedEntry]]:
    """Compares every article with its entry; yields lists, which may be empty. An article that cannot be read is logged
    and added to `failed`."""
    pks = all_article_ids()
    compared = progress(pks, "So sánh", len(pks))
    return in_batches(compared, drift_in_batch, size=BATCH_SIZE, what=WHAT, failed=failed, writes=False)


def drift_in_batch(pks: list[int]) -> list[DriftedEntry]:
    stored = SearchEntry.objects.in_bulk(pks)
    entries = map(build_entry, for_indexing(Article.objects.filter(pk__in=pks)).order_by("pk"))
    return [DriftedEntry(entry, drift) for entry in entries if (drift := drift_of(entry, stored.get(entry.pk)))]


def drift_of(entry: SearchEntry, stored: SearchEntry | None) -> Drift | None:
    if stored is None:
        return Drift.MISSING
    if not is_same(entry, stored):
        return Drift.STALE
    tokens = stored.tokens.split() if isinstance(stored.tokens, str) else stored.tokens
    return None if with_tokens(entry).tokens == set(tokens) else Drift.WRONG_TOKENS


def repair(progress: Progress, failed: list[int] | None = None) -> int:
    """Writes all entries that have drifted, and returns their number. An article whose entry cannot be written is
    logged and added to `failed`."""
    repaired = 0
    for drifted in find_drift(progress, failed):
        pks = [item.entry.pk for item in drifted]
        repaired += sum(in_batches(pks, write_batch, size=BATCH_SIZE, what=WHAT, failed=failed))
    return repaired


def write_batch(pks: list[int]) -> int:
    lock_articles(pks)
    upsert(map(build_entry, for_indexing(Article.objects.filter(pk__in=pks))))  # they may have changed since compared
    return len(pks)


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
