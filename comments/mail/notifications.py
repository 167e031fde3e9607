"""Mail to moderators and to those senders who asked for it. Letters hold no word of any citizen.

Nothing here is sent while somebody waits for a page: the command `opinion_letters` runs every few minutes."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..models import Comment, CommentQuerySet, Notice, NoticeRun
from ..sender_status import sender_state

logger = logging.getLogger(__name__)

SALT = "comments.mail"
# So that no mailbox answers by itself.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
ARTICLES_NAMED = 10  # in a letter to the moderators
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one that knows permissions


@dataclass
class Sent:
    """How many letters went out, and how many could not."""

    numbers: dict[str, int] = field(default_factory=dict)
    failed: int = 0

    def count(self, kind: str, number: int = 1) -> None:
        self.numbers[kind] = self.numbers.get(kind, 0) + number


def send_all(now: datetime | None = None) -> Sent:
    now = now or timezone.now()
    sent = Sent()
    ask_for_consent(sent, now)
    tell_senders(sent, now)
    tell_moderators(sent, now)
    sound_alarm(sent, now)
    return sent


# ---------------------------------------------------------------- the secret address in every letter to a sender


def consent_url(comment: Comment) -> str:
    return absolute(reverse("comments:consent", args=[signing.dumps(comment.pk, salt=SALT)]))


def comment_behind(token: str) -> tuple[Comment | None, bool]:
    """Whose letter the address stood in, and whether it is still fresh enough for a first confirmation."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, False
    try:
        signing.loads(token, salt=SALT, max_age=timedelta(days=conf.get("consent_days")))
    except signing.SignatureExpired:
        return _with_email(number), False
    return _with_email(number), True


def _with_email(number: int) -> Comment | None:
    return Comment.objects.filter(pk=number).exclude(email="").first()


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


# ---------------------------------------------------------------- to senders


def ask_for_consent(sent: Sent, now: datetime) -> None:
    """Anybody can write anybody's address into a form: until its owner has said yes, nothing but this one question."""
    since = now - timedelta(days=conf.get("consent_days"))
    wanted = (
        (Comment.objects.waiting() | Comment.objects.published())
        .exclude(email="")
        .filter(wants_mail=True, mail_confirmed_at__isnull=True, created_at__gte=since)
    )
    for comment in wanted.exclude(notices__kind=Notice.Kind.CONFIRM).order_by("pk"):
        lately = Notice.objects.filter(
            kind=Notice.Kind.CONFIRM, comment__email=comment.email, sent_at__gte=now - timedelta(days=1)
        )
        if lately.count() < conf.get("consent_letters_a_day"):
            context = {"address": consent_url(comment), "days": conf.get("consent_days")}
            _to_sender(sent, comment, Notice.Kind.CONFIRM, _("Xác nhận nhận thư báo về ý kiến %(code)s"), context)


def tell_senders(sent: Sent, now: datetime) -> None:
    """A decision is told only when it can no longer be taken back."""
    settled = now - conf.get("undo_within")
    confirmed = (
        Comment.objects.exclude(email="")
        .filter(wants_mail=True, mail_confirmed_at__isnull=False)
        .select_related("article")
    )
    answered = confirmed.published().filter(replied_at__lte=settled)
    decided = confirmed.filter(decided_at__lte=settled)
    news: list[tuple[str, CommentQuerySet, str]] = [
        (Notice.Kind.REPLIED, answered, _("Ý kiến %(code)s đã có trả lời")),
        (
            Notice.Kind.PUBLISHED,
            decided.published().exclude(notices__kind=Notice.Kind.REPLIED),
            _("Ý kiến %(code)s đã được đăng"),
        ),
        (Notice.Kind.REJECTED, decided.rejected(), _("Ý kiến %(code)s không được đăng")),
    ]
    for kind, comments, subject in news:
        for comment in comments.exclude(notices__kind=kind).order_by("pk"):
            context = {
                "reply": comment.replies.published().first() if kind == Notice.Kind.REPLIED else None,
                "state": sender_state(comment),
                "address": absolute(comment.status_url),
                "stop": consent_url(comment),
            }
            _to_sender(sent, comment, kind, subject, context)


