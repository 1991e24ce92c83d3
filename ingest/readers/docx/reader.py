"""Word files: the paragraphs, tables and text boxes in their order make the linear text that is the source text.

Headings are known by style, outline level or look; a row of a form table becomes a line `申报单位：…`; automatic numbers are written out.
Insertions of tracked changes are in, deletions and comments are not. A note stands behind the paragraph that it belongs to. Headers and
footers of the first page stand at the head of the source text and are taken out of the text: marks of secrecy are often there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import EmptySource
from corpus.model import Location
from corpus.offsets import Edit
from ingest.draft import Draft, Mark, RawReport
from ingest.limits import Limits
from ingest.readers import mht
from ingest.readers.docx.blocks import Blocks
from ingest.readers.docx.lines import Line
from ingest.readers.docx.marks import kinds
from ingest.readers.docx.package import Package, open_package
from ingest.readers.docx.scan import read_pictures
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.text import PAGE
from ingest.readers.html import reader as html
from ingest.readers.sniff import kind_of

HEADER, FOOTER, TITLE = "docx.header", "docx.footer", "docx.title"
_FULL = 2000  # characters: no page holds more, so where more stand between two breaks that are written there were others that are not
_TITLE = 60
_ZONE = 8
_SUBTITLE = ("—", "--", "（", "(")
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_NAME = re.compile(r"^(?:Microsoft Word|文档\s?\d*|新建|无标题|模板|PowerPoint)|\.(?:docx?|wps)$", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s\d\-—–·/第共页]*")


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource, UnknownFormat, SourceTooLarge, EmptySource.

    A document that is nothing but a web page put into it (as web systems export them) is read as that page, one that is nothing but
    pictures as a scan.
    """
    package = open_package(raw.data, raw.where, limits)
    blocks = Blocks(package, styles := Styles(package.styles))
    body = list(blocks.lines(package.document))
    if not body:
        return _other(package, raw, limits)
    running = Blocks(package, styles)
    lines = [*_running(running, package, body), *body]
    texts = [line.text.replace(PAGE, "") for line in lines]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    found = kinds(lines)
    halves = _halves(lines, found)
    marks = []
    for number, (kind, value) in enumerate(found):
        if kind and number not in halves:
            last = halves[-1] if kind == "title" and halves else number
            marks.append(Mark(kind, starts[number], starts[last] + len(texts[last]), value))
    draft = Draft.of("\n".join(texts))
    locations = [*_places(lines, starts), *_pages(lines, starts, blocks.rendered, package.pages)]
    draft = replace(draft, marks=tuple(marks), locations=tuple(sorted(locations, key=lambda item: (item.start, item.kind, item.end))))
    return _titled(draft.edit(_edits(lines, texts, starts, halves)), package.title)


def _other(package: Package, raw: RawReport, limits: Limits) -> Draft:
    """What a document without a text of its own is read as."""
    kind = kind_of(package.chunk)
    if kind in ("html", "mht"):
        return (html.read if kind == "html" else mht.read)(replace(raw, data=package.chunk), limits)
    draft = read_pictures(package.pictures, raw, limits)
    if draft is None:
        raise EmptySource("文档里没有文字", where=raw.where, remedy="请用 WPS 或 Word 打开看看内容是什么")
    return draft


def _running(blocks: Blocks, package: Package, body: Sequence[Line]) -> list[Line]:
    """The lines of the first headers and footers, each once, without page numbers."""
    found: dict[str, Line] = {}
    for kind, parts in (("header", package.headers), ("footer", package.footers)):
        for part in parts:
            for line in blocks.lines(part):
                if line.words and not _NUMBERS.fullmatch(line.words):
                    found.setdefault(line.words, Line(line.words, kind=kind))
    return list(found.values())


def _edits(lines: Sequence[Line], texts: Sequence[str], starts: Sequence[int], halves: Sequence[int]) -> list[Edit]:
    """What is part of the source and not of the text, and the break inside a title that is set on two lines."""
    edits: list[Edit] = []
    for number, line in enumerate(lines):
        at, end = starts[number], starts[number] + len(texts[number])
        if line.kind in ("header", "footer"):
            edits.append(Edit(at, end + 1, "", HEADER if line.kind == "header" else FOOTER))
            continue
        breaks = line.text.count(PAGE)  # those of a field stand before its label
        for low, high, step in line.gone:
            whole = low == 0 and high == len(line.text)
            low, high = max(0, low - breaks), max(0, high - breaks)
            edits.append(Edit(at + low, min(at + high + whole, starts[-1] - 1), "", step))
        if number in halves:
            edits.append(Edit(at - 1, at, "", TITLE))
    return edits


def _halves(lines: Sequence[Line], found: Sequence[tuple[str, str]]) -> list[int]:
    """The lines right behind the title that go on with it: set just like it, and not too long together."""
    at = next((number for number, (kind, _) in enumerate(found) if kind == "title"), None)
    if at is None or lines[at].look.size is None:
        return []
    halves: list[int] = []
    length = len(lines[at].words)
    for number in range(at + 1, len(lines)):
        line = lines[number]
        length += len(line.words)
        if line.look != lines[at].look or line.kind or length > _TITLE or line.words.startswith(_SUBTITLE):
            break
        halves.append(number)
    return halves


def _places(lines: Sequence[Line], starts: Sequence[int]) -> list[Location]:
    places = []
    for line, start, following in zip(lines, starts, starts[1:], strict=False):
        end = following - 1
        if line.kind == "note":
            places.append(Location("note", start, end, line.value))
        elif line.place:
            places.append(Location("row" if line.kind == "row" else "cell", start, end, line.place))
    return places


def _pages(lines: Sequence[Line], starts: Sequence[int], rendered: bool, said: int | None) -> list[Location]:
    """The pages, where the file tells them all: as Word laid them out, or by written breaks where between two of them no more stands than
    a page holds and the file counts no more pages than that."""
    borders = [0]
    for line, start in zip(lines, starts, strict=False):
        for before, match in enumerate(re.finditer(PAGE, line.text)):
            borders.append(start + match.start() - before)
    borders.append(starts[-1] - 1)
    pages = len(borders) - 1
    if pages < 2 or (not rendered and said is not None and said > pages):
        return []
    found = []
    for number in range(pages):
        if not rendered and borders[number + 1] - borders[number] > _FULL:
            break
        found.append(Location("page", borders[number], borders[number + 1], str(number + 1)))
    return [page for page in found if page.start < page.end]


def _titled(draft: Draft, said: str) -> Draft:
    """Make use of the title among the properties of the file, which is often that of another: it marks the line that says the same, and is
    the title itself only where no line of the text could be one."""
    said = said.strip()
    if any(mark.kind == "title" for mark in draft.marks) or len(_HAN.findall(said)) < 4 or len(said) > _TITLE or _NO_NAME.search(said):
        return draft
    at = 0
    lines = draft.text.split("\n")
    for line in lines[:_ZONE]:
        if re.sub(r"\W+", "", line) == re.sub(r"\W+", "", said):
            marks = [mark for mark in draft.marks if mark.start != at]
            return replace(draft, marks=tuple(sorted([*marks, Mark("title", at, at + len(line))], key=lambda mark: mark.start)))
        at += len(line) + 1
    if len(lines[0]) > _TITLE:
        return replace(draft, metadata=replace(draft.metadata, title=said))
    return draft
