from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models.article_queries import midnight

from .. import conf
from ..models import Comment, CommentQuerySet, Notice, RateCount
from ..sender_status import sender_status
from .consent import consent_url
from .delivery import AUTOMATIC_HEADERS, DeliveryReport, absolute_url


def ask_for_consent(report: DeliveryReport, now: datetime) -> None:
    """Anybody can enter any address into the form. Until its owner confirms it, this is the only mail sent to it."""
    since = now - timedelta(days=conf.get("consent_days"))
    unconfirmed = (
        (Comment.objects.waiting() | Comment.objects.published())
        .exclude(email="")
        .filter(wants_mail=True, mail_confirmed_at__isnull=True, created_at__gte=since)
    )

    def ask(comment: Comment) -> None:
        sent_today = Notice.objects.filter(
            kind=Notice.Kind.CONFIRM, comment__email=comment.email, sent_at__gte=now - timedelta(days=1)
        )
        if sent_today.count() < conf.get("consent_mails_a_day"):
            context = {"address": consent_url(comment), "days": conf.get("consent_days")}
            subject = _("Xác nhận nhận thư báo về ý kiến %(code)s")
            _send_once(report, comment, Notice.Kind.CONFIRM, subject, context)

    _for_each(report, Notice.Kind.CONFIRM, unconfirmed, ask)


def notify_senders(report: DeliveryReport, now: datetime) -> None:
    """A decision is announced only after the time in which it can be undone. A letter that cannot be sent is tried
    again by every run for `retry_days`, and is then given up: the mailbox is gone, and the receipt says the same."""
    final_before = now - conf.get("undo_within")
    since = now - timedelta(days=conf.get("retry_days"))
    confirmed = (
        Comment.objects.exclude(email="")
        .filter(wants_mail=True, mail_confirmed_at__isnull=False)
        .select_related("article")
    )
    replied = confirmed.published().filter(
        Q(replied_at__gte=since) | Q(mail_confirmed_at__gte=since), replied_at__lte=final_before
    )
    decided = confirmed.filter(Q(decided_at__gte=since) | Q(mail_confirmed_at__gte=since), decided_at__lte=final_before)
    # In this order: the mail about a reply makes the one about the publication unnecessary.
    due: list[tuple[Notice.Kind, CommentQuerySet[Comment], str]] = [
        (Notice.Kind.REPLIED, replied, _("Ý kiến %(code)s đã có trả lời")),
        (
            Notice.Kind.PUBLISHED,
            decided.published().exclude(notices__kind=Notice.Kind.REPLIED),
            _("Ý kiến %(code)s đã được đăng"),
        ),
        (Notice.Kind.REJECTED, decided.rejected(), _("Ý kiến %(code)s không được đăng")),
    ]
    for kind, comments, subject in due:
        _for_each(report, kind, comments, partial(_notify, report, kind, subject))


def _notify(report: DeliveryReport, kind: Notice.Kind, subject: str, comment: Comment) -> None:
    context = {
        "reply": comment.replies.published().first() if kind == Notice.Kind.REPLIED else None,
        "status": sender_status(comment),
        "address": absolute_url(comment.status_url),
        "stop": consent_url(comment),
    }
    _send_once(report, comment, kind, subject, context)


def _for_each(
    report: DeliveryReport, kind: Notice.Kind, comments: CommentQuerySet[Comment], send: Callable[[Comment], None]
) -> None:
    """Sends a mail about each opinion that has none of this kind yet. They are read one by one, so that one that cannot
    even be read holds up no other one. A letter that is refused is tried a few times a day."""
    today = midnight(timezone.localdate())
    for pk in list(comments.exclude(notices__kind=kind).order_by("pk").values_list("pk", flat=True)):
        refusals, key = report.refused, f"mail:{kind}:{pk}"
        if RateCount.objects.filter(key=key, window_start=today, count__gte=conf.get("mail_tries_a_day")).exists():
            continue
        try:
            if comment := comments.filter(pk=pk).first():
                send(comment)
        except Exception as error:
            report.fail(f"A mail about opinion {pk}", error)
            report.refused += 1
        if report.refused > refusals:
            RateCount.objects.add([(key, today)])


def _send_once(
    report: DeliveryReport, comment: Comment, kind: Notice.Kind, subject: str, context: dict[str, Any]
) -> None:
    """Creates the Notice first: of two concurrent runs, only the one that creates it sends the mail."""
    try:
        with transaction.atomic():
            notice = Notice.objects.create(comment=comment, kind=kind)
    except IntegrityError:
        return
    headers = AUTOMATIC_HEADERS | ({"List-Unsubscribe": f"<{context['stop']}>"} if "stop" in context else {})
    is_sent = False
    try:
        text = render_to_string(f"comments/mail/{kind}.txt", {"comment": comment, "site": settings.SITE_URL, **context})
        mail = EmailMessage(subject % {"code": comment.code}, text, to=[comment.email], headers=headers)
        is_sent = report.send(kind, mail)
    finally:
        if not is_sent:
            notice.delete()
