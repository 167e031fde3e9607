"""Charts as SVG, made on the server: pure functions from numbers to markup.

Nothing in them needs a script or a style attribute. Places along the x axis are percentages and the drawing is a
nested picture that stretches, so one chart fits a phone, a screen and paper while its words keep their size; colours
are classes of static/css/admin/stats/charts.css. A chart is one image to a screen reader, with a title and a
description that says what the eye would see first; its numbers stand in the table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

HEIGHT = 240  # pixels, with the words below the axis
TOP = 14  # pixels above the highest line, half a line of text
BOTTOM = 26  # pixels for the words below the axis
PLOT = HEIGHT - TOP - BOTTOM
SCALE = 1000  # height of the stretching picture, in its own units
LETTER = 7  # pixels, a digit of the axis
WIDE_TICKS, HALF_TICKS, NARROW_TICKS = 12, 6, 4  # words below the axis: on a screen, on half of it, on a phone
CROWDED = 120  # points; from here on the gaps between bars would be finer than a pixel

RUNNING = SafeString(' class="chart__bar--running"')

Kind = Literal["bars", "line"]


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[int]
    kind: Kind
    tone: str  # the end of a class name: visits, views, bots

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Chart:
    """`ticks` are short words below the axis, `labels` the long ones that a pointer finds; one of each for each value.

    A last point that is still growing (this hour, today) is drawn pale and left out of lines, so that no chart ends in
    a fall that never was."""

    key: str  # of its ids; letters and hyphens
    title: str
    labels: Sequence[str]
    ticks: Sequence[str]
    series: Sequence[Series]
    is_running: bool = False
    max_ticks: int = WIDE_TICKS

    @property
    def finished(self) -> int:
        """Points that will not change any more; the only point of a chart is shown as it is."""
        return self.size - 1 if self.is_running and self.size > 1 else self.size

    @property
    def size(self) -> int:
        return len(self.labels)

    @property
    def is_empty(self) -> bool:
        return not any(any(series.values) for series in self.series)

    @property
    def svg(self) -> SafeString:
        return draw(self)


def dotted(number: int) -> str:
    """312.343.234"""
    return f"{number:,}".replace(",", ".")


def nice_ticks(maximum: int) -> list[int]:
    """From 0 to the first round number that is not below the maximum, in three to six equal steps of whole numbers."""
    if maximum <= 3:
        return list(range(max(maximum, 1) + 1))
    rough = maximum / 5
    power = 10 ** (len(str(int(rough))) - 1) if rough >= 1 else 1
    step = next(
        round(factor * power)
        for factor in (1, 2, 2.5, 5, 10)
        if factor * power >= rough and factor * power == round(factor * power)
    )
    return [step * number for number in range(ceil(maximum / step) + 1)]


def described(chart: Chart) -> str:
    """What the eye sees first: of each series the sum, the highest and the lowest point."""
    sentences = []
    for series in chart.series:
        values = list(series.values[: chart.finished])
        if not any(series.values):
            sentences.append(_("%(name)s: không có.") % {"name": series.name})
            continue
        high, low = values.index(max(values)), values.index(min(values))
        sentences.append(
            _("%(name)s: tổng %(total)s, cao nhất %(high)s (%(high_at)s), thấp nhất %(low)s (%(low_at)s).")
            % {
                "name": series.name,
                "total": dotted(series.total),
                "high": dotted(values[high]),
                "high_at": chart.labels[high],
                "low": dotted(values[low]),
                "low_at": chart.labels[low],
            }
        )
    return " ".join(sentences)


def draw(chart: Chart) -> SafeString:
    ticks = nice_ticks(max((max(series.values, default=0) for series in chart.series), default=0))
    return format_html(
        '<div class="chart">{}<svg class="chart__plot" width="100%" height="{}" role="img" aria-labelledby="{}-title {}-desc" overflow="visible">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}'
        '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" overflow="visible">{}{}</svg>{}</svg></div>',
        _axis(ticks),
        HEIGHT,
        chart.key,
        chart.key,
        chart.key,
        chart.title,
        chart.key,
        described(chart),
        _grid(ticks),
        TOP,
        PLOT,
        max(chart.size, 1),
        SCALE,
        format_html_join("", "{}", ((_drawn(series, ticks[-1], chart.finished),) for series in chart.series)),
        _touch(chart),
        _words(chart),
    )


def legend(chart: Chart) -> SafeString:
    return _legend((series.kind, series.tone, series.name) for series in chart.series)


def _legend(marks: Iterable[tuple[Kind, str, str]]) -> SafeString:
    items = format_html_join(
        "",
        '<li><svg class="legend__mark legend__mark--{} legend__mark--{}" width="14" height="10" aria-hidden="true" focusable="false">{}</svg>{}</li>',
        ((kind, tone, SafeString(LEGEND_MARKS[kind]), name) for kind, tone, name in marks),
    )
    return format_html('<ul class="legend">{}</ul>', items)


LEGEND_MARKS: dict[Kind, str] = {
    "bars": '<rect width="14" height="10" rx="2"></rect>',
    "line": '<line x1="0" x2="14" y1="5" y2="5"></line>',
}


def share_bar(part: float) -> SafeString:
    """A bar in a table's row; the number itself stands beside it."""
    return format_html(
        '<svg class="share" width="100%" height="6" aria-hidden="true" focusable="false"><rect class="share__whole" width="100%" height="6" rx="3">'
        '</rect><rect class="share__part" width="{}%" height="6" rx="3"></rect></svg>',
        f"{100 * min(max(part, 0), 1):.1f}",
    )


