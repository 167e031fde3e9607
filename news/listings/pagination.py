from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE, count: int | None = None) -> Page:
    """Return the page of `?page=`: the first page if that is not a number, the last if the number is too large.

    Pass `count` if it is known, to save the COUNT query.
    """
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page", "1")[:9])
