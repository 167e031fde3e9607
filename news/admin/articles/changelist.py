from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...models import Article, ArticleQuerySet
from ...search.backends.base import SearchTooSlow
from ...search.results import ids_matching
from ...staff import display_name, logged_in_user
from ...templatetags.news import news_time
from ..badges import badge
from ..base import NewsAdmin
from .filters import AuthorFilter, CategoryFilter, EventFilter, SourceFilter, StateFilter


def state_badge(article: Article) -> SafeString:
    kind = "scheduled" if article.is_scheduled else "expired" if article.is_expired else article.status
    return badge(kind, article.state_label)


class ArticleChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet:
        return super().get_queryset(request, exclude_parameters).defer("body", "return_reason")


class ChangeListMixin(NewsAdmin):
    list_display = ("title", "state", "category", "author_name", "publication_time", "page_link")
    list_display_links = ("title",)
    list_filter = (StateFilter, CategoryFilter, EventFilter, SourceFilter, AuthorFilter)
    list_select_related = ("category", "author")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # each count would be a query of its own
    search_fields = ("title",)  # only shows the search box: get_search_results asks the search index
    search_help_text = _("Tìm trong tên bài, sapo và nội dung, gõ có dấu hay không dấu đều được.")
    date_hierarchy = "published_at"
    ordering = (F("published_at").desc(nulls_first=True), "-pk")

    @admin.display(description=_("trạng thái"))
    def state(self, article: Article) -> SafeString:
        return state_badge(article)

    @admin.display(description=_("người viết"), ordering="author__first_name")
    def author_name(self, article: Article) -> str:
        return display_name(article.author)

    @admin.display(description=_("giờ đăng"), ordering="published_at")
    def publication_time(self, article: Article) -> str:
        return news_time(article.published_at)

    @admin.display(description=_("trang"))
    def page_link(self, article: Article) -> SafeString:
        if article.is_published:
            return format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem"))
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:news_article_preview_stored", args=[article.pk]), _("Xem trước")
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        return cast(ArticleQuerySet, super().get_queryset(request)).visible_to(logged_in_user(request))

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[ArticleQuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(pk__in=ids_matching(search_term)), False
        except SearchTooSlow:
            messages.error(request, _("Lần tìm này lâu quá nên đã dừng lại. Hãy gõ thêm chữ để tìm hẹp hơn."))
            return queryset.none(), False
