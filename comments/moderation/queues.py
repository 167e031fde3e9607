from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Comment, CommentQuerySet, Status

NO_OPINIONS = _("Không có ý kiến nào ở đây.")
MAX_COUNT = 10_000  # counting stops here; the tabs show "9.999+"


class QueueSlug(StrEnum):
    """The values of ?hang= in the address of a queue."""

    PENDING = "cho-duyet"
    SUSPECT = "nghi-rac"
    OVERDUE = "qua-han"
    PUBLISHED = "da-dang"
    NOT_PUBLIC = "khong-dang"
    SPAM = "rac"
    SEARCH = "tim"


@dataclass(frozen=True)
class Queue:
    slug: QueueSlug
    label: Promise
    rows: Callable[[], CommentQuerySet[Comment]]
    order_by: str  # the name of a field
    newest_first: bool = False
    groups_same_text: bool = False
    has_mixed_statuses: bool = False  # then each row shows its own status
    bulk_status: Status | None = None  # bulk actions are those allowed from this status; None: no bulk actions
    empty_text: Promise = NO_OPINIONS


QUEUES = (
    Queue(
        QueueSlug.PENDING,
        _("Chờ duyệt"),
        lambda: Comment.objects.pending(),
        "created_at",
        groups_same_text=True,
        bulk_status=Status.PENDING,
        empty_text=_("Không còn ý kiến nào chờ duyệt. Cảm ơn bạn!"),
    ),
    Queue(
        QueueSlug.SUSPECT,
        _("Nghi rác"),
        lambda: Comment.objects.suspect(),
        "created_at",
        groups_same_text=True,
        bulk_status=Status.SUSPECT,
        empty_text=_("Không có ý kiến nào bị nghi là rác."),
    ),
    Queue(
        QueueSlug.OVERDUE,
        _("Quá hạn trả lời"),
        lambda: Comment.objects.overdue(timezone.localdate()),
        "reply_due_on",
        has_mixed_statuses=True,
        empty_text=_("Không có ý kiến nào quá hạn trả lời."),
    ),
    Queue(
        QueueSlug.PUBLISHED,
        _("Đã đăng"),
        lambda: Comment.objects.published(),
        "decided_at",
        newest_first=True,
        bulk_status=Status.PUBLISHED,
    ),
    Queue(
        QueueSlug.NOT_PUBLIC,
        _("Không đăng"),
        lambda: Comment.objects.not_public(),
        "decided_at",
        newest_first=True,
        has_mixed_statuses=True,
        bulk_status=Status.REJECTED,
    ),
    Queue(
        QueueSlug.SPAM,
        _("Rác"),
        lambda: Comment.objects.spam(),
        "decided_at",
        newest_first=True,
        bulk_status=Status.SPAM,
    ),
)
QUEUES_BY_SLUG: dict[str, Queue] = {queue.slug: queue for queue in QUEUES}
SEARCH_RESULTS = Queue(
    QueueSlug.SEARCH,
    _("Kết quả tìm"),
    lambda: Comment.objects.exclude(status=Status.ERASED),
    "created_at",
    newest_first=True,
    has_mixed_statuses=True,
    empty_text=_("Không tìm thấy ý kiến nào."),
)


def count_queues() -> dict[str, int]:
    parts: list[str] = []
    params: list[Any] = []
    for queue in QUEUES:
        sql, values = queue.rows().order_by().values("pk")[:MAX_COUNT].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - SQL written by Django
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(QUEUES_BY_SLUG, cursor.fetchone(), strict=True))
