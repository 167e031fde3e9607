from collections import Counter
from collections.abc import Iterable
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
RECOUNTED_AT_ONCE = 500  # articles, whose moderators wait meanwhile


class TransitionQuerySet(models.QuerySet[M]):
    """Changes the status of opinions, together with the moderation log and the counters of their articles."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """The way for importers: every opinion gets its receipt, and published ones are counted."""
        with transaction.atomic(using=self.db):
            comments: list[Any] = list(objs)
            for comment in comments:
                comment.fill_token_hash()
            created = super().bulk_create(comments, *args, **kwargs)
            self._recount(sorted({comment.article_id for comment in comments if comment.status == Status.PUBLISHED}))
        return created

    def recount_published(self) -> int:
        """Counts the published opinions of every article anew; returns how many articles had a wrong number.

        For opinions that were written past this class, such as by SQL or one by one with the status “published”."""
        every = self.model._default_manager.using(self.db)
        with_opinions = set(every.filter(status=Status.PUBLISHED).values_list("article_id", flat=True).distinct())
        articles = sorted(with_opinions | set(OpinionCount.objects.using(self.db).values_list("pk", flat=True)))
        wrong = 0
        for start in range(0, len(articles), RECOUNTED_AT_ONCE):
            with transaction.atomic(using=self.db):
                wrong += self._recount(articles[start : start + RECOUNTED_AT_ONCE])
        return wrong

    def _recount(self, articles: list[int]) -> int:
        counts = OpinionCount.objects.using(self.db).locked(articles) if articles else {}
        published = self.model._default_manager.using(self.db).filter(status=Status.PUBLISHED, article__in=articles)
        right = dict(published.order_by().values_list("article_id").annotate(models.Count("pk")))
        wrong = [count for count in counts.values() if count.published != right.get(count.pk, 0)]
        for count in wrong:
            count.published = right.get(count.pk, 0)
        OpinionCount.objects.using(self.db).bulk_update(wrong, ["published"])
        return len(wrong)

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
