import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Admin pages that carry the rich text editor.
EDITOR_PATH = re.compile(r"^/admin/(?:news/article|flatpages/flatpage)/(?:add|\d+)/")


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One strict policy for readers; the admin may frame itself, and only the editor's pages allow style attributes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
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
