"""Pages of lines become a draft: everything in reading order as its source, and edits that take out and join what the layout made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.model import Location, Metadata
from corpus.offsets import Edit, OffsetMap
from ingest.draft import Draft, Mark
from ingest.readers.layout.furniture import find_furniture
from ingest.readers.layout.imprint import journal
from ingest.readers.layout.joins import Habits, follows, glue
from ingest.readers.layout.lines import Line, Page, set_edges
from ingest.readers.layout.looks import (
    LEADER,
    contents_page,
    find_captions,
    find_contents,
    find_headings,
    find_notes,
    offset_of_numbers,
)
from ingest.repair.form import is_label

DAMAGED_BELOW = 0.9  # confidence of a recognised line: seven of eight below have an error, half of those to .95 (tests/pdf_table.py)
_GONE = {"head": "running_head", "foot": "running_foot", "number": "page_number", "watermark": "watermark"}


@dataclass(slots=True)
class _Placed:
    """A line in the source text."""

    line: Line
    start: int
    end: int


def draft_of(pages: Sequence[Page], prefix: str, outline: Mapping[tuple[int, str], int], metadata: Metadata | None = None) -> Draft:
    """The draft of a document. `prefix` (pdf, ocr) begins the names of the steps: running_head, running_foot, page_number, watermark, line
    (a line break of the layout), cell (a label and its value), leader (dots of a contents page).
    """
    _columns(pages)
    find_furniture(pages)
    _columns(pages)
    scan = sum(page.scan for page in pages) * 2 > len(pages)
    lines = [line for page in pages for line in page.lines]
    habits = Habits.of(lines, scan)
    find_notes(pages, habits)
    find_contents(pages)
    find_captions(lines)
    habits = Habits.of(lines, scan)
    find_headings(pages, habits, outline)
    habits = Habits.of(lines, scan)
    ordered = _with_notes_behind(lines, habits)
    placed, locations = _place(ordered)
    text = "\n".join(line.text for line in ordered)
    edits, marks = _edits(placed, text, habits, prefix, offset_of_numbers(pages))
    name, year = journal(pages)
    known = metadata or Metadata()
    known = replace(known, publisher=known.publisher or name or None, published=known.published or year or None)
    draft = Draft(text, text, OffsetMap.identity(len(text)), tuple(marks), known, frozenset(), tuple(locations))
    return draft.edit(edits)


_FEW = 8  # lines of a column from which its edges are sure


def _columns(pages: Sequence[Page]) -> None:
    """Set the edges of each column; one with few lines has those of others that begin there, else a right margin like its left one."""
    found: list[tuple[float, list[Line]]] = []
    for page in pages:
        blocks: dict[int, list[Line]] = {}
        for line in page.lines:
            if line.role in ("", "note", "contents") and not line.cell:
                blocks.setdefault(line.block, []).append(line)
        for lines in blocks.values():
            set_edges(lines)
            found.append((page.width, lines))
    sure = [(lines[0].left, lines[0].right) for _, lines in found if len(lines) >= _FEW]
    for width, lines in found:
        if len(lines) >= _FEW:
            continue
        left, right = lines[0].left, lines[0].right
        size = median(line.size for line in lines)
        like = [edges for edges in sure if abs(edges[0] - left) <= 2.5 * size]
        if like:
            left, right = min(left, median(low for low, _ in like)), max(right, median(high for _, high in like))
        elif left < 0.4 * width and not _running(lines, size):
            right = max(right, width - left)
        for line in lines:
            line.left, line.right = left, right


def _running(lines: Sequence[Line], size: float) -> bool:
    """Whether a few lines are running text: all but the last of them reach equally far."""
    full = sum(line.right - line.x1 < 2 * size for line in lines)
    return full >= 3 or (full == 2 and len(lines) == 3)


def _with_notes_behind(lines: Sequence[Line], habits: Habits) -> list[Line]:
    """The lines with footnotes behind the paragraph that goes on over the page."""
    ordered: list[Line] = []
    waiting: list[Line] = []
    start: Line | None = None
    last: Line | None = None
    for line in lines:
        if line.role == "note":
            waiting.append(line)
            continue
        if line.role in _GONE:
            ordered.append(line)
            continue
        if last is not None and start is not None and follows(start, last, line, habits):
            last = line
        else:
            if waiting:
                kept = len(ordered)
                while kept and ordered[kept - 1].role in _GONE and ordered[kept - 1].page == line.page:
                    kept -= 1
                ordered[kept:kept] = waiting
                waiting = []
            start = last = line
        ordered.append(line)
    return ordered + waiting


def _place(lines: Sequence[Line]) -> tuple[list[_Placed], list[Location]]:
    placed: list[_Placed] = []
    locations: list[Location] = []
    at = 0
    for line in lines:
        end = at + len(line.text)
        placed.append(_Placed(line, at, end))
        last = locations[-1] if locations else None
        if last is not None and last.value == str(line.page):
            locations[-1] = replace(last, end=end)
        else:
            locations.append(Location("page", at, end, str(line.page)))
        at = end + 1
    for item in placed:
        if item.line.role == "note":
            locations.append(Location("note", item.start, item.end, str(item.line.page)))
        for offset, part in item.line.parts:
            if part.box:
                start = item.start + offset
                locations.append(Location("box", start, start + len(part.text), part.box, part.confidence))
    return placed, sorted(locations, key=lambda item: (item.start, item.kind != "page", -item.end))


def _edits(placed: Sequence[_Placed], text: str, habits: Habits, prefix: str, offset: int | None) -> tuple[list[Edit], list[Mark]]:
    edits: list[Edit] = []
    marks: list[Mark] = []
    kept = [item for item in placed if item.line.role not in _GONE]
    for item in placed:
        if item.line.role in _GONE:
            last = item.end == len(text)
            edits.append(
                Edit(item.start - (last and item.start > 0), min(item.end + 1, len(text)), "", f"{prefix}.{_GONE[item.line.role]}")
            )
    start = 0
    for n, item in enumerate(kept):
        edits += _inside(item, prefix)
        marks += [
            Mark("damaged", item.start + at, item.start + at + len(part.text))
            for at, part in item.line.parts
            if part.confidence < DAMAGED_BELOW
        ]
        following = kept[n + 1] if n + 1 < len(kept) else None
        if following is not None and _goes_on(kept[start].line, item.line, following.line, habits):
            cut, between = glue(item.line.text, following.line.text)
            edits.append(Edit(item.end - cut, item.end + 1, between, f"{prefix}.line"))
            continue
        if mark := _mark(kept[start], item, offset):
            marks.append(mark)
        start = n + 1
    return _apart(edits), marks


def _goes_on(start: Line, a: Line, b: Line, habits: Habits) -> bool:
    if a.role == b.role == "contents":
        return contents_page(a.text) is None and contents_page(b.text) is not None and len(a.text) > 4 and start is a
    return follows(start, a, b, habits)


def _mark(first: _Placed, last: _Placed, offset: int | None) -> Mark | None:
    line = first.line
    if line.role == "contents":
        number = contents_page(last.line.text)
        return Mark("contents", first.start, last.end, "" if number is None else str(number + (offset or 0)))
    if line.role in ("cell", "field", "note", "caption"):
        return Mark(line.role, first.start, last.end)
    if line.role == "label":
        return Mark("heading", first.start, last.end, "1")
    if line.level is not None:
        return Mark("heading", first.start, last.end, str(line.level)) if line.level else Mark("title", first.start, last.end)
    return None


def _inside(item: _Placed, prefix: str) -> list[Edit]:
    """Edits within a line: label and value of a form, leaders of a contents page."""
    line = item.line
    if line.role == "contents":
        match = LEADER.search(line.text)
        if match and match[0] != "\t":
            return [Edit(item.start + match.start(), item.start + match.end(), "\t", f"{prefix}.leader")]
        return []
    cells = line.text.split("\t")
    if len(cells) < 2 or line.role not in ("", "field"):
        return []
    edits: list[Edit] = []
    at = item.start
    for n, cell in enumerate(cells):
        end = at + len(cell)
        if n % 2 == 0 and n + 1 < len(cells) and is_label(cell) and not cell.rstrip().endswith(("：", ":")):
            edits += [Edit(at + gap.start(), at + gap.end(), "", f"{prefix}.cell") for gap in re.finditer(r"\s+", cell)]
            edits.append(Edit(end, end + 1, "：", f"{prefix}.cell"))
        at = end + 1
    return edits


def _apart(edits: list[Edit]) -> list[Edit]:
    """Edits in order; where the last line's removal takes the line break before it, a join there gives way."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    out: list[Edit] = []
    for edit in ordered:
        if out and edit.start < out[-1].end:
            edit = replace(edit, start=out[-1].end)
            if edit.start >= edit.end:
                continue
        out.append(edit)
    return out
