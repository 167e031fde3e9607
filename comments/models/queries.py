from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import User
from django.db import connections, models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.db.update_returning import update_returning

from .. import conf
from .counts import OpinionCount
from .moderation_event import ModerationEvent
from .reply import OfficialReply
from .states import DECIDED, WAITING, Status, TransitionError, check_reason, sources_of

if TYPE_CHECKING:
    from .comment import Comment  # noqa: F401 - named in the class line below

PER_PAGE = 20
Key = tuple[datetime, int]  # when an opinion was published, and its number: its place in the list


class CommentQuerySet(models.QuerySet["Comment"]):
    # ------------------------------------------------------------ words for the states

    def pending(self) -> Self:
        return self.filter(status=Status.PENDING)

    def suspect(self) -> Self:
        return self.filter(status=Status.SUSPECT)

    def waiting(self) -> Self:
        """Pending or suspect: nobody has decided yet."""
        return self.filter(status__in=WAITING)

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def rejected(self) -> Self:
        return self.filter(status=Status.REJECTED)

    def spam(self) -> Self:
        return self.filter(status=Status.SPAM)

    def withdrawn(self) -> Self:
        return self.filter(status=Status.WITHDRAWN)

    def set_aside(self) -> Self:
        """Not published, taken off the page or withdrawn by the sender: kept for a while, shown to nobody."""
        return self.filter(status__in=[Status.REJECTED, Status.REMOVED, Status.WITHDRAWN])

    def overdue(self, on: date) -> Self:
        """Past the deadline without a published reply. `reply_due_on` is empty where no reply is expected."""
        return self.filter(status__in=[*WAITING, Status.PUBLISHED], replied_at__isnull=True, reply_due_on__lt=on)

    # ------------------------------------------------------------ words for the lists

    def of_article(self, article_id: int) -> Self:
        return self.filter(article=article_id)

    def newest_first(self) -> Self:
        """In the order of publication, the latest first; only published opinions have a place in it."""
        return self.order_by("-published_at", "-pk")

    def page_before(self, key: Key | None, size: int = PER_PAGE) -> Self:
        """The newest opinions, or those after the place `key` in the list: as quick at the end as at the beginning."""
        if key is None:
            return self.newest_first()[:size]
        moment, pk = key
        # The first condition lets the index begin at the place; the second is the exact rule.
        after = self.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk)
        )
        return after.newest_first()[:size]

    def for_page(self) -> Self:
        """What the public list shows, with the official replies in one query more."""
        replies = Prefetch("replies", OfficialReply.objects.published(), to_attr="published_replies")
        return self.only("article_id", "code", "name", "body", "masks", "status", "published_at").prefetch_related(
            replies
        )

    def for_queue(self) -> Self:
        """What a moderator's row shows: the whole text, its article, its replies."""
        return self.select_related("article", "decided_by").prefetch_related("replies").defer("article__body")

    def one_of_each_text(self) -> Self:
        """Of the opinions of one state with the same text only the first."""
        same = self.model.objects.filter(status=OuterRef("status"), text_hash=OuterRef("text_hash"))
        earlier = same.filter(
            Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
        )
        return self.exclude(~Q(text_hash="") & Exists(earlier))

    def at_versions(self, versions: dict[int, int]) -> Self:
        """The rows of {number: version} that nobody has changed since."""
        by_version: dict[int, list[int]] = {}
        for pk, version in versions.items():
            by_version.setdefault(version, []).append(pk)
        unchanged = Q(pk__in=[])
        for version, pks in by_version.items():
            unchanged |= Q(version=version, pk__in=pks)
        return self.filter(unchanged)

    # ------------------------------------------------------------ moves

    def move(self, to: str, *, by: User | None = None, reason: str = "", note: str = "") -> list[int]:
        """Moves those rows whose state allows it and gives their numbers; the others were handled by somebody else.

        Log and counters change in the same transaction. Raises TransitionError when no state leads to `to`,
        ReasonMissing when a rejection does not say why. Filter by `at_versions` what a moderator has seen."""
        target = Status(to)
        sources = sources_of(target)
        if not sources:
            raise TransitionError("any", target)
        check_reason(target, reason, note)
        return self.filter(status__in=sources)._write(
            ModerationEvent.Action.MOVE,
            {"previous_status": F("status"), **_fields_of(target, by, reason, note)},
            by,
            reason,
            note,
        )

    def undoable(self, by: User) -> Self:
        """What this person decided within the last minute."""
        since = timezone.now() - conf.get("undo_within")
        return self.filter(status__in=DECIDED, previous_status__in=WAITING, decided_by=by, decided_at__gte=since)

    def undo(self, *, by: User) -> list[int]:
        """Takes back what this person decided within the last minute: the opinions wait again as they did before."""
        waiting = {"status": F("previous_status"), "previous_status": F("status"), "published_at": None, **_undecided()}
        return self.undoable(by)._write(ModerationEvent.Action.UNDO, waiting, by, "", "")

    def _write(self, action: str, values: dict[str, Any], by: User | None, reason: str, note: str) -> list[int]:
        """One conditional UPDATE, its log rows and the counters of its articles."""
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
        """Where rows are locked one by one, everybody takes them in the same order; so two bulk moves never block each other."""
        if not connections[self.db].features.has_select_for_update:
            return self
        pks = list(self.order_by("pk").select_for_update().values_list("pk", flat=True))
        return self.filter(pk__in=pks)


def _fields_of(target: Status, by: User | None, reason: str, note: str) -> dict[str, Any]:
    if target == Status.PENDING:
        return {"status": target, **_undecided()}
    fields: dict[str, Any] = {
        "status": target,
        "decided_at": timezone.now(),
        "decided_by": by,
        "reason": reason,
        "reason_note": note,
    }
    if target == Status.PUBLISHED:  # put back after it was removed, an opinion returns to its old place
        fields["published_at"] = Coalesce(F("published_at"), Value(timezone.now(), output_field=models.DateTimeField()))
    return fields


def _undecided() -> dict[str, Any]:
    return {"decided_at": None, "decided_by": None, "reason": "", "reason_note": ""}
