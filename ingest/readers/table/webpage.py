"""Tables of a web page that is called a workbook, as many systems export them."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

from corpus.errors import DamagedSource, EmptySource
from ingest.limits import Limits
from ingest.readers.encoding import decode
from ingest.readers.table.grid import Sheet, Span, grid
from ingest.readers.table.rendering import shown

_PRINTED = re.compile(
    r"mso-(?:header|footer)-data:\s*[\"']([^;\n]{1,600})[\"']|<x:(?:Header|Footer)[^>]{0,200}\bx:Data=\"([^\"]{1,600})\"", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_UNSHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WIDEST = 1000  # columns that a cell may span
_REMEDY = "请用 WPS 或 Excel 打开后另存为 .xlsx"


def sheets(data: bytes, limits: Limits, where: str) -> list[Sheet]:
    """One sheet a table that is not inside another. Raises EmptySource (no table), DamagedSource, SourceTooLarge, UnknownEncoding."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, where=where, declared=declared[1].decode("ascii") if declared else None)
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.LxmlError, ValueError) as error:
        raise DamagedSource("网页形式的表格无法解析", where=where, remedy=_REMEDY) from error
    found = [table for table in page.iter("table") if next(table.iterancestors("table"), None) is None]
    if not found:
        raise EmptySource("文件里没有表格", where=where, remedy=_REMEDY)
    made = [_sheet(table, "" if len(found) == 1 else str(number), limits, where) for number, table in enumerate(found, 1)]
    heads = [words for either in _PRINTED.findall(text) for words in shown(unescape("".join(either)).replace("\\0022", '"'))]
    made[0].beside += [*_around(page), *heads]
    return made


def _around(page: etree._Element) -> list[str]:
    """Lines that stand in no row of a table: above it, below it, its caption."""
    lines: list[str] = []
    for event, node in etree.iterwalk(page, events=("start", "end")):
        if event == "start":
            inside = next(node.iterancestors("tr", "style", "script"), None) is not None or node.tag in ("tr", "style", "script")
            words = "" if inside or not isinstance(node.tag, str) else node.text
        else:
            words = node.tail if next(node.iterancestors("tr", "style", "script"), None) is None else ""
        if words and words.strip():
            lines.append(" ".join(words.split()))
    return lines


def _sheet(table: etree._Element, name: str, limits: Limits, where: str) -> Sheet:
    rows: list[list[str]] = []
    merged: list[Span] = []
    hidden: set[int] = set()
    taken: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for number, row in enumerate(row for row in table.iter("tr") if next(row.iterancestors("table")) is table):
        limits.check("rows", number + 1, where)
        if row.get("hidden") is not None or _UNSHOWN.search(row.get("style", "")):
            hidden.add(number)
        cells: list[str] = []
        covered, taken = taken, {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in covered:
                cells.append("")
            width, height = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", limits.rows)
            column = len(cells)
            cells += [_text(cell), *[""] * (width - 1)]
            if width > 1 or height > 1:
                merged.append((number, column, number + height - 1, column + width - 1))
            if height > 1:
                taken |= dict.fromkeys(range(column, column + width), height - 1)
        rows.append(cells)
    return Sheet(name, grid(rows), merged=merged, hidden_rows=frozenset(hidden))


def _span(cell: etree._Element, name: str, most: int) -> int:
    told = str(cell.get(name, "1")).strip()
    return min(int(told), most) if told.isascii() and told.isdigit() and 0 < len(told) < 8 and int(told) else 1


def _text(cell: etree._Element) -> str:
    """The text of a cell, with the line breaks of its `br` and `p`."""
    parts: list[str] = []
    for node in cell.iter():
        if node is not cell and node.tag in ("br", "p", "div", "li"):
            parts.append("\n")
        if isinstance(node.tag, str) and node.tag not in ("script", "style"):
            parts.append(re.sub(r"\s+", " ", node.text or ""))
        if node is not cell:
            parts.append(re.sub(r"\s+", " ", node.tail or ""))
    return re.sub(r" *\n[ \n]*", "\n", "".join(parts))
