from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _


class NoticeRunQuerySet(models.QuerySet["NoticeRun"]):
    def claim(self, kind: str, now: datetime, gap: timedelta) -> bool:
        """Returns True for exactly one of several concurrent callers, at most once in `gap`."""
        if self.filter(kind=kind, last_at__lte=now - gap).update(last_at=now):
            return True
        try:
            with transaction.atomic(using=self.db):
                self.create(kind=kind, last_at=now)
        except IntegrityError:
            return False
        return True


class NoticeRun(models.Model):
    """When each kind of mail was last sent to the moderators."""

    class Kind(models.TextChoices):
        DIGEST = "digest", _("Ý kiến chờ duyệt")
        OVERDUE = "overdue", _("Ý kiến quá hạn trả lời")

    kind = models.CharField(max_length=10, choices=Kind, primary_key=True)
    last_at = models.DateTimeField()

    objects = NoticeRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần gửi thư")
        verbose_name_plural = _("lần gửi thư")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.last_at:%d/%m/%Y %H:%M}"


class Notice(models.Model):
    """A mail to the sender of an opinion. The row is created before the mail is sent, so that none is sent twice."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Xin xác nhận địa chỉ")
        PUBLISHED = "published", _("Đã đăng")
        REJECTED = "rejected", _("Không đăng")
        REPLIED = "replied", _("Có trả lời")

    comment = models.ForeignKey("comments.Comment", models.CASCADE, verbose_name=_("ý kiến"), related_name="notices")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    sent_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("thư báo")
        verbose_name_plural = _("thư báo")
        constraints = [models.UniqueConstraint(fields=["comment", "kind"], name="notice_once_per_comment")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.get_kind_display()}"
