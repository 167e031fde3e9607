"""Page views reported by a script in the page, for sites where a CDN or nginx answers most requests.

A report names the page's path, its referrer, whether it was a "not found" page and whether it was prerendered.
Reports from pages of other sites, and reports of paths that no page can have, are counted as errors."""

from django.conf import settings
from django.http import HttpRequest, QueryDict

from ..conf import StatsMode
from ..referrers import OWN_HOST, referrer_host
from ..spool_format import MAX_PATH
from .hit_filter import HitFilter, Reason, reason_by_headers
from .recorder import get_recorder

MAX_BODY = 4_000  # bytes; a path and a referrer
NOT_FOUND = "404"  # value of the field "status"


def record_beacon(request: HttpRequest) -> None:
    if settings.STATS_MODE != StatsMode.BEACON:
        return  # a page cached before the setting was changed: the middleware has counted it
    recorder = get_recorder()
    fields = beacon_fields(request)
    path = fields.get("path", "")[:MAX_PATH]
    if not is_page_path(path) or not is_from_own_page(request):
        recorder.record_excluded(Reason.ERROR)
        return
    reason = exclusion_reason(request, path, fields.get("prerender", ""))
    if reason is not None:
        recorder.record_excluded(reason)
    elif fields.get("status") == NOT_FOUND:
        recorder.record_not_found(request.META, path)
    else:
        recorder.record_view(request.META, path, fields.get("referrer", ""))


def beacon_fields(request: HttpRequest) -> QueryDict:
    if request.method == "GET":
        return request.GET
    size = request.META.get("CONTENT_LENGTH") or "0"
    return request.POST if size.isdigit() and int(size) <= MAX_BODY else QueryDict()


def exclusion_reason(request: HttpRequest, path: str, prerender: str) -> Reason | None:
    hit_filter = HitFilter()
    if path.startswith(hit_filter.excluded_prefixes):
        return hit_filter.reason_by_path(path)
    # Sec-Fetch-Dest describes the script's own request, not the page.
    meta = {name: value for name, value in request.META.items() if name != "HTTP_SEC_FETCH_DEST"}
    return Reason.PREFETCH if prerender else reason_by_headers(meta)


def is_page_path(path: str) -> bool:
    return path.startswith("/") and not path.startswith("//")


def is_from_own_page(request: HttpRequest) -> bool:
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site:
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER")
    return not origin or referrer_host(origin, request.META.get("HTTP_HOST", "")) == OWN_HOST
