"""Old workbooks (.xls, and .et of WPS): the container by olefile, the workbook in it by xlrd.

Both are slow and written in Python: a broken file ends in an error, and not in a crash or without end.
"""

from __future__ import annotations

import struct
from io import BytesIO, StringIO

import olefile
import xlrd

from corpus.errors import DamagedSource, EmptySource, UnknownFormat
from ingest.limits import Limits
from ingest.readers.table import rendering
from ingest.readers.table.grid import Sheet, as_shown, grid

_BROKEN = (
    xlrd.XLRDError, struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError,
    NotImplementedError, RecursionError, TypeError, ValueError,
)  # fmt: skip

_STREAMS = ("Workbook", "Book")


def sheets(data: bytes, limits: Limits, where: str) -> list[Sheet]:
    """The sheets that have anything in them; where no visible one has, the hidden ones count as visible.

    Raises UnknownFormat (locked), SourceTooLarge, DamagedSource, EmptySource.
    """
    stream = _workbook(data, where)
    book = _opened(stream, where)
    limits.check("rows", sum(sheet.nrows for sheet in book.sheets()), where)
    found: list[Sheet] = []
    for sheet in book.sheets():
        try:
            read = _sheet(sheet, book.datemode)
        except _BROKEN as error:
            raise _damaged(where) from error
        if read.rows:
            found.append(read)
    if not found:
        raise EmptySource("表格是空的", where=where, remedy="请检查文件是否保存完整")
    first = next((sheet for sheet in found if not sheet.hidden), found[0])
    first.beside += [*book.sheet_names(), *rendering.of_stream(stream)]
    return as_shown(found)


def _workbook(data: bytes, where: str) -> bytes:
    """The stream of the workbook."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            name = next((name for name in _STREAMS if container.exists(name)), None)
            if name is not None:
                return bytes(container.openstream(name).read())
    except (OSError, *_BROKEN) as error:
        raise _damaged(where) from error
    raise _damaged(where)


def _opened(data: bytes, where: str) -> xlrd.book.Book:
    """With the merged cells, which need the formats; without them where those are broken."""
    for formats in (True, False):
        try:
            return xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=formats, ragged_rows=True)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise UnknownFormat("表格已加密，需要密码才能打开", where=where, remedy="请用 WPS 或 Excel 打开，取消密码后另存") from error
        except _BROKEN:
            continue
    raise _damaged(where)


def _sheet(sheet: xlrd.sheet.Sheet, datemode: int) -> Sheet:
    rows = [[_value(cell, datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    merged = [(first, left, last - 1, right - 1) for first, last, left, right in sheet.merged_cells]
    hidden_rows = frozenset(number for number, known in sheet.rowinfo_map.items() if known.hidden)
    hidden_columns = frozenset(number for number, known in sheet.colinfo_map.items() if known.hidden)
    return Sheet(
        sheet.name, grid(rows), merged=merged, hidden=sheet.visibility != 0, hidden_rows=hidden_rows, hidden_columns=hidden_columns
    )


def _value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.xldate.XLDateError, ArithmeticError, ValueError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else ""


def _damaged(where: str) -> DamagedSource:
    return DamagedSource("表格文件不完整或已损坏", where=where, remedy="请用 WPS 或 Excel 打开修复后另存为 .xlsx")
