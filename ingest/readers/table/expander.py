"""Tables: a list of submissions gives a report a row, or a column; a form laid out in cells, or a text in them, gives one report."""

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
from ingest.readers.table import book, delimited, unseen, webpage
from ingest.readers.table.form import form_data, is_form
from ingest.readers.table.grid import Sheet
from ingest.readers.table.lists import lists_of
from ingest.readers.table.marks import beside, in_row, internal
from ingest.readers.table.rows import Item, items
from ingest.secrecy import refuse_pieces

_TEXT = (".csv", ".tsv")
_BOOK = (b"PK", b"\xd0\xcf\x11\xe0", b"<?xml", b"\xef\xbb\xbf<?xml")


def expand(
    path: Path, key: str, folder: Path, limits: Limits, mapping: Mapping | None = None
) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    """The reports of a table file. `folder` is not used: nothing is unpacked.

    A submission is a row, or a column where the labels stand down the first one. Its key is its explicit number where no other has it,
    else `file.xlsx#sheet!row` (`file.xlsx#sheet!B`). One without a text is set aside; so is what is hidden and looks like submissions, and
    a table of nothing but names or figures. A mark of secrecy that stands anywhere but in a row of a list refuses the whole file, one in
    a row that row. Raises the kinds of UnreadableSource.
    """
    found = _sheets(path.read_bytes(), key, limits)
    shown = [sheet for sheet in found if not sheet.hidden]
    lists = []
    forms = []
    roster = False
    told: list[str] = []
    aside: list[unseen.Aside] = []
    for sheet in shown:
        parts = [(part, head, list(items(part, head))) for part, head in lists_of(sheet, mapping)]
        for part, head, rows in parts:
            told += beside(part, rows)
            aside += unseen.columns(part, head, key)
            if any(item.told for item in rows):
                lists.append((part, rows))
            else:
                roster = roster or bool(rows)
        if not parts:
            told += beside(sheet, [])
            aside += unseen.cells(sheet, key)
            if is_form(sheet):
                forms.append(sheet)
    others, words = unseen.sheets([sheet for sheet in found if sheet.hidden], shown, key, mapping)
    refuse_pieces([*told, *words], key)
    mark = internal(key, shown, told)
    numbers = Counter(item.number for _, rows in lists for item in rows)
    for part, rows in lists:
        for item in rows:
            if item.told or not item.hidden:
                yield _row(part, item, key, mark, unique=numbers[item.number] == 1)
    alone = len(forms) == 1 and not lists
    for sheet in forms:
        name = key if alone else f"{key}#{sheet.name}"
        yield RawReport(name, form_data(sheet, mark), "table", name)
    yield from aside + others
    if not lists and not forms:
        what = "表格里只有名单，没有案例的正文" if roster else "表格里只有数字或短语，没有案例的文字"
        raise EmptySource(what, where=key, remedy="请导入写有正文的文件；列名特殊时可用对照文件（--mapping）说明各列是什么")


def _row(sheet: Sheet, item: Item, key: str, mark: Handling | None, *, unique: bool) -> RawReport | tuple[str, UnreadableSource]:
    line = "列" if sheet.turned else "行"
    place = f"{sheet.name}!{item.name}" if sheet.name else item.name
    where = f"{key} 工作表“{sheet.name}”第 {item.name} {line}" if sheet.name else f"{key} 第 {item.name} {line}"
    source = item.number if item.number is not None and unique else f"{key}#{place}"
    try:
        refuse_pieces(in_row(item), where)
    except ClassifiedSource as error:
        return f"{key}#{place}", error
    if item.hidden:
        return unseen.row(item, sheet.turned, source, where)
    if not item.told:
        return source, EmptySource(f"这一{line}没有正文", where=where, remedy=f"请补上正文，或确认这一{line}不是案例")
    cells = [
        {"header": header, "cell": cell, "value": value} | ({"field": field} if field else {}) for header, cell, value, field in item.cells
    ]
    at = {"column": item.name} if sheet.turned else {"row": int(item.name)}
    kept = {"sheet": sheet.name, **at, "cells": cells} | ({"handling": mark} if mark else {})
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
