"""Tables: a list of submissions gives a report a row; a form laid out in cells, or a text in them, gives one report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import ClassifiedSource, EmptySource, UnreadableSource
from corpus.model import Handling
from ingest.draft import RawReport
from ingest.limits import Limits
from ingest.readers.mapping import Mapping
from ingest.readers.sniff import kind_of
from ingest.readers.table import book, delimited, webpage
from ingest.readers.table.form import form_data, is_form
from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import head_of
from ingest.readers.table.marks import beside, in_row, internal
from ingest.readers.table.rows import Item, items
from ingest.secrecy import refuse_pieces

_TEXT = (".csv", ".tsv")
_BOOK = (b"PK", b"\xd0\xcf\x11\xe0", b"<?xml", b"\xef\xbb\xbf<?xml")


def expand(
    path: Path, key: str, folder: Path, limits: Limits, mapping: Mapping | None = None
) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    """The reports of a table file. `folder` is not used: nothing is unpacked.

    A row's key is its explicit number where no other row has it, else `file.xlsx#sheet!row`. A row without a text is set aside; so is
    a table of nothing but names or figures. A mark of secrecy that stands anywhere but in a row of a list refuses the whole file, one in
    a row that row. Raises the kinds of UnreadableSource.
    """
    found = _sheets(path.read_bytes(), key, limits)
    lists = []
    forms = []
    roster = False
    told: list[str] = []
    for sheet in found:
        head = head_of(sheet, mapping)
        rows = list(items(sheet, head)) if head is not None else []
        told += beside(sheet, rows)
        if any(item.told for item in rows):
            lists.append((sheet, rows))
        elif head is None and is_form(sheet):
            forms.append(sheet)
        else:
            roster = roster or bool(rows)
    refuse_pieces(told, key)
    mark = internal(key, found, told)
    numbers = Counter(item.number for _, rows in lists for item in rows)
    for sheet, rows in lists:
        for item in rows:
            yield _row(sheet, item, key, mark, unique=numbers[item.number] == 1)
    alone = len(forms) == 1 and not lists
    for sheet in forms:
        name = key if alone else f"{key}#{sheet.name}"
        yield RawReport(name, form_data(sheet, mark), "table", name)
    if not lists and not forms:
        what = "表格里只有名单，没有案例的正文" if roster else "表格里只有数字或短语，没有案例的文字"
        raise EmptySource(what, where=key, remedy="请导入写有正文的文件；列名特殊时可用对照文件（--mapping）说明各列是什么")


def _row(sheet: Sheet, item: Item, key: str, mark: Handling | None, *, unique: bool) -> RawReport | tuple[str, UnreadableSource]:
    place = f"{sheet.name}!{item.row}" if sheet.name else str(item.row)
    where = f"{key} 工作表“{sheet.name}”第 {item.row} 行" if sheet.name else f"{key} 第 {item.row} 行"
    source = item.number if item.number is not None and unique else f"{key}#{place}"
    try:
        refuse_pieces(in_row(item), where)
    except ClassifiedSource as error:
        return f"{key}#{place}", error
    if not item.told:
        return source, EmptySource("这一行没有正文", where=where, remedy="请补上正文，或确认这一行不是案例")
    cells = [
        {"header": header, "cell": cell, "value": value} | ({"field": field} if field else {}) for header, cell, value, field in item.cells
    ]
    kept = {"sheet": sheet.name, "row": item.row, "cells": cells} | ({"handling": mark} if mark else {})
    data = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return RawReport(source, data.encode("utf-8", "replace"), "row", where)


def _sheets(data: bytes, key: str, limits: Limits) -> list[Sheet]:
    """By what the bytes are: the endings of tables that programs export often lie."""
    kind = kind_of(data)
    if kind == "html":
        return webpage.sheets(data, limits, key)
    if data.startswith(_BOOK) and not (kind == "" and PurePosixPath(key).suffix.lower() in _TEXT):
        return book.sheets(data, key, limits)
    return delimited.sheets(data, limits, key)
