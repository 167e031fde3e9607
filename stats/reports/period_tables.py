"""The tables of a period. The screen, the monthly report and the exports show the same columns."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from news.staff import display_name

from ..models import OTHERS, DeviceViews, ExcludedHits, Metric, NotFoundPath
from .comparison import HOURLY_METRICS
from .figures import Step
from .period_charts import point_label, request_parts
from .period_data import PeriodData
from .ranking import top_referrers
from .tables import Column, Kind, Row, Table, with_shares


class TableKey(StrEnum):
    """Names of the tables in URLs, file names and ids of elements."""

    SUMMARY = "tong-hop"
    TIMELINE = "dien-bien"
    HOURS = "gio-trong-ngay"
    ARTICLES = "bai-viet"
    CATEGORIES = "chuyen-muc"
    REPORTERS = "nguoi-viet"
    REFERRERS = "nguon"
    DEVICES = "thiet-bi"
    BROWSERS = "trinh-duyet"
    REQUESTS = "nguoi-va-may"
    EXCLUDED = "khong-tinh"
    NOT_FOUND = "khong-thay"


def summary(data: PeriodData) -> Table:
    comparison = data.comparison
    rows = [
        Row(
            (
                str(metric.label),
                data.figures.value(metric),
                (comparison.previous.value(metric) or None) if comparison.previous else None,
                comparison.change_from_previous(metric),
                (comparison.year_before.value(metric) or None) if comparison.year_before else None,
                comparison.change_from_year_before(metric),
            )
        )
        for metric in Metric
    ]
    columns = (
        Column(_("Chỉ số"), Kind.TEXT),
        Column(_("Trong kỳ")),
        Column(_("Kỳ trước"), is_minor=True),
        Column(_("Tăng, giảm"), Kind.CHANGE),
        Column(_("Cùng kỳ năm trước"), is_minor=True),
        Column(_("Tăng, giảm so với năm trước"), Kind.CHANGE),
    )
    return Table(TableKey.SUMMARY, _("Tổng hợp"), columns, rows, note=f"{data.period}. {basis_note(data)}")


def basis_note(data: PeriodData) -> str:
    basis = data.basis
    if basis is None:
        return _("Chưa có ngày nào trọn để so sánh.")
    words = {"before": basis.previous, "year": basis.year_before, "now": basis.now, "hour": basis.until_hour}
    if basis.until_hour is not None:
        return _("So sánh đến %(hour)s giờ: %(now)s với %(before)s và %(year)s.") % words
    if basis.now == data.period:
        return _("So sánh với kỳ trước (%(before)s) và cùng kỳ năm trước (%(year)s).") % words
    return _("So sánh những ngày đã trọn, %(now)s, với %(before)s và %(year)s.") % words


def timeline(data: PeriodData) -> Table:
    first = Column(str(data.step.label), {Step.HOUR: Kind.TEXT, Step.DAY: Kind.DATE, Step.MONTH: Kind.MONTH}[data.step])
    is_hourly = data.step == Step.HOUR
    metrics = [metric for metric in Metric if metric in HOURLY_METRICS] if is_hourly else list(Metric)
    rows = [
        Row(
            (
                point_label(point, data.step) if is_hourly else point.start,
                *(point.figures.value(metric) for metric in metrics),
            )
        )
        for point in data.points
    ]
    columns = (first, *(Column(str(metric.label)) for metric in metrics))
    return Table(TableKey.TIMELINE, _("Diễn biến"), columns, rows, empty=_("Chưa có số liệu."))


def hours(data: PeriodData) -> Table:
    metrics = [metric for metric in Metric if metric in HOURLY_METRICS]
    rows = [
        Row((_("%(hour)02d giờ") % {"hour": hour}, *(numbers[metric] for metric in metrics)))
        for hour, numbers in data.by_hour_of_day.items()
    ]
    columns = (Column(_("Giờ trong ngày"), Kind.TEXT), *(Column(str(metric.label)) for metric in metrics))
    return Table(TableKey.HOURS, _("Theo giờ trong ngày"), columns, rows, empty=_("Chưa có số liệu."))


def requests(data: PeriodData) -> Table:
    total = data.figures.requests
    parts = [(name, number) for name, number, _metric in request_parts(data)]
    rows = [Row(cells) for cells in with_shares(parts, total)] if total else []
    columns = (Column(_("Ai"), Kind.TEXT), Column(_("Số lượt")), Column(_("Tỷ lệ"), Kind.SHARE))
    note = _("Cộng lại là mọi yêu cầu mà cổng đã nhận: %(seen)s.") % {"seen": number_format(total)} if total else ""
    title = _("Người đọc, máy và không tính")
    return Table(TableKey.REQUESTS, title, columns, rows, note=note, empty=_("Chưa có số liệu."))


def articles(data: PeriodData) -> Table:
    rows = [
        Row(
            (
                article.title,
                article.category.name,
                display_name(article.author),
                timezone.localdate(article.published_at) if article.published_at else None,
                ranked.views,
                data.share(ranked.views),
            ),
            url=article.get_absolute_url() if article.is_published else "",
        )
        for ranked in data.ranking.articles
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
    empty = _("Chưa có bài nào được đọc trong kỳ này.")
    return Table(TableKey.ARTICLES, _("Bài được đọc nhiều"), columns, rows, empty=empty)


def categories(data: PeriodData) -> Table:
    rows = [
        Row((ranked.item.name, ranked.views, data.share(ranked.views)), url=ranked.item.get_absolute_url())
        for ranked in data.ranking.categories
    ]
    return _views_table(TableKey.CATEGORIES, _("Chuyên mục"), _("Chuyên mục được đọc nhiều"), rows)


def reporters(data: PeriodData) -> Table:
    rows = [
        Row((display_name(ranked.item), ranked.views, data.share(ranked.views))) for ranked in data.ranking.reporters
    ]
    return _views_table(TableKey.REPORTERS, _("Người viết"), _("Người viết được đọc nhiều"), rows)


def referrers(data: PeriodData) -> Table:
    rows = [
        Row((_("Các trang khác") if ranked.item == OTHERS else ranked.item, ranked.views, data.share(ranked.views)))
        for ranked in top_referrers(data.period, data.limit)
    ]
    note = _("Tính những lần mở trang từ bên ngoài; đi từ trang này sang trang khác của cổng không tính vào đây.")
    return _views_table(TableKey.REFERRERS, _("Từ đâu"), _("Bạn đọc đến từ đâu"), rows, note=note)


def devices(data: PeriodData) -> Table:
    names = dict(DeviceViews.Device.choices)
    rows = [
        Row((str(names.get(row["device"], row["device"])), row["views"], data.share(row["views"])))
        for row in DeviceViews.objects.within(data.period).by_device()
    ]
    return _views_table(TableKey.DEVICES, _("Thiết bị"), _("Thiết bị"), rows)


def browsers(data: PeriodData) -> Table:
    names = dict(DeviceViews.Browser.choices)
    rows = [
        Row((str(names.get(row["browser"], row["browser"])), row["views"], data.share(row["views"])))
        for row in DeviceViews.objects.within(data.period).by_browser()
    ]
    return _views_table(TableKey.BROWSERS, _("Trình duyệt"), _("Trình duyệt"), rows)


def not_found(data: PeriodData) -> Table:
    rows = [
        Row(
            (
                _("Các địa chỉ khác") if row["path"] == OTHERS else row["path"],
                row["views"],
                row["bots"],
                row["last_day"],
            )
        )
        for row in NotFoundPath.objects.within(data.period).top(data.limit)
    ]
    columns = (
        Column(_("Địa chỉ"), Kind.TEXT),
        Column(_("Lượt người")),
        Column(_("Lượt máy")),
        Column(_("Gần nhất"), Kind.DATE, is_minor=True),
    )
    note = _(
        "Địa chỉ có nhiều lượt người thường là trang của cổng cũ hoặc liên kết sai: nên tạo chuyển hướng. "
        "Địa chỉ chỉ có lượt máy thường là dò tìm lỗ hổng, cứ để vậy."
    )
    empty = _("Không có địa chỉ nào bị gọi nhầm.")
    return Table(TableKey.NOT_FOUND, _("Địa chỉ không tìm thấy"), columns, rows, note=note, empty=empty)


def excluded(data: PeriodData) -> Table:
    names = dict(ExcludedHits.Reason.choices)
    found = [
        (str(names.get(row["reason"], row["reason"])), row["hits"])
        for row in ExcludedHits.objects.within(data.period).by_reason()
    ]
    rows = [Row(cells) for cells in with_shares(found, sum(hits for _reason, hits in found))]
    columns = (Column(_("Lý do"), Kind.TEXT), Column(_("Số lượt")), Column(_("Tỷ lệ"), Kind.SHARE))
    empty = _("Không có lượt nào bị loại.")
    return Table(TableKey.EXCLUDED, _("Lượt không tính, theo lý do"), columns, rows, empty=empty)


def _views_table(key: TableKey, what: str, title: str, rows: Sequence[Row], note: str = "") -> Table:
    columns = (Column(what, Kind.TEXT), Column(_("Lượt xem")), Column(_("Tỷ lệ"), Kind.SHARE))
    return Table(key, title, columns, rows, note=note, empty=_("Chưa có số liệu."))


# In the order of the sheets and files of an export.
TABLES: dict[TableKey, Callable[[PeriodData], Table]] = {
    TableKey.SUMMARY: summary,
    TableKey.TIMELINE: timeline,
    TableKey.HOURS: hours,
    TableKey.ARTICLES: articles,
    TableKey.CATEGORIES: categories,
    TableKey.REPORTERS: reporters,
    TableKey.REFERRERS: referrers,
    TableKey.DEVICES: devices,
    TableKey.BROWSERS: browsers,
    TableKey.REQUESTS: requests,
    TableKey.EXCLUDED: excluded,
    TableKey.NOT_FOUND: not_found,
}
