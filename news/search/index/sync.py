"""Updates the index whenever an article or something that belongs to it changes, in the transaction of the change."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from ...models import Article, Attachment, Category, Event, Photo, SearchEntry, Source, Tag
from ...models.changes import rows_changed
from .entries import build_entry, for_indexing, update_entries, update_possible_entries, upsert

logger = logging.getLogger(__name__)

# Fields of an article that its entry depends on, by all names under which Django may report them.
PLAIN_FIELDS = {"title", "summary", "body", "byline", "lead_caption", "status", "published_at", "expires_at"}
LINKED = {"attachments", "tags", "events", "further_categories"}
FOREIGN_KEYS = {"category", "lead_photo", "source"}
INDEXED_FIELDS = PLAIN_FIELDS | FOREIGN_KEYS | {f"{name}_id" for name in FOREIGN_KEYS} | LINKED
# Articles whose entries are updated when a name changes, while the editor waits.
MAX_ARTICLES_PER_RENAME = 1_000
# Many-to-many relations. Django sends no signal for their rows when the other side is deleted.
THROUGH_MODELS: dict[type[models.Model], type[models.Model]] = {
    Tag: Article.tags.through,
    Event: Article.events.through,
    Category: Article.further_categories.through,
}
# Models whose names or captions are in the entries of the articles that refer to them by this field.
NAME_FIELDS: dict[type[models.Model], str] = {Tag: "tags", Event: "events", Source: "source", Photo: "lead_photo"}


def connect() -> None:
    post_save.connect(article_saved, Article)
    post_save.connect(entry_saved, SearchEntry)
    rows_changed.connect(articles_changed, Article)
    for model, through in THROUGH_MODELS.items():
        m2m_changed.connect(links_changed, through)
        pre_delete.connect(before_linked_deleted, model)
        post_delete.connect(linked_deleted, model)
    pre_save.connect(before_attachment_saved, Attachment)
    post_save.connect(attachment_saved, Attachment)
    post_delete.connect(attachment_deleted, Attachment)
    rows_changed.connect(attachments_changed, Attachment)
    for model in NAME_FIELDS:
        post_save.connect(name_saved, model)
        rows_changed.connect(names_changed, model)


def article_saved(instance: Article, update_fields: Collection[str] | None, **kwargs: Any) -> None:
    if update_fields is None or INDEXED_FIELDS.intersection(update_fields):
        update_entries([instance.pk])


def entry_saved(instance: SearchEntry, raw: bool, **kwargs: Any) -> None:
    """`loaddata` loads entries without their tokens."""
    if raw:
        upsert(map(build_entry, for_indexing(Article.objects.filter(pk=instance.pk))))


def articles_changed(pks: list[int], fields: set[str] | None, **kwargs: Any) -> None:
    if fields is None or INDEXED_FIELDS & fields:
        update_entries(pks)


def links_changed(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    """From `article.tags.add(…)`, or in reverse from `tag.articles.add(…)`."""
    if not reverse:
        if action.startswith("post"):
            update_entries([instance.pk])
    elif action == "pre_clear":  # post_clear does not tell which articles were linked
        stash_linked_articles(instance, sender)
    elif action.startswith("post"):
        update_entries(pop_linked_articles(instance) if pk_set is None else pk_set)


def before_linked_deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    stash_linked_articles(instance, THROUGH_MODELS[sender])


def linked_deleted(instance: models.Model, **kwargs: Any) -> None:
    update_entries(pop_linked_articles(instance))


def stash_linked_articles(instance: models.Model, through: type[models.Model]) -> None:
    """Keeps on the instance, from the pre signal to the post signal, which articles are linked to it."""
    links = through._default_manager.filter(**{str(instance._meta.model_name): instance})
    instance.linked_articles = list(links.values_list("article_id", flat=True))  # type: ignore[attr-defined]


def pop_linked_articles(instance: models.Model) -> list[int]:
    return instance.__dict__.pop("linked_articles", [])


def before_attachment_saved(instance: Attachment, **kwargs: Any) -> None:
    """The attachment may be moved to another article."""
    stored = Attachment.objects.filter(pk=instance.pk)
    instance.linked_articles = list(stored.values_list("article_id", flat=True))  # type: ignore[attr-defined]


def attachment_saved(instance: Attachment, **kwargs: Any) -> None:
    update_entries({instance.article_id, *pop_linked_articles(instance)})


def attachment_deleted(instance: Attachment, origin: models.Model | models.QuerySet, **kwargs: Any) -> None:
    """Does nothing when the attachment is deleted by the cascade of its article: that row still exists, and the entry
    written now would outlive it."""
    if (origin.model if isinstance(origin, models.QuerySet) else type(origin)) is Attachment:
        update_entries([instance.article_id])


def attachments_changed(pks: list[int], **kwargs: Any) -> None:
    attachments = Attachment.objects.filter(pk__in=pks).order_by()
    update_entries(attachments.values_list("article_id", flat=True).distinct())


def name_saved(sender: type[models.Model], instance: models.Model, created: bool, raw: bool, **kwargs: Any) -> None:
    if raw or not created:  # `loaddata` may have loaded the articles before
        names_changed(sender, [instance.pk])


def names_changed(sender: type[models.Model], pks: list[int], **kwargs: Any) -> None:
    articles = Article.objects.filter(**{f"{NAME_FIELDS[sender]}__in": pks}).distinct()
    newest = list(articles.newest_first().values_list("pk", flat=True)[: MAX_ARTICLES_PER_RENAME + 1])
    update_possible_entries(newest[:MAX_ARTICLES_PER_RENAME])
    if len(newest) > MAX_ARTICLES_PER_RENAME:
        logger.warning(
            "A name was changed in %s articles, the older ones are found by the old name: run manage.py reindex",
            MAX_ARTICLES_PER_RENAME,
        )
