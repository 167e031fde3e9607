import secrets
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import LineField, MailAddressField, ParagraphField, StoredAs

from ..receipts import token_for
from .queries import CommentQuerySet, Cursor
from .redaction import split_redacted
from .reply import OfficialReply
from .states import TRANSITIONS, Reason, Status, TransitionError, check_reason

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U, which people mix up on the telephone
CODE_LENGTH = 6  # 729 million codes


def new_code() -> str:
    return "GY-" + "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))


class ReceiptCodeField(StoredAs, models.CharField):
    """Gets a new random code by default. Migrations do not know how it is made."""

    stored_as = "django.db.models.CharField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"default": new_code} | kwargs))

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key != "default"}


class Comment(models.Model):
    """An opinion as a citizen sent it. Name and body never change; `redactions` hides parts of them from the public."""

    Status = Status
    Reason = Reason

    article = models.ForeignKey("news.Article", models.PROTECT, verbose_name=_("bài viết"), related_name="comments")
    code = ReceiptCodeField(_("mã tiếp nhận"), max_length=12, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    name = LineField(_("họ và tên"), max_length=80)
    email = MailAddressField(_("e-mail"), blank=True)
    body = ParagraphField(_("nội dung"), max_length=2000)
    redactions = models.JSONField(_("phần bị che"), default=list, blank=True, editable=False)

    status = models.CharField(_("trạng thái"), max_length=10, choices=Status, default=Status.PENDING, editable=False)
    previous_status = models.CharField(max_length=10, choices=Status, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("gửi lúc"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("đăng lúc"), null=True, editable=False)
    decided_at = models.DateTimeField(_("xử lý lúc"), null=True, editable=False)
    decided_by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người xử lý"), related_name="+", null=True, editable=False
    )
    reason = models.CharField(_("lý do"), max_length=16, choices=Reason, blank=True, editable=False)
    reason_note = ParagraphField(_("lý do cụ thể"), max_length=500, blank=True, editable=False)

    score = models.PositiveSmallIntegerField(_("điểm nghi ngờ"), default=0, editable=False)
    hits = models.JSONField(_("quy tắc đã bắt"), default=list, editable=False)  # a list of SpamHit
    text_hash = models.CharField(max_length=64, editable=False)  # equal for texts that differ in marks and case only
    client_hash = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - null after retention
    # Null repeats in a unique column, an empty string would not.
    captcha_key = models.CharField(max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001
    repeat_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001

    consent_at = models.DateTimeField(_("đồng ý lúc"), default=timezone.now, editable=False)
    reply_due_on = models.DateField(
        _("hạn trả lời"), null=True, blank=True, help_text=_("Để trống nếu ý kiến này không cần trả lời.")
    )
    replied_at = models.DateTimeField(_("trả lời lúc"), null=True, editable=False)
    wants_mail = models.BooleanField(_("muốn nhận thư báo"), default=False, editable=False)
    mail_confirmed_at = models.DateTimeField(_("xác nhận e-mail lúc"), null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    published_replies: list[OfficialReply]  # set by `for_page()`

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ý kiến")
        verbose_name_plural = _("ý kiến góp ý")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("moderate_comment", _("Được duyệt, đăng, gỡ ý kiến")),
            ("see_email_of_comment", _("Được xem e-mail của người gửi")),
            ("erase_comment", _("Được xuất và xóa dữ liệu của người gửi")),
        ]
        indexes = [
            models.Index(
                F("article"),
                F("published_at").desc(),
                F("id").desc(),
                name="comment_published_list",
                condition=Q(status="published"),
            ),
            models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
            models.Index(fields=["status", "decided_at"], name="comment_retention"),
            models.Index(
                fields=["reply_due_on"],
                name="comment_reply_due",
                condition=Q(
                    replied_at__isnull=True, reply_due_on__isnull=False, status__in=["pending", "suspect", "published"]
                ),
            ),
            models.Index(fields=["text_hash", "created_at"], name="comment_same_text"),
            models.Index(fields=["created_at"], name="comment_client_kept", condition=Q(client_hash__isnull=False)),
            models.Index(fields=["email"], name="comment_email", condition=~Q(email="")),
        ]
        constraints = [
            models.CheckConstraint(name="comment_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="published_comment_has_time", condition=~Q(status="published") | Q(published_at__isnull=False)
            ),
            models.CheckConstraint(name="rejected_comment_has_reason", condition=~Q(status="rejected") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_token_hash()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The permanent address of the published opinion, independent of the pages of the list."""
        return reverse("comments:opinion", args=[self.code])

    def fill_token_hash(self) -> None:
        if not self.token_hash:
            self.token_hash = token_for(self.code).hash

    @property
    def status_url(self) -> str:
        return reverse("comments:receipt", args=[token_for(self.code, self.token_hash).value])

    # ------------------------------------------------------------ moves

    def move(self, to: str, *, by: User | None = None, reason: str = "", note: str = "") -> bool:
        """Returns False when somebody else has changed the opinion since it was read.

        Raises TransitionError when the current status does not lead to `to`, ReasonMissing when a reason is needed."""
        target = Status(to)
        if target not in TRANSITIONS[Status(self.status)]:
            raise TransitionError(self.status, target)
        check_reason(target, reason, note)
        unchanged = Comment.objects.filter(pk=self.pk, version=self.version, status=self.status)
        moved = bool(unchanged.move(target, by=by, reason=reason, note=note))
        if moved:
            self.refresh_from_db(
                fields=[
                    "status",
                    "previous_status",
                    "version",
                    "published_at",
                    "decided_at",
                    "decided_by",
                    "reason",
                    "reason_note",
                ]
            )
        return moved

    @property
    def next_statuses(self) -> tuple[str, ...]:
        return TRANSITIONS[Status(self.status)]

    # ------------------------------------------------------------ display

    @property
    def is_waiting(self) -> bool:
        return self.status in (Status.PENDING, Status.SUSPECT)

    @property
    def awaits_reply(self) -> bool:
        return (
            self.reply_due_on is not None
            and self.replied_at is None
            and (self.is_waiting or self.status == Status.PUBLISHED)
        )

    @property
    def name_pieces(self) -> list[tuple[str, bool]]:
        return split_redacted(self.name, self.redactions, "name")

    @property
    def body_pieces(self) -> list[tuple[str, bool]]:
        return split_redacted(self.body, self.redactions, "body")

    @property
    def public_body(self) -> str:
        return "".join(words for words, _is_redacted in self.body_pieces)

    @property
    def public_name(self) -> str:
        return "".join(words for words, _is_redacted in self.name_pieces)

    @property
    def cursor(self) -> Cursor:
        """For `older_than()`; raises ValueError for an opinion that was never published."""
        if self.published_at is None:
            raise ValueError("Only a published opinion has a place in the list.")
        return self.published_at, self.pk
