"""Tables as values: what the dashboard shows, the report prints and the exports write is one and the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

Cell = str | int | float | date | None  # None: nothing to say


class Kind(StrEnum):
    TEXT = "text"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"  # a date whose day does not matter
    SHARE = "share"  # 0.25 for a quarter of all
    CHANGE = "change"  # 0.25 for a quarter more
    RATE = "rate"  # such as pages a visit


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind = Kind.COUNT
    is_minor: bool = False  # left out where a phone has no room for it


@dataclass(frozen=True)
class Row:
    """`url` leads from the first cell; `action` is a link at the row's end. Both are for the screen only."""

    cells: tuple[Cell, ...]
    url: str = ""
    action: tuple[str, str] | None = None  # address, words


@dataclass(frozen=True)
class Table:
    key: str  # in addresses and file names
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    empty: str = ""  # said where there are no rows

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
        """A table without one of its columns."""
        rows = [replace(row, cells=row.cells[:index] + row.cells[index + 1 :]) for row in self.rows]
        return replace(self, columns=self.columns[:index] + self.columns[index + 1 :], rows=rows)

    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Each row's cells with their columns."""
        return [list(zip(self.columns, row.cells, strict=True)) for row in self.rows]

    @property
    def table_rows(self) -> list[dict[str, Any]]:
        """The rows as a template walks through them. `length` is that of a share's bar: the largest fills its cell."""
        shares = [index for index, column in enumerate(self.columns) if column.kind is Kind.SHARE]
        largest = {index: max((float(row.cells[index] or 0) for row in self.rows), default=0) for index in shares}  # type: ignore[arg-type]
        return [
            {
                "url": row.url,
                "action": row.action,
                "cells": [
                    {"column": column, "cell": cell, "length": cell / largest[index] if largest.get(index) else 0}  # type: ignore[operator]
                    for index, (column, cell) in enumerate(line)
                ],
            }
            for row, line in zip(self.rows, self.lines(), strict=True)
        ]


def with_shares(rows: Sequence[tuple[Any, ...]], whole: int) -> list[tuple[Any, ...]]:
    """The last cell of each row as a part of the whole, put behind it."""
    return [(*row, row[-1] / whole if whole else 0.0) for row in rows]
