from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max
from django.dispatch import Signal

# Sent inside the transaction that changed many rows at once, with `pks` and the names of the changed `fields` (None: new
# rows). Of single rows Django's own post_save tells; of these it is silent.
rows_changed = Signal()

M = TypeVar("M", bound=models.Model)


class AnnouncingQuerySet(models.QuerySet[M]):
    """Tells of its bulk changes, so that what follows from a row can follow. `bulk_update` goes through `update`."""

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
            if len(pks) < len(created):  # where conflicts are ignored Django does not learn the numbers of new rows
                pks |= set(self.model._base_manager.filter(pk__gt=before).values_list("pk", flat=True))
            rows_changed.send(self.model, pks=sorted(pks), fields=None)
        return created

    def _greatest_pk(self) -> int:
        return self.model._base_manager.aggregate(greatest=Max("pk"))["greatest"] or 0
