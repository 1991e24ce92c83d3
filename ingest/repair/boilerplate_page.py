"""The lines of a text saved from a page, how much one speaks of what the others speak of, and the one stretch where prose prevails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import add

from ingest.characters import HAN
from ingest.repair.boilerplate_lines import BARS, is_closing, is_itemised, is_only

PAIR = re.compile(f"(?=([{HAN}]{{2}}))")
_MOST = 0.6  # share of the prose that the stretch must hold
_GAP = 9  # lines that may lie between two parts of one text
_SAME = 0.35  # share of pairs above which a line speaks of the same as the body
_SAVED = 3  # lines with words of a web page from which a text counts as saved with all its lists
_WORTH, _COST, _MANY = 150, 28, 8


@dataclass(frozen=True)
class Page:
    """The lines of a text, which of them are prose, the first and last that are surely body, and those that stay whatever they say: what
    the format marks, and rows of tables."""

    lines: tuple[str, ...]
    prose: tuple[bool, ...]
    first: int
    last: int
    kept: frozenset[int]

    @cached_property
    def pairs(self) -> Counter[str]:
        """Neighbouring characters of the body."""
        return counts(self.lines[self.first : self.last + 1])


def counts(lines: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found.update(map(add, line, line[1:]))
    return found


def outside(page: Page, gone: set[int]) -> set[int]:
    """In a page saved with all its lists: what lies outside the one stretch where prose prevails, but for the title above it.

    The stretch has the greatest sum of line values: prose counts its length, any other line costs as much as a short sentence brings,
    but for the rows of tables, which cost nothing.
    """
    if (
        len(page.lines) < _SAVED
        or sum(n in gone or is_only(line, "navigation", "share", "related") for n, line in enumerate(page.lines)) < _SAVED
    ):
        return set()
    lines = [n for n, line in enumerate(page.lines) if line and n not in gone]
    total = best = 0
    start = 0
    stretch = (0, len(lines))
    for at, n in enumerate(lines):
        total += min(len(page.lines[n]), _WORTH) if page.prose[n] else 0 if n in page.kept else -_COST
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, stretch = total, (start, at + 1)
    stretch = _grown(page, lines, stretch)
    prose = [(len(page.lines[n]), stretch[0] <= at < stretch[1]) for at, n in enumerate(lines) if page.prose[n]]
    if sum(size for size, inside in prose if inside) < _MOST * sum(size for size, _ in prose):
        return set()  # no stretch stands out: a text of short lines
    before, after = lines[: stretch[0]], lines[stretch[1] :]
    out: set[int] = set()
    if len(before) >= _MANY:
        title = next((n for n in reversed(before) if _is_title(page.lines[n])), None)
        out |= {n for n in before if title is None or n < title}
    if sum(not page.prose[n] for n in after) >= _MANY:
        out |= {n for n in after if not is_closing(page.lines[n]) and not is_itemised(page.lines[n])}
    return out


def _grown(page: Page, lines: list[int], stretch: tuple[int, int]) -> tuple[int, int]:
    """The stretch with what lies between it and prose further on, or before, that speaks of the same things."""
    low, high = stretch
    pairs = counts(page.lines[n] for n in lines[low:high])
    while more := next((at for at in range(high, min(high + _GAP, len(lines))) if _speaks_of(page, lines[at], pairs)), None):
        high = more + 1
    while (more := next((at for at in range(low - 1, max(low - _GAP, 0) - 1, -1) if _speaks_of(page, lines[at], pairs)), None)) is not None:
        low = more
    return low, high


def _speaks_of(page: Page, line: int, pairs: Counter[str]) -> bool:
    return page.prose[line] and shared(page.lines[line], pairs) >= _SAME


def shared(line: str, pairs: Counter[str]) -> float:
    own = PAIR.findall(line)
    return sum(pairs[pair] > 0 for pair in own) / len(own) if own else 0.0


def _is_title(line: str) -> bool:
    return 8 <= len(line) <= 60 and not BARS.search(line) and not re.search(r"[。；]|(?:19|20)\d\d[-年/.]\d|[：:].*[：:]", line)
