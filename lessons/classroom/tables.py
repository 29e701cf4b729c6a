"""Tables as spreadsheets read them: UTF-8 with its mark, decimal points, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lessons.classroom.intervals import Estimate
from lessons.classroom.results import plain

Cell = str | int | float | Fraction | None
RUNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full-width
DIGITS = 3


@dataclass(frozen=True)
class Table:
    """`name`: of its file. `title` and `note`: for people. `heads` and `rows`: as many cells each."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def cells(row: Sequence[Cell]) -> list[str]:
    """What stands in a row: nothing for None, numbers with a decimal point, texts of which no character acts."""
    return [_shown(one) for one in row]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain(cell)
    return str(cell) if isinstance(cell, int) else _decimal(float(cell))


def _decimal(number: float) -> str:
    text = f"{number:.{DIGITS}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def safe(text: str) -> str:
    """A text that a spreadsheet takes for a text: an apostrophe before what would make it a formula."""
    return f"'{text}" if text.lstrip().startswith(RUNS) else text


def written(table: Table) -> bytes:
    """The bytes of the table's file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.heads)
    for row in table.rows:
        shown = zip(row, cells(row), strict=True)
        writer.writerow([safe(text) if isinstance(cell, str) else text for cell, text in shown])
    return buffer.getvalue().encode("utf-8-sig")


def parts(estimate: Estimate | None) -> tuple[Cell, Cell, Cell]:
    """Value, low and high of an estimate as three cells."""
    return tuple(estimate) if estimate else (None, None, None)