def stacked_bar(key: str, title: str, parts: Sequence[tuple[str, int, str]]) -> SafeString:
    """Parts of a whole side by side, below their legend: name, number and tone of each."""
    whole = sum(number for _name, number, _tone in parts)
    rects, left = [], 0.0
    for name, number, tone in parts:
        width = 100 * number / whole if whole else 0
        rects.append((f"{left:.3f}", f"{width:.3f}", tone, name, dotted(number)))
        left += width
    said = "; ".join(f"{name}: {dotted(number)}" for name, number, _tone in parts)
    return format_html(
        '{}<svg class="stack" width="100%" height="28" role="img" aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}</svg>',
        _legend(("bars", tone, name) for name, _number, tone in parts),
        key,
        key,
        key,
        title,
        key,
        said,
        format_html_join(
            "",
            '<rect x="{}%" width="{}%" height="28" class="stack__part stack__part--{}"><title>{}: {}</title></rect>',
            rects,
        ),
    )


# ---------------------------------------------------------------- parts of a chart


def _axis(ticks: list[int]) -> SafeString:
    """The numbers, in a picture of their own whose width is that of the longest."""
    width = LETTER * len(dotted(ticks[-1])) + 8
    words = format_html_join(
        "",
        '<text class="chart__number" x="{}" y="{}" text-anchor="end">{}</text>',
        ((width - 6, f"{_height(tick, ticks[-1]) + 4:.1f}", dotted(tick)) for tick in ticks),
    )
    return format_html(
        '<svg class="chart__axis" width="{}" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        width,
        HEIGHT,
        words,
    )


def _grid(ticks: list[int]) -> SafeString:
    lines = ((f"{_height(tick, ticks[-1]):.1f}", "chart__base" if tick == 0 else "chart__grid") for tick in ticks)
    return format_html_join("", '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="{1}"></line>', lines)


def _height(value: int, top: int) -> float:
    return TOP + PLOT * (1 - value / top)


def _drawn(series: Series, top: int, finished: int) -> SafeString:
    heights = [SCALE * value / top for value in series.values]
    if series.kind == "bars":
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
        return format_html('<g class="chart__bars chart__bars--{}">{}</g>', series.tone, rects)
    points = [(index + 0.5, SCALE - height) for index, height in enumerate(heights[:finished])]
    if len(points) == 1:  # a line of one point would not be seen
        points = [(0.1, points[0][1]), (0.9, points[0][1])]
    return format_html(
        '<polyline class="chart__line chart__line--{}" fill="none" vector-effect="non-scaling-stroke" points="{}"></polyline>',
        series.tone,
        " ".join(f"{x:.2f},{y:.1f}" for x, y in points),
    )


def _touch(chart: Chart) -> SafeString:
    """What a pointer finds over each point: its label and every number."""
    found = (
        (
            index,
            SCALE,
            label,
            "; ".join(f"{dotted(series.values[index])} {series.name.lower()}" for series in chart.series),
        )
        for index, label in enumerate(chart.labels)
    )
    return format_html_join(
        "", '<rect class="chart__touch" x="{}" y="0" width="1" height="{}"><title>{}: {}</title></rect>', found
    )


def _words(chart: Chart) -> SafeString:
    stride = ceil(chart.size / chart.max_ticks) or 1
    for_phones = stride * ceil(ceil(chart.size / stride) / NARROW_TICKS)
    words = (
        (
            f"{100 * (index + 0.5) / chart.size:.2f}",
            HEIGHT - 8,
            "" if index % for_phones == 0 else " chart__tick--minor",
            chart.ticks[index],
        )
        for index in range(0, chart.size, stride)
    )
    return format_html_join("", '<text x="{}%" y="{}" class="chart__tick{}" text-anchor="middle">{}</text>', words)
