from collections import Counter
from typing import Any, Self, TypeVar

from django.contrib.auth.models import User
from django.db import connections, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.db.update_returning import update_returning

from .. import conf
from .counts import OpinionCount
from .moderation_event import ModerationEvent
from .states import UNDOABLE, WAITING, Status, TransitionError, check_reason, sources_of

M = TypeVar("M", bound=models.Model)


class TransitionQuerySet(models.QuerySet[M]):
    """Changes the status of opinions, together with the moderation log and the counters of their articles."""

    def at_versions(self, versions: dict[int, int]) -> Self:
        """The rows of {primary key: version} that have not changed since that version."""
        by_version: dict[int, list[int]] = {}
        for pk, version in versions.items():
            by_version.setdefault(version, []).append(pk)
        unchanged = models.Q(pk__in=[])
        for version, pks in by_version.items():
            unchanged |= models.Q(version=version, pk__in=pks)
        return self.filter(unchanged)

    def move(self, to: str, *, by: User | None = None, reason: str = "", note: str = "") -> list[int]:
        """Moves the rows whose status allows it and returns their primary keys; the other rows stay unchanged.

        The log and the counters change in the same transaction. Raises TransitionError when no status leads to `to`,
        ReasonMissing when a rejection has no reason. Combine with `at_versions` to skip rows changed by others."""
        target = Status(to)
        sources = sources_of(target)
        if not sources:
            raise TransitionError("any", target)
        check_reason(target, reason, note)
        return self.filter(status__in=sources)._change_status(
            ModerationEvent.Action.MOVE,
            {"previous_status": F("status"), **_fields_of(target, by, reason, note)},
            by,
            reason,
            note,
        )

    def undoable(self, by: User) -> Self:
        since = timezone.now() - conf.get("undo_within")
        return self.filter(status__in=UNDOABLE, previous_status__in=WAITING, decided_by=by, decided_at__gte=since)

    def undo(self, *, by: User) -> list[int]:
        """Restores the previous status of the undoable rows and returns their primary keys."""
        waiting = {
            "status": F("previous_status"),
            "previous_status": F("status"),
            "published_at": None,
            **_without_decision(),
        }
        return self.undoable(by)._change_status(ModerationEvent.Action.UNDO, waiting, by, "", "")

    def _change_status(self, action: str, values: dict[str, Any], by: User | None, reason: str, note: str) -> list[int]:
        with transaction.atomic(using=self.db):
            rows = self._locked_in_order()
            moved = update_returning(
                rows, {**values, "version": F("version") + 1}, ("id", "article", "previous_status", "status")
            )
            now = timezone.now()
            ModerationEvent.objects.using(self.db).bulk_create(
                ModerationEvent(
                    comment_id=pk,
                    action=action,
                    from_status=old,
                    to_status=new,
                    by=by,
                    reason=reason,
                    note=note,
                    at=now,
                )
                for pk, _article, old, new in moved
            )
            changes: Counter[int] = Counter()
            for _pk, article, old, new in moved:
                changes[article] += (new == Status.PUBLISHED) - (old == Status.PUBLISHED)
            OpinionCount.objects.using(self.db).change(changes)
        return [pk for pk, *_rest in moved]

    def _locked_in_order(self) -> Self:
        """Locks the rows in the order of their primary keys, so that two bulk moves cannot deadlock."""
        if not connections[self.db].features.has_select_for_update:
            return self
        pks = list(self.order_by("pk").select_for_update().values_list("pk", flat=True))
        return self.filter(pk__in=pks)


def _fields_of(target: Status, by: User | None, reason: str, note: str) -> dict[str, Any]:
    if target == Status.PENDING:
        return {"status": target, **_without_decision()}
    fields: dict[str, Any] = {
        "status": target,
        "decided_at": timezone.now(),
        "decided_by": by,
        "reason": reason,
        "reason_note": note,
    }
    if target == Status.PUBLISHED:  # an opinion published again after its removal returns to its old place in the list
        fields["published_at"] = Coalesce(F("published_at"), Value(timezone.now(), output_field=models.DateTimeField()))
    return fields


def _without_decision() -> dict[str, Any]:
    return {"decided_at": None, "decided_by": None, "reason": "", "reason_note": ""}
