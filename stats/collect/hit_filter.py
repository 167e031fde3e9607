"""Which requests are page views. Each of the others has a reason, and is counted under it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from news.http.admin_path import admin_path

from ..models import ExcludedHits

Reason = ExcludedHits.Reason

HEALTH = "/healthz/"
SKIP_COOKIE = "khong_dem"  # set for staff at the admin; says only that this browser is not counted
SKIP_VALUE = "1"
IN_COOKIES = f"{SKIP_COOKIE}={SKIP_VALUE}"
PREFETCH_HEADERS = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
NOT_PAGES = (".xml", ".rss", ".txt", ".json", ".ico")  # a 304 doesn't say what it would have been


class Gate:
    def __init__(self) -> None:
        self.files = tuple(url for url in (settings.STATIC_URL, settings.MEDIA_URL) if url.startswith("/"))
        self.admin = admin_path()
        self.not_for_readers = (*self.files, self.admin, HEALTH)

    def reason_against(self, request: HttpRequest, response: HttpResponseBase, path: str) -> Reason | None:
        """Why the request is no page view; None when it is one. Where several reasons hold, the first is given."""
        if path.startswith(self.not_for_readers):
            return self.area(path)
        if request.method != "GET":
            return Reason.METHOD
        status = response.status_code
        if status != 200 and status != 304:
            return reason_by_status(status)
        meta = request.META
        return reason_by_headers(meta) or (None if is_html(response, meta, path) else Reason.NOT_HTML)

    def area(self, path: str) -> Reason:
        if path.startswith(self.files):
            return Reason.STATIC
        return Reason.ADMIN if path.startswith(self.admin) else Reason.HEALTH


def reason_by_status(status: int) -> Reason:
    if 300 <= status < 400:
        return Reason.REDIRECT
    if status == 404 or status == 410:
        return Reason.NOT_FOUND
    return Reason.ERROR if status >= 400 else Reason.NOT_HTML


def reason_by_headers(meta: Mapping[str, Any]) -> Reason | None:
    if IN_COOKIES in meta.get("HTTP_COOKIE", ""):
        return Reason.STAFF
    for name in PREFETCH_HEADERS:
        if name in meta:
            return Reason.PREFETCH
    # A browser says "document" when somebody opens a page, "empty" when a script fetches, "iframe" when it is embedded.
    if meta.get("HTTP_SEC_FETCH_DEST", "document") not in ("document", ""):
        return Reason.EMBEDDED
    return None


def is_html(response: HttpResponseBase, meta: Mapping[str, Any], path: str) -> bool:
    if response.status_code == 304:
        accepted = meta.get("HTTP_ACCEPT", "*/*")
        return ("text/html" in accepted or "*/*" in accepted) and not path.endswith(NOT_PAGES)
    return response.headers.get("Content-Type", "").startswith(("text/html", "application/xhtml+xml"))
