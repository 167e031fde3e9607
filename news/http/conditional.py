"""ETag, Last-Modified and 304 for what is put together of many rows and so has no row of its own that dates it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

KEPT = 30 * 24 * 3600  # seconds; forgotten, a version counts as new once more
FORMAT = 1  # raise it when feeds or sitemaps are written in another way: what readers kept is then out of date


@dataclass(frozen=True)
class Version:
    """What an address shows at this moment, told without writing it."""

    etag: str
    since: int  # seconds since 1970

    @classmethod
    def of(cls, request: HttpRequest, content: object) -> Self:
        """`content` is anything whose `repr` changes whenever what is shown does."""
        place = repr((request.scheme, request.get_host(), request.path))
        digest = digest_of(repr((FORMAT, place, content)))
        return cls(f'W/"{digest}"', first_seen(digest_of(place), digest))

    def answer(self, request: HttpRequest, write: Callable[[], HttpResponse]) -> HttpResponse:
        """304 to who has this version already; otherwise what `write` gives, marked as this version."""
        response = (
            get_conditional_response(request, self.etag, self.since if self.may_go_by_date(request) else None)
            or write()
        )
        response["ETag"] = self.etag
        response["Last-Modified"] = http_date(self.since)
        response["Cache-Control"] = "no-cache"  # may be kept, but is asked about: an article may have left
        return response

    def may_go_by_date(self, request: HttpRequest) -> bool:
        """A reader's date must be the very one that was sent. Processes without a shared cache date versions differently:
        to one that has missed the version between two equal ones, a reader of that would seem to be up to date."""
        return request.headers.get("If-Modified-Since") in (None, http_date(self.since))


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def first_seen(place: str, digest: str) -> int:
    """When this version came to the place. The clock, an editor, or the end of an article may have changed it, and a
    deleted row leaves no date: so it is remembered, not calculated. An empty cache only makes readers fetch once more."""
    known = cache.get(f"version:{place}")
    if known and known[0] == digest:
        return known[1]
    now = int(timezone.now().timestamp())
    since = max(now, known[1] + 1) if known else now  # dates count seconds, and two changes may fall into one
    cache.set(f"version:{place}", (digest, since), KEPT)
    return since
