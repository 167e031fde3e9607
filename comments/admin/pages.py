"""What the moderators' pages have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from news.db.row_ids import is_row_id

from ..models import Comment, Reason

MODERATE = "comments.moderate_comment"
REPLY = "comments.add_officialreply"
ERASE = "comments.erase_comment"
SEE_EMAIL = "comments.see_email_of_comment"
MAX_NOTE = 500  # characters


def render_page(
    request: HttpRequest, template: str, title: object, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Not stored by browsers, because the pages contain personal data."""
    page_context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": Comment._meta,
        "back": request.get_full_path(),
        "reasons": Reason.choices,
        "max_note": MAX_NOTE,
        "is_moderator": request.user.has_perm(MODERATE),
        "may_answer": request.user.has_perm(REPLY),
        "may_erase": request.user.has_perm(ERASE),
        **context,
    }
    response = render(request, f"admin/comments/comment/{template}", page_context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def posted_number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if is_row_id(value) else 0


def get_opinion_as_seen(request: HttpRequest, pk: int) -> Comment:
    """The opinion with the version that the moderator saw: if it has changed since, no conditional update succeeds."""
    comment = get_object_or_404(Comment, pk=pk)
    comment.version = posted_number(request, "version")
    return comment


def back_url(request: HttpRequest) -> str:
    queue = reverse("admin:comments_comment_changelist")
    back = request.POST.get("back", "")
    is_queue = back.startswith((f"{queue}?", f"{queue}#"))
    is_opinion = back.startswith(queue) and back.endswith("/change/")
    return back if is_queue or is_opinion else queue
