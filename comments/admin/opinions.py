from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from news.admin.base import ReadOnlyAdmin

from ..models import Comment
from . import decisions, opinion_page, persons, queue, redaction, replies
from .pages import ERASE, MODERATE, REPLY


@admin.register(Comment)
class OpinionAdmin(ReadOnlyAdmin):
    """The moderators' pages. Opinions are never added, edited or deleted here, they only change their status."""

    def get_urls(self) -> list[URLPattern]:
        def protected(view: Callable[..., HttpResponse], permission: str = MODERATE) -> Any:
            return self.admin_site.admin_view(permission_required(permission, raise_exception=True)(view))

        own = [
            path("xu-ly/", protected(decisions.decide), name="comments_comment_decide"),
            path("hoan-tac/", protected(decisions.undo), name="comments_comment_undo"),
            path("nguoi-gui/", protected(persons.person, ERASE), name="comments_comment_person"),
            path("<int:pk>/che/", protected(redaction.redact), name="comments_comment_redact"),
            path("<int:pk>/bo-che/", protected(redaction.unredact), name="comments_comment_unredact"),
            path("<int:pk>/tra-loi/", protected(replies.reply, REPLY), name="comments_comment_reply"),
            path("<int:pk>/khong-can-tra-loi/", protected(replies.waive), name="comments_comment_waive_reply"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return queue.queue_response(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return opinion_page.opinion_response(request, object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[object_id]) + "#nhat-ky")
