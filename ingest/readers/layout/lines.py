"""What stands on a page and where: pieces of text from a PDF or from recognition become lines in reading order.

Coordinates grow to the right and downwards and are upright, in points for a PDF, in pixels for an image; nothing here depends on the unit,
as every distance is measured in sizes of the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ingest.characters import HAN
from ingest.readers.layout.across import across

_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef‘’“”…—·]")
_DEEPEST = 3
_GUTTER = 0.7  # sizes between two columns, at least
_LETTERS = re.compile(r"\w")


@dataclass(slots=True)
class Fragment:
    """A run of text without a gap. `confidence` and `box` (page:x0,y0,x1,y1) come from recognition."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    font: str = ""
    confidence: float = 1.0
    box: str = ""


@dataclass(slots=True)
class Line:
    """A line as printed. `left` and `right` are the edges of the column it stands in, `block` the number of that column on its page.

    `parts` are its fragments with their offset in `text`. `role`: empty for running text, else cell, field, label, contents, note, caption,
    head, foot, number, watermark.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    font: str
    parts: tuple[tuple[int, Fragment], ...]
    left: float = 0.0
    right: float = 0.0
    block: int = 0
    page: int = 0
    role: str = ""
    cell: int = 0  # number of the table cell it stands in, from 1
    level: int | None = None  # of a heading; 0 for the title


@dataclass(slots=True)
class Page:
    """Lines in reading order; `width` and `height` in the unit of the coordinates; `scan`: recognised, not read."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    scan: bool = False


@dataclass(slots=True)
class Box:
    """A part of the page that is read as a whole (a table), with its lines."""

    x0: float
    y0: float
    x1: float
    y1: float
    lines: list[Line]


@dataclass(slots=True)
class Columns:
    """What earlier pages of a document have shown: where the blank between their two columns is."""

    gutter: float | None = None


Item = Fragment | Box


def wide(character: str) -> bool:
    """Whether a character is as wide as high, so that no blank stands beside it: Han and full-width punctuation."""
    return bool(_WIDE.match(character))


def in_order(fragments: Iterable[Fragment], boxes: Iterable[Box] = (), columns: Columns | None = None) -> list[Line]:
    """Lines in the order they are read: columns from left to right between what goes across them.

    `columns` is kept over the pages of a document: a page with a few lines in its second column is known by the pages before it.
    """
    items: list[Item] = [*fragments, *boxes]
    lines: list[Line] = []
    for block, part in enumerate(_flow(items, 0, columns or Columns()), 1):
        found = _rows(part)
        for line in found:
            line.block = block
        lines += found
    return lines


def _flow(items: list[Item], depth: int, columns: Columns) -> list[list[Item]]:
    """Cut what stands on a page into parts that have one column each, in order."""
    at = _gutter(items) if depth < _DEEPEST else None
    if depth == 0:
        if at is None and columns.gutter is not None and _parts_at(items, columns.gutter):
            at = columns.gutter
        columns.gutter = at or columns.gutter
    if at is None:
        return [items] if items else []
    found: list[Item] = [item for item in items if isinstance(item, Box) and item.x0 < at < item.x1]
    found += across([item for item in items if isinstance(item, Fragment)], at)
    known = {id(item) for item in found}
    beside = [item for item in items if id(item) not in known]
    parts: list[list[Item]] = []
    above: list[Item] = []
    for item in sorted(found, key=attrgetter("y0")):
        middle = (item.y0 + item.y1) / 2
        band = [other for other in beside if (other.y0 + other.y1) / 2 < middle]
        if band:
            parts += [[*above]] if above else []
            above = []
            parts += _pair(band, at, depth, columns)
            beside = [other for other in beside if (other.y0 + other.y1) / 2 >= middle]
        above.append(item)
    parts += [above] if above else []
    return parts + _pair(beside, at, depth, columns)


def _pair(band: list[Item], at: float, depth: int, columns: Columns) -> list[list[Item]]:
    left = [item for item in band if item.x1 <= at]
    right = [item for item in band if item.x0 >= at]
    return [*_flow(left, depth + 1, columns), *_flow(right, depth + 1, columns)]


def _gutter(items: Sequence[Item]) -> float | None:
    """The middle of the blank between two columns of text, None where there is one column.

    Columns of a table without rules have blanks between them too, but only the lines of running text fill their column.
    """
    texts = [item for item in items if isinstance(item, Fragment)]
    if len(texts) < 6:
        return None
    size = median(item.size for item in texts)
    best: tuple[int, float] | None = None
    begun = (len(texts), 0, 0.0)
    for edge in sorted({round(item.x1) for item in texts}):
        low, high = edge + 0.1 * size, edge + (0.1 + _GUTTER) * size
        left = [item for item in texts if item.x1 <= low]
        right = [item for item in texts if item.x0 >= high]
        crossing = len(texts) - len(left) - len(right)
        if len(left) >= 8 and 1 <= len(right) < 8 and crossing <= 3 and _filled(left, size):
            begun = min(begun, (crossing, len(right), (low + high) / 2))  # the second column has only begun
        if len(left) < 3 or len(right) < 3 or crossing * 2 > min(len(left), len(right)):
            continue
        if _filled(left, size) and _filled(right, size):
            score = _beside(left, right) - crossing
            if score >= 3 and (best is None or score > best[0]):
                best = (score, (low + high) / 2)
    if best is None:
        return begun[2] or None
    return best[1]


