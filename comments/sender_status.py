from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from .models import Comment, Reason, Status


class SenderStatusKind(StrEnum):
    WAITING = "waiting"
    PUBLIC = "public"
    CLOSED = "closed"


class SenderStatus(NamedTuple):
    kind: SenderStatusKind
    label: str
    note: str = ""

    @property
    def is_public(self) -> bool:
        return self.kind == SenderStatusKind.PUBLIC


def sender_status(comment: Comment) -> SenderStatus:
    """Does not tell pending from suspect; spam reads like a rejection with a reason of its own."""
    match comment.status:
        case Status.PENDING | Status.SUSPECT:
            return SenderStatus(SenderStatusKind.WAITING, _("Đang chờ duyệt"))
        case Status.PUBLISHED:
            return SenderStatus(SenderStatusKind.PUBLIC, _("Đã đăng"))
        case Status.REJECTED:
            return SenderStatus(SenderStatusKind.CLOSED, _("Không đăng"), _reason(comment))
        case Status.SPAM:
            note = _("Lý do: bị xem là tin rác hoặc quảng cáo.")
            return SenderStatus(SenderStatusKind.CLOSED, _("Không đăng"), note)
        case Status.REMOVED:
            return SenderStatus(SenderStatusKind.CLOSED, _("Đã gỡ khỏi trang"), _reason(comment))
        case Status.WITHDRAWN:
            return SenderStatus(SenderStatusKind.CLOSED, _("Bạn đã rút ý kiến này"))
        case _other:
            return SenderStatus(SenderStatusKind.CLOSED, _("Dữ liệu đã được xóa"))


def _reason(comment: Comment) -> str:
    words = [] if comment.reason in ("", Reason.OTHER) else [str(Reason(comment.reason).label)]
    reason = ": ".join(filter(None, [*words, comment.reason_note]))
    return _("Lý do: %(reason)s") % {"reason": reason} if reason else ""
