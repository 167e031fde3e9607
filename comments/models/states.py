"""Where an opinion may go from where it is. Everything that is not in the table is refused."""

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
    """Why an opinion is not published; the sender reads it on the status page. The order is that of the keys 1–9."""

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
DECIDED = (Status.PUBLISHED, Status.REJECTED, Status.SPAM)  # what a moderator can take back for a minute

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
    """The table knows no way from the one state to the other."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"An opinion cannot go from {source} to {target}.")


class ReasonMissing(ValueError):
    """An opinion that is not published says why, and "other" says it in words."""


def sources_of(target: str) -> list[Status]:
    return [source for source, targets in TRANSITIONS.items() if target in targets]


def check_reason(target: str, reason: str, note: str) -> None:
    if target == Status.REJECTED and reason not in Reason.values:
        raise ReasonMissing("Rejecting an opinion needs one of the reasons.")
    if reason == Reason.OTHER and not note.strip():
        raise ReasonMissing("The reason “other” needs a note.")
