from django.contrib import admin
from django.urls import include, path

from . import views

handler400 = "portal.views.bad_request"
handler500 = "portal.views.server_error"

ADMIN = "admin/"  # other code calls news.http.admin_path

urlpatterns = [
    path("", include("news.urls")),
    path("y-kien/", include("comments.urls")),
    path("", include("stats.urls")),
    path(f"{ADMIN}thu-vien-anh/", include("news.photo_library.urls")),
    path(ADMIN, include("stats.reports.urls")),
    path(ADMIN, admin.site.urls),
    path("media/<path:path>", views.media, name="media"),
    path("favicon.ico", views.icon),
    path("apple-touch-icon.png", views.icon),
    path("apple-touch-icon-precomposed.png", views.icon),
    path("robots.txt", views.robots, name="robots"),
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
]
