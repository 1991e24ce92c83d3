"""A row of a table of submissions: its title, its fields, and each long column as a heading with its text."""

from __future__ import annotations

import json

from corpus.errors import DamagedSource, EmptySource
from corpus.model import Handling
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers.columns import field_of
from ingest.readers.table.head import is_prose
from ingest.readers.table.lines import Lines
from ingest.secrecy import as_handling

_HIDDEN = ("ignore", "ordinal")
_LATER = ("text", "section", "opinion")
_UNNAMED = ("正文", "内容", "全文", "原文", "text", "content")  # headers that say no more than that here is the text

Cell = tuple[str, str, str, str | None]
"""(header, cell, value, field)"""


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource (not the bytes of a row), EmptySource."""
    sheet, cells, mark = _parsed(raw)
    lines = Lines(sheet)
    titles = [cell for cell in cells if cell[3] == "title"]
    if titles:
        first = titles[0][0]
        lines.title("".join(value for header, _, value, _ in titles if header == first), titles[0][1])
        cells = [cell for cell in cells if not (cell[3] == "title" and cell[0] == first)]
    columns: dict[str, list[Cell]] = {}
    for cell in cells:
        columns.setdefault(cell[0], []).append(cell)
    for header, column in sorted(columns.items(), key=lambda item: _is_late(item[1])):
        field = column[0][3]
        if field in _HIDDEN:
            continue
        late = _is_late(column)
        name = "" if field == "text" and header.lower() in _UNNAMED else header
        for number, (_, place, value, _) in enumerate(column):
            lines.pair("" if late and number else name, field, value, place)
    draft = lines.draft(mark)
    if not draft.text.strip():
        raise EmptySource("这一行没有文字", where=raw.where, remedy="请补上正文")
    return draft


def _is_late(column: list[Cell]) -> bool:
    """Whether a column is told below the fields."""
    field = column[0][3]
    return field in _LATER or (field not in ("contact", "private") and any(is_prose(value) for _, _, value, _ in column))


def _parsed(raw: RawReport) -> tuple[str, list[Cell], Handling | None]:
    try:
        row = json.loads(raw.data)
        cells = [(cell["header"], cell["cell"], cell["value"], cell.get("field") or field_of(cell["header"])) for cell in row["cells"]]
        sheet, mark = row["sheet"], as_handling(row.get("handling"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_row(raw.where) from error
    if not isinstance(sheet, str) or not all(isinstance(part, str) for cell in cells for part in cell[:3]):
        raise _no_row(raw.where)
    return sheet, cells, mark


def _no_row(where: str) -> DamagedSource:
    return DamagedSource("不是表格的一行", where=where, remedy="请导入原来的表格文件")
