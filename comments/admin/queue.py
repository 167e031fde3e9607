from django.http import HttpRequest, HttpResponse, QueryDict

from news.db.row_ids import is_row_id
from news.models import Article
from news.staff import logged_in_user

from ..moderation.decisions import decisions_from
from ..moderation.queue_pages import queue_page
from ..moderation.queues import MAX_COUNT, QUEUES, QUEUES_BY_SLUG, SEARCH_RESULTS, Queue, count_queues
from ..moderation.undo import last_undoable_decision
from .pages import MODERATE, render_page
from .rows import OpinionRow

MAX_SEARCH = 200  # characters


def queue_response(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:MAX_SEARCH]
    queue = requested_queue(request, search)
    article = requested_article(request)
    page = queue_page(queue, after=request.GET.get("sau", ""), article=article.pk if article else None, search=search)
    is_moderator = request.user.has_perm(MODERATE)
    can_decide_in_bulk = is_moderator and queue.bulk_status is not None
    context = {
        "queue": queue,
        "tabs": tabs(),
        "page": page,
        "rows": [
            OpinionRow(
                comment,
                [OpinionRow(other) for other in page.same_text.get(comment.pk, [])],
                page.same_text_count.get(comment.pk, 0),
            )
            for comment in page.comments
        ],
        "is_queue": True,
        "is_search": queue is SEARCH_RESULTS,
        "article": article,
        "search": search,
        "bulk_decisions": decisions_from(str(queue.bulk_status)) if can_decide_in_bulk else [],
        "undoable": last_undoable_decision(logged_in_user(request)) if is_moderator else None,
        "next_url": with_cursor(request.GET, page.next_cursor),
        "first_url": with_cursor(request.GET, ""),
    }
    return render_page(request, "queue.html", queue.label, context)


def requested_queue(request: HttpRequest, search: str) -> Queue:
    if search and "hang" not in request.GET:
        return SEARCH_RESULTS
    return QUEUES_BY_SLUG.get(request.GET.get("hang", ""), QUEUES[0])


def requested_article(request: HttpRequest) -> Article | None:
    pk = request.GET.get("bai", "")
    return Article.objects.defer("body").filter(pk=pk).first() if is_row_id(pk) else None


def with_cursor(query: QueryDict, cursor: str) -> str:
    changed = query.copy()
    changed.pop("sau", None)
    if cursor:
        changed["sau"] = cursor
    return f"?{changed.urlencode()}"


def tabs() -> list[tuple[Queue, str]]:
    numbers = count_queues()
    many = f"{MAX_COUNT - 1:,}+".replace(",", ".")
    return [(queue, many if numbers[queue.slug] >= MAX_COUNT else str(numbers[queue.slug])) for queue in QUEUES]
