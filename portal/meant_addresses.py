"""Which address somebody meant who asked for one that leads nowhere."""

import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.redirects.models import Redirect
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from news.text.addresses import web_address

MAX_PAIRS = 10  # of a query that are looked up one by one
MAX_STEPS = 5  # from one redirect to the next
# Brackets, quotation marks, punctuation and spaces that stood behind the address in a text.
AROUND_ADDRESSES = {"Pe", "Pf", "Pi", "Po", "Ps", "Zs", "Zl", "Zp", "Cf"}


def redirect_for(path: str, query: str) -> Redirect | None:
    """The redirect for an address with its query, with one part of the query, or without it, in this order.

    Facebook and others add a query (fbclid=…), and an older portal may have had its page numbers there (p=123). None
    where redirects lead in a circle.
    """
    first = found = stored_redirect(path, query)
    seen: set[str] = set()
    while found is not None and found.new_path.startswith("/"):
        if found.old_path in seen or len(seen) == MAX_STEPS:
            return None
        seen.add(found.old_path)
        target = found.new_path.partition("#")[0]
        next_path, _mark, next_query = target.partition("?")
        found = stored_redirect(next_path, next_query)
    return first if first is None or not first.new_path or is_target(first.new_path) else None


def is_target(address: str) -> bool:
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return is_own or web_address(address) == address


def stored_redirect(path: str, query: str) -> Redirect | None:
    wanted = list(dict.fromkeys(spellings(path, query)))
    rows = Redirect.objects.filter(site_id=settings.SITE_ID, old_path__in=wanted)
    return min(rows, key=lambda row: wanted.index(row.old_path), default=None)


def spellings(path: str, query: str) -> Iterator[str]:
    paths = [path, unquote(path)]
    if not path.endswith("/"):
        paths += [f"{path}/", f"{unquote(path)}/"]
    if query:
        pairs = [query, *(urlencode([pair]) for pair in parse_qsl(query[:2000], keep_blank_values=True)[:MAX_PAIRS])]
        yield from (f"{one}?{pair}" for pair in pairs for one in paths)
    if path != "/":  # the home page is always there
        yield from paths


def without_what_stood_behind(path: str) -> str | None:
    """The page that remains without the brackets and full stops at the end: "/su-kien/)." → "/su-kien/"."""
    end = len(path)
    while end and (path[end - 1] in "/<>`" or unicodedata.category(path[end - 1]) in AROUND_ADDRESSES):
        end -= 1
    if not path[end:].strip("/") or path.startswith("//"):
        return None
    return next((kept for kept in (f"{path[:end]}/", path[:end]) if kept and leads_somewhere(kept)), None)


def leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return FlatPage.objects.filter(url=path, sites=settings.SITE_ID).exists() or redirect_for(path, "") is not None
    return True


def asks_home_for_a_page(request: HttpRequest) -> bool:
    """/?p=123, as WordPress wrote addresses."""
    return request.path_info == "/" and bool(request.META.get("QUERY_STRING")) and request.method in ("GET", "HEAD")
