"""The paragraphs, tables, text boxes and notes of a Word file, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.docx.lines import Line
from ingest.readers.docx.numbers import BULLET, Numbers
from ingest.readers.docx.package import Package, W
from ingest.readers.docx.styles import Look, Styles
from ingest.readers.docx.table import Cell, table_lines
from ingest.readers.docx.text import PAGE, diagram_lines, inline, is_shown

_DEEPEST = 20
_SAME_PAGE = ("continuous", "nextColumn")
_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class Blocks:
    """Reads once through a document; what goes on from paragraph to paragraph (numbers, pages, notes) is kept here.

    `rendered`: the file tells where pages began when Word last laid it out; else pages begin at the breaks that are written.
    """

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._numbers = Numbers(package.numbering)
        self._written = {f"{W}footnoteReference": _by_id(package.footnotes), f"{W}endnoteReference": _by_id(package.endnotes)}
        self._diagrams = package.diagrams
        self.rendered = next(package.document.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._held = ""  # a paragraph whose end was deleted: it goes on in the next
        self._pages = 0  # breaks since the last text
        self._begun = False
        self._picture = False
        self._notes: list[tuple[str, str]] = []
        self._counts = dict.fromkeys(self._written, 0)
        self._tables = 0
        self._within = 0  # tables, boxes and notes around the current paragraph

    def lines(self, parent: etree._Element, depth: int = 0) -> Iterator[Line]:
        """The lines of all that stands below an element."""
        if depth > _DEEPEST:
            return
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
                yield from self._due()
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
                yield from self._due()
            elif is_shown(child):
                yield from self.lines(child, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Line]:
        look = self._styles.of(element)
        shown = inline(element, self.rendered)
        self._notes += shown.notes
        text = self._held + shown.text
        goes_on = any(element.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))
        self._held = text if goes_on else ""
        if not goes_on:
            yield from self._split(self._with_number(text, look), look, shown.picture)
        for box in shown.boxes:
            if isinstance(box, str):
                yield from (Line(part) for part in box.split("\n") if part.strip())
                continue
            self._within += 1
            yield from self.lines(box, depth + 1)
            self._within -= 1
        for ident in shown.diagrams:
            if (diagram := self._diagrams.get(ident)) is not None:
                yield from (Line(line) for line in diagram_lines(diagram))
        self._end_of_section(element.find(f"{W}pPr/{W}sectPr"))

    def _with_number(self, text: str, look: Look) -> str:
        """The text with the number that Word puts before it, and behind the page breaks that came before."""
        number = self._numbers.next(look.number)
        rest = text.lstrip(PAGE)
        self._pages += len(text) - len(rest) + (look.page and not self.rendered and self._begun and self._pages == 0)
        return number + rest if rest.replace(PAGE, "").strip() else PAGE * rest.count(PAGE)

    def _split(self, text: str, look: Look, picture: bool) -> Iterator[Line]:
        item = (look.number[1] + 1) if look.number and self._numbers.is_bullet(look.number) and text.startswith(BULLET) else None
        for part in text.split("\n"):
            if not part.replace(PAGE, "").strip():
                self._pages += part.count(PAGE)
                continue
            yield Line(PAGE * self._pages + part, look, picture=picture or self._picture, item=item)
            self._pages, self._begun, self._picture, picture = 0, True, False, False
        self._picture = self._picture or picture

    def _end_of_section(self, section: etree._Element | None) -> None:
        if section is not None and not self.rendered:
            kind = section.find(f"{W}type")
            self._pages += kind is None or kind.get(f"{W}val") not in _SAME_PAGE

    def _table(self, element: etree._Element, depth: int) -> Iterator[Line]:
        self._within += 1
        if self._within == 1:
            self._tables += 1
        name = f"表{self._tables}" if self._within == 1 else ""
        rows = [self._row(row, number, depth) for number, row in enumerate(_children(element, f"{W}tr"), 1)]
        self._within -= 1
        yield from table_lines([row for row in rows if row], name)

    def _row(self, row: etree._Element, number: int, depth: int) -> list[Cell]:
        """Its cells; none where the row was deleted. A row that is cut by a page may say so in each of its cells: it counts once."""
        if row.find(f"{W}trPr/{W}del") is not None:
            return []
        column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells: list[Cell] = []
        for element in _children(row, f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                continue
            span = _count(properties.find(f"{W}gridSpan") if properties is not None else None, 1)
            if _merge(properties, "hMerge") != "continue":
                down = _merge(properties, "vMerge")
                cells.append(Cell(list(self.lines(element, depth + 1)), column, number, down == "continue"))
            column += span
        pages = [sum(line.text.count(PAGE) for line in cell.lines) for cell in cells]
        for at, cell in enumerate(cells):
            if at != pages.index(max(pages)):
                cell.lines = [replace(line, text=line.text.replace(PAGE, "")) for line in cell.lines]
        return cells

    def _due(self) -> Iterator[Line]:
        """The notes to what was read, outside of tables and boxes: a note stands behind the paragraph or table that it belongs to."""
        if self._within:
            return
        notes, self._notes = self._notes, []
        for tag, ident in notes:
            element = self._written[tag].get(ident)
            if element is None:
                continue
            self._within += 1
            words = "".join(line.words for line in self.lines(element, 1))
            self._within -= 1
            self._counts[tag] += 1
            number = f"{'尾注' if tag.endswith('endnoteReference') else '注'}{self._counts[tag]}"
            if words:
                yield Line(PAGE * self._pages + f"（{number}：{words}）", kind="note", value=number)
                self._pages = 0
        self._notes = []


def _by_id(part: etree._Element | None) -> dict[str, etree._Element]:
    """Notes by id, without the lines that separate them from the text."""
    found = part if part is not None else ()
    return {note.get(f"{W}id") or "": note for note in found if note.get(f"{W}type") in (None, "normal")}


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row: also those in content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, tag)


def _merge(properties: etree._Element | None, name: str) -> str:
    merged = properties.find(f"{W}{name}") if properties is not None else None
    return "" if merged is None else merged.get(f"{W}val") or "continue"


def _count(element: etree._Element | None, otherwise: int) -> int:
    text = element.get(f"{W}val") or "" if element is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise
