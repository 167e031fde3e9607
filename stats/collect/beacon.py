"""What a reader's browser reports where a CDN or nginx keeps whole pages and the portal never sees the reader.

The report names the page's path, its referrer and whether it was a "not found" page. It is believed as far as the
page itself would be: same host, a path that could be a page's, no staff, no prefetching."""

from django.conf import settings
from django.http import HttpRequest, QueryDict

from .hit_filter import Gate, Reason, reason_by_headers
from .recorder import recorder
from .spool_format import MAX_PATH, OWN_HOST, referrer_host

MAX_BODY = 4_000  # bytes; a path and a referrer
NOT_FOUND = "404"


def report(request: HttpRequest) -> None:
    if settings.STATS_MODE != "beacon":
        return  # an old page from somebody's cache: the middleware has counted it
    fields = fields_of(request)
    path = fields.get("path", "")[:MAX_PATH]
    if not is_page_path(path) or not is_from_our_page(request):
        recorder().excluded(Reason.ERROR)
        return
    reason = reason_against(request, path, fields.get("prerender", ""))
    if reason is not None:
        recorder().excluded(reason)
    elif fields.get("status") == NOT_FOUND:
        recorder().missing(request.META, path)
    else:
        recorder().view(request.META, path, fields.get("referrer", ""))


def fields_of(request: HttpRequest) -> QueryDict:
    if request.method == "GET":
        return request.GET
    size = request.META.get("CONTENT_LENGTH") or "0"
    return request.POST if size.isdigit() and int(size) <= MAX_BODY else QueryDict()


def reason_against(request: HttpRequest, path: str, prerender: str) -> Reason | None:
    gate = Gate()
    if path.startswith(gate.not_for_readers):
        return gate.area(path)
    # The beacon itself is a fetch: what the browser says of it tells nothing of the page.
    meta = {name: value for name, value in request.META.items() if name != "HTTP_SEC_FETCH_DEST"}
    return Reason.PREFETCH if prerender else reason_by_headers(meta)


def is_page_path(path: str) -> bool:
    return path.startswith("/") and not path.startswith("//")


def is_from_our_page(request: HttpRequest) -> bool:
    """Other sites' pages cannot make their readers count here."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site:
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER")
    return not origin or referrer_host(origin, request.META.get("HTTP_HOST", "")) == OWN_HOST
