from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...db.collation import alphabetical
from ...db.row_ids import is_row_id
from ...forms.category_field import indented
from ...models import Article, ArticleQuerySet, Category, CategoryTree, Event, Source
from ...staff import display_name

STATES = {
    "nhap": (_("Nháp"), lambda articles: articles.filter(status=Article.Status.DRAFT)),
    "cho-duyet": (_("Chờ duyệt"), lambda articles: articles.awaiting_approval()),
    "tra-lai": (_("Trả lại"), lambda articles: articles.filter(status=Article.Status.RETURNED)),
    "hen-gio": (_("Hẹn giờ"), lambda articles: articles.scheduled()),
    "dang-dang": (_("Đang đăng"), lambda articles: articles.published()),
    "het-han": (_("Hết hạn"), lambda articles: articles.expired()),
    "da-go": (_("Đã gỡ"), lambda articles: articles.withdrawn()),
}


class StateFilter(admin.SimpleListFilter):
    title = _("trạng thái")
    parameter_name = "trang-thai"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _filter) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        state = STATES.get(self.value() or "")
        return state[1](queryset) if state else queryset


class RowFilter(admin.SimpleListFilter):
    """A filter by a row of another table. Subclasses list the choices and apply the chosen one."""

    def rows(self) -> Iterable[tuple[int, str]]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in self.rows()]

    @property
    def chosen(self) -> int | None:
        value = self.value() or ""
        return int(value) if is_row_id(value) else None

    def queryset(self, request: HttpRequest, queryset: ArticleQuerySet) -> ArticleQuerySet:
        return queryset if self.chosen is None else self.narrowed(queryset, self.chosen)

    def narrowed(self, queryset: ArticleQuerySet, pk: int) -> ArticleQuerySet:
        raise NotImplementedError


class CategoryFilter(RowFilter):
    title = _("chuyên mục")
    parameter_name = "chuyen-muc"

    def rows(self) -> Iterable[tuple[int, str]]:
        self.tree = CategoryTree.load()
        return [(category.pk, indented(category, depth)) for category, depth in self.tree]

    def narrowed(self, queryset: ArticleQuerySet, pk: int) -> ArticleQuerySet:
        category: Category | None = self.tree.by_id.get(pk)
        return queryset.in_category(category, self.tree) if category else queryset.none()


class EventFilter(RowFilter):
    title = _("sự kiện")
    parameter_name = "su-kien"

    def rows(self) -> Iterable[tuple[int, str]]:
        return Event.objects.order_by(alphabetical("name")).values_list("pk", "name")

    def narrowed(self, queryset: ArticleQuerySet, pk: int) -> ArticleQuerySet:
        return queryset.filter(pk__in=Article.events.through.objects.filter(event_id=pk).values("article_id"))


class SourceFilter(RowFilter):
    title = _("nguồn tin")
    parameter_name = "nguon"

    def rows(self) -> Iterable[tuple[int, str]]:
        return Source.objects.order_by(alphabetical("name")).values_list("pk", "name")

    def narrowed(self, queryset: ArticleQuerySet, pk: int) -> ArticleQuerySet:
        return queryset.filter(source_id=pk)


class AuthorFilter(RowFilter):
    title = _("người viết")
    parameter_name = "nguoi-viet"

    def rows(self) -> Iterable[tuple[int, str]]:
        writers = User.objects.filter(pk__in=Article.objects.order_by().values("author_id"))
        return [(user.pk, display_name(user)) for user in writers.order_by(alphabetical("first_name"), "username")]

    def narrowed(self, queryset: ArticleQuerySet, pk: int) -> ArticleQuerySet:
        return queryset.filter(author_id=pk)
