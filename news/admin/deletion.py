from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.text import capfirst

from ..models import ArticleStep, SearchEntry


class PlainDeletionMixin:
    """Leaves three things out of the page that asks for confirmation: rows of many-to-many tables, which would be named
    “Article_tags object (5)”, entries of the search index and the log of an article's steps."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        links = [
            model._meta
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created or model in (SearchEntry, ArticleStep)
        ]
        link_names = tuple(f"{capfirst(options.verbose_name)}:" for options in links)
        plurals = {options.verbose_name_plural for options in links}
        kept_counts = {name: count for name, count in counts.items() if name not in plurals}
        return without_items(link_names, to_delete), kept_counts, perms_needed, protected


def without_items(beginnings: tuple[str, ...], nested: list) -> list:
    """The nested list without the texts that begin with one of `beginnings`, and without lists that are then empty."""
    kept = [item for item in nested if isinstance(item, list) or not str(item).startswith(beginnings)]
    nested_kept = [without_items(beginnings, item) if isinstance(item, list) else item for item in kept]
    return [item for item in nested_kept if item != []]
