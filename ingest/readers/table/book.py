"""Workbooks: xlsx and ods by calamine, which neither calculates nor runs macros; xls and et by xlrd; others through LibreOffice."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from types import TracebackType

import python_calamine as calamine

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnknownFormat, UnreadableSource
from ingest.limits import Limits
from ingest.readers.office import convert, find_program
from ingest.readers.table import hiding, rendering, xls
from ingest.readers.table.grid import Sheet, as_shown, grid
from ingest.readers.table.hiding import Hidden, within

_OLE = b"\xd0\xcf\x11\xe0"
_MEGABYTE = 1024 * 1024
_CHUNK = 1024 * 1024
_MOST_CELLS = 20_000_000  # of the rectangle from the first cell to the last: what is held, empty or not
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]{0,200}?\br=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]{0,200}?(?<!/)>")
_REPEATED = (  # rows and columns of an ods that are written once and stand many times, with something in them
    re.compile(rb"number-rows-repeated=\"([0-9]{1,9})\"[^>]{0,200}>\s*<(?:\w+:)?table-cell\b[^>]{0,300}(?<!/)>"),
    re.compile(rb"number-columns-repeated=\"([0-9]{1,9})\"[^>]{0,300}(?<!/)>"),
)
_OVERLAP = 4096  # bytes of a tag, or of the head of a page, that may be cut by the end of a chunk
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError, IndexError, RuntimeError)
_REMEDY = "请用 WPS 或 Excel 打开修复后另存为 .xlsx"


def sheets(data: bytes, key: str, limits: Limits) -> list[Sheet]:
    """The sheets that have anything in them; where no visible one has, the hidden ones count as visible.

    Raises UnknownFormat (locked, LibreOffice needed and missing), SourceTooLarge, DamagedSource, EmptySource.
    """
    if data.startswith(_OLE):
        try:
            return xls.sheets(data, limits, key)
        except DamagedSource:
            if find_program() is None:
                raise
            # What a reader of the format cannot make out, a whole office may.
    if not data.startswith(b"PK"):
        data = convert(data, PurePosixPath(key).suffix.lower(), "xlsx", limits, key)
    printed, hidden = _check_package(data, limits, key)
    found = _read(data, limits, key, hidden)
    next(sheet for sheet in found if not sheet.hidden).beside += printed
    return found


def _read(data: bytes, limits: Limits, where: str, away: dict[str, Hidden]) -> list[Sheet]:
    with _Panic(where):
        try:
            book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
            known = [item for item in book.sheets_metadata if item.typ == calamine.SheetTypeEnum.WorkSheet]
            shown = [item.name for item in known if item.visible == calamine.SheetVisibleEnum.Visible]
            found: list[Sheet] = []
            rows = 0
            for name in shown:
                sheet = book.get_sheet_by_name(name)
                rows += sheet.height
                limits.check("rows", rows, where)
                found += _sheet(sheet, away.get(name, Hidden()))
        except calamine.PasswordError as error:
            raise UnknownFormat("表格已加密，需要密码才能打开", where=where, remedy="请用 WPS 或 Excel 打开，取消密码后另存") from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise DamagedSource("表格文件不完整或已损坏", where=where, remedy=_REMEDY) from error
    for name in (item.name for item in known if item.name not in shown):
        found += _hidden(book, name, limits, where, away.get(name, Hidden()), needed=not any(not sheet.hidden for sheet in found))
    if not found:
        raise EmptySource("表格是空的", where=where, remedy="请检查文件是否保存完整")
    as_shown(found)
    next(sheet for sheet in found if not sheet.hidden).beside += [item.name for item in known]
    return found


def _hidden(book: calamine.CalamineWorkbook, name: str, limits: Limits, where: str, away: Hidden, *, needed: bool) -> list[Sheet]:
    """A hidden sheet; none where it is too long or broken and not `needed`: the sheets that are shown are read all the same."""
    try:
        with _Panic(where):
            sheet = book.get_sheet_by_name(name)
            limits.check("rows", sheet.height, where)
            found = _sheet(sheet, away)
    except (calamine.CalamineError, OSError, ValueError, UnreadableSource) as error:
        if not needed:
            return []
        if isinstance(error, UnreadableSource):
            raise
        raise DamagedSource("表格文件不完整或已损坏", where=where, remedy=_REMEDY) from error
    for one in found:
        one.hidden = True
    return found


def _sheet(sheet: calamine.CalamineSheet, away: Hidden) -> list[Sheet]:
    """The sheet, where anything is in it."""
    if sheet.start is None or not (rows := grid(sheet.to_python(skip_empty_area=True))):
        return []
    top, left = sheet.start
    merged = [(r0 - top, c0 - left, r1 - top, c1 - left) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ()]
    return [
        Sheet(
            sheet.name, rows, top, left, [span for span in merged if span[0] >= 0 and span[1] >= 0],
            hidden_rows=within(away.rows, top, len(rows)), hidden_columns=within(away.columns, left, max(map(len, rows))),
        )
    ]  # fmt: skip


class _Panic:
    """Turns a panic of the Rust library, which is no Exception, into a damaged source."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise DamagedSource("表格文件已损坏，无法解析", where=self._where, remedy=_REMEDY) from error


