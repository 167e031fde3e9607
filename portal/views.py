import posixpath
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve

from news.http.admin_path import admin_path
from news.models import Attachment
from news.models.attachment import FOLDER as ATTACHMENT_FOLDER

from .typed_forms.failures import answer_outdated, answer_unreadable

# An uploaded file may be of any type and must not run scripts.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"
SHOWN_IN_BROWSER = (".jpg", ".png", ".avif", ".pdf")
DATABASE_UNAVAILABLE = (InterfaceError, OperationalError)
RETRY_AFTER = "30"  # seconds; PostgreSQL restarts within a few
# Receipts have secret addresses, and robots must not fetch one that they find. The search page and the lists of
# opinions are not here: a robot that may not fetch a page does not see its noindex and lists the bare address.
DISALLOWED_PATHS = ("/y-kien/bien-nhan/", "/y-kien/thu/")
ONE_YEAR = 365 * 24 * 3600  # seconds; an uploaded file never changes


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve uploaded files where nginx does not (deploy/nginx.conf). Attachments are always served here.

    An attachment is as public as its article.
    """
    path = posixpath.normpath(path)
    is_attachment = path.startswith(f"{ATTACHMENT_FOLDER}/")
    if is_attachment and not may_open(request, path):
        raise Http404(path)
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # the name is too long for the file system, or the file is not readable
        raise Http404(path) from error
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache" if is_attachment else f"public, max-age={ONE_YEAR}, immutable"
    if not path.lower().endswith(SHOWN_IN_BROWSER):
        response["Content-Disposition"] = "attachment"
    return response


def may_open(request: HttpRequest, path: str) -> bool:
    attachment = Attachment.objects.select_related("article").filter(file=path).first()
    if attachment is None or attachment.article.is_published:
        return attachment is not None
    return request.user.has_perm("news.publish_article") or request.user.pk == attachment.article.author_id


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if settings.DEMO:  # invented news must not appear in search engines
        lines = ["User-agent: *", "Disallow: /"]
    else:
        maps = [request.build_absolute_uri(reverse(name)) for name in ("news:sitemaps", "news:news_sitemap")]
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in (admin_path(), *DISALLOWED_PATHS)),
            "",
            *(f"Sitemap: {address}" for address in maps),
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """For browsers and robots that ask for an icon without reading the page first."""
    response = redirect(static("img/touch-icon.png"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer_unreadable(request, exception) or render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer_outdated(request) or render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the database and the base template, because either may have failed."""
    if isinstance(sys.exception(), DATABASE_UNAVAILABLE):  # raised by a middleware, or by the template of a 404
        return database_unavailable(request)
    return render(request, "500.html", status=500)


def database_unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response
