"""How long personal data is kept, what one person gets of it, and how it goes for good."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from captcha.models import CaptchaStore
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from .. import conf
from ..models import Comment, CommentQuerySet, ModerationEvent, Notice, OfficialReply, RateCount, Status

BATCH = 500  # opinions in one transaction
# What an erased opinion no longer has. The receipt's code and the log of states stay: they tell nothing about anybody.
NOTHING: dict[str, Any] = {
    "name": "",
    "email": "",
    "body": "",
    "masks": [],
    "hits": [],
    "score": 0,
    "text_hash": "",
    "client_hash": None,
    "captcha_key": None,
    "repeat_key": None,
    "reason_note": "",
    "wants_mail": False,
    "mail_confirmed_at": None,
    "reply_due_on": None,
}


def of_person(*, email: str = "", code: str = "") -> CommentQuerySet:
    """All that one person has sent: known by an e-mail address, or by a receipt code and the address given with it."""
    email = email.strip().lower()
    if code:
        found = Comment.objects.filter(code=code.strip().upper()).first()
        if found is None:
            return Comment.objects.none()
        return Comment.objects.filter(Q(pk=found.pk) | (Q(email=found.email) & ~Q(email=""))).order_by(
            "created_at", "pk"
        )
    return (Comment.objects.filter(email=email) if email else Comment.objects.none()).order_by("created_at", "pk")


# ---------------------------------------------------------------- erasing


def erase(comments: Iterable[int], *, by: User | None = None) -> list[int]:
    """Takes the opinions with these numbers off every page and empties them for good; gives the numbers of those it emptied.

    Whatever is still waiting or published is withdrawn first, so that the log shows the way it went."""
    erased = []
    numbers = iter(comments)
    while batch := list(islice(numbers, BATCH)):
        with transaction.atomic():
            rows = Comment.objects.filter(pk__in=batch)
            rows.move(Status.WITHDRAWN, by=by)
            gone = rows.move(Status.ERASED, by=by)
            _forget_clients(Comment.objects.filter(pk__in=gone))
            Comment.objects.filter(pk__in=gone).update(**NOTHING)
            ModerationEvent.objects.filter(comment__in=gone).erase_notes()
            Notice.objects.filter(comment__in=gone).delete()
            replies = OfficialReply.objects.filter(comment__in=gone)  # an answer names whom it answers
            replies.published().update(status=OfficialReply.Status.WITHDRAWN)
            replies.update(body="")
        erased += gone
    return erased


def _forget_clients(comments: CommentQuerySet) -> None:
    hashes = set(comments.exclude(client_hash=None).values_list("client_hash", flat=True))
    for client in filter(None, hashes):
        RateCount.objects.filter(key__endswith=client).delete()


# ---------------------------------------------------------------- the daily command


def keep_within_limits(now: datetime | None = None) -> dict[str, int]:
    """Erases and empties what has been kept long enough; says how much of what."""
    now = now or timezone.now()

    def before(name: str) -> datetime:
        return now - timedelta(days=conf.get(name))

    clients = Comment.objects.filter(client_hash__isnull=False, created_at__lt=before("keep_client"))
    settled = Comment.objects.exclude(email="").exclude(pk__in=Comment.objects.waiting().values("pk"))
    answered = settled.annotate(last=Coalesce("replied_at", "decided_at")).filter(last__lt=before("keep_email"))
    due = {
        "spam": Comment.objects.spam().filter(decided_at__lt=before("keep_spam")),
        "withdrawn": Comment.objects.withdrawn().filter(decided_at__lt=before("keep_withdrawn")),
        "rejected": Comment.objects.set_aside().filter(decided_at__lt=before("keep_rejected")),
    }
    result = {name: len(erase(list(rows.values_list("pk", flat=True)))) for name, rows in due.items()}
    result["clients"] = clients.update(client_hash=None, repeat_key=None)
    result["emails"] = answered.update(email="", wants_mail=False, mail_confirmed_at=None)
    RateCount.objects.begun_before(before("keep_client")).delete()
    CaptchaStore.remove_expired()
    return result


# ---------------------------------------------------------------- handing out


def everything_about(comments: CommentQuerySet) -> Iterator[dict[str, Any]]:
    """All that is stored about each opinion, in the words of the portal."""
    for comment in comments.select_related("article").prefetch_related("replies", "events", "notices"):
        yield {
            "Mã tiếp nhận": comment.code,
            "Bài viết": comment.article.title,
            "Họ và tên": comment.name,
            "E-mail": comment.email,
            "Nội dung": comment.body,
            "Phần bị che": "; ".join(_words(comment, mask) for mask in comment.masks),
            "Trạng thái": comment.get_status_display(),
            "Lý do": " – ".join(filter(None, [comment.get_reason_display(), comment.reason_note])),
            "Gửi lúc": _moment(comment.created_at),
            "Đồng ý lưu thông tin lúc": _moment(comment.consent_at),
            "Xử lý lúc": _moment(comment.decided_at),
            "Đăng lúc": _moment(comment.published_at),
            "Hạn trả lời": f"{comment.reply_due_on:%d/%m/%Y}" if comment.reply_due_on else "",
            "Trả lời": "\n\n".join(f"{reply.agency}: {reply.body}" for reply in comment.replies.all() if reply.body),
            "Muốn nhận thư báo": "có" if comment.wants_mail else "không",
            "Xác nhận e-mail lúc": _moment(comment.mail_confirmed_at),
            "Thư đã gửi": "; ".join(
                f"{notice.get_kind_display()} {_moment(notice.sent_at)}" for notice in comment.notices.all()
            ),
            "Điểm nghi ngờ": str(comment.score),
            "Quy tắc đã bắt": "; ".join(dict.fromkeys(hit["rule"] for hit in comment.hits)),
            "Mã băm địa chỉ mạng": comment.client_hash or "",
            "Nhật ký": "; ".join(f"{_moment(event.at)} {event}" for event in comment.events.all()),
        }


def _words(comment: Comment, mask: dict[str, Any]) -> str:
    return getattr(comment, mask["field"])[mask["start"] : mask["end"]]


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


def log_export(comments: CommentQuerySet, by: User | None) -> None:
    ModerationEvent.objects.bulk_create(
        ModerationEvent(
            comment_id=pk, action=ModerationEvent.Action.EXPORT, from_status=status, to_status=status, by=by
        )
        for pk, status in comments.values_list("pk", "status")
    )
