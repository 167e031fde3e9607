import logging
import re
from collections.abc import Callable
from copy import copy

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from news.http.admin_path import admin_path

from .views import DATABASE_AWAY, database_away

logger = logging.getLogger(__name__)

# Admin pages that carry the rich text editor, as they stand below the admin's own path.
EDITOR_PATH = re.compile(r"(?:news/article|flatpages/flatpage)/(?:add|\d+)/")

UTF8 = {"utf-8", "utf8"}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One strict policy for readers; the admin may frame itself, and only the editor's pages allow style attributes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(admin_path()):
            response["X-Frame-Options"] = "SAMEORIGIN"  # what frame-ancestors says below, for old browsers
            if not hasattr(response, "_csp_replace"):
                has_editor = EDITOR_PATH.match(request.path_info, len(admin_path()))
                policy = settings.EDITOR_POLICY if has_editor else settings.ADMIN_POLICY
                response._csp_replace = policy  # type: ignore[attr-defined]
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
    """NUL and lone surrogates in an address, a query or a cookie never reach the database (PostgreSQL raises, SQLite is
    silent). A form is UTF-8: other codecs, such as rot13 or utf-7, fail while it is read or bring such characters in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        texts = [
            request.path_info,
            *request.COOKIES.values(),
            *(text for name, values in request.GET.lists() for text in [name, *values]),
        ]
        if any(map(unstorable, texts)):
            raise BadRequest("NUL or lone surrogate in the address or a cookie")
        if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF8:
            raise BadRequest("a form that is not UTF-8")
        return self.get_response(request)


def unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)


class DatabaseAwayMiddleware:
    """Without it each view that meets a stopped database would fill the log with its traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DATABASE_AWAY):
            return None
        logger.error("Database away at %s: %s", request.path, exception)
        return database_away(request)


class MovedAddressMiddleware(RedirectFallbackMiddleware):
    """Shared addresses come back with a query added (fbclid=…), and old portals number their pages in one: where the
    whole address has not moved, its path may have."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if response.status_code != 404 or not request.META.get("QUERY_STRING"):
            return response
        without_query = copy(request)
        without_query.META = request.META | {"QUERY_STRING": ""}
        return super().process_response(without_query, response)