def _to_sender(sent: Sent, comment: Comment, kind: str, subject: str, context: dict[str, Any]) -> None:
    """The row first: of two commands at once, one gets it and sends."""
    try:
        with transaction.atomic():
            notice = Notice.objects.create(comment=comment, kind=kind)
    except IntegrityError:
        return
    headers = AUTOMATIC | ({"List-Unsubscribe": f"<{context['stop']}>"} if "stop" in context else {})
    text = render_to_string(f"comments/letters/{kind}.txt", {"comment": comment, "site": settings.SITE_URL, **context})
    if _send(sent, EmailMessage(subject % {"code": comment.code}, text, to=[comment.email], headers=headers)):
        sent.count(kind)
    else:
        notice.delete()


# ---------------------------------------------------------------- to moderators


def tell_moderators(sent: Sent, now: datetime) -> None:
    """When something has come in since the last letter, and that was at least half an hour ago; and once a day while anything waits."""
    waiting = Comment.objects.waiting()
    last = _last(NoticeRun.Kind.DIGEST)
    fresh = waiting.filter(created_at__gt=last) if last else waiting
    number = fresh.count()
    if not (number or waiting.exists()) or not (people := moderators()):
        return
    context = {
        "fresh": number,
        "pending": Comment.objects.pending().count(),
        "suspect": Comment.objects.suspect().count(),
        "articles": fresh.values("article__title")
        .annotate(number=Count("pk"))
        .order_by("-number", "article__title")[:ARTICLES_NAMED],
        "address": absolute(reverse("admin:comments_comment_changelist")),
    }
    subject = _("%(number)d ý kiến mới chờ duyệt") % {"number": number} if number else _("Vẫn còn ý kiến chờ duyệt")
    gap = timedelta(minutes=conf.get("digest_minutes")) if number else timedelta(hours=conf.get("alarm_hours"))
    _to_moderators(sent, NoticeRun.Kind.DIGEST, gap, now, people, subject, context)


def sound_alarm(sent: Sent, now: datetime) -> None:
    today = timezone.localdate(now)
    overdue = Comment.objects.overdue(today)
    number = overdue.count()
    if not number or not (people := moderators()):
        return
    context = {
        "number": number,
        "comments": overdue.select_related("article").order_by("reply_due_on", "pk")[:ARTICLES_NAMED],
        "address": absolute(reverse("admin:comments_comment_changelist") + "?hang=qua-han"),
    }
    subject = _("%(number)d ý kiến quá hạn trả lời") % {"number": number}
    _to_moderators(
        sent, NoticeRun.Kind.OVERDUE, timedelta(hours=conf.get("alarm_hours")), now, people, subject, context
    )


def moderators() -> list[str]:
    people = User.objects.with_perm("comments.moderate_comment", backend=MODEL_BACKEND).exclude(email="")
    return sorted({user.email for user in people})


def _last(kind: str) -> datetime | None:
    return NoticeRun.objects.filter(kind=kind).values_list("last_at", flat=True).first()


def _to_moderators(
    sent: Sent,
    kind: NoticeRun.Kind,
    gap: timedelta,
    now: datetime,
    people: list[str],
    subject: str,
    context: dict[str, Any],
) -> None:
    """One letter each, so that nobody learns the others' addresses. If none goes out, the next run tries again."""
    before = _last(kind)
    if not NoticeRun.objects.claim(kind, now, gap):
        return
    text = render_to_string(f"comments/letters/{kind}.txt", context)
    delivered = sum(_send(sent, EmailMessage(subject, text, to=[address], headers=AUTOMATIC)) for address in people)
    sent.count(kind, delivered)
    if not delivered:
        mine = NoticeRun.objects.filter(kind=kind, last_at=now)
        mine.update(last_at=before) if before else mine.delete()


def _send(sent: Sent, letter: EmailMessage) -> bool:
    try:
        letter.send()
    except (OSError, SMTPException) as error:
        logger.error("A letter could not be sent: %s", type(error).__name__)  # the error itself may quote the address
        sent.failed += 1
        return False
    return True
