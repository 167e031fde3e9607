from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.staff import display_name

from ..models import ModerationEvent
from .base import OpinionRecordAdmin, opinion_link


@admin.register(ModerationEvent)
class ModerationEventAdmin(OpinionRecordAdmin):
    list_display = ("at", "opinion", "what", "person", "reason", "note")
    list_filter = ("action", "to_status", "at")
    list_select_related = ("comment", "by")
    search_fields = ("comment__code__iexact", "by__username__iexact")
    search_help_text = _("Tìm theo mã tiếp nhận hoặc tên đăng nhập.")
    ordering = ("-pk",)  # the order of writing; the clock may be set back, primary keys are not

    @admin.display(description=_("ý kiến"))
    def opinion(self, event: ModerationEvent) -> SafeString:
        return opinion_link(event.comment)

    @admin.display(description=_("việc"))
    def what(self, event: ModerationEvent) -> str:
        transition = (
            f"{event.get_from_status_display()} → {event.get_to_status_display()}"
            if event.from_status != event.to_status
            else ""
        )
        action = "" if event.action == event.Action.MOVE else event.get_action_display()
        return ": ".join(filter(None, [action, transition]))

    @admin.display(description=_("người làm"))
    def person(self, event: ModerationEvent) -> str:
        return display_name(event.by) or str(_("người gửi hoặc hệ thống"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        if event is None or not self.has_view_permission(request, event):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[event.comment_id]) + "#nhat-ky")
