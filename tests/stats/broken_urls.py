"""URLs with a view that raises an exception."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import urlpatterns as portal_patterns

handler500 = "portal.views.server_error"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("hỏng")


urlpatterns = [path("hong/", broken), *portal_patterns]
