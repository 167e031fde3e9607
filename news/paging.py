from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page:
    """The page that `?page=` asks for; nonsense gives the first, a number past the end the last."""
    return Paginator(items, per_page).get_page(request.GET.get("page", "1")[:9])
