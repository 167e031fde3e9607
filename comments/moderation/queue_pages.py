import re
from dataclasses import dataclass, field

from django.db.models import Q

from news.search.results import ids_matching
from news.text.cleaning import clean_line

from ..models import Comment, CommentQuerySet
from .cursors import behind_cursor, decode_cursor, encode_cursor
from .queues import Queue

PER_PAGE = 50
SAME_TEXT_LISTED = 100  # opinions with the same text, listed below the first one
MAX_SAME_TEXT = 2000  # rows read to find opinions with the same text; more are not counted
RECEIPT_CODE = re.compile(r"GY-?[0-9A-Z]{4,9}")


@dataclass
class QueuePage:
    queue: Queue
    comments: list[Comment]
    next_cursor: str = ""
    is_first: bool = True
    # By the primary key of the listed opinion: the others with its text, and their number.
    same_text: dict[int, list[Comment]] = field(default_factory=dict)
    same_text_count: dict[int, int] = field(default_factory=dict)


def queue_page(queue: Queue, *, after: str = "", article: int | None = None, search: str = "") -> QueuePage:
    """`after` is the cursor of the previous page; an invalid one gives the first page."""
    rows = search_opinions(queue.rows(), clean_line(search)) if search else queue.rows()
    if article is not None:
        rows = rows.of_article(article)
    if queue.groups_same_text:
        rows = rows.first_of_each_text()
    cursor = decode_cursor(queue, after)
    if cursor is not None:
        rows = rows.filter(behind_cursor(queue, *cursor))
    sign = "-" if queue.newest_first else ""
    found = list(rows.for_queue().order_by(f"{sign}{queue.order_by}", f"{sign}pk")[: PER_PAGE + 1])
    page = QueuePage(queue, found[:PER_PAGE], is_first=cursor is None)
    if len(found) > PER_PAGE:
        page.next_cursor = encode_cursor(queue, found[PER_PAGE - 1])
    if queue.groups_same_text:
        _find_same_text(page)
    return page


def search_opinions(rows: CommentQuerySet[Comment], search: str) -> CommentQuerySet[Comment]:
    code = search.upper().replace(" ", "")
    if RECEIPT_CODE.fullmatch(code):
        return rows.filter(code=code if code.startswith("GY-") else f"GY-{code[2:]}")
    return rows.filter(Q(name__icontains=search) | Q(article__in=ids_matching(search)))


def _find_same_text(page: QueuePage) -> None:
    listed = {(comment.status, comment.text_hash): comment.pk for comment in page.comments if comment.text_hash}
    if not listed:
        return
    texts = {text_hash for _status, text_hash in listed}
    others = page.queue.rows().filter(text_hash__in=texts).exclude(pk__in=listed.values())
    columns = ("code", "name", "created_at", "version", "status", "text_hash", "article__title")
    for comment in others.select_related("article").only(*columns).order_by("created_at", "pk")[:MAX_SAME_TEXT]:
        first = listed.get((comment.status, comment.text_hash))
        if first is None:
            continue
        page.same_text_count[first] = page.same_text_count.get(first, 0) + 1
        if page.same_text_count[first] <= SAME_TEXT_LISTED:
            page.same_text.setdefault(first, []).append(comment)
