from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from .. import conf
from ..models import Comment, Status

MAX_ROWS = 1000


@dataclass
class UndoableDecision:
    decided_at: datetime  # identifies the decision: a repeated request must not undo the one before it
    status_label: str
    number: int  # of opinions
    seconds_left: int

    @property
    def moment(self) -> str:
        return self.decided_at.isoformat()


def last_undoable_decision(user: User) -> UndoableDecision | None:
    rows = list(Comment.objects.undoable(user).order_by("-decided_at").values_list("decided_at", "status")[:MAX_ROWS])
    if not rows:
        return None
    decided_at, status = rows[0]
    assert decided_at is not None  # noqa: S101 - `undoable` filters by it
    left = decided_at + conf.get("undo_within") - timezone.now()
    number = sum(moment == decided_at for moment, _status in rows)
    return UndoableDecision(decided_at, str(Status(status).label), number, max(0, int(left / timedelta(seconds=1))))


def undo_decision(decided_at: datetime | None, *, by: User) -> list[int]:
    """Undoes what `by` decided at that moment; returns the primary keys of the opinions that wait again."""
    return Comment.objects.filter(decided_at=decided_at).undo(by=by) if decided_at else []
