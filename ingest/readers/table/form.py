"""A sheet that is no list: a form laid out in cells (a label beside or above its value), or a text in them."""

from __future__ import annotations

import json

from corpus.errors import DamagedSource, EmptySource
from corpus.model import Handling
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers.columns import field_of
from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import is_prose
from ingest.readers.table.lines import Lines
from ingest.repair.form import is_label
from ingest.secrecy import as_handling

Cell = tuple[str, str]
"""(cell, value)"""


def is_form(sheet: Sheet) -> bool:
    """Whether there is a text in a sheet at all that is shown, and not figures alone."""
    unseen = sheet.unseen()
    return any(is_prose(value) and (row, at) not in unseen for row, cells in enumerate(sheet.rows) for at, value in enumerate(cells))


def form_data(sheet: Sheet, mark: Handling | None = None) -> bytes:
    """The bytes that are kept of a sheet: its filled cells that are shown, row by row; and the `mark` of the file that it is in."""
    unseen = sheet.unseen()
    rows = [
        [{"cell": sheet.cell(row, at), "value": value} for at, value in enumerate(cells) if value and (row, at) not in unseen]
        for row, cells in enumerate(sheet.rows)
    ]
    told = {"sheet": sheet.name, "rows": [row for row in rows if row]} | ({"handling": mark} if mark else {})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource (not the bytes of a sheet), EmptySource."""
    sheet, rows, mark = _parsed(raw)
    lines = Lines(sheet)
    waiting: list[Cell] = []  # labels that stand above their values
    for row in rows:
        if waiting and len(row) == len(waiting) and not any(_is_label(value) for _, value in row):
            for (_, label), (cell, value) in zip(waiting, row, strict=True):
                _pair(lines, label, value, cell)
            waiting = []
            continue
        waiting = _row(lines, row)
    draft = lines.draft(mark)
    if not draft.text.strip():
        raise EmptySource("表格里没有文字", where=raw.where, remedy="请检查文件是否保存完整")
    return draft


def _row(lines: Lines, row: list[Cell]) -> list[Cell]:
    """Tell a row; returns its labels where it has nothing else."""
    labels = [_is_label(value) for _, value in row]
    if all(labels) and row:
        return row
    at = 0
    while at < len(row):
        cell, value = row[at]
        following = at + 1 < len(row)
        if labels[at] and following and not labels[at + 1]:
            _pair(lines, value, row[at + 1][1], row[at + 1][0])
            at += 2
            continue
        if not labels[at]:
            lines.text(value, cell)
        at += 1
    return []


def _pair(lines: Lines, label: str, value: str, cell: str) -> None:
    field = field_of(label)
    if field == "title":
        lines.title(value, cell)
    else:
        lines.pair("".join(label.split()), field, value, cell)


def _is_label(words: str) -> bool:
    return is_label(words) or field_of(words) is not None


def _parsed(raw: RawReport) -> tuple[str, list[list[Cell]], Handling | None]:
    try:
        told = json.loads(raw.data)
        rows = [[(cell["cell"], cell["value"]) for cell in row] for row in told["rows"]]
        sheet, mark = told["sheet"], as_handling(told.get("handling"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_sheet(raw.where) from error
    if not isinstance(sheet, str) or not all(isinstance(part, str) for row in rows for cell in row for part in cell):
        raise _no_sheet(raw.where)
    return sheet, rows, mark


def _no_sheet(where: str) -> DamagedSource:
    return DamagedSource("不是表格的内容", where=where, remedy="请导入原来的表格文件")
