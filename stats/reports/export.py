"""Tables as CSV and XLSX files for Excel.

CSV is UTF-8 with a byte order mark, without which Excel reads Windows-1252. Columns are separated by semicolons,
because Excel does not split at commas where the comma is the decimal sign. Counts are plain digits and dates are ISO
8601, which every edition of Excel reads as such. English editions do not split at semicolons; XLSX opens everywhere.

Cells with text from outside (paths, referring hosts, titles) must not become formulas (CSV injection, OWASP): in CSV
they are prefixed with an apostrophe, in XLSX they are of type text and marked as quoted."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from news.text.cleaning import clean_line

from .tables import Cell, Column, Kind, Table


class FileFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    ZIP = "zip"  # of CSV files


CONTENT_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.ZIP: "application/zip",
}

# The first character of a formula, also in full width, after white space that Excel ignores.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
MAX_SHEET_NAME = 31  # characters; Excel refuses the file otherwise
MAX_CELL = 32_000  # characters; Excel's own limit is 32,767
MAX_WIDTH = 70  # characters of a column
NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MONTH: "mm/yyyy",
    Kind.SHARE: "0.0%",
    Kind.CHANGE: "+0.0%;-0.0%;0.0%",
}
WIDTHS = {Kind.COUNT: 14, Kind.DATE: 13, Kind.MONTH: 13, Kind.SHARE: 11, Kind.CHANGE: 11}


def is_formula(text: str) -> bool:
    return bool(FORMULA.match(text))


# ---------------------------------------------------------------- CSV


def to_csv(table: Table) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for line in table.lines():
        writer.writerow([_as_csv(column, cell) for column, cell in line])
    return text.getvalue().encode("utf-8-sig")


def _as_csv(column: Column, cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = clean_line(cell)
        return f"'{text}" if is_formula(text) else text
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int) and column.kind is Kind.COUNT:
        return cell
    return f"{100 * cell:.1f}%".replace(".", ",")


def to_zip(tables: Iterable[Table]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for number, table in enumerate(tables, start=1):
            archive.writestr(f"{number:02}-{table.key}.csv", to_csv(table))
    return buffer.getvalue()


# ---------------------------------------------------------------- XLSX

HEAD_FONT = Font(bold=True)
HEAD_FILL = PatternFill("solid", fgColor="F4ECE0")


def to_xlsx(tables: Sequence[Table]) -> bytes:
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(FORBIDDEN_IN_SHEET_NAMES.sub(" ", table.title)[:MAX_SHEET_NAME])
        _write_sheet(sheet, table)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(sheet: WriteOnlyWorksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(table, number - 1, column)
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.append([_head_cell(sheet, column.name) for column in table.columns])
    for line in table.lines():
        sheet.append([_cell(sheet, column, cell) for column, cell in line])
    if table.note:
        sheet.append([])
        sheet.append([_text_cell(sheet, table.note)])


def _width(table: Table, index: int, column: Column) -> int:
    if column.kind is not Kind.TEXT:
        return max(WIDTHS[column.kind], len(column.name) + 2)
    longest = max((len(str(row.cells[index] or "")) for row in table.rows), default=0)
    return min(max(longest, len(column.name)) + 2, MAX_WIDTH)


def _head_cell(sheet: WriteOnlyWorksheet, name: str) -> Any:
    cell = _text_cell(sheet, name)
    cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    return cell


def _cell(sheet: WriteOnlyWorksheet, column: Column, value: Cell) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = NUMBER_FORMATS[column.kind]
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, value: str) -> Any:
    text = clean_line(value)[:MAX_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # otherwise openpyxl turns "=…" into a formula and "#N/A" into an error
    if is_formula(text):
        cell.quotePrefix = True  # keeps it text when the cell is edited
    return cell
