"""Counts requests. The first middleware, so that responses of all other middleware are counted too."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .collect.hit_filter import SKIP_COOKIE, SKIP_COOKIE_PAIR, SKIP_VALUE, HitFilter, Reason
from .collect.recorder import get_recorder
from .conf import StatsMode
from .ingest.background import start_drain_thread

logger = logging.getLogger(__name__)

SKIP_COOKIE_AGE = 90 * 24 * 3600  # seconds; renewed at every visit to the admin


class VisitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.STATS_MODE == StatsMode.OFF:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.hit_filter = HitFilter()
        self.recorder = get_recorder()
        self.counts_pages = settings.STATS_MODE == StatsMode.MIDDLEWARE
        start_drain_thread()
        self.recorder.spool.on_open = start_drain_thread

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        try:
            path = request.path_info
            if path.startswith(self.hit_filter.admin_prefix):
                set_skip_cookie(request, response)
            if self.counts_pages:
                self.count(request, response, path)
        except Exception:  # a failure to count must not break the page
            logger.exception("A request could not be counted")
        return response

    def count(self, request: HttpRequest, response: HttpResponse, path: str) -> None:
        reason = self.hit_filter.exclusion_reason(request, response, path)
        if reason is None:
            self.recorder.record_view(request.META, path, request.META.get("HTTP_REFERER", ""))
        elif reason is Reason.NOT_FOUND and response.status_code == 404:
            self.recorder.record_not_found(request.META, path)
        else:
            self.recorder.record_excluded(reason)


def set_skip_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Marks browsers of staff, whose views are not counted. Only responses below /admin/ set the cookie, so that
    public pages stay cacheable."""
    if SKIP_COOKIE_PAIR in request.META.get("HTTP_COOKIE", "") or not is_loaded_staff(request):
        return
    response.set_cookie(
        SKIP_COOKIE,
        SKIP_VALUE,
        max_age=SKIP_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_loaded_staff(request: HttpRequest) -> bool:
    """Whether the view has loaded the user and found staff. Makes no query of its own."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    return bool(getattr(user, "is_staff", False))
