from django.contrib import admin

from news.admin.base import NewsAdmin

from ..models import BlockedTerm


@admin.register(BlockedTerm)
class BlockedTermAdmin(NewsAdmin):
    list_display = ("term", "kind", "is_active", "note", "created_at")
    list_editable = ("is_active",)
    list_filter = ("kind", "is_active")
    search_fields = ("term", "note")
    show_facets = admin.ShowFacets.NEVER
    fields = ("kind", "term", "note", "is_active")
    view_on_site = False
