"""Builds index entries from articles and writes them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ...db.batches import in_batches
from ...models import Article, Attachment
from ...models.search_entry import SearchEntry, newness_of
from ...text.cleaning import clean_text
from ...text.html import to_text
from ..analysis import Term, text_tokens, title_tokens
from ..backends.current import current_backend
from ..scope import category_label, event_label, month_label, source_label

BATCH_SIZE = 500  # articles in one transaction: half a second, in which nobody else can write on SQLite
WHAT = "The search entry of article"  # in the log
COMPARED_FIELDS = ("newness", "status", "expires_at", "title", "summary", "text", "labels")

# progress(items, label, total) yields the items and reports how many have been consumed.
Progress = Callable[[Iterable[Any], str, int], Iterator[Any]]


def for_indexing(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Loads all that build_entry() reads in a fixed number of queries. `to_attr` makes lists: a queryset per
    article and relation would take a tenth of the time of indexing."""
    return articles.select_related("lead_photo", "source").prefetch_related(
        Prefetch("tags", to_attr="prefetched_tags"),
        Prefetch("events", to_attr="prefetched_events"),
        Prefetch("further_categories", to_attr="prefetched_categories"),
        Prefetch("attachments", Attachment.objects.defer(None), to_attr="prefetched_attachments"),
    )


def build_entry(article: Article) -> SearchEntry:
    return SearchEntry(
        article=article,
        newness=newness_of(article.pk, article.published_at),
        status=article.status,
        expires_at=article.expires_at,
        title=clean_text(article.title),
        summary=clean_text(article.summary),
        text=clean_text("\n".join(filter(None, text_parts(article)))),
        labels=" ".join(sorted(label.word for label in labels_of(article))),
    )


def text_parts(article: Article) -> Iterator[str]:
    """All texts but title and summary. Of equally good snippets that of the earlier part is shown."""
    yield to_text(article.body)
    yield article.caption
    yield from (tag.name for tag in article.prefetched_tags)  # type: ignore[attr-defined]
    yield from (event.name for event in article.prefetched_events if event.is_visible)  # type: ignore[attr-defined]
    yield article.byline
    if article.source:
        yield f"{article.source.name} {article.source.short_name}"
    for attachment in article.prefetched_attachments:  # type: ignore[attr-defined]
        yield attachment.title
        yield attachment.text


def labels_of(article: Article) -> Iterator[Term]:
    yield category_label(article.category_id)
    yield from (category_label(category.pk) for category in article.prefetched_categories)  # type: ignore[attr-defined]
    yield from (event_label(event.pk) for event in article.prefetched_events)  # type: ignore[attr-defined]
    if article.source_id:
        yield source_label(article.source_id)
    if article.published_at:
        day = article.published_at.astimezone(timezone.get_default_timezone())
        yield month_label(day.year * 12 + day.month - 1)


def with_tokens(entry: SearchEntry) -> SearchEntry:
    encoder = current_backend().encoder
    tokens = text_tokens(entry.text, encoder)
    tokens |= text_tokens(entry.summary, encoder)
    tokens |= title_tokens(entry.title, encoder)
    tokens.update(map(encoder.word, entry.labels.split()))
    entry.tokens = tokens
    return entry


def update_entries(pks: Iterable[int]) -> None:
    for batch in batches(sorted(pks)):
        with transaction.atomic():
            update_batch(batch)


def update_possible_entries(pks: Iterable[int], failed: list[int] | None = None) -> None:
    """Like update_entries(), but an article whose entry cannot be written is logged, added to `failed` and left out."""
    deque(in_batches(sorted(pks), update_batch, size=BATCH_SIZE, what=WHAT, failed=failed), maxlen=0)


def update_batch(pks: list[int]) -> None:
    lock_articles(pks)
    stored = SearchEntry.objects.defer("tokens").in_bulk(pks)
    entries = map(build_entry, for_indexing(Article.objects.filter(pk__in=pks)))
    upsert(entry for entry in entries if not is_same(entry, stored.get(entry.pk)))


def lock_articles(pks: list[int]) -> None:
    """Of two concurrent writers of an article, the second reads it after the first has committed."""
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))


def upsert(entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        map(with_tokens, entries),
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=[*COMPARED_FIELDS, "tokens", "written_at"],
    )


def is_same(entry: SearchEntry, stored: SearchEntry | None) -> bool:
    """Compares all but the tokens, which follow from the rest."""
    return stored is not None and all(getattr(entry, name) == getattr(stored, name) for name in COMPARED_FIELDS)


def all_article_ids() -> list[int]:
    """Oldest first. A list, 40 MB for a million articles, because SQLite refuses to upgrade a read that is still
    open to a write once another connection has written."""
    return list(Article.objects.order_by("pk").values_list("pk", flat=True))


def batches(pks: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(pks)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch
