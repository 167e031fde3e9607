"""Keeps the index in step with whatever changes an article, in the transaction of the change."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from ..models import Article, Attachment, Event, Photo, SearchEntry, Source, Tag
from ..models.changes import rows_changed
from .entries import entry_of, for_index, store, write

logger = logging.getLogger(__name__)

# What of an article its entry depends on, by the names under which Django may speak of it.
PLAIN = {"title", "summary", "body", "byline", "lead_caption", "status", "published_at", "expires_at"}
LINKS = {"category", "lead_photo", "source"}
INDEXED = PLAIN | LINKS | {f"{name}_id" for name in LINKS}
# A name that more articles carry is not renamed in all of them while an editor waits.
MOST_AT_ONCE = 1_000


def connect() -> None:
    post_save.connect(article_saved, Article)
    post_save.connect(entry_loaded, SearchEntry)
    rows_changed.connect(articles_changed, Article)
    for through in (Article.tags.through, Article.events.through, Article.further_categories.through):
        m2m_changed.connect(links_changed, through)
    for named in (Tag, Event):
        pre_delete.connect(name_goes, named)
        post_delete.connect(name_gone, named)
    for signal in (post_save, post_delete):
        signal.connect(attachment_changed, Attachment)
    rows_changed.connect(attachments_changed, Attachment)
    for model in (Tag, Event, Source, Photo):
        post_save.connect(name_changed, model)


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
    sender: type[models.Model], instance: models.Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """`article.tags.add(…)`, and from the other side `tag.articles.add(…)`."""
    if not reverse:
        if action.startswith("post"):
            write([instance.pk])
    elif action == "pre_clear":  # afterwards nobody knows which they were
        remember(instance, sender)
    elif action.startswith("post"):
        write(forget(instance) if pk_set is None else pk_set)


def name_goes(instance: models.Model, **kwargs: Any) -> None:
    remember(instance, type(instance).articles.through)  # type: ignore[attr-defined]


def name_gone(instance: models.Model, **kwargs: Any) -> None:
    write(forget(instance))


def remember(instance: models.Model, through: type[models.Model]) -> None:
    links = through._default_manager.filter(**{str(instance._meta.model_name): instance})
    instance.linked_articles = list(links.values_list("article_id", flat=True))  # type: ignore[attr-defined]


def forget(instance: models.Model) -> list[int]:
    return instance.__dict__.pop("linked_articles", [])


def attachment_changed(instance: Attachment, **kwargs: Any) -> None:
    write([instance.article_id])


def attachments_changed(pks: list[int], **kwargs: Any) -> None:
    write(Attachment.objects.filter(pk__in=pks).order_by().values_list("article_id", flat=True).distinct())


def name_changed(sender: type[models.Model], instance: models.Model, created: bool, **kwargs: Any) -> None:
    if not created:
        write_some(articles_of(instance))


def articles_of(instance: models.Model) -> models.QuerySet[Article]:
    """Whose entries hold the name of a tag, an event or a source, or the caption of a photo."""
    return instance.lead_of.all() if isinstance(instance, Photo) else instance.articles.all()  # type: ignore[attr-defined]


def write_some(articles: models.QuerySet[Article]) -> None:
    pks = list(articles.newest_first().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])  # type: ignore[attr-defined]
    write(pks[:MOST_AT_ONCE])
    if len(pks) > MOST_AT_ONCE:
        logger.warning("A name was changed in %s articles, the older ones are found by the old name: run manage.py reindex", MOST_AT_ONCE)

