"""Stands before everything that can answer, so that whatever leaves the process is counted exactly once."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .collect.hit_filter import IN_COOKIES, SKIP_COOKIE, SKIP_VALUE, Gate, Reason
from .collect.recorder import recorder
from .ingest import background

logger = logging.getLogger(__name__)

SKIP_COOKIE_AGE = 90 * 24 * 3600  # seconds; renewed at every visit to the admin


class VisitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.STATS_MODE == "off":
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.gate = Gate()
        self.recorder = recorder()
        self.counts_pages = settings.STATS_MODE == "middleware"
        background.start()
        self.recorder.spool.on_open = background.start

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        try:
            path = request.path_info
            if path.startswith(self.gate.admin):
                mark_staff(request, response)
            if self.counts_pages:
                self.count(request, response, path)
        except Exception:  # the page matters more than the count
            logger.exception("A visit could not be counted")
        return response

    def count(self, request: HttpRequest, response: HttpResponse, path: str) -> None:
        reason = self.gate.reason_against(request, response, path)
        if reason is None:
            self.recorder.view(request.META, path, request.META.get("HTTP_REFERER", ""))
        elif reason is Reason.NOT_FOUND and response.status_code == 404:
            self.recorder.missing(request.META, path)
        else:
            self.recorder.excluded(reason)


def mark_staff(request: HttpRequest, response: HttpResponse) -> None:
    """Staff who work here are no readers. Answers below /admin/ alone carry the cookie; the user is one that the
    page has looked up already."""
    if IN_COOKIES in request.META.get("HTTP_COOKIE", "") or not known_staff(request):
        return
    response.set_cookie(
        SKIP_COOKIE,
        SKIP_VALUE,
        max_age=SKIP_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_staff(request: HttpRequest) -> bool:
    """Asks no database: a user nobody has looked up stays unknown."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    return bool(getattr(user, "is_staff", False))
