from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..db.collation import alphabetical
from ..models import Source, Tag
from .base import NewsAdmin
from .name_search import AccentInsensitiveSearchMixin
from .redirects import MovedAddressMixin


class NamedAdmin(MovedAddressMixin, AccentInsensitiveSearchMixin, NewsAdmin):
    search_fields = ("name",)
    list_display_links = ("row_name",)
    ordering = (alphabetical("name"), "pk")  # repeated: an annotated count loses the order of the model

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).annotate(articles_in_it=Count("articles"))

    @admin.display(description=_("tên"), ordering=alphabetical("name"))
    def row_name(self, row: Any) -> str:
        return row.name

    @admin.display(description=_("số bài"), ordering="articles_in_it")
    def article_count(self, row: Any) -> int:
        return row.articles_in_it


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    fields = ("name", "slug")
    list_display = ("row_name", "article_count")

    def get_view_on_site_url(self, obj: Tag | None = None) -> str | None:
        """A tag that only drafts have has no page."""
        return (
            super().get_view_on_site_url(obj)
            if obj is None or Tag.objects.in_use().filter(pk=obj.pk).exists()
            else None
        )


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    fields = ("name", "short_name", "url", "slug")
    list_display = ("row_name", "short_name", "url", "article_link")

    @admin.display(description=_("số bài"), ordering="articles_in_it")
    def article_link(self, source: Any) -> SafeString:
        return format_html('<a href="../article/?nguon={}">{}</a>', source.pk, source.articles_in_it)
