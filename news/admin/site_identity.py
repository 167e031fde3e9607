from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import SiteIdentity
from ..models.site_identity import ONLY_ROW
from .base import NewsAdmin
from .widgets import PhotoChooserMixin


@admin.register(SiteIdentity)
class SiteIdentityAdmin(PhotoChooserMixin, NewsAdmin):
    """The table has one row, so the change list redirects to its form, and nothing can be added or deleted."""

    photo_fields = ("logo",)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "governing_body", "slogan", "logo")}),
        (_("Liên hệ"), {"fields": ("address", "phone", "email")}),
        (_("Trách nhiệm"), {"fields": ("responsible_person", "licence_line", "reply_deadline_days")}),
    )
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:news_siteidentity_change", args=[ONLY_ROW]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteIdentity | None:
        return SiteIdentity.load() if object_id == str(ONLY_ROW) else None

    def response_change(self, request: HttpRequest, obj: SiteIdentity) -> HttpResponse:
        messages.success(request, _("Đã lưu thông tin đơn vị."))
        return HttpResponseRedirect(request.path)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        only_save = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **only_save})
