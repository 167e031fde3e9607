"""A column “Lượt xem” for the admin's list of articles, which belongs to a room that knows nothing of statistics.

The list's own class stays as it is; whoever brings the rooms together (portal/admin/articles.py) registers a class made of both:

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
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.models import Article

from ..models import ArticleTotal
from ..periods import Period
from .charts import dotted
from .figures import views_of

DAYS = 7
PLACE = 2  # of the column


@dataclass(frozen=True)
class Readership:
    total: int = 0
    lately: int = 0


def readership(ids: list[int]) -> dict[int, Readership]:
    """Views of people, ever and in seven days, of every article asked for: two queries, however many."""
    if not ids:
        return {}
    total = ArticleTotal.objects.of_articles(ids)
    lately = views_of(ids, Period.last_days(DAYS))
    return {pk: Readership(total.get(pk, 0), lately.get(pk, 0)) for pk in ids}


@cache
def with_readership(base: type[ChangeList]) -> type[ChangeList]:
    class ListWithReadership(base):  # type: ignore[misc, valid-type]
        def get_results(self, request: HttpRequest) -> None:
            super().get_results(request)
            attach(self.result_list)

    return ListWithReadership


def attach(articles: Iterable[Article]) -> None:
    """The rows of one page are a queryset that remembers its objects, so they keep what they are given here."""
    rows = list(articles)
    found = readership([article.pk for article in rows])
    for article in rows:
        article.readership = found[article.pk]  # type: ignore[attr-defined]


class ReadershipColumn:
    """Put before the admin of articles."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Behind the title and the state: the list is wider than most screens, and its end is seldom seen."""
        columns = list(super().get_list_display(request))  # type: ignore[misc]
        return [*columns[:PLACE], "readership", *columns[PLACE:]]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return with_readership(super().get_changelist(request, **kwargs))  # type: ignore[misc]

    @admin.display(description=_("lượt xem"))
    def readership(self, article: Article) -> SafeString:
        found: Readership = article.readership  # type: ignore[attr-defined]
        return format_html(
            "{}<br><small>{}</small>",
            dotted(found.total),
            _("7\N{NO-BREAK SPACE}ngày:\N{NO-BREAK SPACE}%(count)s") % {"count": dotted(found.lately)},
        )
