"""Decides which requests are page views. Every other request is counted under the reason why it is none."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from news.http.admin_path import admin_path

from ..models import ExcludedHits

Reason = ExcludedHits.Reason

HEALTH = "/healthz/"
SKIP_COOKIE = "khong_dem"  # set in browsers of staff, whose views are not counted; the same value for all
SKIP_VALUE = "1"
SKIP_COOKIE_PAIR = f"{SKIP_COOKIE}={SKIP_VALUE}"
PREFETCH_HEADERS = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
FILE_SUFFIXES = (".xml", ".rss", ".txt", ".json", ".ico")  # a response with status 304 has no content type


class HitFilter:
    def __init__(self) -> None:
        self.file_prefixes = tuple(url for url in (settings.STATIC_URL, settings.MEDIA_URL) if url.startswith("/"))
        self.admin_prefix = admin_path()
        self.excluded_prefixes = (*self.file_prefixes, self.admin_prefix, HEALTH)

    def exclusion_reason(self, request: HttpRequest, response: HttpResponseBase, path: str) -> Reason | None:
        """None for a page view."""
        if path.startswith(self.excluded_prefixes):
            return self.reason_by_path(path)
        if request.method != "GET":
            return Reason.METHOD
        status = response.status_code
        if status != 200 and status != 304:
            return reason_by_status(status)
        meta = request.META
        return reason_by_headers(meta) or (None if is_html(response, meta, path) else Reason.NOT_HTML)

    def reason_by_path(self, path: str) -> Reason:
        if path.startswith(self.file_prefixes):
            return Reason.STATIC
        return Reason.ADMIN if path.startswith(self.admin_prefix) else Reason.HEALTH


def reason_by_status(status: int) -> Reason:
    if 300 <= status < 400:
        return Reason.REDIRECT
    if status == 404 or status == 410:
        return Reason.NOT_FOUND
    return Reason.ERROR if status >= 400 else Reason.NOT_HTML


def reason_by_headers(meta: Mapping[str, Any]) -> Reason | None:
    if SKIP_COOKIE_PAIR in meta.get("HTTP_COOKIE", ""):
        return Reason.STAFF
    for name in PREFETCH_HEADERS:
        if name in meta:
            return Reason.PREFETCH
    # "document" when somebody opens a page, "empty" for a request of a script, "iframe" for an embedded page
    if meta.get("HTTP_SEC_FETCH_DEST", "document") not in ("document", ""):
        return Reason.EMBEDDED
    return None


def is_html(response: HttpResponseBase, meta: Mapping[str, Any], path: str) -> bool:
    if response.status_code == 304:
        accepted = meta.get("HTTP_ACCEPT", "*/*")
        return ("text/html" in accepted or "*/*" in accepted) and not path.endswith(FILE_SUFFIXES)
    return response.headers.get("Content-Type", "").startswith(("text/html", "application/xhtml+xml"))
