from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import Case, Count, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..forms.category_field import CategoryField, indented
from ..models import Article, Category, CategoryTree
from .base import NewsAdmin
from .name_search import AccentInsensitiveSearchMixin
from .redirects import MovedAddressMixin


class TreeList(ChangeList):
    def get_ordering(self, request: HttpRequest, queryset: models.QuerySet) -> list[str]:
        return ["place", "pk"]


@admin.register(Category)
class CategoryAdmin(MovedAddressMixin, AccentInsensitiveSearchMixin, NewsAdmin):
    fields = ("name", "parent", "description", "order", "in_menu", "on_home", "slug")
    list_display = ("tree_name", "order", "in_menu", "on_home", "article_count")
    list_display_links = ("tree_name",)
    list_editable = ("order", "in_menu", "on_home")
    list_per_page = 500  # an agency has tens of categories, and a tree cannot be read when it is cut into pages
    search_fields = ("name",)
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        counts = (
            Article.objects.filter(category=OuterRef("pk"))
            .order_by()
            .values("category")
            .annotate(n=Count("pk"))
            .values("n")
        )
        places = list(CategoryTree.load())
        depths = [When(pk=category.pk, then=Value(depth)) for category, depth in places if depth]
        return (
            super()
            .get_queryset(request)
            .annotate(
                depth=Case(*depths, default=Value(0)),
                place=Case(
                    *[When(pk=category.pk, then=Value(place)) for place, (category, _depth) in enumerate(places)],
                    default=Value(len(places)),
                ),
                articles_in_it=Coalesce(Subquery(counts), 0),
            )
        )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return self.list_display if self.has_change_permission(request) else ("tree_name", "article_count")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeList

    @admin.display(description=_("tên"))
    def tree_name(self, category: Any) -> str:
        return indented(category, category.depth)

    @admin.display(description=_("số bài"))
    def article_count(self, category: Any) -> SafeString:
        return format_html('<a href="../article/?chuyen-muc={}">{}</a>', category.pk, category.articles_in_it)

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs |= {"form_class": CategoryField, "empty_label": _("Chuyên mục cấp một")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
