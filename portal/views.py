import posixpath
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve

from news.http.admin_path import admin_path
from news.models import Attachment
from news.models.attachment import FOLDER as ATTACHMENT_FOLDER

# A media file may be anything an editor uploaded: whatever it is, it runs nothing.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"
SHOWN_IN_BROWSER = (".jpg", ".png", ".avif", ".pdf")
DATABASE_AWAY = (InterfaceError, OperationalError)
RETRY_AFTER = "30"  # seconds; a restart of PostgreSQL takes a few
# The search page and lists of opinions are left out with care: they say noindex, and a robot that may not fetch a page
# never reads that, so it would list the bare address wherever it finds a link. A receipt's address is a secret that nobody
# links to; there the rule keeps a robot from fetching a citizen's opinion at all, should it have come by the address.
NOT_FOR_ROBOTS = ("/y-kien/bien-nhan/", "/y-kien/thu/")
ONE_YEAR = 365 * 24 * 3600  # seconds; a file never changes under its name


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Uploaded files where no web server in front serves them (see deploy/nginx.conf). Attachments always come through
    here: they go with their article, however well somebody remembers their address."""
    path = posixpath.normpath(path)
    is_attachment = path.startswith(f"{ATTACHMENT_FOLDER}/")
    if is_attachment and not may_open(request, path):
        raise Http404(path)
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name longer than the file system takes, a file the server may not read
        raise Http404(path) from error
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache" if is_attachment else f"public, max-age={ONE_YEAR}, immutable"
    if not path.lower().endswith(SHOWN_IN_BROWSER):
        response["Content-Disposition"] = "attachment"
    return response


def may_open(request: HttpRequest, path: str) -> bool:
    """Whether the attachment's article is public, or waits for this reporter or editor."""
    attachment = Attachment.objects.select_related("article").filter(file=path).first()
    if attachment is None or attachment.article.is_published:
        return attachment is not None
    return request.user.has_perm("news.publish_article") or request.user.pk == attachment.article.author_id


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if settings.DEMO:  # invented news must not be found beside real ones
        lines = ["User-agent: *", "Disallow: /"]
    else:
        maps = [request.build_absolute_uri(reverse(name)) for name in ("news:sitemaps", "news:news_sitemap")]
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in (admin_path(), *NOT_FOR_ROBOTS)),
            "",
            *(f"Sitemap: {address}" for address in maps),
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The process and its database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor the rest of the page: both may be what failed."""
    if isinstance(sys.exception(), DATABASE_AWAY):  # met while looking for a flat page, or writing the page of a 404
        return database_away(request)
    return render(request, "500.html", status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    """A database that does not answer is a 503 that says when to come back, not a 500."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response
