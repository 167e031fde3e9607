"""The statuses of an opinion and the allowed transitions between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "pending", _("Chờ duyệt")
    SUSPECT = "suspect", _("Nghi rác")
    PUBLISHED = "published", _("Đã đăng")
    REJECTED = "rejected", _("Không đăng")
    SPAM = "spam", _("Rác")
    REMOVED = "removed", _("Đã gỡ")
    WITHDRAWN = "withdrawn", _("Người gửi rút")
    ERASED = "erased", _("Đã xóa dữ liệu")


class Reason(models.TextChoices):
    """Why an opinion is rejected, as the sender reads it. The order is that of the keys 1 to 9 in the queues."""

    OFF_TOPIC = "off_topic", _("Ngoài phạm vi bài")
    INSULT = "insult", _("Xúc phạm")
    PERSONAL_DATA = "personal_data", _("Thông tin cá nhân")
    ADVERTISING = "advertising", _("Quảng cáo")
    DUPLICATE = "duplicate", _("Trùng")
    UNLAWFUL = "unlawful", _("Vi phạm pháp luật")
    COMPLAINT = "complaint", _("Khiếu nại, tố cáo (chuyển kênh)")
    UNCLEAR = "unclear", _("Không rõ nghĩa")
    OTHER = "other", _("Lý do khác")


WAITING = (Status.PENDING, Status.SUSPECT)
CLOSED = (Status.REJECTED, Status.SPAM, Status.REMOVED, Status.WITHDRAWN)
UNDOABLE = (Status.PUBLISHED, Status.REJECTED, Status.SPAM)

TRANSITIONS: dict[Status, tuple[Status, ...]] = {
    Status.PENDING: (Status.PUBLISHED, Status.REJECTED, Status.SPAM, Status.WITHDRAWN),
    Status.SUSPECT: (Status.PENDING, Status.PUBLISHED, Status.REJECTED, Status.SPAM, Status.WITHDRAWN),
    Status.PUBLISHED: (Status.REMOVED, Status.WITHDRAWN),
    Status.REJECTED: (Status.PENDING, Status.ERASED),
    Status.SPAM: (Status.PENDING, Status.ERASED),
    Status.REMOVED: (Status.PUBLISHED, Status.ERASED),
    Status.WITHDRAWN: (Status.ERASED,),
    Status.ERASED: (),
}


class TransitionError(ValueError):
    """Raised for a transition that TRANSITIONS does not contain."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"An opinion cannot go from {source} to {target}.")


class ReasonMissing(ValueError):
    """Raised for a rejection without a reason, or with the reason "other" and no note."""


def sources_of(target: str) -> list[Status]:
    return [source for source, targets in TRANSITIONS.items() if target in targets]


def check_reason(target: str, reason: str, note: str) -> None:
    if target == Status.REJECTED and reason not in Reason.values:
        raise ReasonMissing("Rejecting an opinion needs one of the reasons.")
    if reason == Reason.OTHER and not note.strip():
        raise ReasonMissing("The reason “other” needs a note.")
