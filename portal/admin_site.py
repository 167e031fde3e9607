from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite, ModelAdmin
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

from .typed_forms.keeping import forget_form_of_others, keep
from .typed_forms.model_admin import TypedFormMixin

LISTED = 8  # articles in a list of the start page
APP_ORDER = ["news", "comments", "stats", "flatpages", "redirects", "auth"]


class PortalAdminSite(AdminSite):
    site_title = _("Cổng Tin")
    site_header = _("Cổng Tin")
    index_title = _("Bàn làm việc")
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: type[ModelAdmin] | None = None, **options: Any) -> None:
        """Give every form of the admin, whatever app it is from, the protection of TypedFormMixin."""
        base = admin_class or ModelAdmin
        protected = type(base.__name__, (TypedFormMixin, base), {"__module__": base.__module__})
        super().register(model_or_iterable, protected, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {**(extra_context or {}), **start_page_context(request)})

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
        """A ModelAdmin without a change list (statistics) lists its pages in `entries`: labels and URL names."""
        pages = getattr(self._registry[model["model"]], "entries", ())
        return [
            model | {"name": label, "admin_url": reverse(url_name), "object_name": url_name.replace(":", "-")}
            for label, url_name in pages
        ] or [model]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer 400 to numbers that no database column can hold. Only forged requests contain them."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not all(map(is_row_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise BadRequest("The selection contains a value that is not a primary key.")
            try:
                return view(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                raise BadRequest("The request contains a number that the database cannot hold.") from error

        protected = super().admin_view(guarded, cacheable)

        @wraps(protected)
        def with_kept_form(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not self.has_permission(request):
                keep(request)
            return protected(request, *args, **kwargs)

        return with_kept_form

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().login(request, extra_context)
        forget_form_of_others(request)
        return response

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Add the translations in portal/locale to those of the admin."""
        return cast(HttpResponse, JavaScriptCatalog.as_view(packages=["django.contrib.admin", "portal"])(request))


def start_page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the lists of the start page. Reporters see only their own articles, except for the published ones."""
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