def _check_package(data: bytes, limits: Limits, where: str) -> tuple[list[str], dict[str, Hidden]]:
    """Unpack the parts that will be read, to see their true size and how far their cells reach. Returns what is printed beside the cells,
    and what is hidden by the names of the sheets.

    Raises SourceTooLarge, DamagedSource.
    """
    printed: list[str] = []
    hidden: dict[str, Hidden] = {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            limits.check("members", len(entries), where)
            limits.check("unpacked", sum(entry.file_size for entry in entries) / _MEGABYTE, where)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") or entry.filename == "content.xml":
                    words, away = _check_sheet(package, entry, where)
                    printed += words
                    if away is not None:
                        hidden[entry.filename] = away
                elif entry.filename == "styles.xml" or _DRAWING.fullmatch(entry.filename):
                    of = rendering.of_styles if entry.filename == "styles.xml" else rendering.of_drawing
                    with package.open(entry) as file:
                        printed += dict.fromkeys(words for window in rendering.pieces(file) for words in of(window))
                elif entry.filename == "xl/sharedStrings.xml":
                    with package.open(entry) as file:
                        _refuse_entities(file.read(_CHUNK), where)
            if hidden.pop("content.xml", None) is not None:
                with package.open("content.xml") as file:
                    hidden = hiding.of_ods(file)
            elif hidden:
                hidden = {name: hidden[part] for name, part in hiding.parts(package).items() if part in hidden}
    except _BROKEN as error:
        raise DamagedSource("表格文件不完整或已损坏", where=where, remedy=_REMEDY) from error
    return printed, hidden


def _check_sheet(package: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> tuple[list[str], Hidden | None]:
    rows = columns = 0
    before = b""
    printed: dict[str, None] = {}
    hidden: Hidden | None = None
    with package.open(entry) as file:
        while data := file.read(_CHUNK):
            if not before:
                _refuse_entities(data, where)
            window = before + data
            printed |= dict.fromkeys(rendering.of_sheet(window))
            if hiding.is_said(window):
                hidden = hidden or Hidden()
                away = hiding.of_sheet(window)
                hidden.rows += away.rows
                hidden.columns += away.columns
            for name, number in _CELL.findall(window):
                rows = max(rows, int(number))
                columns = max(columns, _column(name))
            if entry.filename == "content.xml":
                rows, columns = (
                    max([most, *map(int, pattern.findall(window))]) for most, pattern in zip((rows, columns), _REPEATED, strict=True)
                )
            if rows * max(columns, 1) > _MOST_CELLS:
                raise SourceTooLarge(
                    f"表格的范围有 {rows} 行、{columns} 列，单元格过多", where=where, remedy="请把有内容的区域复制到新的表格后另存"
                )
            before = window[-_OVERLAP:]
    return list(printed), hidden


def _refuse_entities(data: bytes, where: str) -> None:
    if b"<!DOCTYPE" in data[:600] or b"<!ENTITY" in data:
        raise DamagedSource("表格含 XML 实体定义，已拒绝读取", where=where, remedy=_REMEDY)


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
