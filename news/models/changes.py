from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max
from django.dispatch import Signal

# Sent by bulk changes, for which Django sends no post_save, inside their transaction. Arguments: `pks` of the rows and
# `fields`, the names of the changed fields, or None for new rows.
rows_changed = Signal()

M = TypeVar("M", bound=models.Model)


class AnnouncingQuerySet(models.QuerySet[M]):
    """Sends `rows_changed` after update(), bulk_update(), which calls update(), and bulk_create()."""

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic():
            pks = list(self.order_by().values_list("pk", flat=True))
            changed = super().update(**kwargs)
            rows_changed.send(self.model, pks=pks, fields=set(kwargs))
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        with transaction.atomic():
            before = self._greatest_pk()
            created = super().bulk_create(objs, *args, **kwargs)
            pks = {row.pk for row in created if row.pk}
            if len(pks) < len(created):  # with ignore_conflicts Django does not learn the new keys
                pks |= set(self.model._base_manager.filter(pk__gt=before).values_list("pk", flat=True))
            rows_changed.send(self.model, pks=sorted(pks), fields=None)
        return created

    def _greatest_pk(self) -> int:
        return self.model._base_manager.aggregate(greatest=Max("pk"))["greatest"] or 0
