from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from news.admin.base import ReadOnlyAdmin

from ..models import Comment


class OpinionRecordAdmin(ReadOnlyAdmin):
    """For rows that belong to an opinion, in tables too large for counts of all rows."""

    show_facets = admin.ShowFacets.NEVER  # each facet would be a query of its own
    show_full_result_count = False
    list_per_page = 50
    list_display_links = None


def opinion_link(comment: Comment) -> SafeString:
    address = reverse("admin:comments_comment_change", args=[comment.pk])
    return format_html('<a href="{}">{}</a>', address, comment.code)
