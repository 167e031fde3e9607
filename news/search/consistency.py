"""Whether the index and the articles agree, and bringing them in line where they don't."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ..models import Article, SearchEntry
from .entries import Track, agrees, all_articles, entry_of, for_index, in_batches, lock, store, with_tokens
from .postgresql import INDEX
from .sqlite import TABLE


class Fault(Enum):
    MISSING = _("chưa có trong chỉ mục")
    OLD = _("chỉ mục giữ nội dung cũ")
    TOKENS = _("chỉ mục thiếu hoặc thừa từ")


@dataclass(frozen=True)
class Disagreement:
    entry: SearchEntry  # as it should stand
    fault: Fault


def disagreements(track: Track) -> Iterator[list[Disagreement]]:
    """Compares every article with its entry, a batch at a time. `track(items, what, count)` shows how far it is."""
    pks = all_articles()
    for some in in_batches(track(pks, "So sánh", len(pks))):
        stored = SearchEntry.objects.in_bulk(some)
        wanted = map(entry_of, for_index(Article.objects.filter(pk__in=some)).order_by("pk"))
        yield [Disagreement(entry, fault) for entry in wanted if (fault := fault_of(entry, stored.get(entry.pk)))]


def fault_of(entry: SearchEntry, stored: SearchEntry | None) -> Fault | None:
    if stored is None:
        return Fault.MISSING
    if not agrees(entry, stored):
        return Fault.OLD
    tokens = stored.tokens.split() if isinstance(stored.tokens, str) else stored.tokens
    return None if with_tokens(entry).tokens == set(tokens) else Fault.TOKENS


def mend(track: Track) -> int:
    """Writes what disagrees; gives how many articles that were."""
    mended = 0
    for found in disagreements(track):
        pks = [disagreement.entry.pk for disagreement in found]
        with transaction.atomic():
            lock(pks)
            store(map(entry_of, for_index(Article.objects.filter(pk__in=pks))))  # as they are by now
        mended += len(found)
    return mended


def missing() -> list[int]:
    """Articles that came in while nobody kept the index: by SQL, or before there was one."""
    return list(
        Article.objects.exclude(pk__in=SearchEntry.objects.values("pk")).order_by("pk").values_list("pk", flat=True)
    )


def is_sound() -> bool:
    """The database's own structure holds what the entries say."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
                return True
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [INDEX])
            return cursor.fetchone() == (True,)
    except DatabaseError:
        return False
