"""Values, tables and charts of the dashboard and the monthly report."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stats.reports import chart_svg
from stats.reports.charts import Chart
from stats.reports.tables import Cell, Column, Kind, Table

register = template.Library()

MIN_CHANGE = 0.0005  # smaller changes round to 0,0 %


@register.filter
def percent(part: float | None) -> str:
    if part is None:
        return ""
    whole, _point, decimal = f"{100 * part:,.1f}".partition(".")
    return f"{whole.replace(',', '.')},{decimal} %"


@register.filter
def change(part: float | None) -> SafeString:
    """An arrow, a word and a percentage, so that the meaning does not depend on colour (WCAG 1.4.1)."""
    if part is None:
        return format_html('<span class="change change--none">{}</span>', _("chưa có gì để so"))
    if abs(part) < MIN_CHANGE:
        return format_html('<span class="change change--same">{}</span>', _("không đổi"))
    arrow, word, tone = ("▲", _("tăng"), "up") if part > 0 else ("▼", _("giảm"), "down")
    return format_html(
        '<span class="change change--{}"><span aria-hidden="true">{}</span> {} {}</span>',
        tone,
        arrow,
        word,
        percent(abs(part)),
    )


@register.simple_tag
def shown(column: Column, cell: Cell, length: float = 0) -> str | SafeString:
    """The text of a cell. `length` is that of a share's bar, from 0 to 1."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return f"{cell:%m/%Y}" if column.kind is Kind.MONTH else f"{cell:%d/%m/%Y}"
    if column.kind is Kind.SHARE:
        return format_html(
            '<span class="share-cell">{}<span class="share-cell__number">{}</span></span>',
            chart_svg.share_bar(length),
            percent(cell),
        )
    if column.kind is Kind.CHANGE:
        return change(cell)
    return number_format(int(cell))


@register.filter
def legend(chart: Chart) -> SafeString:
    return chart_svg.legend(chart)


@register.filter
def svg(chart: Chart) -> SafeString:
    return chart_svg.draw(chart)


@register.inclusion_tag("admin/stats/_table.html")
def stats_table(table: Table, query: str = "", limit: int = 0, bare: bool = False) -> dict[str, Any]:
    """`query` is the query string of the links that export the table; there are none if it is empty."""
    return {"table": table.first(limit) if limit else table, "query": query, "bare": bare}


@register.inclusion_tag("admin/stats/_chart.html")
def stats_chart(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}
