from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..db.collation import alphabetical
from ..models import Event
from ..templatetags.news import news_time
from .badges import badge
from .base import NewsAdmin
from .name_search import AccentInsensitiveSearchMixin
from .redirects import MovedAddressMixin
from .widgets import PhotoChooserMixin


@admin.register(Event)
class EventAdmin(MovedAddressMixin, AccentInsensitiveSearchMixin, PhotoChooserMixin, NewsAdmin):
    photo_fields = ("photo",)
    fieldsets = (
        (None, {"fields": ("name", "summary", "photo")}),
        (_("Thời gian, địa điểm"), {"fields": ("starts_at", "ends_at", "place")}),
        (_("Hiển thị"), {"fields": ("is_visible", "is_pinned")}),
        (_("Địa chỉ trang"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
    list_display = ("event_name", "start", "place", "article_count", "visibility")
    list_display_links = ("event_name",)
    list_filter = ("is_visible", "is_pinned")
    search_fields = ("name",)
    ordering = ("-is_pinned", "-updated_at", "-pk")  # repeated: an annotated count loses the order of the model

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).annotate(articles_in_it=Count("articles"))

    @admin.display(description=_("tên"), ordering=alphabetical("name"))
    def event_name(self, event: Event) -> str:
        return event.name

    @admin.display(description=_("bắt đầu"), ordering="starts_at")
    def start(self, event: Event) -> str:
        return news_time(event.starts_at)

    @admin.display(description=_("hiển thị"), ordering="is_visible")
    def visibility(self, event: Event) -> SafeString:
        if not event.is_visible:
            return badge("withdrawn", _("Đang ẩn"))
        return badge("scheduled", _("Luôn đứng đầu")) if event.is_pinned else badge("approved", _("Đang hiện"))

    @admin.display(description=_("số bài"), ordering="articles_in_it")
    def article_count(self, event: Any) -> SafeString:
        return format_html('<a href="../article/?su-kien={}">{}</a>', event.pk, event.articles_in_it)
