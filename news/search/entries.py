"""Makes the index entries of articles."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ..models import Article, Attachment
from ..models.search_entry import SearchEntry, newness_of
from ..text.cleaning import clean_text
from ..text.html import to_text
from .database import fulltext
from .scope import category_label, event_label, month_label, source_label
from .words import Term, text_tokens, title_tokens

BATCH = 500  # articles in one transaction: half a second, in which nobody else can write on SQLite
COMPARED = ("newness", "status", "expires_at", "title", "summary", "text", "labels")

Track = Callable[[Iterable[Any], str, int], Iterator[Any]]  # `track(items, what, count)` shows how far it is


def for_index(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With everything that entry_of() looks at, in a fixed number of queries, and as lists: a queryset for each article
    and each of its relations would take a tenth of the time."""
    return articles.select_related("lead_photo", "source").prefetch_related(
        Prefetch("tags", to_attr="its_tags"),
        Prefetch("events", to_attr="its_events"),
        Prefetch("further_categories", to_attr="its_further_categories"),
        Prefetch("attachments", Attachment.objects.defer(None), to_attr="its_attachments"),
    )


def entry_of(article: Article) -> SearchEntry:
    """The entry of an article from for_index() as it should stand, but for its tokens."""
    return SearchEntry(
        article=article,
        newness=newness_of(article.pk, article.published_at),
        status=article.status,
        expires_at=article.expires_at,
        title=clean_text(article.title),
        summary=clean_text(article.summary),
        text=clean_text("\n".join(filter(None, parts_of(article)))),
        labels=" ".join(sorted(label.word for label in labels_of(article))),
    )


def parts_of(article: Article) -> Iterator[str]:
    """Whatever else of the article a reader may remember, in the order in which snippets are looked for."""
    yield to_text(article.body)
    yield article.caption
    yield from (tag.name for tag in article.its_tags)  # type: ignore[attr-defined]
    yield from (event.name for event in article.its_events if event.is_visible)  # type: ignore[attr-defined]
    yield article.byline
    if article.source:
        yield f"{article.source.name} {article.source.short_name}"
    for attachment in article.its_attachments:  # type: ignore[attr-defined]
        yield attachment.title
        yield attachment.text


def labels_of(article: Article) -> Iterator[Term]:
    yield category_label(article.category_id)
    yield from (category_label(category.pk) for category in article.its_further_categories)  # type: ignore[attr-defined]
    yield from (event_label(event.pk) for event in article.its_events)  # type: ignore[attr-defined]
    if article.source_id:
        yield source_label(article.source_id)
    if article.published_at:
        day = article.published_at.astimezone(timezone.get_default_timezone())
        yield month_label(day.year * 12 + day.month - 1)


def with_tokens(entry: SearchEntry) -> SearchEntry:
    spelling = fulltext().spelling
    tokens = text_tokens(entry.text, spelling)
    tokens |= text_tokens(entry.summary, spelling)
    tokens |= title_tokens(entry.title, spelling)
    tokens.update(map(spelling.word, entry.labels.split()))
    entry.tokens = tokens
    return entry


def write(pks: Iterable[int]) -> None:
    """Brings the entries of these articles in line; what stands as it should is left alone."""
    for some in in_batches(sorted(pks)):
        with transaction.atomic():
            lock(some)
            stored = SearchEntry.objects.defer("tokens").in_bulk(some)
            wanted = map(entry_of, for_index(Article.objects.filter(pk__in=some)))
            store(entry for entry in wanted if not agrees(entry, stored.get(entry.pk)))


def lock(pks: list[int]) -> None:
    """Of two who change the same article at once, the second looks at it after the first has finished."""
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))


def store(entries: Iterable[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        map(with_tokens, entries),
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=[*COMPARED, "tokens", "written_at"],
    )


def agrees(entry: SearchEntry, stored: SearchEntry | None) -> bool:
    return stored is not None and all(getattr(entry, name) == getattr(stored, name) for name in COMPARED)


def all_articles() -> list[int]:
    """Oldest first. A list, forty megabytes for a million: while SQLite still reads rows, it does not let the same
    connection write once somebody else has."""
    return list(Article.objects.order_by("pk").values_list("pk", flat=True))


def in_batches(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while some := list(islice(rest, BATCH)):
        yield some
