"""The column “Lượt xem” in the admin's list of articles.

news does not know statistics, so portal/admin/ registers a class that adds the column to the admin of news:

    @admin.register(Article)
    class ArticleWithReadershipAdmin(ReadershipColumn, ArticleAdmin): ...
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.models import Article

from ..models import ArticleTotal
from ..periods import Period
from .ranking import views_of_articles

RECENT_DAYS = 7
COLUMN_INDEX = 2  # after title and state: the list is wider than most screens


@dataclass(frozen=True)
class Readership:
    total: int = 0
    recent: int = 0  # views of the last seven days


def readership(ids: list[int]) -> dict[int, Readership]:
    if not ids:
        return {}
    total = ArticleTotal.objects.of_articles(ids)
    recent = views_of_articles(ids, Period.last_days(RECENT_DAYS))
    return {pk: Readership(total.get(pk, 0), recent.get(pk, 0)) for pk in ids}


@cache
def with_readership(base: type[ChangeList]) -> type[ChangeList]:
    class ListWithReadership(base):  # type: ignore[misc, valid-type]
        def get_results(self, request: HttpRequest) -> None:
            super().get_results(request)
            set_readership(self.result_list)

    return ListWithReadership


def set_readership(articles: Iterable[Article]) -> None:
    """Adds the attribute `readership`. An evaluated queryset keeps its objects, and with them the attribute."""
    rows = list(articles)
    found = readership([article.pk for article in rows])
    for article in rows:
        article.readership = found[article.pk]  # type: ignore[attr-defined]


class ReadershipColumn:
    """A mixin for subclasses of ArticleAdmin."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = list(super().get_list_display(request))  # type: ignore[misc]
        return [*columns[:COLUMN_INDEX], "readership", *columns[COLUMN_INDEX:]]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return with_readership(super().get_changelist(request, **kwargs))  # type: ignore[misc]

    @admin.display(description=_("lượt xem"))
    def readership(self, article: Article) -> SafeString:
        found: Readership = article.readership  # type: ignore[attr-defined]
        return format_html(
            "{}<br><small>{}</small>",
            number_format(found.total),
            _("7\N{NO-BREAK SPACE}ngày:\N{NO-BREAK SPACE}%(count)s") % {"count": number_format(found.recent)},
        )
