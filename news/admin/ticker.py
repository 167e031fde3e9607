from django.contrib import admin
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import TickerItem
from ..templatetags.news import news_time
from .badges import badge
from .base import NewsAdmin
from .name_search import AccentInsensitiveSearchMixin


@admin.register(TickerItem)
class TickerItemAdmin(AccentInsensitiveSearchMixin, NewsAdmin):
    fields = ("text", "article", "url", "order", "starts_at", "ends_at")
    autocomplete_fields = ("article",)
    list_display = ("headline", "order", "state", "start", "end")
    list_display_links = ("headline",)
    list_editable = ("order",)
    list_select_related = ("article",)
    search_fields = ("text",)
    folded_field = "text"
    view_on_site = False

    @admin.display(description=_("dòng tin"))
    def headline(self, item: TickerItem) -> str:
        return item.headline

    @admin.display(description=_("trạng thái"))
    def state(self, item: TickerItem) -> SafeString:
        now = timezone.now()
        if item.ends_at and item.ends_at <= now:
            return badge("expired", _("Đã hết"))
        if item.starts_at and item.starts_at > now:
            return badge("scheduled", _("Đang chờ"))
        if item.article and not item.article.is_published:
            return badge("submitted", _("Chờ bài được đăng"))
        return badge("approved", _("Đang chạy"))

    @admin.display(description=_("từ lúc"), ordering="starts_at")
    def start(self, item: TickerItem) -> str:
        return news_time(item.starts_at)

    @admin.display(description=_("đến lúc"), ordering="ends_at")
    def end(self, item: TickerItem) -> str:
        return news_time(item.ends_at)
