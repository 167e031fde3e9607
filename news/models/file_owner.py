import logging
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from django.core.files.storage import default_storage
from django.db import models, transaction

from .changes import AnnouncingQuerySet, M

logger = logging.getLogger(__name__)


class FileOwnerQuerySet(AnnouncingQuerySet[M]):
    def update(self, **kwargs: Any) -> int:
        owner: Any = self.model
        if owner.owned_file not in kwargs:
            return super().update(**kwargs)
        with transaction.atomic():
            replaced = stored_names(self)
            changed = super().update(**kwargs)
            delete_unused_on_commit(owner, replaced)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]


class FileOwner(models.Model):
    """A row that owns a file in the storage. When the row is deleted, or gets another file, the old file is deleted:
    after the commit, since a transaction that is rolled back must not lose it, and only if no other row names it.

    The module of a subclass connects `file_owner_deleted` to post_delete, which Django sends for each row of a
    queryset and of a cascade, too.
    """

    owned_file: ClassVar[str]  # name of the FileField

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            names = stored_names(type(self)._base_manager.filter(pk=self.pk)) if self.pk else []
            if self.file_name not in names:
                self.file_changes()
                delete_unused_on_commit(type(self), names)
            super().save(*args, **kwargs)

    @property
    def file_name(self) -> str:
        return getattr(self, self.owned_file).name or ""

    def file_changes(self) -> None:
        """Called in the transaction of save(), before the row with its new file is written."""

    @staticmethod
    def delete_file(name: str) -> None:
        default_storage.delete(name)


def stored_names(rows: models.QuerySet) -> list[str]:
    owner: Any = rows.model
    return list(rows.order_by().values_list(owner.owned_file, flat=True))


def delete_unused_on_commit(owner: type[FileOwner], names: Iterable[str]) -> None:
    if some := {name for name in names if name}:
        transaction.on_commit(partial(_delete_unused, owner, some), robust=True)


def _delete_unused(owner: type[FileOwner], names: set[str]) -> None:
    still_named = stored_names(owner._base_manager.filter(**{f"{owner.owned_file}__in": names}))
    for name in sorted(names.difference(still_named)):
        try:
            owner.delete_file(name)
        except Exception:  # an OSError of the disk, or whatever an object store raises
            logger.exception("A file could not be deleted: %s", name)


def file_owner_deleted(sender: type[FileOwner], instance: FileOwner, **kwargs: Any) -> None:
    delete_unused_on_commit(sender, [instance.file_name])
