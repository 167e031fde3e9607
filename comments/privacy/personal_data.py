from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from ..models import Comment, CommentQuerySet, ModerationEvent
from ..models.redaction import Redaction


def opinions_of_person(*, email: str = "", code: str = "") -> CommentQuerySet[Comment]:
    """The opinions with this e-mail address, or with the receipt code and with the address given in that opinion."""
    email = email.strip().lower()
    if code:
        found = Comment.objects.filter(code=code.strip().upper()).first()
        if found is None:
            return Comment.objects.none()
        return Comment.objects.filter(Q(pk=found.pk) | (Q(email=found.email) & ~Q(email=""))).order_by(
            "created_at", "pk"
        )
    return (Comment.objects.filter(email=email) if email else Comment.objects.none()).order_by("created_at", "pk")


def personal_data_of(comments: CommentQuerySet[Comment]) -> Iterator[dict[str, Any]]:
    for comment in comments.select_related("article").prefetch_related("replies", "events", "notices"):
        yield {
            "Mã tiếp nhận": comment.code,
            "Bài viết": comment.article.title,
            "Họ và tên": comment.name,
            "E-mail": comment.email,
            "Nội dung": comment.body,
            "Phần bị che": "; ".join(_words(comment, redaction) for redaction in comment.redactions),
            "Trạng thái": comment.get_status_display(),
            "Lý do": " – ".join(filter(None, [comment.get_reason_display(), comment.reason_note])),
            "Gửi lúc": _local(comment.created_at),
            "Đồng ý lưu thông tin lúc": _local(comment.consent_at),
            "Xử lý lúc": _local(comment.decided_at),
            "Đăng lúc": _local(comment.published_at),
            "Hạn trả lời": f"{comment.reply_due_on:%d/%m/%Y}" if comment.reply_due_on else "",
            "Trả lời": "\n\n".join(f"{reply.agency}: {reply.body}" for reply in comment.replies.all() if reply.body),
            "Muốn nhận thư báo": "có" if comment.wants_mail else "không",
            "Xác nhận e-mail lúc": _local(comment.mail_confirmed_at),
            "Thư đã gửi": "; ".join(
                f"{notice.get_kind_display()} {_local(notice.sent_at)}" for notice in comment.notices.all()
            ),
            "Điểm nghi ngờ": str(comment.score),
            "Quy tắc đã bắt": "; ".join(dict.fromkeys(hit["rule"] for hit in comment.hits)),
            "Mã băm địa chỉ mạng": comment.client_hash or "",
            "Nhật ký": "; ".join(f"{_local(event.at)} {event}" for event in comment.events.all()),
        }


def _words(comment: Comment, redaction: Redaction) -> str:
    return getattr(comment, redaction["field"])[redaction["start"] : redaction["end"]]


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


def log_export(comments: CommentQuerySet[Comment], by: User | None) -> None:
    ModerationEvent.objects.bulk_create(
        ModerationEvent(
            comment_id=pk, action=ModerationEvent.Action.EXPORT, from_status=status, to_status=status, by=by
        )
        for pk, status in comments.values_list("pk", "status")
    )
