"""The moderators' queues: which opinions stand in each, in which order, how many there are."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.db.row_ids import is_row_id
from news.search.results import ids_matching
from news.text.cleaning import clean_line

from ..models import Comment, CommentQuerySet, Status

PER_PAGE = 50
FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a moment may not survive the way to UTC and back
SAME_SHOWN = 100  # opinions with the same text listed below the first one
MAX_SAME = 2000  # looked at for one page; a flood of one text makes "×2001", which says enough
COUNTED = 10_000  # past that a number only says "many"; counting a million rows for it would be a waste
NOTHING_HERE = _("Không có ý kiến nào ở đây.")
CODE = re.compile(r"GY-?[0-9A-Z]{4,9}")


@dataclass(frozen=True)
class Queue:
    slug: str
    label: Promise
    rows: Callable[[], CommentQuerySet]
    order: str  # the column that says who comes first
    newest_first: bool = False
    groups_same_text: bool = False
    is_mixed: bool = False  # opinions of several states, so each row says its own
    empty: Promise = NOTHING_HERE


def overdue() -> CommentQuerySet:
    return Comment.objects.overdue(timezone.localdate())


QUEUES = (
    Queue(
        "cho-duyet",
        _("Chờ duyệt"),
        lambda: Comment.objects.pending(),
        "created_at",
        groups_same_text=True,
        empty=_("Không còn ý kiến nào chờ duyệt. Cảm ơn bạn!"),
    ),
    Queue(
        "nghi-rac",
        _("Nghi rác"),
        lambda: Comment.objects.suspect(),
        "created_at",
        groups_same_text=True,
        empty=_("Không có ý kiến nào bị nghi là rác."),
    ),
    Queue(
        "qua-han",
        _("Quá hạn trả lời"),
        overdue,
        "reply_due_on",
        is_mixed=True,
        empty=_("Không có ý kiến nào quá hạn trả lời."),
    ),
    Queue("da-dang", _("Đã đăng"), lambda: Comment.objects.published(), "decided_at", newest_first=True),
    Queue(
        "khong-dang",
        _("Không đăng"),
        lambda: Comment.objects.set_aside(),
        "decided_at",
        newest_first=True,
        is_mixed=True,
    ),
    Queue("rac", _("Rác"), lambda: Comment.objects.spam(), "decided_at", newest_first=True),
)
BY_SLUG = {queue.slug: queue for queue in QUEUES}
FOUND = Queue(
    "tim",
    _("Kết quả tìm"),
    lambda: Comment.objects.exclude(status=Status.ERASED),
    "created_at",
    newest_first=True,
    is_mixed=True,
    empty=_("Không tìm thấy ý kiến nào."),
)


@dataclass
class QueuePage:
    queue: Queue
    comments: list[Comment]
    next_key: str = ""
    is_first: bool = True
    same: dict[int, list[Comment]] = field(default_factory=dict)  # number of the first one → the others with its text
    same_total: dict[int, int] = field(default_factory=dict)


def counts() -> dict[str, int]:
    """How many opinions stand in each queue, in one query; no number goes past COUNTED."""
    parts: list[str] = []
    params: list[Any] = []
    for queue in QUEUES:
        sql, values = queue.rows().order_by().values("pk")[:COUNTED].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django wrote it
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(BY_SLUG, cursor.fetchone(), strict=True))


def page_of(queue: Queue, *, after: str = "", article: int | None = None, search: str = "") -> QueuePage:
    rows = matching(queue.rows(), clean_line(search)) if search else queue.rows()
    if article is not None:
        rows = rows.of_article(article)
    if queue.groups_same_text:
        rows = rows.one_of_each_text()
    key = read_key(queue, after)
    if key is not None:
        rows = rows.filter(_beyond(queue, *key))
    sign = "-" if queue.newest_first else ""
    found = list(rows.for_queue().order_by(f"{sign}{queue.order}", f"{sign}pk")[: PER_PAGE + 1])
    page = QueuePage(queue, found[:PER_PAGE], is_first=key is None)
    if len(found) > PER_PAGE:
        page.next_key = write_key(queue, found[PER_PAGE - 1])
    if queue.groups_same_text:
        _find_same(page)
    return page


def matching(rows: CommentQuerySet, search: str) -> CommentQuerySet:
    """By receipt code, by the sender's name or by the words of the article's title."""
    code = search.upper().replace(" ", "")
    if CODE.fullmatch(code):
        return rows.filter(code=code if code.startswith("GY-") else f"GY-{code[2:]}")
    return rows.filter(Q(name__icontains=search) | Q(article__in=ids_matching(search)))


def _find_same(page: QueuePage) -> None:
    """The other opinions that have the text of one on the page, in the same state."""
    firsts = {(comment.status, comment.text_hash): comment.pk for comment in page.comments if comment.text_hash}
    if not firsts:
        return
    others = page.queue.rows().filter(text_hash__in={text for _status, text in firsts}).exclude(pk__in=firsts.values())
    columns = ("code", "name", "created_at", "version", "status", "text_hash", "article__title")
    for comment in others.select_related("article").only(*columns).order_by("created_at", "pk")[:MAX_SAME]:
        first = firsts.get((comment.status, comment.text_hash))
        if first is None:
            continue
        page.same_total[first] = page.same_total.get(first, 0) + 1
        if page.same_total[first] <= SAME_SHOWN:
            page.same.setdefault(first, []).append(comment)


# ---------------------------------------------------------------- the place where a page begins: "2026-11-23T07:56:00+07:00_17"


def write_key(queue: Queue, comment: Comment) -> str:
    value = getattr(comment, queue.order)
    return f"{value.isoformat()}_{comment.pk}" if value else ""


def read_key(queue: Queue, written: str) -> tuple[date | datetime, int] | None:
    value, _underline, number = written.partition("_")
    if not is_row_id(number):
        return None
    moment = _day(value) if queue.order == "reply_due_on" else moment_in(value)
    return (moment, int(number)) if moment else None


def moment_in(written: str) -> datetime | None:
    """A moment that came in with a request, if a database can hold it."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


def _beyond(queue: Queue, moment: Any, pk: int) -> Q:
    side = "lt" if queue.newest_first else "gt"
    # The first condition lets the index begin at the place; the second is the exact rule.
    return Q(**{f"{queue.order}__{side}e": moment}) & (
        Q(**{f"{queue.order}__{side}": moment}) | Q(**{queue.order: moment, f"pk__{side}": pk})
    )
