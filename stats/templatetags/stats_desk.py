"""How the dashboard and the report write their values."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stats.reports import charts
from stats.reports.charts import Chart, dotted
from stats.reports.tables import Cell, Column, Kind, Table

register = template.Library()

UNCHANGED = 0.0005  # less than this is shown as 0,0 %


@register.filter
def percent(part: float | None) -> str:
    """12,3 %"""
    return "" if part is None else f"{dotted_decimal(100 * part, 1)} %"


def dotted_decimal(number: float, digits: int) -> str:
    whole, _point, rest = f"{number:,.{digits}f}".partition(".")
    return f"{whole.replace(',', '.')},{rest}"


@register.filter
def change(part: float | None) -> SafeString:
    """Up or down as an arrow and as a word: neither colour nor sign alone."""
    if part is None:
        return format_html('<span class="change change--none">{}</span>', _("chưa có gì để so"))
    if abs(part) < UNCHANGED:
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
    """A cell as people read it; a share with a bar of that length, from 0 to 1."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return f"{cell:%m/%Y}" if column.kind is Kind.MONTH else f"{cell:%d/%m/%Y}"
    if column.kind is Kind.SHARE:
        return format_html(
            '<span class="share-cell">{}<span class="share-cell__number">{}</span></span>',
            charts.share_bar(length),
            percent(cell),
        )
    if column.kind is Kind.CHANGE:
        return change(cell)
    return dotted(int(cell)) if column.kind is Kind.COUNT else dotted_decimal(cell, 2)


@register.filter
def legend(chart: Chart) -> SafeString:
    return charts.legend(chart)


@register.inclusion_tag("admin/stats/_table.html")
def stats_table(table: Table, query: str = "", limit: int = 0, bare: bool = False) -> dict[str, Any]:
    """`query` is the period, for the links that export the table; without it there are none."""
    return {"table": table.first(limit) if limit else table, "query": query, "bare": bare}


@register.inclusion_tag("admin/stats/_chart.html")
def stats_chart(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}
