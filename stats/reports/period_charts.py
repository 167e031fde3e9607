from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Metric
from ..periods import Period
from .chart_svg import stacked_bar
from .charts import HALF_TICKS, WIDE_TICKS, Chart, Series, SeriesKind
from .figures import Point, Step
from .period_data import PeriodData


def point_label(point: Point, step: Step) -> str:
    if step == Step.HOUR:
        return f"{point.start:%H:00 %d/%m/%Y}"
    return f"{point.start:%d/%m/%Y}" if step == Step.DAY else f"{point.start:%m/%Y}"


def tick_label(point: Point, step: Step, period: Period) -> str:
    if step == Step.HOUR:
        return f"{point.start:%Hh}" if period.days == 1 or f"{point.start:%H}" != "00" else f"{point.start:%d/%m}"
    return f"{point.start:%d/%m}" if step == Step.DAY else f"{point.start:%m/%Y}"


def visits_chart(data: PeriodData) -> Chart:
    return _timeline(
        data,
        "luot",
        _("Lượt truy cập và lượt xem trang"),
        [
            _series(data, _("Lượt truy cập"), Metric.VISITS, SeriesKind.BARS),
            _series(data, _("Lượt xem trang"), Metric.VIEWS, SeriesKind.LINE),
        ],
    )


def robots_chart(data: PeriodData) -> Chart:
    return _timeline(
        data,
        "may",
        _("Người đọc và máy"),
        [
            _series(data, _("Lượt xem của người"), Metric.VIEWS, SeriesKind.LINE),
            _series(data, _("Lượt máy"), Metric.BOTS, SeriesKind.LINE),
        ],
        HALF_TICKS,
    )


def hours_chart(data: PeriodData) -> Chart:
    hours = [f"{hour:02}" for hour in range(24)]
    visits = [data.by_hour_of_day[hour][Metric.VISITS] for hour in range(24)]
    return Chart(
        "gio",
        _("Lượt truy cập theo giờ trong ngày"),
        [_("%(hour)s giờ") % {"hour": hour} for hour in hours],
        [f"{hour}h" for hour in hours],
        [Series(_("Lượt truy cập"), visits, SeriesKind.BARS, Metric.VISITS)],
        max_ticks=HALF_TICKS,
    )


def request_parts(data: PeriodData) -> tuple[tuple[str, int, Metric], ...]:
    """Name, number and metric of the parts that add up to all requests."""
    return (
        (_("Người đọc"), data.figures.views, Metric.VIEWS),
        (_("Máy"), data.figures.bots, Metric.BOTS),
        (_("Không tính"), data.figures.excluded, Metric.EXCLUDED),
    )


def requests_bar(data: PeriodData) -> str:
    if not data.figures.requests:
        return ""
    return stacked_bar("ai", _("Người đọc, máy và không tính"), request_parts(data))


def _series(data: PeriodData, name: str, metric: Metric, kind: SeriesKind) -> Series:
    return Series(name, [point.figures.value(metric) for point in data.points], kind, metric)


def _timeline(data: PeriodData, key: str, title: str, series: Sequence[Series], max_ticks: int = WIDE_TICKS) -> Chart:
    labels = [point_label(point, data.step) for point in data.points]
    is_running = data.period.last >= timezone.localdate()
    if is_running and labels:
        labels[-1] += f" ({_('chưa hết')})"
    ticks = [tick_label(point, data.step, data.period) for point in data.points]
    return Chart(key, title, labels, ticks, series, is_running, max_ticks)
