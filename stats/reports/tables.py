"""Tables as values. The dashboard, the monthly report and the exports render the same tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

Cell = str | int | float | date | None


class Kind(StrEnum):
    TEXT = "text"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"  # the first day of the month
    SHARE = "share"  # part of the sum, from 0 to 1
    CHANGE = "change"  # 0.25 for an increase by a quarter


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind = Kind.COUNT
    is_minor: bool = False  # hidden on narrow screens


@dataclass(frozen=True)
class Row:
    """Links are for the screen only: `url` in the first cell, `action` in a column of its own."""

    cells: tuple[Cell, ...]
    url: str = ""
    action: tuple[str, str] | None = None  # URL ("" for none) and text


@dataclass(frozen=True)
class Table:
    key: str  # in URLs and file names
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    empty: str = ""  # shown if there are no rows

    @property
    def has_actions(self) -> bool:
        return any(row.action for row in self.rows)

    def with_rows(self, rows: Sequence[Row]) -> Self:
        return replace(self, rows=rows)

    def with_note(self, note: str) -> Self:
        return replace(self, note=note)

    def first(self, count: int) -> Self:
        return self.with_rows(self.rows[:count])

    def without(self, index: int) -> Self:
        rows = [replace(row, cells=row.cells[:index] + row.cells[index + 1 :]) for row in self.rows]
        return replace(self, columns=self.columns[:index] + self.columns[index + 1 :], rows=rows)

    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row.cells, strict=True)) for row in self.rows]

    @property
    def table_rows(self) -> list[dict[str, Any]]:
        """Rows for templates. `length` is that of a share's bar, from 0 to 1: the largest share fills its cell."""
        shares = [index for index, column in enumerate(self.columns) if column.kind is Kind.SHARE]
        largest = {
            index: max((float(row.cells[index] or 0) for row in self.rows), default=0)  # type: ignore[arg-type]
            for index in shares
        }
        return [
            {
                "url": row.url,
                "action": row.action,
                "cells": [
                    {
                        "column": column,
                        "cell": cell,
                        "length": cell / largest[index] if largest.get(index) else 0,  # type: ignore[operator]
                    }
                    for index, (column, cell) in enumerate(line)
                ],
            }
            for row, line in zip(self.rows, self.lines(), strict=True)
        ]


def with_shares(rows: Sequence[tuple[Any, ...]], whole: int) -> list[tuple[Any, ...]]:
    return [(*row, row[-1] / whole if whole else 0.0) for row in rows]
