"""Personal data as a file: JSON for programs, CSV for a spreadsheet."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

# Spreadsheets take a cell that begins so for a formula, some also after spaces; the wide forms are those of East Asian keyboards.
FORMULA_STARTS = tuple("=+-@|%＝＋－＠")  # noqa: RUF001
CONTROL_STARTS = ("\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


def as_json(rows: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    listed = list(rows)
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    if listed:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow(listed[0])
        writer.writerows([harmless(str(value)) for value in row.values()] for row in listed)
    return text.getvalue()


def harmless(cell: str) -> str:
    """A leading apostrophe makes it text for every spreadsheet."""
    return f"'{cell}" if cell.startswith(CONTROL_STARTS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json; charset=utf-8")}
