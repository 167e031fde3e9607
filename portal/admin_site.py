from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from news.db.row_ids import is_row_id
from news.models import Article

LISTED = 8  # articles in each list of the start page
APP_ORDER = ["news", "comments", "stats", "flatpages", "redirects", "auth"]


class PortalAdminSite(AdminSite):
    site_title = _("Cổng Tin")
    site_header = _("Cổng Tin")
    index_title = _("Bàn làm việc")
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {**(extra_context or {}), **desk(request)})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"] = [
                entry for model in sorted(app["models"], key=self._has_no_entries) for entry in self._entries(model)
            ]
        return sorted(
            apps, key=lambda app: APP_ORDER.index(app["app_label"]) if app["app_label"] in APP_ORDER else len(APP_ORDER)
        )

    def _has_no_entries(self, model: dict[str, Any]) -> bool:
        return not hasattr(self._registry[model["model"]], "entries")

    def _entries(self, model: dict[str, Any]) -> list[dict[str, Any]]:
        """A table that is no list of rows (statistics) names the pages that stand for it: `entries`, words and url names."""
        pages = getattr(self._registry[model["model"]], "entries", ())
        return [
            model | {"name": words, "admin_url": reverse(url_name), "object_name": url_name.replace(":", "-")}
            for words, url_name in pages
        ] or [model]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Selections and numbers that fit in no column come only in forged requests: an answer of 400, never of 500."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not all(map(is_row_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise BadRequest("a selection that is no row's number")
            try:
                return view(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                raise BadRequest("a number that no database can hold") from error

        return super().admin_view(guarded, cacheable)

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The admin's own words and after them ours, which fill the gaps (portal/locale)."""
        return cast(HttpResponse, JavaScriptCatalog.as_view(packages=["django.contrib.admin", "portal"])(request))


def desk(request: HttpRequest) -> dict[str, Any]:
    """What the start page lists: my own unfinished work, what waits for me, what comes, what has just gone out."""
    user = cast(User, request.user)
    if not user.has_perm("news.view_article"):
        return {}
    articles = Article.objects.select_related("category", "author", "updated_by").defer("body")
    is_editor = user.has_perm("news.publish_article")
    own = articles.written_by(user)
    return {
        "shows_articles": True,
        "is_editor": is_editor,
        "unfinished": own.drafts().order_by("-updated_at")[:LISTED],
        "waiting": (articles if is_editor else own).awaiting_approval().order_by("updated_at")[: 2 * LISTED],
        "scheduled": (articles if is_editor else own).scheduled().oldest_first()[:LISTED],
        "newest": articles.published().newest_first()[:LISTED],
    }
