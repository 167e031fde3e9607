import logging
import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

logger = logging.getLogger(__name__)

# Admin pages that carry the rich text editor.
EDITOR_PATH = re.compile(r"^/admin/(?:news/article|flatpages/flatpage)/(?:add|\d+)/")


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One strict policy for readers; the admin may frame itself, and only the editor's pages allow style attributes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response["X-Frame-Options"] = "SAMEORIGIN"  # what frame-ancestors says below, for old browsers
        if not hasattr(response, "_csp_replace"):
            if EDITOR_PATH.match(request.path_info):
                response._csp_replace = settings.EDITOR_POLICY  # type: ignore[attr-defined]
            elif request.path_info.startswith("/admin/"):
                response._csp_replace = settings.ADMIN_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)


class SecurityHeadersMiddleware:
    """Headers that neither Django nor django-csp sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response


class BadInputMiddleware:
    """NUL and lone surrogates in an address or a query never reach the database (PostgreSQL raises, SQLite is silent)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if unstorable(request.path_info) or any(unstorable(value) for pair in request.GET.lists() for value in [pair[0], *pair[1]]):
            raise BadRequest("NUL or lone surrogate in the address")
        return self.get_response(request)


def unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)


class DatabaseAwayMiddleware:
    """A database that does not answer is a 503 that says when to come back, not a 500."""

    RETRY_AFTER = "30"  # seconds; a restart of PostgreSQL takes a few

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("Database away at %s: %s", request.path, exception)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = self.RETRY_AFTER
        response["Cache-Control"] = "no-store"
        return response
