"""Which pieces of a page with columns stand above both of them: what crosses the blank between them, and lines of a title or byline."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.readers.layout.lines import Fragment

_NEAR = 4.0  # sizes between two pieces of one line of a title or a byline, at most
_PARTED = 2.5  # the same for a line in the middle of the page that is parted just where the blank is
_INSIDE = 2.5  # sizes from the edge of a column from which a short line is no heading of that column
_BELOW = 2.5  # sizes between a title and the byline below it, at most


def across(pieces: Sequence[Fragment], at: float) -> list[Fragment]:
    """Pieces that go with both columns beside the blank at `at`, from top to bottom.

    Those that cross it; those on one line with them; the two halves of a line in the middle of the page; a short line below a title that
    stands above the first line of either column.
    """
    found = [item for item in pieces if item.x0 < at < item.x1]
    beside = [item for item in pieces if not item.x0 < at < item.x1]
    if not beside:
        return sorted(found, key=lambda item: item.y0)
    halves = [half for pair in _halves(beside, at) for half in pair]
    found += halves
    beside = _without(beside, halves)
    grown = True
    while grown:
        mates = [item for item in beside if any(_level(item, other) and _gap(item, other) < _NEAR * other.size for other in found)]
        found += mates
        beside = _without(beside, mates)
        grown = bool(mates)
    found += _bylines(found, beside, at)
    return sorted(found, key=lambda item: item.y0)


def _halves(beside: Sequence[Fragment], at: float) -> list[tuple[Fragment, Fragment]]:
    """Lines in the middle of the page that are parted at the blank (a name after 通讯员), far from the outer edges of both columns."""
    low, high = min(item.x0 for item in beside), max(item.x1 for item in beside)
    pairs = []
    for left in beside:
        if left.x1 > at or left.x0 - low < _NEAR * left.size or at - left.x1 > _PARTED * left.size:
            continue
        for right in beside:
            if right.x0 < at or high - right.x1 < _NEAR * right.size or not _level(left, right):
                continue
            middle = (left.x0 + right.x1) / 2
            if right.x0 - left.x1 < _PARTED * left.size and abs(middle - (low + high) / 2) < 2 * left.size:
                pairs.append((left, right))
    return pairs


def _bylines(found: Sequence[Fragment], beside: Sequence[Fragment], at: float) -> list[Fragment]:
    """Short lines right below what goes across (a name at the right), above everything of both columns and not at a column's edge."""
    more: list[Fragment] = []
    for title in found:
        below = sorted((item for item in beside if item.y0 >= title.y1 - 0.3 * title.size), key=lambda item: item.y0)
        if len(below) < 4 or below[0].y0 - title.y1 > _BELOW * title.size:
            continue
        first, rest = below[0], below[1:]
        column = [item for item in beside if (item.x0 < at) == (first.x0 < at)]
        low, high = min(item.x0 for item in column), max(item.x1 for item in column)
        apart = min(item.y0 for item in rest) - first.y1 > 0.2 * median(item.size for item in rest)
        if apart and first.x1 - first.x0 < 0.5 * (high - low) and first.x0 - low > _INSIDE * first.size:
            more.append(first)
    return _without(more, found)


def _level(a: Fragment, b: Fragment) -> bool:
    return min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _gap(a: Fragment, b: Fragment) -> float:
    return max(a.x0, b.x0) - min(a.x1, b.x1)


def _without(items: Sequence[Fragment], others: Sequence[Fragment]) -> list[Fragment]:
    """Items that are none of the others, each once."""
    known = {id(other) for other in others}
    out: list[Fragment] = []
    for item in items:
        if id(item) not in known:
            known.add(id(item))
            out.append(item)
    return out
