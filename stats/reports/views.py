"""The dashboard, its exports and the monthly report, for staff who may see statistics."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.models import Redirect
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.staff import staff_with_permission

from ..models import DailyVisits, OpeningTotal
from ..periods import Period, month_of
from . import figures
from .charts import dotted
from .dashboard import IN_EXPORT, IN_WORKBOOK, TABLES, Dashboard, span
from .export import CSV, XLSX, ZIP, to_csv, to_xlsx, to_zip
from .figures import SpoolHealth, VisitCounter
from .forms import CUSTOM, PRESETS, MonthForm, PeriodForm
from .tables import Row, Table

PERMISSION = "stats.view_statistics"
ARTICLES_IN_REPORT, OTHERS_IN_REPORT = 10, 8  # rows of a table, so that a month fits on two sheets of paper
MAX_REDIRECT = 200  # characters of an address that the redirects can hold
MAX_SHOWN = 120  # characters of an address not found; a scanner's fill a screen, and the exports hold them whole

may_see_statistics = staff_with_permission(PERMISSION)


@dataclass(frozen=True)
class Now:
    """What changes while somebody looks."""

    online: int
    counter: VisitCounter
    health: SpoolHealth

    @classmethod
    def read(cls) -> "Now":
        return cls(figures.online_now(), figures.counter(), figures.spool_health())

    @property
    def freshness(self) -> str:
        return f"{_('cập nhật')} {ago(self.health.age)}" if self.health.age is not None else _("chưa có số liệu nào")


def ago(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 60:
        return _("%(count)d giây trước") % {"count": seconds}
    if seconds < 3600:
        return _("%(count)d phút trước") % {"count": seconds // 60}
    if seconds < 48 * 3600:
        return _("%(count)d giờ trước") % {"count": seconds // 3600}
    return _("%(count)s ngày trước") % {"count": dotted(seconds // 86_400)}


# ---------------------------------------------------------------- the dashboard


@require_safe
@may_see_statistics
def dashboard(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    form.is_valid()
    shown = Dashboard(form.period, form.step)
    context = {
        **admin.site.each_context(request),
        "title": _("Thống kê truy cập"),
        "form": form,
        "shown": shown,
        "span": span(shown.period),
        "presets": [(key, words, key == form.choice) for key, (words, _make) in PRESETS.items()],
        "steps": [(words, address(form, buoc=key), key == form.step_choice) for key, words in form.steps.items()],
        "query": address(form, buoc=form.step_choice),
        "is_custom": form.choice == CUSTOM or bool(form.errors),
        "now": (latest := Now.read()),
        "ago": ago(latest.health.age) if latest.health.age else "",
        "is_off": settings.STATS_MODE == "off",
        "word": settings.STATS_WIDGET_WORD,
        "short_tables": [
            shown.categories,
            shown.reporters,
            shown.sources,
            shown.excluded,
            shown.browsers,
            shown.devices,
        ],
        "not_found": not_found_with_redirects(request, shown),
    }
    return render(request, "admin/stats/dashboard.html", context)


def address(form: PeriodForm, **further: str) -> str:
    """The query of this very period."""
    words = {"ky": form.choice}
    if form.choice == CUSTOM:
        words |= {"tu": f"{form.period.first:%d/%m/%Y}", "den": f"{form.period.last:%d/%m/%Y}"}
    return "?" + urlencode(words | further)


def not_found_with_redirects(request: HttpRequest, shown: Dashboard) -> Table:
    """The table with a link to the form of redirects, where it would help and the reader may fill it in."""
    table = shown.not_found
    paths = {row.cells[0]: escape_uri_path(str(row.cells[0])) for row in table.rows}
    known = (
        set(Redirect.objects.filter(old_path__in=paths.values()).values_list("old_path", flat=True)) if paths else set()
    )
    may_add = request.user.has_perm("redirects.add_redirect")

    def action(path: str) -> tuple[str, str] | None:
        if not path.startswith("/") or path.startswith("//") or len(path) > MAX_REDIRECT:
            return None
        if path in known:
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
@may_see_statistics
def now(request: HttpRequest) -> JsonResponse:
    """The line of the dashboard that renews itself, as words."""
    shown = Now.read()
    return JsonResponse(
        {
            "online": dotted(shown.online),
            "today": dotted(shown.counter.today),
            "total": dotted(shown.counter.total),
            "freshness": shown.freshness,
        }
    )


# ---------------------------------------------------------------- exports


def exported(request: HttpRequest, limit: int) -> Dashboard:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise BadRequest("not a period of the dashboard")
    return Dashboard(form.period, form.step, limit=limit)


@require_safe
@may_see_statistics
def export_table(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    if key not in TABLES or file_format not in ("csv", "xlsx"):
        raise Http404
    shown = exported(request, IN_EXPORT)
    table = TABLES[key](shown)
    if file_format == "csv":
        return download(to_csv(table), CSV, f"{key}_{file_span(shown.period)}.csv")
    return download(to_xlsx([table]), XLSX, f"{key}_{file_span(shown.period)}.xlsx")


@require_safe
@may_see_statistics
def export_all(request: HttpRequest, file_format: str) -> HttpResponse:
    shown = exported(request, IN_WORKBOOK)
    tables = [make(shown) for make in TABLES.values()]
    name = f"thong-ke_{file_span(shown.period)}"
    if file_format == "zip":
        return download(to_zip(tables), ZIP, f"{name}.zip")
    return download(to_xlsx(tables), XLSX, f"{name}.xlsx")


def file_span(period: Period) -> str:
    return f"{period.first}_{period.last}"


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


# ---------------------------------------------------------------- the monthly report


@require_safe
@may_see_statistics
def report(request: HttpRequest) -> HttpResponse:
    form = MonthForm(request.GET or None, months=months_with_numbers())
    month = form.month
    shown = Dashboard(Period.month(month), "day", limit=ARTICLES_IN_REPORT)
    context = {
        **admin.site.each_context(request),
        "title": _("Báo cáo truy cập tháng %(month)s") % {"month": f"{month:%m/%Y}"},
        "form": form,
        "month": month,
        "shown": shown,
        "counter": figures.counter(),
        "opening": OpeningTotal.objects.in_force(),
        "today": timezone.localdate(),
        "is_running": shown.period.last >= timezone.localdate(),
        "shown_month": f"{month:%m/%Y}",
        "query": "?"
        + urlencode({"ky": CUSTOM, "tu": f"{shown.period.first:%d/%m/%Y}", "den": f"{shown.period.last:%d/%m/%Y}"}),
        "main_figures": shown.summary.with_note(shown.basis_note),
        "busiest": busiest(shown),
        "articles": shown.articles.without(1),  # categories have a table of their own
        "tables": [
            table.first(OTHERS_IN_REPORT) for table in (shown.categories, shown.sources, shown.reporters, shown.devices)
        ],
    }
    return render(request, "admin/stats/report.html", context)


def busiest(shown: Dashboard) -> tuple[date, int] | None:
    """The day with most visits, and how many."""
    best = max(shown.points, key=lambda point: point.figures.visits, default=None)
    return (best.start, best.figures.visits) if best and best.figures.visits else None


def months_with_numbers() -> list[date]:
    """Newest first; this month also on a site that has counted nothing yet."""
    this = month_of(timezone.localdate())
    first = DailyVisits.objects.order_by("day").values_list("day", flat=True).first() or this
    return list(Period(min(month_of(first), this), this).months())[::-1]
