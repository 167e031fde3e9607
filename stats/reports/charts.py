"""Charts as values; chart_svg.py draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..models import Metric

WIDE_TICKS, HALF_TICKS = 12, 6  # labels below a chart over the whole width and over half of it


class SeriesKind(StrEnum):
    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[int]
    kind: SeriesKind
    metric: Metric  # decides on the colour

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Chart:
    """`labels` are shown to a pointer, the shorter `ticks` below the axis; one of each for every value of a series.

    If `is_running`, the last point is an hour, day or month that is not over. It is drawn pale and left out of lines,
    which would otherwise seem to fall."""

    key: str  # part of ids of elements: letters and hyphens
    title: str
    labels: Sequence[str]
    ticks: Sequence[str]
    series: Sequence[Series]
    is_running: bool = False
    max_ticks: int = WIDE_TICKS

    @property
    def finished(self) -> int:
        """The number of points that are over; the only point of a chart counts as over."""
        return self.size - 1 if self.is_running and self.size > 1 else self.size

    @property
    def size(self) -> int:
        return len(self.labels)

    @property
    def is_empty(self) -> bool:
        return not any(any(series.values) for series in self.series)


def nice_ticks(maximum: int) -> list[int]:
    """Round numbers from 0 to at least the maximum, in equal steps of whole numbers."""
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


def description(chart: Chart) -> str:
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
                "total": number_format(series.total),
                "high": number_format(values[high]),
                "high_at": chart.labels[high],
                "low": number_format(values[low]),
                "low_at": chart.labels[low],
            }
        )
    return " ".join(sentences)
