from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE, count: int | None = None) -> Page:
    """The page that `?page=` asks for; nonsense gives the first, a number past the end the last.

    `count` is for lists that were counted already: it spares the database doing it twice.
    """
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page", "1")[:9])
