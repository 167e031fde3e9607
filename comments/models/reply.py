from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import LineField, ParagraphField

from .moderation_event import ModerationEvent


class OfficialReplyQuerySet(models.QuerySet["OfficialReply"]):
    def drafts(self) -> "OfficialReplyQuerySet":
        return self.filter(status=OfficialReply.Status.DRAFT)

    def published(self) -> "OfficialReplyQuerySet":
        return self.filter(status=OfficialReply.Status.PUBLISHED)


class OfficialReply(models.Model):
    """The agency's answer to an opinion. An opinion has at most one published reply."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Nháp")
        PUBLISHED = "published", _("Đã đăng")
        WITHDRAWN = "withdrawn", _("Đã gỡ")

    comment = models.ForeignKey("comments.Comment", models.PROTECT, verbose_name=_("ý kiến"), related_name="replies")
    agency = LineField(_("cơ quan trả lời"), max_length=160)
    body = ParagraphField(_("nội dung trả lời"), max_length=4000)
    status = models.CharField(_("trạng thái"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    author = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người soạn"), related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(_("soạn lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("sửa lần cuối"), auto_now=True)
    published_at = models.DateTimeField(_("đăng lúc"), null=True, editable=False)

    objects = OfficialReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("trả lời chính thức")
        verbose_name_plural = _("trả lời chính thức")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                name="one_published_reply_per_comment",
                condition=Q(status="published"),
                violation_error_message=_("Ý kiến này đã có trả lời đang đăng."),
            ),
            models.CheckConstraint(
                name="published_reply_has_time", condition=~Q(status="published") | Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.agency

    def publish(self, *, by: User | None) -> bool:
        """Returns False if it was published before. Raises IntegrityError if another reply is published."""
        now = timezone.now()
        with transaction.atomic():
            drafts = OfficialReply.objects.filter(pk=self.pk).exclude(status=self.Status.PUBLISHED)
            if not drafts.update(status=self.Status.PUBLISHED, published_at=now, updated_at=now):
                return False
            type(self.comment).objects.filter(pk=self.comment_id).update(replied_at=now)
            self._log(ModerationEvent.Action.REPLY, by)
        self.status, self.published_at, self.updated_at = self.Status.PUBLISHED, now, now
        return True

    def withdraw(self, *, by: User | None) -> bool:
        """Returns False if it was not published. The opinion then waits for a reply again."""
        with transaction.atomic():
            published = OfficialReply.objects.published().filter(pk=self.pk)
            if not published.update(status=self.Status.WITHDRAWN, updated_at=timezone.now()):
                return False
            type(self.comment).objects.filter(pk=self.comment_id).update(replied_at=None)
            self._log(ModerationEvent.Action.UNREPLY, by)
        self.status = self.Status.WITHDRAWN
        return True

    def _log(self, action: ModerationEvent.Action, by: User | None) -> None:
        status = self.comment.status
        ModerationEvent.objects.create(comment=self.comment, action=action, from_status=status, to_status=status, by=by)
