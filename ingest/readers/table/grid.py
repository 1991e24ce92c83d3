"""Sheets as grids of text, whatever file they come in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Span = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, within the grid."""
_BREAKS = re.compile(r"_x000[DdAa]_|\r\n?|[\x0b\x0c\u2028\u2029]")
_SAFE_INTEGER = 10**15


@dataclass(slots=True)
class Sheet:
    """`rows` may be of different lengths; the cell at [0][0] stands at row `top` and column `left` of the file (from 0).

    `beside` is what people read on a print of the sheets and is in no cell: heads and feet of the pages, text boxes, names of other sheets.
    """

    name: str
    rows: list[list[str]]
    top: int = 0
    left: int = 0
    merged: list[Span] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def at(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def cell(self, row: int, column: int) -> str:
        """`B7`"""
        return f"{letters(column + self.left)}{row + self.top + 1}"


def letters(column: int) -> str:
    """0 -> A, 26 -> AA"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_text(value: object) -> str:
    """A cell as it is read: whole numbers without a point, dates in ISO form, line breaks as `\\n`."""
    match value:
        case str():
            return _BREAKS.sub("\n", value).replace("\x00", "").strip()
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _SAFE_INTEGER else f"{value:.15g}"
        case datetime.datetime():
            return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("minutes")
        case datetime.timedelta():
            return str(value)
        case _:
            return ""


def grid(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """Cells as text, without the empty ones at the end of a row and the empty rows at the end."""
    out: list[list[str]] = []
    for row in rows:
        cells = [cell_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        out.append(cells)
    while out and not out[-1]:
        out.pop()
    return out
