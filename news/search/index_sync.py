"""Keeps the index in step with whatever changes an article, in the transaction of the change."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from ..models import Article, Attachment, Category, Event, Photo, SearchEntry, Source, Tag
from ..models.changes import rows_changed
from .entries import entry_of, for_index, store, write

logger = logging.getLogger(__name__)

# What of an article its entry depends on, by the names under which Django may speak of it.
PLAIN = {"title", "summary", "body", "byline", "lead_caption", "status", "published_at", "expires_at"}
LINKS = {"category", "lead_photo", "source"}
INDEXED = PLAIN | LINKS | {f"{name}_id" for name in LINKS} | {"attachments"}
# A name that more articles carry is not renamed in all of them while an editor waits.
MOST_AT_ONCE = 1_000
# The links that Django unties without a signal when the other side is deleted.
UNTIED: dict[type[models.Model], type[models.Model]] = {
    Tag: Article.tags.through,
    Event: Article.events.through,
    Category: Article.further_categories.through,
}
# Whose names, or captions, stand in the entries of the articles that name them so.
NAMED: dict[type[models.Model], str] = {Tag: "tags", Event: "events", Source: "source", Photo: "lead_photo"}


def connect() -> None:
    post_save.connect(article_saved, Article)
    post_save.connect(entry_loaded, SearchEntry)
    rows_changed.connect(articles_changed, Article)
    for model, through in UNTIED.items():
        m2m_changed.connect(links_changed, through)
        pre_delete.connect(link_goes, model)
        post_delete.connect(link_gone, model)
    pre_save.connect(attachment_moves, Attachment)
    post_save.connect(attachment_saved, Attachment)
    post_delete.connect(attachment_deleted, Attachment)
    rows_changed.connect(attachments_changed, Attachment)
    for named in NAMED:
        post_save.connect(name_changed, named)
        rows_changed.connect(names_changed, named)


def article_saved(instance: Article, update_fields: Collection[str] | None, **kwargs: Any) -> None:
    if update_fields is None or INDEXED.intersection(update_fields):
        write([instance.pk])


def entry_loaded(instance: SearchEntry, raw: bool, **kwargs: Any) -> None:
    """`loaddata` brings entries without their tokens."""
    if raw:
        store(map(entry_of, for_index(Article.objects.filter(pk=instance.pk))))


def articles_changed(pks: list[int], fields: set[str] | None, **kwargs: Any) -> None:
    if fields is None or INDEXED & fields:
        write(pks)


def links_changed(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    """`article.tags.add(…)`, and from the other side `tag.articles.add(…)`."""
    if not reverse:
        if action.startswith("post"):
            write([instance.pk])
    elif action == "pre_clear":  # afterwards nobody knows which they were
        remember(instance, sender)
    elif action.startswith("post"):
        write(forget(instance) if pk_set is None else pk_set)


def link_goes(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    remember(instance, UNTIED[sender])


def link_gone(instance: models.Model, **kwargs: Any) -> None:
    write(forget(instance))


def remember(instance: models.Model, through: type[models.Model]) -> None:
    links = through._default_manager.filter(**{str(instance._meta.model_name): instance})
    instance.linked_articles = list(links.values_list("article_id", flat=True))  # type: ignore[attr-defined]


def forget(instance: models.Model) -> list[int]:
    return instance.__dict__.pop("linked_articles", [])


def attachment_moves(instance: Attachment, **kwargs: Any) -> None:
    """Perhaps: it has been in this article so far."""
    stored = Attachment.objects.filter(pk=instance.pk)
    instance.linked_articles = list(stored.values_list("article_id", flat=True))  # type: ignore[attr-defined]


def attachment_saved(instance: Attachment, **kwargs: Any) -> None:
    write({instance.article_id, *forget(instance)})


def attachment_deleted(instance: Attachment, origin: models.Model | models.QuerySet, **kwargs: Any) -> None:
    """Not of one that goes with its article: the article is there still, its entry would be made anew and outlive it."""
    if (origin.model if isinstance(origin, models.QuerySet) else type(origin)) is Attachment:
        write([instance.article_id])


def attachments_changed(pks: list[int], **kwargs: Any) -> None:
    write(Attachment.objects.filter(pk__in=pks).order_by().values_list("article_id", flat=True).distinct())


def name_changed(sender: type[models.Model], instance: models.Model, created: bool, raw: bool, **kwargs: Any) -> None:
    if raw or not created:  # `loaddata` may bring the articles first
        names_changed(sender, [instance.pk])


def names_changed(sender: type[models.Model], pks: list[int], **kwargs: Any) -> None:
    articles = Article.objects.filter(**{f"{NAMED[sender]}__in": pks}).distinct()
    found = list(articles.newest_first().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    write(found[:MOST_AT_ONCE])
    if len(found) > MOST_AT_ONCE:
        logger.warning(
            "A name was changed in %s articles, the older ones are found by the old name: run manage.py reindex",
            MOST_AT_ONCE,
        )
