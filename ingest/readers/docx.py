"""Word files: the paragraphs, tables and text boxes in their order make the linear text that is the source text.

Headings are known by style, outline level or look; a row of a form table becomes a line `申报单位：…`; automatic numbers are written out.
Insertions of tracked changes are in, deletions and comments are not; footnotes stand behind the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.errors import EmptySource
from ingest.draft import Draft, Mark, RawReport
from ingest.limits import Limits
from ingest.readers.docx_package import W, open_package
from ingest.readers.docx_styles import Look, Numbers, Styles, read_styles
from ingest.repair.form import is_label

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback", f"{W}rPr", f"{W}pPr"))
_SENTENCE = re.compile(r"[。！；，]$|[。！？；]")
_HEADING = 40
_FIELD = 60
_DEEPEST = 20
_DISPLAY_FONT = re.compile("黑体|小标宋|楷体|SimHei|KaiTi|Heiti", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    text: str
    look: Look = field(default_factory=Look)
    kind: str = ""  # cell, field, note


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource, UnknownFormat, SourceTooLarge, EmptySource."""
    package = open_package(raw.data, raw.where)
    styles, numbers = read_styles(package), Numbers(package)
    body = package.document.find(f"{W}body")
    lines = list(_blocks(body, styles, numbers, 0)) if body is not None else []
    if package.footnotes is not None:
        lines += [_Line(line.text, kind="note") for line in _blocks(package.footnotes, styles, numbers, 0)]
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        raise EmptySource("文档里没有文字", where=raw.where, remedy="如果内容是图片，请先转成文字")
    text = "\n".join(line.text for line in lines)
    return replace(Draft.of(text), marks=tuple(_marks(lines)))


def _blocks(parent: etree._Element, styles: Styles, numbers: Numbers, depth: int) -> Iterator[_Line]:
    """Lines of the paragraphs and tables below an element, in order."""
    if depth > _DEEPEST:
        return
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles, numbers, depth)
        elif child.tag == f"{W}tbl":
            yield from _table(child, styles, numbers, depth)
        elif child.tag not in _GONE:
            yield from _blocks(child, styles, numbers, depth + 1)


def _paragraph(element: etree._Element, styles: Styles, numbers: Numbers, depth: int) -> Iterator[_Line]:
    look = styles.of(element)
    parts: list[str] = []
    boxes: list[etree._Element] = []
    _collect(element, parts, boxes)
    text = "".join(parts)
    if text.strip():
        text = numbers.next(look.number) + text
        for line in text.split("\n"):
            yield _Line(line, look)
    for box in boxes:
        yield from _blocks(box, styles, numbers, depth + 1)


def _collect(element: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    """Text of the runs below, without deleted runs; text boxes are put aside."""
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str) or node.tag in _GONE:
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}tab":
            parts.append("\t")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif node.tag == f"{W}txbxContent":
            boxes.append(node)
        else:
            stack.extend(reversed(node))


def _table(element: etree._Element, styles: Styles, numbers: Numbers, depth: int) -> Iterator[_Line]:
    """Rows: label and value cells as `label：value` lines, long values as a heading with its text, other rows as one line."""
    for row in element.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not element:
            continue
        cells = [_cell(cell, styles, numbers, depth) for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
        cells = [cell for cell in cells if cell]
        yield from _row(cells)


def _cell(element: etree._Element, styles: Styles, numbers: Numbers, depth: int) -> list[_Line]:
    merged = element.find(f"{W}tcPr/{W}vMerge")
    if merged is not None and merged.get(f"{W}val") != "restart":
        return []
    return [line for line in _blocks(element, styles, numbers, depth + 1) if line.text.strip()]


def _row(cells: list[list[_Line]]) -> Iterator[_Line]:
    at = 0
    plain: list[str] = []
    while at < len(cells):
        words = "".join(line.text for line in cells[at]).strip()
        value = cells[at + 1] if at + 1 < len(cells) else None
        if value is not None and is_label(words):
            length = sum(len(line.text) for line in value)
            label = re.sub(r"\s+", "", words).rstrip("：:")
            if len(value) == 1 and length <= _FIELD:
                yield _Line(f"{label}：{value[0].text.strip()}", kind="field")
            else:
                yield _Line(label, Look(level=1))
                yield from value
            at += 2
            continue
        if len(cells[at]) == 1 and len(words) <= _FIELD:
            plain.append(words)
        else:
            yield from cells[at]
        at += 1
    if plain:
        yield _Line("\t".join(plain), kind="cell")


def _marks(lines: list[_Line]) -> list[Mark]:
    marks: list[Mark] = []
    at = 0
    sizes = sorted(line.look.size for line in lines if line.look.size and len(line.text) > _HEADING)
    body = sizes[len(sizes) // 2] if sizes else None
    titled = False
    for number, line in enumerate(lines):
        end = at + len(line.text)
        if line.kind:
            marks.append(Mark(line.kind, at, end))
        elif not titled and number < 8 and (line.look.level == 0 or (number < 3 and _is_title(line, body))):
            marks.append(Mark("title", at, end))
            titled = True
        elif level := _level(line, body):
            marks.append(Mark("heading", at, end, str(level)))
        at = end + 1
    return marks


def _is_title(line: _Line, body: int | None) -> bool:
    larger = bool(line.look.size and body and line.look.size > body + 3)
    short = 4 <= len(line.text.strip()) <= 60 and not re.search("[。；]$", line.text.strip())
    return short and line.look.centred and (larger or line.look.bold or bool(_DISPLAY_FONT.search(line.look.font)))


def _level(line: _Line, body: int | None) -> int | None:
    """Level of a heading by style, else by look: short, no sentence, and bold, larger than the text, or in a display font."""
    text = line.text.strip()
    if line.look.level:
        return line.look.level if len(text) <= 2 * _HEADING else None
    if not 2 <= len(text) <= _HEADING or _SENTENCE.search(text) or text.endswith(("：", ":")):
        return None
    larger = bool(line.look.size and body and line.look.size > body)
    if line.look.bold or larger or _DISPLAY_FONT.search(line.look.font):
        return 1 if re.match("[一二三四五六七八九十]+、", text) else 2 if re.match("[（(][一二三四五六七八九十]", text) else 3
    return None
