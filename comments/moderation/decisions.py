from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Comment, Status


class DecisionKind(models.TextChoices):
    """What a moderator can decide; the label is that of the button."""

    PUBLISH = "publish", _("Đăng")
    REJECT = "reject", _("Không đăng")
    MARK_SPAM = "spam", _("Rác")
    RETURN_TO_QUEUE = "requeue", _("Đưa về Chờ duyệt")
    REMOVE = "remove", _("Gỡ khỏi trang")

    @property
    def target(self) -> Status:
        return TARGETS[self]

    @property
    def done_label(self) -> Promise:
        return DONE_LABELS[self]


TARGETS = {
    DecisionKind.PUBLISH: Status.PUBLISHED,
    DecisionKind.REJECT: Status.REJECTED,
    DecisionKind.MARK_SPAM: Status.SPAM,
    DecisionKind.RETURN_TO_QUEUE: Status.PENDING,
    DecisionKind.REMOVE: Status.REMOVED,
}
DONE_LABELS = {
    DecisionKind.PUBLISH: _("Đã đăng"),
    DecisionKind.REJECT: _("Không đăng"),
    DecisionKind.MARK_SPAM: _("Đã chuyển sang Rác"),
    DecisionKind.RETURN_TO_QUEUE: _("Đã đưa về Chờ duyệt"),
    DecisionKind.REMOVE: _("Đã gỡ khỏi trang"),
}


@dataclass
class DecisionResult:
    moved: list[int]  # primary keys
    stale: list[Comment]  # changed by somebody else since the moderator saw them
    not_allowed: list[Comment]  # unchanged, but their status does not allow this decision


@dataclass
class Decision:
    kind: DecisionKind
    versions: dict[int, int]  # by primary key: the version that the moderator saw
    reason: str = ""
    note: str = ""

    def apply(self, by: User) -> DecisionResult:
        unchanged = Comment.objects.at_versions(self.versions)
        result = DecisionResult(
            unchanged.move(self.kind.target, by=by, reason=self.reason, note=self.note), stale=[], not_allowed=[]
        )
        if missed := self.versions.keys() - set(result.moved):
            for comment in Comment.objects.filter(pk__in=missed).select_related("decided_by").order_by("pk"):
                is_unchanged = comment.version == self.versions[comment.pk]
                (result.not_allowed if is_unchanged else result.stale).append(comment)
        return result


def decisions_from(status: str) -> list[DecisionKind]:
    targets = Comment(status=status).next_statuses
    return [kind for kind in DecisionKind if kind.target in targets]
