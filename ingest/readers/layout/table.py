"""Tables by their rules: which rules cross makes the cells, and rows of cells become lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.layout.lines import Box, Fragment, Line, in_order, line_of
from ingest.repair.form import is_label

_NEAR = 4.0  # points within which two rules are one
_VALUE = 60  # characters of a value that stays on a line with its label
_CELL = 200  # characters of a cell that stays on a line with the others of its row under a header
_FULL = 1.2  # sizes between the end of a full line and the edge of its cell: a margin and less than a digit
_UNPARTED = re.compile(r"(?=.*[\d@/])[\x21-\x7e]{8,}")
_MOST = 3000  # rules of a page from which it is a drawing and no table


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line at a height (`flat`) or at a distance from the left: from `low` to `high` along it."""

    at: float
    low: float
    high: float
    flat: bool


@dataclass(slots=True)
class Cell:
    x0: float
    y0: float
    x1: float
    y1: float
    row: int


_Filled = tuple[Cell, list[Fragment]]


def tables(rules: Iterable[Rule], fragments: Sequence[Fragment]) -> tuple[list[Box], list[Fragment]]:
    """Tables with what stands in them, and the fragments that stand in none."""
    found: list[Box] = []
    rest = list(fragments)
    number = 0
    for group in _groups(_merged(list(rules))):
        cells = _cells(group)
        if len(cells) < 2:
            continue
        held: list[_Filled] = [(cell, []) for cell in cells]
        left: list[Fragment] = []
        for item in rest:
            x, y = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
            cell = next((inside for box, inside in held if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1), None)
            (left if cell is None else cell).append(item)
        filled = [(cell, inside) for cell, inside in held if inside]
        if len(filled) < 2:
            continue
        rest = left
        lines: list[Line] = []
        rows = [
            sorted(((cell, inside) for cell, inside in filled if cell.row == row), key=lambda pair: pair[0].x0)
            for row in sorted({cell.row for cell, _ in filled})
        ]
        headed = _headers(rows)
        for n, in_row in enumerate(rows):
            for made in _row(in_row, n in headed):
                number += 1
                for line in made:
                    line.cell = number
                lines += made
        box = min(c.x0 for c in cells), min(c.y0 for c in cells), max(c.x1 for c in cells), max(c.y1 for c in cells)
        found.append(Box(*box, lines))
    return found, rest


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules that lie on or follow each other as one."""
    if len(rules) > _MOST:
        return []
    out: list[Rule] = []
    for flat in (True, False):
        lanes: list[list[Rule]] = []
        for rule in sorted((rule for rule in rules if rule.flat == flat), key=lambda rule: (rule.at, rule.low)):
            if lanes and rule.at - lanes[-1][0].at <= _NEAR:
                lanes[-1].append(rule)
            else:
                lanes.append([rule])
        for lane in lanes:
            at = sum(rule.at for rule in lane) / len(lane)
            low, high = 0.0, -1e9
            for rule in sorted(lane, key=lambda rule: rule.low):
                if rule.low > high + _NEAR:
                    out += [Rule(at, low, high, flat)] if high > low else []
                    low, high = rule.low, rule.high
                high = max(high, rule.high)
            out += [Rule(at, low, high, flat)] if high > low else []
    return out


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, directly or by others."""
    parent = list(range(len(rules)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    upright = [n for n, rule in enumerate(rules) if not rule.flat]
    for n, rule in enumerate(rules):
        if rule.flat:
            for m in upright:
                other = rules[m]
                if rule.low - _NEAR <= other.at <= rule.high + _NEAR and other.low - _NEAR <= rule.at <= other.high + _NEAR:
                    parent[root(n)] = root(m)
    groups: dict[int, list[Rule]] = {}
    for n, rule in enumerate(rules):
        groups.setdefault(root(n), []).append(rule)
    return [group for group in groups.values() if len(group) >= 4]


def _cells(group: list[Rule]) -> list[Cell]:
    """The cells that a group of rules encloses: squares of its grid, those without a rule between them as one."""
    ys = sorted({rule.at for rule in group if rule.flat})
    xs = sorted({rule.at for rule in group if not rule.flat})
    if len(ys) < 2 or len(xs) < 2 or len(ys) * len(xs) > 40_000:
        return []
    flat = {y: [rule for rule in group if rule.flat and rule.at == y] for y in ys}
    upright = {x: [rule for rule in group if not rule.flat and rule.at == x] for x in xs}

    def wall(rules: list[Rule], low: float, high: float) -> bool:
        middle = (low + high) / 2
        return any(rule.low <= middle <= rule.high for rule in rules)

    wide = len(xs) - 1
    owner = list(range(wide * (len(ys) - 1)))

    def root(n: int) -> int:
        while owner[n] != n:
            owner[n] = n = owner[owner[n]]
        return n

    for row in range(len(ys) - 1):
        for column in range(wide):
            here = row * wide + column
            if column and not wall(upright[xs[column]], ys[row], ys[row + 1]):
                owner[root(here)] = root(here - 1)
            if row and not wall(flat[ys[row]], xs[column], xs[column + 1]):
                owner[root(here)] = root(here - wide)
    cells: dict[int, Cell] = {}
    for row in range(len(ys) - 1):
        for column in range(wide):
            key = root(row * wide + column)
            cell = cells.setdefault(key, Cell(xs[column], ys[row], xs[column + 1], ys[row + 1], row))
            cell.x0, cell.x1 = min(cell.x0, xs[column]), max(cell.x1, xs[column + 1])
            cell.y0, cell.y1 = min(cell.y0, ys[row]), max(cell.y1, ys[row + 1])
    return list(cells.values())


def _row(cells: list[_Filled], headed: bool) -> list[list[Line]]:
    """What a row of cells says, in order: a label and its value, or cells beside each other on a line; long ones stand for themselves.

    Under a header (`headed`) nothing is a label, and more stays on a line, as the place of a cell says what it means. Each list of lines
    that is returned is one piece that is joined for itself.
    """
    longest = _CELL if headed else _VALUE
    made: list[list[Line]] = []
    plain: list[Fragment] = []
    at = 0
    while at < len(cells):
        cell, inside = cells[at]
        label = not headed and _has_field(cells[at : at + 2])
        if not label and len(_words(inside)) <= longest:
            plain += _in_line(cell, inside)
            at += 1
            continue
        made += [[_one(plain, "cell")]] if plain else []
        plain = []
        if not label:
            made.append(_lines(inside))
            at += 1
            continue
        beside, value = cells[at + 1]
        if len(_words(value)) <= _VALUE:
            made.append([_one([*_in_line(cell, inside), *_in_line(beside, value)], "field")])
        else:
            made += [[_one(_in_line(cell, inside), "label")], _lines(value)]
        at += 2
    return [*made, [_one(plain, "cell")]] if plain else made


def _headers(rows: Sequence[list[_Filled]]) -> set[int]:
    """Which rows are a header or stand under one: the first row of several cells and those below it that have its columns.

    A form has labels beside their values in its first rows and in most of the others; a table has words of labels (主要内容, 类别) in its
    header, and here and there below it.
    """
    first = next((n for n, row in enumerate(rows) if len(row) > 1), len(rows))
    below = rows[first + 1 :]
    if not below or (_has_field(rows[first]) and _has_field(below[0])):
        return set()
    columns = {cell.x0 for cell, _ in rows[first]}
    like = {n for n, row in enumerate(below, first + 1) if {cell.x0 for cell, _ in row} <= columns}
    whole = sum(len(rows[n]) == len(columns) for n in like)
    fields = sum(_has_field(row) for row in below)
    if len(columns) == 2:
        is_table = whole == len(below) >= 2 and not fields
    else:
        is_table = whole > 0 and len(like) * 2 > len(below) and fields * 2 < len(below)
    return {first, *like} if is_table else set()


def _has_field(row: list[_Filled]) -> bool:
    """Whether a row begins with a label and its value."""
    words = [_words(inside) for _, inside in row[:2]]
    return len(words) == 2 and is_label(words[0]) and not is_label(words[1])


def _words(inside: list[Fragment]) -> str:
    return "".join(line.text for line in in_order(inside)).strip()


def _lines(inside: list[Fragment]) -> list[Line]:
    lines = in_order(inside)
    for line in lines:
        line.left, line.right = min(item.x0 for item in lines), max(item.x1 for item in lines)
    return lines


def _in_line(cell: Cell, inside: list[Fragment]) -> list[Fragment]:
    """The short text of a cell as one piece, its lines behind each other."""
    lines = in_order(inside)
    first = lines[0]
    text = first.text
    for before, line in pairwise(lines):
        han = re.search(r"[^\x00-\xff]$", text) or re.match(r"[^\x00-\xff]", line.text)
        text += "" if han or _cut(cell, before) else " "
        text += line.text
    text = text.replace("\t", " ")  # tabs part cells
    box = first.parts[0][1].box
    sure = min(part.confidence for line in lines for _, part in line.parts)
    high = max(line.x1 for line in lines)
    return [Fragment(text, min(line.x0 for line in lines), first.y0, high, lines[-1].y1, first.size, first.bold, first.font, sure, box)]


def _cut(cell: Cell, line: Line) -> bool:
    """Whether a line of a cell breaks off inside of a number or an address: one without blanks that fills the cell to its margin."""
    return bool(_UNPARTED.fullmatch(line.text)) and cell.x1 - line.x1 < _FULL * line.size and line.x0 - cell.x0 < _FULL * line.size


def _one(parts: list[Fragment], role: str) -> Line:
    """Cells beside each other as one line, whatever their distance, with a tab between them."""
    line = line_of(parts[:1])
    text = parts[0].text
    places = [(0, parts[0])]
    for part in parts[1:]:
        text += "\t"
        places.append((len(text), part))
        text += part.text
    line.text, line.parts, line.role = text, tuple(places), role
    line.x1 = max(part.x1 for part in parts)
    line.y1 = max(part.y1 for part in parts)
    return line