def _parts_at(items: Sequence[Item], at: float) -> bool:
    """Whether next to nothing crosses the blank that earlier pages have, and both sides begin where a column would."""
    texts = [item for item in items if isinstance(item, Fragment)]
    if not texts:
        return False
    size = median(item.size for item in texts)
    left = [item for item in texts if item.x1 <= at]
    right = [item for item in texts if item.x0 >= at]
    crossing = len(texts) - len(left) - len(right)
    if len(left) < 2 or not right or crossing > 3 or crossing * 2 > len(left):
        return False
    begins = sum(item.x0 - at < 5 * size for item in right)
    return begins * 2 > len(right) and _filled(left, size)


def _filled(part: list[Fragment], size: float) -> bool:
    """Whether lines reach from edge to edge, as running text does; of several columns in the part, that of the most lines counts."""
    columns: list[list[Fragment]] = []
    for item in sorted(part, key=attrgetter("x0")):
        if columns and item.x0 - columns[-1][-1].x0 <= 3 * size:
            columns[-1].append(item)
        else:
            columns.append([item])
    column = max(columns, key=len)
    low, high = column[0].x0, max(item.x1 for item in column)
    full = sum(item.x1 - item.x0 >= 0.75 * (high - low) for item in column)
    return high - low >= 6 * size and full * 5 >= len(column) * 2 and full >= 2


def _beside(left: list[Fragment], right: list[Fragment]) -> int:
    """Number of lines of the left column that have a line of the right one at their height."""
    low, high = min(item.y0 for item in right), max(item.y1 for item in right)
    there = sum(low <= (item.y0 + item.y1) / 2 <= high for item in left)
    low, high = min(item.y0 for item in left), max(item.y1 for item in left)
    return min(there, sum(low <= (item.y0 + item.y1) / 2 <= high for item in right))


def _rows(items: list[Item]) -> list[Line]:
    """Lines of one column from top to bottom."""
    lines: list[tuple[float, list[Line]]] = []
    row: list[Fragment] = []
    for item in sorted(items, key=lambda item: (item.y0 + item.y1) / 2 if isinstance(item, Fragment) else item.y0):
        if isinstance(item, Box):
            lines.append((item.y0, item.lines))
        elif row and _level_with(row, item):
            row.append(item)
        else:
            lines += [(row[0].y0, [line_of(row)])] if row else []
            row = [item]
    lines += [(row[0].y0, [line_of(row)])] if row else []
    lines.sort(key=lambda pair: pair[0])
    return [line for _, found in lines for line in found]


def _level_with(row: list[Fragment], item: Fragment) -> bool:
    """Whether a fragment stands on the same line: more than half of the lower of both, and not one above the other."""
    last = max(row, key=lambda other: other.size)
    shared = min(last.y1, item.y1) - max(last.y0, item.y0)
    if shared * 2 <= min(last.y1 - last.y0, item.y1 - item.y0):
        return False
    return all(min(other.x1, item.x1) - max(other.x0, item.x0) < 0.5 * min(other.size, item.size) for other in row)


def line_of(row: Sequence[Fragment]) -> Line:
    """One line out of the fragments on it; gaps of two letters and more become a tab, smaller ones a blank."""
    row = sorted(row, key=lambda item: item.x0)
    text = ""
    parts: list[tuple[int, Fragment]] = []
    before: Fragment | None = None
    for item in row:
        if before is not None:
            gap = item.x0 - before.x1
            size = max(item.size, before.size)
            text += "\t" if gap >= 2 * size else " " if gap >= 0.6 * size or _words(before.text, item.text) else ""
        parts.append((len(text), item))
        text += item.text
        before = item
    largest = max(row, key=lambda item: len(item.text))
    return Line(
        text,
        row[0].x0,
        min(item.y0 for item in row),
        max(item.x1 for item in row),
        max(item.y1 for item in row),
        largest.size,
        all(item.bold for item in row if _LETTERS.search(item.text)),
        largest.font,
        tuple(parts),
    )


def _words(before: str, after: str) -> bool:
    return before[-1].isalnum() and after[0].isalnum() and not wide(before[-1]) and not wide(after[0])


def set_edges(lines: list[Line]) -> None:
    """Set the edges of one column: where lines begin and where they end, an odd one out not counted. Cells have theirs."""
    free = [line for line in lines if not line.cell]
    if not free:
        return
    left, right = _edge([line.x0 for line in free], free), -_edge([-line.x1 for line in free], free)
    for line in free:
        line.left, line.right = left, right


def _edge(values: list[float], lines: list[Line]) -> float:
    """The outermost value that a second one confirms within a letter."""
    ordered = sorted(values)
    size = median(line.size for line in lines)
    return next((a for a, b in pairwise(ordered) if b - a <= size), ordered[0])
