"""Charts drawn on the server as SVG, without scripts and without style attributes.

Positions along the x axis are percentages, and the plot is a nested SVG that is stretched to the width of the page:
labels keep their size on a phone, a screen and paper. Colours are classes of static/css/admin/stats/charts.css. A
screen reader gets a chart as one image with a title and a description; the numbers are in a table beside it."""

from collections.abc import Iterable, Sequence
from math import ceil

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Metric
from .charts import Chart, Series, SeriesKind, description, nice_ticks

HEIGHT = 240  # pixels, including the labels below the axis
TOP = 14  # pixels above the highest line, half a line of text
BOTTOM = 26  # pixels for the labels below the axis
PLOT = HEIGHT - TOP - BOTTOM
SCALE = 1000  # height of the stretched plot in its own units
DIGIT_WIDTH = 7  # pixels, of the numbers at the axis
NARROW_TICKS = 4  # labels below a chart on a phone
CROWDED = 120  # points; with more of them the gaps between bars would be narrower than a pixel

RUNNING = SafeString(' class="chart__bar--running"')
LEGEND_MARKS = {
    SeriesKind.BARS: SafeString('<rect width="14" height="10" rx="2"></rect>'),
    SeriesKind.LINE: SafeString('<line x1="0" x2="14" y1="5" y2="5"></line>'),
}


def draw(chart: Chart) -> SafeString:
    ticks = nice_ticks(max((max(series.values, default=0) for series in chart.series), default=0))
    return format_html(
        '<div class="chart">{}<svg class="chart__plot" width="100%" height="{}" role="img" '
        'aria-labelledby="{}-title {}-desc" overflow="visible">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}'
        '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'overflow="visible">{}{}</svg>{}</svg></div>',
        _axis(ticks),
        HEIGHT,
        chart.key,
        chart.key,
        chart.key,
        chart.title,
        chart.key,
        description(chart),
        _grid(ticks),
        TOP,
        PLOT,
        max(chart.size, 1),
        SCALE,
        format_html_join("", "{}", ((_series_svg(series, ticks[-1], chart.finished),) for series in chart.series)),
        _hover_areas(chart),
        _tick_labels(chart),
    )


def legend(chart: Chart) -> SafeString:
    return _legend((series.kind, series.metric, series.name) for series in chart.series)


def _legend(marks: Iterable[tuple[SeriesKind, Metric, str]]) -> SafeString:
    items = format_html_join(
        "",
        '<li><svg class="legend__mark legend__mark--{} legend__mark--{}" width="14" height="10" aria-hidden="true" '
        'focusable="false">{}</svg>{}</li>',
        ((kind, metric, LEGEND_MARKS[kind], name) for kind, metric, name in marks),
    )
    return format_html('<ul class="legend">{}</ul>', items)


def share_bar(part: float) -> SafeString:
    return format_html(
        '<svg class="share" width="100%" height="6" aria-hidden="true" focusable="false">'
        '<rect class="share__whole" width="100%" height="6" rx="3"></rect>'
        '<rect class="share__part" width="{}%" height="6" rx="3"></rect></svg>',
        f"{100 * min(max(part, 0), 1):.1f}",
    )


def stacked_bar(key: str, title: str, parts: Sequence[tuple[str, int, Metric]]) -> SafeString:
    whole = sum(number for _name, number, _metric in parts)
    rects, left = [], 0.0
    for name, number, metric in parts:
        width = 100 * number / whole if whole else 0
        rects.append((f"{left:.3f}", f"{width:.3f}", metric, name, number_format(number)))
        left += width
    text = "; ".join(f"{name}: {number_format(number)}" for name, number, _metric in parts)
    return format_html(
        '{}<svg class="stack" width="100%" height="28" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        _legend((SeriesKind.BARS, metric, name) for name, _number, metric in parts),
        key,
        key,
        key,
        title,
        key,
        text,
        format_html_join(
            "",
            '<rect x="{}%" width="{}%" height="28" class="stack__part stack__part--{}"><title>{}: {}</title></rect>',
            rects,
        ),
    )


def _axis(ticks: list[int]) -> SafeString:
    width = DIGIT_WIDTH * len(number_format(ticks[-1])) + 8
    numbers = format_html_join(
        "",
        '<text class="chart__number" x="{}" y="{}" text-anchor="end">{}</text>',
        ((width - 6, f"{_height(tick, ticks[-1]) + 4:.1f}", number_format(tick)) for tick in ticks),
    )
    return format_html(
        '<svg class="chart__axis" width="{}" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        width,
        HEIGHT,
        numbers,
    )


def _grid(ticks: list[int]) -> SafeString:
    lines = ((f"{_height(tick, ticks[-1]):.1f}", "chart__base" if tick == 0 else "chart__grid") for tick in ticks)
    return format_html_join("", '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="{1}"></line>', lines)


def _height(value: int, top: int) -> float:
    return TOP + PLOT * (1 - value / top)


def _series_svg(series: Series, top: int, finished: int) -> SafeString:
    heights = [SCALE * value / top for value in series.values]
    if series.kind == SeriesKind.BARS:
        width = 1 if len(heights) > CROWDED else 0.72
        bars = (
            (
                f"{index + (1 - width) / 2:.2f}",
                f"{SCALE - height:.1f}",
                width,
                f"{height:.1f}",
                "" if index < finished else RUNNING,
            )
            for index, height in enumerate(heights)
            if height
        )
        rects = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"{}></rect>', bars)
        return format_html('<g class="chart__bars chart__bars--{}">{}</g>', series.metric, rects)
    points = [(index + 0.5, SCALE - height) for index, height in enumerate(heights[:finished])]
    if len(points) == 1:  # a line of one point would be invisible
        points = [(0.1, points[0][1]), (0.9, points[0][1])]
    return format_html(
        '<polyline class="chart__line chart__line--{}" fill="none" vector-effect="non-scaling-stroke" points="{}">'
        "</polyline>",
        series.metric,
        " ".join(f"{x:.2f},{y:.1f}" for x, y in points),
    )


def _hover_areas(chart: Chart) -> SafeString:
    """Invisible rectangles whose titles tell a pointer the label and the numbers of a point."""
    areas = (
        (
            index,
            SCALE,
            label,
            "; ".join(f"{number_format(series.values[index])} {series.name.lower()}" for series in chart.series),
        )
        for index, label in enumerate(chart.labels)
    )
    return format_html_join(
        "", '<rect class="chart__touch" x="{}" y="0" width="1" height="{}"><title>{}: {}</title></rect>', areas
    )


def _tick_labels(chart: Chart) -> SafeString:
    stride = ceil(chart.size / chart.max_ticks) or 1
    for_phones = stride * ceil(ceil(chart.size / stride) / NARROW_TICKS)
    labels = (
        (
            f"{100 * (index + 0.5) / chart.size:.2f}",
            HEIGHT - 8,
            "" if index % for_phones == 0 else " chart__tick--minor",
            chart.ticks[index],
        )
        for index in range(0, chart.size, stride)
    )
    return format_html_join("", '<text x="{}%" y="{}" class="chart__tick{}" text-anchor="middle">{}</text>', labels)
