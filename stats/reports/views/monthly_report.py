from datetime import date

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...models import DailyVisits, OpeningTotal
from ...periods import Period, month_of
from ..dashboard import Dashboard
from ..figures import Step
from ..forms import MonthForm, custom_query
from ..permissions import may_view_statistics
from ..visit_counter import read_counter

# Rows of a table: a report fits on two sheets of A4.
MAX_ARTICLES = 10
MAX_OTHER_ROWS = 8
CATEGORY_COLUMN = 1  # of the table of articles


@require_safe
@may_view_statistics
def monthly_report(request: HttpRequest) -> HttpResponse:
    form = MonthForm(request.GET or None, months=months_with_numbers())
    month = form.month
    shown = Dashboard(Period.month(month), Step.DAY, limit=MAX_ARTICLES)
    other_tables = (shown.categories, shown.referrers, shown.reporters, shown.devices)
    context = {
        **admin.site.each_context(request),
        "title": _("Báo cáo truy cập tháng %(month)s") % {"month": f"{month:%m/%Y}"},
        "form": form,
        "month": month,
        "shown": shown,
        "counter": read_counter(),
        "opening": OpeningTotal.objects.in_force(),
        "today": timezone.localdate(),
        "is_running": shown.period.last >= timezone.localdate(),
        "shown_month": f"{month:%m/%Y}",
        "query": "?" + urlencode(custom_query(shown.period)),
        "main_figures": shown.summary.with_note(shown.basis_note),
        "busiest": busiest_day(shown),
        "articles": shown.articles.without(CATEGORY_COLUMN),
        "tables": [table.first(MAX_OTHER_ROWS) for table in other_tables],
    }
    return render(request, "admin/stats/report.html", context)


def busiest_day(shown: Dashboard) -> tuple[date, int] | None:
    best = max(shown.points, key=lambda point: point.figures.visits, default=None)
    return (best.start, best.figures.visits) if best and best.figures.visits else None


def months_with_numbers() -> list[date]:
    this = month_of(timezone.localdate())
    first = DailyVisits.objects.order_by("day").values_list("day", flat=True).first() or this
    return list(Period(min(month_of(first), this), this).months())[::-1]
