from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _placeholder_view(request: HttpRequest) -> HttpResponse:
    """The check wants a view, and the real one is exempt."""
    return HttpResponse()


def passes_csrf_check(request: HttpRequest) -> bool:
    """Django's own check, for a view that answers a failure with its form instead of a 403 page."""
    check = _CsrfCheck(lambda _request: None)  # type: ignore[arg-type]
    check.process_request(request)
    return check.process_view(request, _placeholder_view, (), {}) is None


def browser_secret(request: HttpRequest) -> str:
    """What only this browser knows: the secret in its CSRF cookie, which lasts for a year. Empty without a cookie."""
    return request.META.get("CSRF_COOKIE", "")
