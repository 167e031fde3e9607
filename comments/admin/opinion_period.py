"""The line “Thời hạn nhận ý kiến” in the editors' form of an article.

news does not know opinions, so portal/admin/ registers a class that adds the line to the admin of news.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import Article

from ..opinion_period import period_for_editors

FIELD = "opinion_period"
STANDS_AFTER = "expires_at"


class OpinionPeriodLine:
    """A mixin for subclasses of ArticleAdmin."""

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return [
            (name, {**options, "fields": with_line(options["fields"])})
            for name, options in super().get_fieldsets(request, obj)  # type: ignore[misc]
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), FIELD)  # type: ignore[misc]

    @admin.display(description=_("thời hạn nhận ý kiến"))
    def opinion_period(self, article: Article) -> str:
        return period_for_editors(article)


def with_line(fields: Any) -> tuple[Any, ...]:
    listed = tuple(fields)
    if STANDS_AFTER not in listed:
        return listed
    place = listed.index(STANDS_AFTER) + 1
    return (*listed[:place], FIELD, *listed[place:])
