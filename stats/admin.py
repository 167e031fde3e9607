from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.admin.base import NewsAdmin, ReadOnlyAdmin
from news.staff import display_name

from .forms import AgentRuleForm, OpeningTotalForm
from .models import VIEW_STATISTICS, AgentRule, OpeningTotal, VisitTotal
from .reports.visit_counter import read_counter


@admin.register(VisitTotal)
class VisitTotalAdmin(ReadOnlyAdmin):
    """Puts the dashboard and the report into the admin's navigation. portal/admin_site.py reads `entries`."""

    entries = ((_("Bảng thống kê"), "thong-ke:dashboard"), (_("Báo cáo tháng"), "thong-ke:report"))

    def get_urls(self) -> list[URLPattern]:
        return [path("", self.admin_site.admin_view(self.to_dashboard), name="stats_visittotal_changelist")]

    def to_dashboard(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("thong-ke:dashboard"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(VIEW_STATISTICS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW_STATISTICS)


@admin.register(OpeningTotal)
class OpeningTotalAdmin(NewsAdmin):
    """Rows can only be added: a correction is a new row, and the author of the old one stays on record."""

    form = OpeningTotalForm
    list_display = ("number_dotted", "date", "note", "author_name", "created_at", "state")
    list_display_links = ("number_dotted",)
    list_select_related = ("author",)
    readonly_fields = ("author_name", "created_at")

    def get_fields(self, request: HttpRequest, obj: OpeningTotal | None = None) -> Any:
        return ("number", "date", "note", "author_name", "created_at") if obj else ("number", "date", "note")

    @admin.display(description=_("số ban đầu"), ordering="number")
    def number_dotted(self, opening: OpeningTotal) -> str:
        return number_format(opening.number)

    @admin.display(description=_("người ghi"))
    def author_name(self, opening: OpeningTotal) -> str:
        return display_name(opening.author)

    @admin.display(description=_("hiệu lực"))
    def state(self, opening: OpeningTotal) -> str:
        is_in_force = opening.pk == opening.newest_pk  # type: ignore[attr-defined]
        return gettext("đang dùng") if is_in_force else gettext("đã thay")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[OpeningTotal]:
        newest = OpeningTotal.objects.newest_first().values("pk")[:1]
        return super().get_queryset(request).annotate(newest_pk=models.Subquery(newest))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        opening = OpeningTotal.objects.in_force()
        total, before = read_counter().total, opening.number if opening else 0
        shown = {"total": total, "opening": before, "counted": total - before}
        return super().changelist_view(request, {**(extra_context or {}), "shown": shown})

    def has_change_permission(self, request: HttpRequest, obj: OpeningTotal | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OpeningTotal | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: OpeningTotal, form: OpeningTotalForm, change: bool) -> None:
        obj.author = cast(User, request.user)
        super().save_model(request, obj, form, change)


@admin.register(AgentRule)
class AgentRuleAdmin(NewsAdmin):
    form = AgentRuleForm
    list_display = ("pattern", "verdict", "note", "updated_at")
    list_filter = ("verdict",)
    search_fields = ("pattern", "note")
