"""Letters of a PDF page become runs of text: pieces of a line without a gap as wide as a letter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

from ingest.readers.layout.lines import Fragment, wide
from ingest.readers.layout.table import Rule
from ingest.readers.pdf.glyphs import Glyph

_GAP = 0.8  # sizes between two letters that part two runs: less than what stands between two columns
_SQUEEZED = 0.8  # sizes by which a letter may stand over the one before: signs beside each other are set closer
_OPEN = 0.12  # sizes between two letters from which a sign of another run may stand there
_OVER = 0.3  # sizes by which the middle of such a sign may stand outside: a fallback font's quote is wider or narrower than its place
_WORD = 0.14  # sizes between two letters of a Latin word and the next


def runs(glyphs: Iterable[Glyph], rules: Sequence[Rule] = ()) -> list[Fragment]:
    """Runs of the letters that stand upright, first as the file orders them, then by place (a file may print a line in any order, and the
    signs of another font, such as quotes, after all the others).

    An upright rule between two letters (the edge of a cell) parts them.
    """
    walls = [rule for rule in rules if not rule.flat]
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        if groups and _follows(groups[-1][-1], glyph, walls):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [_fragment(group) for group in _joined(_opened(groups), walls)]


def aslant(glyphs: Iterable[Glyph]) -> list[Fragment]:
    """What stands aslant (watermarks), one fragment a run of the file, in its order."""
    found: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        found.setdefault(glyph.aside, []).append(glyph)
    return [_fragment(group) for group in found.values()]


def _level(a: Glyph, b: Glyph) -> bool:
    """Whether two letters share a line; a raised or lowered figure does."""
    return abs(a.y1 - b.y1) < 0.25 * max(a.size, b.size) or (
        min(a.size, b.size) < 0.85 * max(a.size, b.size) and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.4 * min(a.size, b.size)
    )


def _follows(before: Glyph, after: Glyph, walls: Sequence[Rule]) -> bool:
    size = min(before.size, after.size)
    gap = after.x0 - before.x1
    if gap > 0.3 * size and size < 0.8 * max(before.size, after.size):
        return False
    if not -_SQUEEZED * size < gap < _GAP * size or after.x0 < before.x0 + 0.1 * size:
        return False
    return _level(before, after) and not (walls and gap > 0.1 * size and _parted(before, after, walls))


def _parted(before: Glyph, after: Glyph, walls: Sequence[Rule]) -> bool:
    low, high = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
    height = (before.y0 + before.y1) / 2
    return any(low < wall.at < high and wall.low <= height <= wall.high for wall in walls)


def _opened(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """Part groups where the signs of another one have their place between two letters."""
    rows: dict[int, list[tuple[float, int, Glyph]]] = {}
    for n, group in enumerate(groups):
        for glyph in group:
            rows.setdefault(int(glyph.y1 // 4), []).append(((glyph.x0 + glyph.x1) / 2, n, glyph))
    for row in rows.values():
        row.sort(key=lambda found: found[:2])
    done: list[list[Glyph]] = []
    for n, group in enumerate(groups):
        start = 0
        for at, (before, after) in enumerate(pairwise(group), 1):
            if after.x0 - before.x1 > _OPEN * after.size and _holds(before, after, n, rows):
                done.append(group[start:at])
                start = at
        done.append(group[start:])
    return done


def _holds(before: Glyph, after: Glyph, own: int, rows: dict[int, list[tuple[float, int, Glyph]]]) -> bool:
    """Whether a letter of another group stands between two letters of a line."""
    low, high = before.x1 - _OVER * after.size, after.x0 + _OVER * after.size
    height = int(before.y1 // 4)
    for near in range(height - 2, height + 3):
        row = rows.get(near, [])
        at = bisect_left(row, low, key=itemgetter(0))
        while at < len(row) and row[at][0] <= high:
            _, n, glyph = row[at]
            if n != own and before.x0 < glyph.x0 < after.x1 and _level(before, glyph):
                return True
            at += 1
    return False


def _joined(groups: list[list[Glyph]], walls: Sequence[Rule]) -> list[list[Glyph]]:
    """Put groups together that touch each other on one line."""
    groups.sort(key=lambda group: group[0].x0)
    done: list[list[Glyph]] = []
    by_row: dict[int, list[list[Glyph]]] = {}
    for group in groups:
        first = group[0]
        row = int(first.y1 // 4)
        before = next(
            (
                other
                for near in (row, row - 1, row + 1, row - 2, row + 2)
                for other in reversed(by_row.get(near, ()))
                if _follows(other[-1], first, walls)
            ),
            None,
        )
        if before is None:
            by_row.setdefault(row, []).append(group)
            done.append(group)
        else:
            before.extend(group)
    return done


def _fragment(group: list[Glyph]) -> Fragment:
    text = [group[0].text]
    for before, glyph in pairwise(group):
        gap = glyph.x0 - before.x1
        size = max(glyph.size, before.size)
        if wide(glyph.text) or wide(before.text):
            text.append(" " if glyph.blank and gap > 0.15 * size else "")
        else:
            text.append(" " if gap > _WORD * size or (glyph.blank and gap > 0.05 * size) else "")
        text.append(glyph.text)
    largest = max(glyph.size for glyph in group)
    body = [glyph for glyph in group if glyph.size > 0.85 * largest]
    fonts = [glyph.font for glyph in body]
    return Fragment(
        "".join(text),
        group[0].x0,
        min(glyph.y0 for glyph in body),
        max(glyph.x1 for glyph in group),
        max(glyph.y1 for glyph in body),
        largest,
        sum(glyph.bold for glyph in body) * 2 > len(body),
        max(set(fonts), key=lambda name: (fonts.count(name), name)),
    )
