from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.admin.base import NewsAdmin, ReadOnlyAdmin
from news.staff import display_name

from ..models import BlockedTerm, ModerationEvent, OfficialReply
from .rows import badge

REPLY_BADGES = {"draft": "draft", "published": "approved", "withdrawn": "withdrawn"}


def opinion_link(code: str, pk: int) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:comments_comment_change", args=[pk]), code)


class LookUpAdmin(ReadOnlyAdmin):
    show_facets = admin.ShowFacets.NEVER  # each count would be a query of its own
    show_full_result_count = False
    list_per_page = 50


@admin.register(ModerationEvent)
class LogAdmin(LookUpAdmin):
    list_display = ("at", "opinion", "what", "person", "reason", "note")
    list_display_links = None
    list_filter = ("action", "to_status", "at")
    list_select_related = ("comment", "by")
    search_fields = ("comment__code__iexact", "by__username__iexact")
    search_help_text = _("Tìm theo mã tiếp nhận hoặc tên đăng nhập.")
    ordering = ("-pk",)  # the order of writing; the clock may be set back, numbers are not

    @admin.display(description=_("ý kiến"))
    def opinion(self, event: ModerationEvent) -> SafeString:
        return opinion_link(event.comment.code, event.comment_id)

    @admin.display(description=_("việc"))
    def what(self, event: ModerationEvent) -> str:
        """A move speaks for itself; everything else is named."""
        way = (
            f"{event.get_from_status_display()} → {event.get_to_status_display()}"
            if event.from_status != event.to_status
            else ""
        )
        name = "" if event.action == event.Action.MOVE else event.get_action_display()
        return ": ".join(filter(None, [name, way]))

    @admin.display(description=_("người làm"))
    def person(self, event: ModerationEvent) -> str:
        return display_name(event.by) if event.by else str(_("người gửi hoặc hệ thống"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        if event is None or not self.has_view_permission(request, event):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[event.comment_id]) + "#nhat-ky")


@admin.register(OfficialReply)
class ReplyAdmin(LookUpAdmin):
    """Replies are written on the page of their opinion; here they are found."""

    list_display = ("opinion", "agency", "state", "person", "created_at", "published_at")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("comment", "author")
    search_fields = ("comment__code__iexact", "agency")
    ordering = ("-pk",)

    @admin.display(description=_("ý kiến"))
    def opinion(self, reply: OfficialReply) -> SafeString:
        return opinion_link(reply.comment.code, reply.comment_id)

    @admin.display(description=_("trạng thái"), ordering="status")
    def state(self, reply: OfficialReply) -> SafeString:
        return badge(REPLY_BADGES[reply.status], reply.get_status_display())

    @admin.display(description=_("người soạn"))
    def person(self, reply: OfficialReply) -> str:
        return display_name(reply.author)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        reply = self.get_object(request, object_id)
        if reply is None or not self.has_view_permission(request, reply):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[reply.comment_id]))


@admin.register(BlockedTerm)
class BlockListAdmin(NewsAdmin):
    list_display = ("term", "kind", "is_active", "note", "created_at")
    list_editable = ("is_active",)
    list_filter = ("kind", "is_active")
    search_fields = ("term", "note")
    show_facets = admin.ShowFacets.NEVER
    fields = ("kind", "term", "note", "is_active")
    view_on_site = False
