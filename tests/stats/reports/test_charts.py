import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from stats.models import Metric
from stats.reports.chart_svg import PLOT, SCALE, TOP, draw, legend, share_bar, stacked_bar
from stats.reports.charts import Chart, Series, SeriesKind, description, nice_ticks

HOSTILE = '"><script>alert(1)</script><text x="'
FORBIDDEN = re.compile(r"<script|<foreignObject|\sstyle=|\son\w+=|href=|javascript:", re.IGNORECASE)


def chart(*values: int, kind: SeriesKind = SeriesKind.BARS, **fields) -> Chart:
    labels = [f"{number + 1:02}/11/2026" for number in range(len(values))]
    return Chart(
        "thu",
        "Lượt truy cập",
        labels,
        [label[:5] for label in labels],
        [Series("Lượt truy cập", values, kind, Metric.VISITS)],
        **fields,
    )


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{markup}</div>")  # noqa: S314 - our own markup


def bars(of: Chart) -> list[dict[str, str]]:
    return [rect.attrib for group in parsed(draw(of)).iter("g") for rect in group]


@pytest.mark.parametrize(
    ("maximum", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (100, [0, 20, 40, 60, 80, 100]),
        (4534, [0, 1000, 2000, 3000, 4000, 5000]),
        (2**33, [0, 2_000_000_000, 4_000_000_000, 6_000_000_000, 8_000_000_000, 10_000_000_000]),
    ],
)
def test_axis_has_round_numbers(maximum, ticks):
    assert nice_ticks(maximum) == ticks


def test_axis_always_reaches_the_highest_value_in_equal_whole_steps():
    for maximum in [*range(2000), 10**6 + 1, 10**12 + 7]:
        ticks = nice_ticks(maximum)
        assert ticks[0] == 0 and ticks[-1] >= maximum, maximum
        assert len({right - left for left, right in pairwise(ticks)}) == 1, maximum
        assert 2 <= len(ticks) <= 7, maximum


def test_numbers_of_the_axis_are_grouped_with_dots():
    numbers = [text.text for text in parsed(draw(chart(45_000))).iter("text") if text.get("class") == "chart__number"]
    assert numbers == ["0", "10.000", "20.000", "30.000", "40.000", "50.000"]


def test_bar_is_as_high_as_its_number():
    assert [float(bar["height"]) for bar in bars(chart(50, 25, 100))] == [SCALE * 0.5, SCALE * 0.25, SCALE]


def test_empty_point_keeps_its_place_without_a_bar():
    assert [bar["x"] for bar in bars(chart(5, 0, 5))] == ["0.14", "2.14"]


def test_grid_lines_stand_where_their_numbers_stand():
    lines = [line.attrib["y1"] for line in parsed(draw(chart(100))).iter("line")]
    assert lines == [f"{TOP + PLOT * (1 - part / 5):.1f}" for part in range(6)]


def test_line_goes_through_every_point():
    line = next(parsed(draw(chart(0, 50, 100, kind=SeriesKind.LINE))).iter("polyline"))
    assert line.attrib["points"] == "0.50,1000.0 1.50,500.0 2.50,0.0"


def test_line_of_one_point_is_seen():
    line = next(parsed(draw(chart(10, kind=SeriesKind.LINE))).iter("polyline"))
    assert line.attrib["points"] == "0.10,0.0 0.90,0.0"


def test_day_that_is_not_over_is_pale_and_no_fall():
    assert [bar.get("class") for bar in bars(chart(50, 40, 3, is_running=True))] == [None, None, "chart__bar--running"]
    line = next(parsed(draw(chart(50, 40, 3, kind=SeriesKind.LINE, is_running=True))).iter("polyline"))
    assert line.attrib["points"] == "0.50,0.0 1.50,200.0"
    assert "thấp nhất 40 (02/11/2026)" in description(chart(50, 40, 3, is_running=True))


def test_screen_reader_hears_title_sum_highest_and_lowest():
    root = parsed(draw(chart(50, 25, 4534)))
    plot = next(svg for svg in root.iter("svg") if svg.get("role") == "img")
    said = [plot.find("title"), plot.find("desc")]
    assert plot.attrib["aria-labelledby"].split() == [part.attrib["id"] for part in said]
    assert [part.text for part in said] == [
        "Lượt truy cập",
        "Lượt truy cập: tổng 4.609, cao nhất 4.534 (03/11/2026), thấp nhất 25 (02/11/2026).",
    ]
    others = [svg for svg in root.iter("svg") if svg is not plot and svg not in list(plot.iter("svg"))]
    assert [svg.attrib["aria-hidden"] for svg in others] == ["true"]


def test_series_of_nothing_is_said_to_be_nothing():
    assert description(chart(0, 0)) == "Lượt truy cập: không có."


def test_pointer_finds_label_and_numbers():
    touched = [
        rect.find("title").text
        for rect in parsed(draw(chart(4534, 2))).iter("rect")
        if rect.get("class") == "chart__touch"
    ]
    assert touched == ["01/11/2026: 4.534 lượt truy cập", "02/11/2026: 2 lượt truy cập"]


@pytest.mark.parametrize("size", [1, 2, 7, 24, 30, 31, 90, 168, 365, 400])
def test_words_below_the_axis_never_crowd(size):
    words = [
        text.attrib["class"]
        for text in parsed(draw(chart(*[1] * size))).iter("text")
        if text.get("class", "").startswith("chart__tick")
    ]
    assert 1 <= len(words) <= 12
    assert 1 <= sum("minor" not in word for word in words) <= 4


@pytest.mark.parametrize(
    "markup",
    [
        draw(
            Chart(
                "thu",
                HOSTILE,
                [HOSTILE],
                [HOSTILE],
                [
                    Series(HOSTILE, [1], SeriesKind.BARS, Metric.VISITS),
                    Series(HOSTILE, [2], SeriesKind.LINE, Metric.VIEWS),
                ],
            )
        ),
        legend(Chart("thu", HOSTILE, [HOSTILE], [HOSTILE], [Series(HOSTILE, [1], SeriesKind.BARS, Metric.VISITS)])),
        stacked_bar("ai", HOSTILE, [(HOSTILE, 3, Metric.VIEWS)]),
        share_bar(0.5),
    ],
)
def test_markup_is_sound_and_inert(markup):
    assert [element.tag for element in parsed(markup).iter() if element.tag in {"script", "style"}] == []
    assert not FORBIDDEN.search(re.sub(r">[^<]*<", "><", markup))


def test_chart_without_points_is_drawn_all_the_same():
    empty = Chart("thu", "Không có gì", [], [], [Series("Lượt truy cập", [], SeriesKind.BARS, Metric.VISITS)])
    assert empty.is_empty
    assert parsed(draw(empty)) is not None


def test_parts_of_the_stack_fill_it_and_have_their_names_above():
    stack = parsed(stacked_bar("ai", "Ai", [("Người", 3, Metric.VIEWS), ("Máy", 1, Metric.BOTS)]))
    widths = [
        float(rect.attrib["width"].rstrip("%"))
        for rect in stack.iter("rect")
        if rect.get("class", "").startswith("stack__part")
    ]
    assert widths == [75, 25]
    assert ["".join(item.itertext()) for item in stack.iter("li")] == ["Người", "Máy"]


@pytest.mark.parametrize(("part", "width"), [(0.25, "25.0%"), (7, "100.0%"), (-1, "0.0%")])
def test_bar_of_a_share_stays_in_its_cell(part, width):
    assert [rect.attrib["width"] for rect in parsed(share_bar(part)).iter("rect")] == ["100%", width]
