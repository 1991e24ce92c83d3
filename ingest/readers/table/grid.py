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
    `hidden` and the hidden rows and columns (within the grid) are what a program does not show. A `turned` sheet has the columns of the
    file as its rows, and `top`, `left`, `merged` and what is hidden turned with them; `part` tells those of one file apart.
    """

    name: str
    rows: list[list[str]]
    top: int = 0
    left: int = 0
    merged: list[Span] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    turned: bool = False
    part: str = ""

    def at(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def cell(self, row: int, column: int) -> str:
        """`B7`"""
        if self.turned:
            return f"{letters(row + self.top)}{column + self.left + 1}"
        return f"{letters(column + self.left)}{row + self.top + 1}"

    def row_name(self, row: int) -> str:
        """`7`, or `B` where the sheet is turned (`B9` in a further part)."""
        return f"{letters(row + self.top)}{self.part}" if self.turned else str(row + self.top + 1)

    def column_name(self, column: int) -> str:
        return str(column + self.left + 1) if self.turned else letters(column + self.left)

    def unseen(self) -> set[tuple[int, int]]:
        """The filled cells that are not shown. A merged one is seen where any of its rows and any of its columns is."""
        rows, columns = self.hidden_rows, self.hidden_columns
        if not rows and not columns:
            return set()
        found = {
            (row, at) for row, cells in enumerate(self.rows) for at, value in enumerate(cells) if value and (row in rows or at in columns)
        }
        for first, left, last, right in self.merged:
            if (first, left) in found and not (rows.issuperset(range(first, last + 1)) or columns.issuperset(range(left, right + 1))):
                found.discard((first, left))
        return found


def as_shown(sheets: list[Sheet]) -> list[Sheet]:
    """Sheets of which some are shown: all, where none was."""
    if all(sheet.hidden for sheet in sheets):
        for sheet in sheets:
            sheet.hidden = False
    return sheets


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
