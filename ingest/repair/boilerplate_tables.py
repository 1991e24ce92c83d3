"""Rows of tables in a text without any: a label and figures beside it, one row under the other. They are data, however short the lines.

A row is told by its figures and by its neighbours, never by a word, so that no vocabulary of web pages can make a link of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.draft import Draft

_SENTENCE = re.compile("[。！？]")
_CLAUSE = re.compile("[。！？；，]")
_BARS = re.compile(r"\s*[|｜丨]\s*")
_TABS = re.compile(r"\s*\t\s*")
_BLANKS = re.compile(r"\s+")
_FIGURE = re.compile(
    r"[+\-−±约近超≥≤<>＜＞]?\d[\d,，]*(?:\.\d+)?\s?(?:[%％‰℃㎡]|[百千万亿]?(?:元|平方米|平米|公里|米|吨|人次|人|户次|户|次|件|起|个|处|条|栋|幢|辆|台|盏|只|名|场|年|月|天"
    r"|小时|分钟|分)?|百分点|个百分点)|[—–\-/]{1,2}"
)
_DASHES = re.compile(r"\s[—–\-/]{1,2}\s*$")  # a row may have nothing but them
_PLAIN = re.compile(r"\d{1,4}")
_RULE = re.compile(r"[\s|｜丨:：+=—\-]{3,}")  # the line between head and rows
_LABEL = 40  # characters of the cell that a row begins with
_NARROW_LABEL = 14
_FIGURES = 3  # among lines one under the other, from which they are cells


def is_figure(cell: str) -> bool:
    """A number, with or without its unit, or the dash that stands for none."""
    return bool(_FIGURE.fullmatch(cell))


def is_data(line: str) -> bool:
    """Whether a single line is a label with two figures or more beside it, and nothing else."""
    row = _cells(line)
    if not row or not any(map(str.isdigit, line)):
        return False
    return len(row) >= 3 and len(row[0]) <= _LABEL and not is_figure(row[0]) and all(map(is_figure, row[1:]))


def table_lines(lines: Sequence[str]) -> tuple[set[int], set[int]]:
    """Numbers of the lines that are rows of tables, two or more one under the other, and of the head above them: those with two figures or
    more (also cell by cell, one under the other), and those with one, which lists of other kinds (votes, prices) may have too."""
    wide: set[int] = set()
    narrow: set[int] = set()
    for run, size in _runs(lines):
        if len(run) > 1 and any(map(str.isdigit, "".join(lines[n] for n in run))):
            above = _before(lines, run[0])
            (narrow if size == 2 else wide).update([*run, above] if _is_head(lines, above, size) else run)
    return wide | _stacked(lines), narrow


def _stacked(lines: Sequence[str]) -> set[int]:
    """Short lines one under the other of which many are figures: the cells of a table that were saved one by one."""
    found: set[int] = set()
    run: list[int] = []
    for n, line in enumerate([*lines, "。"]):
        if not line or (len(line) <= _NARROW_LABEL and not _CLAUSE.search(line)):
            run.extend([n] if line else ())
            continue
        figures = [m for m in run if is_figure(lines[m])]
        if len(figures) >= _FIGURES and len(figures) * 4 >= len(run) and not _counts_up([lines[m] for m in figures]):
            found.update(run)
        run = []
    return found


def _runs(lines: Sequence[str]) -> Iterator[tuple[list[int], int]]:
    """Rows one under the other whose numbers of cells are alike, and the greatest of these numbers."""
    run: list[int] = []
    last = size = 0
    for n, line in enumerate(lines):
        if not line or (run and _RULE.fullmatch(line)):
            continue
        row = _cells(line)
        fits = _is_row(row)
        if run and not (fits and abs(len(row) - last) <= 1):
            yield run, size
            run, size = [], 0
        if fits:
            run.append(n)
            last = len(row)
            size = max(size, last)
    if run:
        yield run, size


def cell_lines(draft: Draft, starts: Sequence[int], count: int) -> set[int]:
    """Numbers of the lines that the format says are cells or rows of a table. A cell of several lines may hold a whole text: not those."""
    held = [(mark.start, mark.end) for mark in draft.marks if mark.kind == "cell"]
    found = {bisect_right(starts, start) - 1 for start, end in held if "\n" not in draft.text[start:end]}
    spans = sorted(
        (place.start, place.end)
        for place in draft.locations
        if place.kind in ("cell", "row") and place.start < place.end and "\n" not in draft.source[place.start : place.end]
    )
    if not spans:
        return found
    lows = [low for low, _ in spans]
    for n in range(count):
        start, end = starts[n], starts[n + 1] - 1
        if start < end:
            low, high = draft.offsets.to_source(start, end)
            at = bisect_right(lows, high - 1) - 1
            if at >= 0 and spans[at][1] > low:
                found.add(n)
    return found


def _cells(line: str) -> list[str]:
    if len(line) > 400 or _SENTENCE.search(line) or not (any(map(str.isdigit, line)) or _DASHES.search(line)):
        return []
    return _split(line)


def _split(line: str) -> list[str]:
    borders = _BARS if _BARS.search(line) else _TABS if "\t" in line else _BLANKS
    return [cell for cell in borders.split(line.strip()) if cell]


def _is_row(row: Sequence[str]) -> bool:
    if len(row) < 2 or len(row[0]) > (_LABEL if len(row) > 2 else _NARROW_LABEL):
        return False
    figures = sum(map(is_figure, row[1:]))
    if not figures or figures * 2 < len(row) - 1:
        return False
    return not _counts_up(row)


def _counts_up(row: Sequence[str]) -> bool:
    """1 2 3 4: the pages of a list, the days of a calendar."""
    plain = [int(cell) for cell in row if _PLAIN.fullmatch(cell)]
    return len(plain) >= 3 and len(plain) * 2 > len(row) and all(b - a == 1 for a, b in pairwise(plain))


def _before(lines: Sequence[str], n: int) -> int:
    """The line above one, past empty lines and the rule under a head; -1 for none."""
    return next((m for m in range(n - 1, -1, -1) if lines[m] and not _RULE.fullmatch(lines[m])), -1)


def _is_head(lines: Sequence[str], n: int, size: int) -> bool:
    """Whether a line names the columns of a table with so many: as many short cells, or one less where the corner is empty."""
    if n < 0 or len(lines[n]) > 120 or re.search("[。！？；]", lines[n]):
        return False
    return size >= 2 and size - 1 <= len(_split(lines[n])) <= size and len(_split(lines[n])) >= 2
