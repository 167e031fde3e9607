"""Conditional requests (RFC 9110, section 13) for documents composed of many rows, such as feeds and sitemaps."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

KEPT_SECONDS = 30 * 24 * 3600  # after that the same content gets a new Last-Modified
FORMAT = 1  # raise it when feeds or sitemaps are written differently, so that clients fetch them again


@dataclass(frozen=True)
class ContentVersion:
    """What an address shows now, identified without rendering it."""

    etag: str
    last_modified: int  # seconds since 1970

    @classmethod
    def of(cls, request: HttpRequest, content: object) -> Self:
        """`content` is anything whose `repr` changes whenever the document does."""
        address = repr((request.scheme, request.get_host(), request.path))
        digest = digest_of(repr((FORMAT, address, content)))
        return cls(f'W/"{digest}"', first_seen(digest_of(address), digest))

    def respond(self, request: HttpRequest, render: Callable[[], HttpResponse]) -> HttpResponse:
        """Return 304 to a client that has this version, otherwise the rendered response with validators."""
        last_modified = self.last_modified if self._date_is_reliable(request) else None
        response = get_conditional_response(request, self.etag, last_modified) or render()
        response["ETag"] = self.etag
        response["Last-Modified"] = http_date(self.last_modified)
        response["Cache-Control"] = "no-cache"  # caches must revalidate: an article may have been withdrawn
        return response

    def _date_is_reliable(self, request: HttpRequest) -> bool:
        """Accept only the very date this process sent.

        Processes without a shared cache date versions differently. When content changes and changes back, a process
        that missed the change keeps the old date, and a client that saw the change would wrongly get a 304 from it.
        """
        return request.headers.get("If-Modified-Since") in (None, http_date(self.last_modified))


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def first_seen(address: str, digest: str) -> int:
    """Return when this version of the address was first asked for, in seconds since 1970.

    The moment is kept in the cache and not computed from the rows: the clock can change a document too, and a deleted
    row leaves no date. After the cache is emptied, clients fetch the document once more.
    """
    known = cache.get(f"version:{address}")
    if known and known[0] == digest:
        return known[1]
    now = int(timezone.now().timestamp())
    moment = max(now, known[1] + 1) if known else now  # two changes within one second need different dates
    cache.set(f"version:{address}", (digest, moment), KEPT_SECONDS)
    return moment
