"""What the sender's page says about the state of an opinion."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from .models import Comment, Reason, Status


class SenderState(NamedTuple):
    """How the sender is told where the opinion stands."""

    kind: str  # "waiting", "public", "closed"
    label: str
    note: str = ""

    @property
    def is_public(self) -> bool:
        return self.kind == "public"


def sender_state(comment: Comment) -> SenderState:
    """Pending and suspect sound the same; so do rejected and spam, but for the reason."""
    match comment.status:
        case Status.PENDING | Status.SUSPECT:
            return SenderState("waiting", _("Đang chờ duyệt"))
        case Status.PUBLISHED:
            return SenderState("public", _("Đã đăng"))
        case Status.REJECTED:
            return SenderState("closed", _("Không đăng"), _reason(comment))
        case Status.SPAM:
            return SenderState("closed", _("Không đăng"), _("Lý do: bị xem là tin rác hoặc quảng cáo."))
        case Status.REMOVED:
            return SenderState("closed", _("Đã gỡ khỏi trang"), _reason(comment))
        case Status.WITHDRAWN:
            return SenderState("closed", _("Bạn đã rút ý kiến này"))
        case _other:
            return SenderState("closed", _("Dữ liệu đã được xóa"))


def _reason(comment: Comment) -> str:
    words = [] if comment.reason in ("", Reason.OTHER) else [str(Reason(comment.reason).label)]
    reason = ": ".join(filter(None, [*words, comment.reason_note]))
    return _("Lý do: %(reason)s") % {"reason": reason} if reason else ""
