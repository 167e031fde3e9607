from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.models import Redirect
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...conf import StatsMode
from ...models import Metric
from ..dashboard import Dashboard
from ..forms import PeriodForm, Preset
from ..live_status import LiveStatus, format_age
from ..permissions import may_view_statistics
from ..tables import Row, Table

MAX_REDIRECT = 200  # characters; max_length of Redirect.old_path
MAX_SHOWN = 120  # characters of a path on the screen; the exports contain it in full


@require_safe
@may_view_statistics
def dashboard(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    form.is_valid()
    shown = Dashboard(form.period, form.step)
    status = LiveStatus.read()
    context = {
        **admin.site.each_context(request),
        **navigation(form),
        "title": _("Thống kê truy cập"),
        "shown": shown,
        "now": status,
        "ago": format_age(status.health.age) if status.health.age else "",
        "is_off": settings.STATS_MODE == StatsMode.OFF,
        "counts_views": settings.STATS_WIDGET_WORD == Metric.VIEWS,
        "short_tables": [
            shown.categories,
            shown.reporters,
            shown.referrers,
            shown.excluded,
            shown.browsers,
            shown.devices,
        ],
        "not_found": add_redirect_links(shown.not_found, may_add=request.user.has_perm("redirects.add_redirect")),
    }
    return render(request, "admin/stats/dashboard.html", context)


def navigation(form: PeriodForm) -> dict[str, Any]:
    return {
        "form": form,
        "presets": [(preset.value, preset.label, preset == form.preset) for preset in Preset],
        "steps": [(step.label, form.query_string(step), step == form.step) for step in form.steps],
        "query": form.query_string(form.step),
    }


def add_redirect_links(table: Table, *, may_add: bool) -> Table:
    paths = {row.cells[0]: escape_uri_path(str(row.cells[0])) for row in table.rows}
    existing = Redirect.objects.filter(old_path__in=paths.values()).values_list("old_path", flat=True)
    redirected = set(existing) if paths else set()

    def action(path: str) -> tuple[str, str] | None:
        if not path.startswith("/") or path.startswith("//") or len(path) > MAX_REDIRECT:
            return None
        if path in redirected:
            return "", _("Đã chuyển hướng")
        url = f"{reverse('admin:redirects_redirect_add')}?{urlencode({'old_path': path})}"
        return (url, _("Tạo chuyển hướng")) if may_add else None

    return table.with_rows(
        [
            Row((Truncator(str(row.cells[0])).chars(MAX_SHOWN), *row.cells[1:]), action=action(paths[row.cells[0]]))
            for row in table.rows
        ]
    )


@require_safe
@may_view_statistics
def live_status(request: HttpRequest) -> JsonResponse:
    status = LiveStatus.read()
    return JsonResponse(
        {
            "online": number_format(status.online),
            "today": number_format(status.counter.today),
            "total": number_format(status.counter.total),
            "freshness": status.freshness,
        }
    )
