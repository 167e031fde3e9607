from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..models import Comment, NoticeRun
from ..moderation.queues import QueueSlug
from .delivery import AUTOMATIC_HEADERS, DeliveryReport, absolute_url

ROWS_LISTED = 10  # articles or opinions in one mail
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one that knows permissions


@dataclass
class ModeratorMail:
    kind: NoticeRun.Kind
    gap: timedelta  # the least time since the last mail of this kind
    subject: str
    context: dict[str, Any]


def send_digest(report: DeliveryReport, now: datetime) -> None:
    """At most every `digest_minutes` while opinions come in; every `alarm_hours` while old ones are waiting."""
    waiting = Comment.objects.waiting()
    last = _last_sent_at(NoticeRun.Kind.DIGEST)
    fresh = waiting.filter(created_at__gt=last) if last else waiting
    number = fresh.count()
    if not (number or waiting.exists()) or not (addresses := moderator_addresses()):
        return
    context = {
        "fresh": number,
        "pending": Comment.objects.pending().count(),
        "suspect": Comment.objects.suspect().count(),
        "articles": fresh.values("article__title")
        .annotate(number=Count("pk"))
        .order_by("-number", "article__title")[:ROWS_LISTED],
        "address": absolute_url(reverse("admin:comments_comment_changelist")),
    }
    subject = _("%(number)d ý kiến mới chờ duyệt") % {"number": number} if number else _("Vẫn còn ý kiến chờ duyệt")
    gap = timedelta(minutes=conf.get("digest_minutes")) if number else timedelta(hours=conf.get("alarm_hours"))
    _send(report, ModeratorMail(NoticeRun.Kind.DIGEST, gap, subject, context), addresses, now)


def send_overdue_alarm(report: DeliveryReport, now: datetime) -> None:
    overdue = Comment.objects.overdue(timezone.localdate(now))
    number = overdue.count()
    if not number or not (addresses := moderator_addresses()):
        return
    context = {
        "number": number,
        "comments": overdue.select_related("article").order_by("reply_due_on", "pk")[:ROWS_LISTED],
        "address": absolute_url(reverse("admin:comments_comment_changelist") + f"?hang={QueueSlug.OVERDUE}"),
    }
    subject = _("%(number)d ý kiến quá hạn trả lời") % {"number": number}
    gap = timedelta(hours=conf.get("alarm_hours"))
    _send(report, ModeratorMail(NoticeRun.Kind.OVERDUE, gap, subject, context), addresses, now)


def moderator_addresses() -> list[str]:
    moderators = User.objects.with_perm("comments.moderate_comment", backend=MODEL_BACKEND).exclude(email="")
    return sorted({user.email for user in moderators})


def _last_sent_at(kind: str) -> datetime | None:
    return NoticeRun.objects.filter(kind=kind).values_list("last_at", flat=True).first()


def _send(report: DeliveryReport, mail: ModeratorMail, addresses: list[str], now: datetime) -> None:
    """One mail per moderator, so that nobody sees another address. If all mails fail, the next run tries again."""
    previous = _last_sent_at(mail.kind)
    if not NoticeRun.objects.claim(mail.kind, now, mail.gap):
        return
    text = render_to_string(f"comments/mail/{mail.kind}.txt", mail.context)
    messages = [EmailMessage(mail.subject, text, to=[address], headers=AUTOMATIC_HEADERS) for address in addresses]
    delivered = sum(report.send(mail.kind, message) for message in messages)
    if not delivered:
        claimed = NoticeRun.objects.filter(kind=mail.kind, last_at=now)
        claimed.update(last_at=previous) if previous else claimed.delete()
