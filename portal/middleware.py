import logging
import re
from collections.abc import Callable
from urllib.parse import quote

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
)

from news.http.admin_path import admin_path

from .meant_addresses import asks_home_for_a_page, redirect_for, without_what_stood_behind
from .typed_forms.oversized import keep_body
from .views import DATABASE_UNAVAILABLE, database_unavailable

logger = logging.getLogger(__name__)

# Admin pages with the rich text editor, relative to the path of the admin.
EDITOR_PATH = re.compile(r"(?:news/article|flatpages/flatpage)/(?:add|\d+)/")

UTF8 = {"utf-8", "utf8"}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Public pages have the strict policy. The admin may frame itself; pages with the editor may use inline styles."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(admin_path()):
            response["X-Frame-Options"] = "SAMEORIGIN"  # for browsers that do not know frame-ancestors
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
    """Answers 400 to NUL and lone surrogates in addresses and cookies, and to forms that are not UTF-8.

    PostgreSQL raises an error for such characters and SQLite stores them. Other codecs, such as rot13 or utf-7, raise
    while Django reads a form, or produce such characters.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        texts = [
            request.path_info,
            *request.COOKIES.values(),
            *(text for name, values in request.GET.lists() for text in [name, *values]),
        ]
        if any(map(is_unstorable, texts)):
            raise BadRequest("The address or a cookie contains NUL or a lone surrogate.")
        if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF8:
            raise BadRequest("The form is not UTF-8.")
        return self.get_response(request)


def is_unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)


class KeptBodyMiddleware:
    """Lets the text of a form of the admin be read again if it is too large for Django to read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info.startswith(admin_path()):
            keep_body(request)
        return self.get_response(request)


class DatabaseUnavailableMiddleware:
    """Answers 503 and logs one line instead of a traceback for every request while the database is down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DATABASE_UNAVAILABLE):
            return None
        logger.error("Database unavailable at %s: %s", request.path, exception)
        return database_unavailable(request)


class MovedAddressMiddleware:
    """Leads from an address that was moved, or has a bracket or full stop behind it, to the one that was meant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if asks_home_for_a_page(request):
            return self.moved(request) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        return self.moved(request) or self.without_punctuation(request) or response

    def moved(self, request: HttpRequest) -> HttpResponse | None:
        path, _mark, query = request.get_full_path().partition("?")
        redirect = redirect_for(path, query)
        if redirect is None:
            return None
        return HttpResponsePermanentRedirect(redirect.new_path) if redirect.new_path else HttpResponseGone()

    def without_punctuation(self, request: HttpRequest) -> HttpResponse | None:
        path = without_what_stood_behind(request.path_info)
        if path is None or request.method not in ("GET", "HEAD"):
            return None
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(quote(path) + (f"?{query}" if query else ""))
