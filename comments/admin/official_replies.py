from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.admin.badges import badge
from news.staff import display_name

from ..models import OfficialReply
from .base import OpinionRecordAdmin, opinion_link

BADGES = {
    OfficialReply.Status.DRAFT: "draft",
    OfficialReply.Status.PUBLISHED: "approved",
    OfficialReply.Status.WITHDRAWN: "withdrawn",
}


@admin.register(OfficialReply)
class OfficialReplyAdmin(OpinionRecordAdmin):
    """Only a list: replies are written on the page of their opinion."""

    list_display = ("opinion", "agency", "state", "person", "created_at", "published_at")
    list_filter = ("status",)
    list_select_related = ("comment", "author")
    search_fields = ("comment__code__iexact", "agency")
    ordering = ("-pk",)

    @admin.display(description=_("ý kiến"))
    def opinion(self, reply: OfficialReply) -> SafeString:
        return opinion_link(reply.comment)

    @admin.display(description=_("trạng thái"), ordering="status")
    def state(self, reply: OfficialReply) -> SafeString:
        return badge(BADGES[OfficialReply.Status(reply.status)], reply.get_status_display())

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
