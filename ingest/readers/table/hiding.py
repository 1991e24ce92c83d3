"""Rows and columns that a workbook does not show, by hand, by a filter or as a folded group."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

_SAID = re.compile(rb"\bhidden=\"(?:1|true)\"|\bvisibility=\"(?:collapse|filter)\"|\b(?:ht|width)=\"0(?:\.0+)?\"")
_OFF = rb"[^>]{0,600}?\b(?:hidden=\"(?:1|true)\"|%s=\"0(?:\.0+)?\")[^>]{0,600}>"
_ROW = re.compile(rb"<(?:\w+:)?row\b" + _OFF % b"ht")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b" + _OFF % b"width")
_NUMBER = {name: re.compile(rb"\b%s=\"([0-9]{1,7})\"" % name) for name in (b"r", b"min", b"max")}
_LARGEST = 4 * 1024 * 1024  # bytes of the list of sheets
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(slots=True)
class Hidden:
    """Ranges, first and last, counted as in the file from 0."""

    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)


def within(ranges: Iterable[tuple[int, int]], start: int, count: int) -> frozenset[int]:
    """What is hidden of `count` rows or columns from `start` on, counted from there."""
    return frozenset(n for low, high in ranges for n in range(max(low - start, 0), min(high - start + 1, count)))


def is_said(window: bytes) -> bool:
    """Whether a piece of XML hides anything."""
    return _SAID.search(window) is not None


def of_sheet(window: bytes) -> Hidden:
    """Of a piece of the XML of an xlsx sheet."""
    found = Hidden()
    for match in _ROW.finditer(window):
        if number := _number(b"r", match[0]):
            found.rows.append((number - 1, number - 1))
    for match in _COLUMN.finditer(window):
        low, high = _number(b"min", match[0]), _number(b"max", match[0])
        if low and high:
            found.columns.append((low - 1, high - 1))
    return found


def _number(name: bytes, tag: bytes) -> int:
    match = _NUMBER[name].search(tag)
    return int(match[1]) if match else 0


def parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets of an xlsx, and the part that each is in."""
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        for link in _elements(package, "xl/_rels/workbook.xml.rels")
    }
    sheets = (node for node in _elements(package, "xl/workbook.xml") if etree.QName(node).localname == "sheet")
    return {node.get("name", ""): links.get(node.get(f"{_LINKS}id", ""), "") for node in sheets}


def _elements(package: zipfile.ZipFile, name: str) -> Iterator[etree._Element]:
    try:
        with package.open(name) as file:
            root = etree.fromstring(file.read(_LARGEST), etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError):
        return
    yield from (node for node in root.iter() if isinstance(node.tag, str))


def of_ods(content: IO[bytes]) -> dict[str, Hidden]:
    """By the name of the sheet. A document that does not parse hides nothing: the reader of its cells says what is wrong with it."""
    found: dict[str, Hidden] = {}
    at = Hidden()
    rows = columns = 0
    events = etree.iterparse(
        content, events=("start", "end"), tag=[f"{_TABLE}{name}" for name in ("table", "table-row", "table-column")],
        resolve_entities=False, no_network=True,
    )  # fmt: skip
    try:
        for event, node in events:
            if node.tag == f"{_TABLE}table":
                if event == "start":
                    at = found.setdefault(node.get(f"{_TABLE}name", ""), Hidden())
                    rows = columns = 0
                else:
                    node.clear()
            elif event == "end":
                away = node.get(f"{_TABLE}visibility") in ("collapse", "filter")
                if node.tag == f"{_TABLE}table-row":
                    count = _count(node, "number-rows-repeated")
                    at.rows += [(rows, rows + count - 1)] if away else []
                    rows += count
                    node.clear()
                else:
                    count = _count(node, "number-columns-repeated")
                    at.columns += [(columns, columns + count - 1)] if away else []
                    columns += count
    except etree.XMLSyntaxError:
        return {}
    return found


def _count(node: etree._Element, name: str) -> int:
    told = str(node.get(f"{_TABLE}{name}", "1"))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 8 else 1
