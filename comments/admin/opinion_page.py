from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse

from news.db.row_ids import is_row_id

from ..models import Comment
from .pages import SEE_EMAIL, render_page
from .rows import OpinionRow, masked_email

MAX_LISTED = 100  # opinions with the same text, and rows of the log


def opinion_response(request: HttpRequest, object_id: str) -> HttpResponse:
    pk = unquote(object_id)
    comment = Comment.objects.for_queue().filter(pk=pk).first() if is_row_id(pk) else None
    if comment is None:
        raise Http404
    same_text = Comment.objects.filter(text_hash=comment.text_hash).exclude(pk=comment.pk).exclude(text_hash="")
    context = {
        "row": OpinionRow(comment),
        "comment": comment,
        "email": comment.email if request.user.has_perm(SEE_EMAIL) else masked_email(comment.email),
        "same_text": same_text.select_related("article").order_by("-created_at")[:MAX_LISTED],
        "events": comment.events.select_related("by")[:MAX_LISTED],
    }
    return render_page(request, "opinion.html", comment.code, context)
