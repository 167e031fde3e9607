import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

# CSV injection: spreadsheets take a cell with such a beginning for a formula, some of them also after spaces.
# The last four are the full-width forms of the first ones.
FORMULA_STARTS = tuple("=+-@|%＝＋－＠")  # noqa: RUF001
CONTROL_STARTS = ("\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel does not recognise UTF-8
SEPARATOR = ";"  # Excel does not split at commas where the comma is the decimal sign, as in Vietnam


def as_json(rows: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    listed = list(rows)
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    if listed:
        writer = csv.writer(text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
        writer.writerow(listed[0])
        writer.writerows([escape_formula(str(value)) for value in row.values()] for row in listed)
    return text.getvalue()


def escape_formula(cell: str) -> str:
    """A leading apostrophe makes the cell a text in every spreadsheet program."""
    return f"'{cell}" if cell.startswith(CONTROL_STARTS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json; charset=utf-8")}
