"""The tables and charts of a period, each made by one function from the query words of models, figures and ranking.

A table has the same columns on the screen, on paper and in the exports; the screen shows its first rows only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from news.staff import display_name

from ..models import OTHERS, DailyVisits, DeviceViews, ExcludedHits, Figures, HourlyVisits, NotFoundPath
from ..periods import Period
from . import charts
from .charts import Chart, Series, dotted
from .comparison import Basis, Comparison, basis, compared
from .figures import Point, Step, chart_points, sums, top_sources
from .ranking import Ranking, ranking
from .tables import Column, Kind, Row, Table, with_shares

ON_SCREEN = 20  # rows of a table
IN_EXPORT = 5_000  # rows of one table: what nobody reads any more, and no memory notices
IN_WORKBOOK = 1_000  # rows of each table in a file that holds all
FIGURE_WORDS = ("visits", "views", "visitors", "bots", "excluded")


def name_of(word: str) -> str:
    return {
        "visits": _("Lượt truy cập"),
        "views": _("Lượt xem trang"),
        "visitors": _("Khách, cộng theo ngày"),
        "bots": _("Lượt máy"),
        "excluded": _("Lượt không tính"),
    }[word]


@dataclass(frozen=True)
class Card:
    """One of the large numbers; changes are None where there is nothing to compare with."""

    name: str
    value: int
    before: float | None
    year_before: float | None
    word: str


@dataclass
class Dashboard:
    """Everything about one period; each part asks the database when it is first wanted, and once."""

    period: Period
    step: Step = "day"
    limit: int = ON_SCREEN

    # ------------------------------------------------------------ figures

    @cached_property
    def figures(self) -> Figures:
        return sums(self.period)

    @cached_property
    def basis(self) -> Basis | None:
        return basis(self.period)

    @cached_property
    def comparison(self) -> Comparison:
        return compared(self.basis)

    @cached_property
    def origins(self) -> set[str]:
        return set(DailyVisits.objects.within(self.period).order_by().values_list("origin", flat=True).distinct())

    @property
    def has_demo(self) -> bool:
        return DailyVisits.Origin.DEMO in self.origins

    @property
    def has_imported(self) -> bool:
        return DailyVisits.Origin.IMPORTED in self.origins

    @property
    def detail_since(self) -> date:
        """The first day whose detail is still kept by day."""
        return timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS)

    @property
    def lacks_detail(self) -> bool:
        return self.period.first < self.detail_since

    @property
    def cards(self) -> list[Card]:
        change = self.comparison.change
        return [
            Card(name_of(word), getattr(self.figures, word), change(word, "before"), change(word, "year_before"), word)
            for word in ("visits", "views", "visitors", "bots")
        ]

    # ------------------------------------------------------------ charts

    @cached_property
    def points(self) -> list[Point]:
        return chart_points(self.period, self.step)

    def _chart(self, key: str, title: str, series: Sequence[Series], max_ticks: int = charts.WIDE_TICKS) -> Chart:
        labels = [long_label(point, self.step) for point in self.points]
        is_running = self.period.last >= timezone.localdate()
        if is_running and labels:
            labels[-1] += f" ({_('chưa hết')})"
        return Chart(
            key,
            title,
            labels,
            [tick(point, self.step, self.period) for point in self.points],
            series,
            is_running,
            max_ticks,
        )

    @property
    def visits_chart(self) -> Chart:
        return self._chart(
            "luot",
            _("Lượt truy cập và lượt xem trang"),
            [
                Series(_("Lượt truy cập"), [point.figures.visits for point in self.points], "bars", "visits"),
                Series(_("Lượt xem trang"), [point.figures.views for point in self.points], "line", "views"),
            ],
        )

    @property
    def robots_chart(self) -> Chart:
        return self._chart(
            "may",
            _("Người đọc và máy"),
            [
                Series(_("Lượt xem của người"), [point.figures.views for point in self.points], "line", "views"),
                Series(_("Lượt máy"), [point.figures.bots for point in self.points], "line", "bots"),
            ],
            charts.HALF_TICKS,
        )

    @property
    def clock_chart(self) -> Chart:
        hours = [f"{hour:02}" for hour in range(24)]
        return Chart(
            "gio",
            _("Lượt truy cập theo giờ trong ngày"),
            [_("%(hour)s giờ") % {"hour": hour} for hour in hours],
            [f"{hour}h" for hour in hours],
            [Series(_("Lượt truy cập"), [self.clock[hour]["visits"] for hour in range(24)], "bars", "visits")],
            max_ticks=charts.HALF_TICKS,
        )

    # ------------------------------------------------------------ tables

    @cached_property
    def summary(self) -> Table:
        rows = []
        for word in FIGURE_WORDS:
            value = getattr(self.figures, word)
            past = [
                (getattr(figures, word) or None) if figures else None
                for figures in (self.comparison.before, self.comparison.year_before)
            ]
            changes = [self.comparison.change(word, "before"), self.comparison.change(word, "year_before")]
            rows.append(Row((name_of(word), value, past[0], changes[0], past[1], changes[1])))
        columns = (
            Column(_("Chỉ số"), Kind.TEXT),
            Column(_("Trong kỳ")),
            Column(_("Kỳ trước"), is_minor=True),
            Column(_("Tăng, giảm"), Kind.CHANGE),
            Column(_("Cùng kỳ năm trước"), is_minor=True),
            Column(_("Tăng, giảm so với năm trước"), Kind.CHANGE),
        )
        return Table("tong-hop", _("Tổng hợp"), columns, rows, note=f"{span(self.period)}. {self.basis_note}")

    @property
    def basis_note(self) -> str:
        on = self.basis
        if on is None:
            return _("Chưa có ngày nào trọn để so sánh.")
        words = {"before": span(on.before), "year": span(on.year_before), "now": span(on.now), "hour": on.until_hour}
        if on.until_hour is not None:
            return _("So sánh đến %(hour)s giờ: %(now)s với %(before)s và %(year)s.") % words
        if on.now == self.period:
            return _("So sánh với kỳ trước (%(before)s) và cùng kỳ năm trước (%(year)s).") % words
        return _("So sánh những ngày đã trọn, %(now)s, với %(before)s và %(year)s.") % words

    @cached_property
    def series(self) -> Table:
        first = {
            "hour": Column(_("Giờ"), Kind.TEXT),
            "day": Column(_("Ngày"), Kind.DATE),
            "month": Column(_("Tháng"), Kind.MONTH),
        }[self.step]
        # Visitors and excluded hits are counted by day.
        words = ("visits", "views", "bots") if self.step == "hour" else FIGURE_WORDS
        rows = [
            Row(
                (
                    long_label(point, "hour") if self.step == "hour" else point.start,
                    *(getattr(point.figures, word) for word in words),
                )
            )
            for point in self.points
        ]
        return Table(
            "dien-bien",
            _("Diễn biến"),
            (first, *(Column(name_of(word)) for word in words)),
            rows,
            empty=_("Chưa có số liệu."),
        )

    @cached_property
    def clock(self) -> dict[int, dict[str, int]]:
        """What each hour of the clock saw on all days together."""
        found = {row["hour"]: row for row in HourlyVisits.objects.within(self.period).by_hour_of_day()}
        return {hour: found.get(hour, {"visits": 0, "views": 0, "bots": 0}) for hour in range(24)}

    @cached_property
    def by_clock(self) -> Table:
        words = ("visits", "views", "bots")
        rows = [
            Row((_("%(hour)02d giờ") % {"hour": hour}, *(numbers[word] for word in words)))
            for hour, numbers in self.clock.items()
        ]
        columns = (Column(_("Giờ trong ngày"), Kind.TEXT), *(Column(name_of(word)) for word in words))
        return Table("gio-trong-ngay", _("Theo giờ trong ngày"), columns, rows, empty=_("Chưa có số liệu."))

    @property
    def everybody(self) -> tuple[tuple[str, int, str], ...]:
        """Name, number and tone of the parts that make up every request seen."""
        figures = self.figures
        return (
            (_("Người đọc"), figures.views, "views"),
            (_("Máy"), figures.bots, "bots"),
            (_("Không tính"), figures.excluded, "excluded"),
        )

    @cached_property
    def people_and_robots(self) -> Table:
        seen = self.figures.seen
        rows = (
            [Row(cells) for cells in with_shares([(name, number) for name, number, _tone in self.everybody], seen)]
            if seen
            else []
        )
        columns = (Column(_("Ai"), Kind.TEXT), Column(_("Số lượt")), Column(_("Tỷ lệ"), Kind.SHARE))
        note = _("Cộng lại là mọi yêu cầu mà cổng đã nhận: %(seen)s.") % {"seen": dotted(seen)} if seen else ""
        return Table(
            "nguoi-va-may", _("Người đọc, máy và không tính"), columns, rows, note=note, empty=_("Chưa có số liệu.")
        )

    @property
    def stack(self) -> str:
        return charts.stacked_bar("ai", self.people_and_robots.title, self.everybody) if self.figures.seen else ""

    @cached_property
    def ranking(self) -> Ranking:
        return ranking(self.period, self.limit)

    @cached_property
    def articles(self) -> Table:
        rows = [
            Row(
                (
                    article.title,
                    article.category.name,
                    display_name(article.author),
                    timezone.localdate(article.published_at) if article.published_at else None,
                    ranked.views,
                    self._share(ranked.views),
                ),
                url=article.get_absolute_url() if article.is_published else "",
            )
            for ranked in self.ranking.articles
            for article in [ranked.item]
        ]
        columns = (
            Column(_("Bài viết"), Kind.TEXT),
            Column(_("Chuyên mục"), Kind.TEXT, is_minor=True),
            Column(_("Người viết"), Kind.TEXT, is_minor=True),
            Column(_("Ngày đăng"), Kind.DATE, is_minor=True),
            Column(_("Lượt xem")),
            Column(_("Tỷ lệ"), Kind.SHARE),
        )
        return Table(
            "bai-viet", _("Bài được đọc nhiều"), columns, rows, empty=_("Chưa có bài nào được đọc trong kỳ này.")
        )

    @cached_property
    def categories(self) -> Table:
        rows = [
            Row((ranked.item.name, ranked.views, self._share(ranked.views)), url=ranked.item.get_absolute_url())
            for ranked in self.ranking.categories
        ]
        return self._ranked("chuyen-muc", _("Chuyên mục"), _("Chuyên mục được đọc nhiều"), rows)

    @cached_property
    def reporters(self) -> Table:
        rows = [
            Row((display_name(ranked.item), ranked.views, self._share(ranked.views)))
            for ranked in self.ranking.reporters
        ]
        return self._ranked("nguoi-viet", _("Người viết"), _("Người viết được đọc nhiều"), rows)

    @cached_property
    def sources(self) -> Table:
        found = top_sources(self.period, self.limit)
        rows = [
            Row(
                (_("Các trang khác") if ranked.item == OTHERS else ranked.item, ranked.views, self._share(ranked.views))
            )
            for ranked in found
        ]
        note = _("Tính những lần mở trang từ bên ngoài; đi từ trang này sang trang khác của cổng không tính vào đây.")
        return self._ranked("nguon", _("Từ đâu"), _("Bạn đọc đến từ đâu"), rows, note=note)

    @cached_property
    def devices(self) -> Table:
        names = dict(DeviceViews.Device.choices)
        rows = [
            Row((str(names.get(row["device"], row["device"])), row["views"], self._share(row["views"])))
            for row in DeviceViews.objects.within(self.period).by_device()
        ]
        return self._ranked("thiet-bi", _("Thiết bị"), _("Thiết bị"), rows)

    @cached_property
    def browsers(self) -> Table:
        names = dict(DeviceViews.Browser.choices)
        rows = [
            Row((str(names.get(row["browser"], row["browser"])), row["views"], self._share(row["views"])))
            for row in DeviceViews.objects.within(self.period).by_browser()
        ]
        return self._ranked("trinh-duyet", _("Trình duyệt"), _("Trình duyệt"), rows)

    @cached_property
    def not_found(self) -> Table:
        rows = [
            Row(
                (
                    _("Các địa chỉ khác") if row["path"] == OTHERS else row["path"],
                    row["views"],
                    row["bots"],
                    row["last_day"],
                )
            )
            for row in NotFoundPath.objects.within(self.period).top(self.limit)
        ]
        columns = (
            Column(_("Địa chỉ"), Kind.TEXT),
            Column(_("Lượt người")),
            Column(_("Lượt máy")),
            Column(_("Gần nhất"), Kind.DATE, is_minor=True),
        )
        note = _(
            "Địa chỉ có nhiều lượt người thường là trang của cổng cũ hoặc liên kết sai: nên tạo chuyển hướng. Địa chỉ chỉ có lượt máy thường là dò tìm lỗ hổng, cứ để vậy."
        )
        return Table(
            "khong-thay",
            _("Địa chỉ không tìm thấy"),
            columns,
            rows,
            note=note,
            empty=_("Không có địa chỉ nào bị gọi nhầm."),
        )

    @cached_property
    def excluded(self) -> Table:
        names = dict(ExcludedHits.Reason.choices)
        found = [
            (str(names.get(row["reason"], row["reason"])), row["hits"])
            for row in ExcludedHits.objects.within(self.period).by_reason()
        ]
        rows = [Row(cells) for cells in with_shares(found, sum(hits for _reason, hits in found))]
        columns = (Column(_("Lý do"), Kind.TEXT), Column(_("Số lượt")), Column(_("Tỷ lệ"), Kind.SHARE))
        return Table(
            "khong-tinh", _("Lượt không tính, theo lý do"), columns, rows, empty=_("Không có lượt nào bị loại.")
        )

    def _share(self, views: int) -> float:
        return views / self.figures.views if self.figures.views else 0.0

    def _ranked(self, key: str, what: str, title: str, rows: Sequence[Row], note: str = "") -> Table:
        columns = (Column(what, Kind.TEXT), Column(_("Lượt xem")), Column(_("Tỷ lệ"), Kind.SHARE))
        return Table(key, title, columns, rows, note=note, empty=_("Chưa có số liệu."))


# In the order in which a file of the whole period holds them; the key stands in the address.
TABLES: dict[str, Callable[[Dashboard], Table]] = {
    "tong-hop": lambda dashboard: dashboard.summary,
    "dien-bien": lambda dashboard: dashboard.series,
    "gio-trong-ngay": lambda dashboard: dashboard.by_clock,
    "bai-viet": lambda dashboard: dashboard.articles,
    "chuyen-muc": lambda dashboard: dashboard.categories,
    "nguoi-viet": lambda dashboard: dashboard.reporters,
    "nguon": lambda dashboard: dashboard.sources,
    "thiet-bi": lambda dashboard: dashboard.devices,
    "trinh-duyet": lambda dashboard: dashboard.browsers,
    "nguoi-va-may": lambda dashboard: dashboard.people_and_robots,
    "khong-tinh": lambda dashboard: dashboard.excluded,
    "khong-thay": lambda dashboard: dashboard.not_found,
}


def span(period: Period) -> str:
    if period.days == 1:
        return f"{period.first:%d/%m/%Y}"
    return f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"


def long_label(point: Point, step: Step) -> str:
    if step == "hour":
        return f"{point.start:%H:00 %d/%m/%Y}"
    return f"{point.start:%d/%m/%Y}" if step == "day" else f"{point.start:%m/%Y}"


def tick(point: Point, step: Step, period: Period) -> str:
    """A short word below the axis."""
    if step == "hour":
        return f"{point.start:%Hh}" if period.days == 1 or f"{point.start:%H}" != "00" else f"{point.start:%d/%m}"
    return f"{point.start:%d/%m}" if step == "day" else f"{point.start:%m/%Y}"
