from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import ParagraphField

from .states import Reason, Status


class AppendOnly(TypeError):
    """Raised on an attempt to change or delete a row of the moderation log."""


class ModerationEventQuerySet(models.QuerySet["ModerationEvent"]):
    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly("ModerationEvent is append-only.")

    def delete(self) -> NoReturn:
        raise AppendOnly("ModerationEvent is append-only.")

    def erase_notes(self) -> int:
        """Empties the notes, which may repeat the words of a person whose data are erased."""
        return super().update(note="")


class ModerationEvent(models.Model):
    """A row of the append-only moderation log. `by` is null for the sender and for management commands."""

    class Action(models.TextChoices):
        MOVE = "move", _("Chuyển trạng thái")
        UNDO = "undo", _("Hoàn tác")
        REDACT = "redact", _("Che dữ liệu cá nhân")
        REPLY = "reply", _("Đăng trả lời")
        UNREPLY = "unreply", _("Gỡ trả lời")
        NO_REPLY = "no_reply", _("Không cần trả lời")
        EXPORT = "export", _("Xuất dữ liệu")

    comment = models.ForeignKey("comments.Comment", models.PROTECT, verbose_name=_("ý kiến"), related_name="events")
    action = models.CharField(_("việc"), max_length=10, choices=Action, default=Action.MOVE)
    from_status = models.CharField(_("từ"), max_length=10, choices=Status)
    to_status = models.CharField(_("đến"), max_length=10, choices=Status)
    by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người làm"), related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("lý do"), max_length=16, choices=Reason, blank=True)
    note = ParagraphField(_("ghi chú"), max_length=500, blank=True)
    at = models.DateTimeField(_("lúc"), default=timezone.now)

    objects = ModerationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng nhật ký kiểm duyệt")
        verbose_name_plural = _("nhật ký kiểm duyệt")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"], name="moderation_by_person")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_from_status_display()} → {self.get_to_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("ModerationEvent is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("ModerationEvent is append-only.")
