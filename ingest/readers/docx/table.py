"""Tables of Word files: forms become lines `申报单位：…`, tables of figures one line a row with tabs between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.readers.docx.lines import BLANKS, Line
from ingest.readers.docx.styles import Look
from ingest.readers.docx.text import PAGE
from ingest.repair.form import is_label

HINT, BLANK = "docx.hint", "docx.blank"
_FIELD = 70
_SHORT = 60
_PROSE = 60
_HEADING = 15
_JOINED = 20
_HINT = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_SENTENCE = re.compile("[。！？；]")
_LABELISH = re.compile(r"[\u4e00-\u9fff、/与和及]{2,12}")
_CONTACT = re.compile("联系|姓名|电话|手机|身份证|邮箱|地址|住址")
_PHONE = re.compile("电话|手机|联系方式|身份证")


@dataclass(slots=True)
class Cell:
    """`column` counts the columns of the grid from 0, `row` from 1; `continued`: belongs to the cell above it."""

    lines: list[Line]
    column: int
    row: int
    continued: bool = False

    @property
    def words(self) -> str:
        return "".join(line.words for line in self.lines)

    @property
    def label(self) -> str:
        """The label that the cell is by the words that forms use, without what is explained behind it; empty where it is none."""
        return _known(self.words)

    @property
    def breaks(self) -> str:
        return PAGE * sum(line.text.count(PAGE) for line in self.lines)


@lru_cache(4096)
def _known(words: str) -> str:
    compact = _compact(words)
    return next((form for form in (_HINT.sub("", compact), compact) if form and is_label(form)), "")


def _compact(words: str) -> str:
    """A label as it is meant: forms space it out to fill its cell."""
    return re.sub(r"\s+", "", words).strip("：:*＊※★")


def table_lines(rows: Sequence[Sequence[Cell]], name: str) -> Iterator[Line]:
    """The lines of a table in order. Label and value side by side or one above the other are fields; a long value stands under its
    label as under a heading; a cell that fills its row is a paragraph. `name` is that of the table in the places of its cells, empty for a
    table inside a cell."""
    form = _is_form(rows)
    at = 0
    while at < len(rows):
        cells = [cell for cell in rows[at] if not cell.continued]
        below = _values_below(rows, at)
        lines = _columns(cells, rows[at + 1 : at + 1 + below]) if below else _row(cells, form)
        for line, cell in lines:
            if not name:
                yield line
                continue
            place = f"{name}!{_letters(cell.column)}{cell.row}" if line.kind != "row" else f"{name}!{cell.row}"
            yield replace(line, place=place)
        at += 1 + below


def _is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """At least two labels with a value beside them, one where there are few rows."""
    pairs = sum(bool(left.label) and not right.label for row in rows for left, right in pairwise(row))
    return pairs >= (2 if len(rows) > 3 else 1)


def _values_below(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """How many rows hold values for the labels of this row: none, where it is no row of labels.

    Labels beside values stand in every other cell; in a row of labels they stand side by side.
    """
    labels = rows[at]
    known = [n for n, cell in enumerate(labels) if cell.label]
    side_by_side = {n % 2 for n in known} == {0, 1} or known[-1:] == [len(labels) - 1]  # a label at the end has no value beside it
    if not side_by_side or len(labels) < 2 or 2 * len(known) < len(labels) or not all(_is_labelish(cell) for cell in labels):
        return 0
    columns = [cell.column for cell in labels]
    count = 0
    for row in rows[at + 1 :]:
        if [cell.column for cell in row] != columns or any(cell.label for cell in row) or not any(cell.words for cell in row):
            break
        count += 1
    return count


def _columns(labels: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[Line, Cell]]:
    """Values under their labels. Several rows are a list: it stays a list, but who can be called where is told in fields of its own."""
    if len(rows) == 1:
        for label, value in zip(labels, rows[0], strict=True):
            yield from _pair(label, value)
        return
    private = {n for n, cell in enumerate(labels) if _CONTACT.search(_compact(cell.words))}
    if not any(_PHONE.search(_compact(cell.words)) for cell in labels):
        private = set()
    for row in (labels, *rows):
        yield from _plain([cell for n, cell in enumerate(row) if n not in private])
        if row is not labels and (told := [n for n in sorted(private) if row[n].words]):
            words = "\t".join(f"{_label(labels[n])}：{row[n].words}" for n in told)
            yield Line(words, kind="field", value=_label(labels[told[0]])), row[told[0]]


def _row(cells: Sequence[Cell], form: bool) -> Iterator[tuple[Line, Cell]]:
    if len(cells) == 1:
        heading = cells[0].label and len(cells[0].lines) == 1
        yield from ((replace(line, look=Look(level=1)) if heading else line, cells[0]) for line in cells[0].lines)
        return
    at = 0
    plain: list[Cell] = []
    while at < len(cells):
        cell = cells[at]
        following = cells[at + 1] if at + 1 < len(cells) else None
        group = following is not None and bool(following.label) and at + 2 < len(cells)  # 联系方式 | 电话 | 0571…
        named = cell.label or (form and at % 2 == 0 and len(cells) % 2 == 0 and _is_labelish(cell))
        if following is not None and not group and (named or _is_heading(cells)):
            yield from _plain(plain)
            plain = []
            yield from _pair(cell, following)
            at += 2
            continue
        plain.append(cell)
        at += 1
    yield from _plain(plain)


def _pair(label: Cell, value: Cell) -> Iterator[tuple[Line, Cell]]:
    """`label：value` where the value is short, else the label as a heading over it; a label without a value leaves the text."""
    words, bare = _compact(label.words), _label(label)
    texts = [line.text.strip(BLANKS) for line in value.lines]
    plain = all(not line.kind for line in value.lines)
    length = sum(len(text) for text in texts)
    breaks = label.breaks
    hint = ((len(breaks) + len(bare), len(breaks) + len(words), HINT),) if words != bare and words.startswith(bare) else ()
    if not texts:
        yield Line(f"{breaks}{words}：", kind="field", value=bare, gone=((0, len(breaks) + len(words) + 1, BLANK),)), label
    elif plain and length <= _FIELD and (len(texts) == 1 or all(len(text) <= _JOINED and not _SENTENCE.search(text) for text in texts)):
        yield Line(f"{breaks}{words}：{'、'.join(texts)}", kind="field", value=bare, gone=hint), value
    else:
        yield Line(breaks + words, Look(level=1), gone=hint), label
        yield from ((line, value) for line in value.lines)


def _plain(cells: Sequence[Cell]) -> Iterator[tuple[Line, Cell]]:
    """Cells that are no fields: one line with tabs where all are short, empty ones kept so that columns stay in line."""
    filled = [cell for cell in cells if cell.lines]
    if not filled:
        return
    if all(len(cell.lines) == 1 and not cell.lines[0].kind and len(cell.words) <= _SHORT for cell in filled):
        texts = [cell.lines[0].text.strip(BLANKS) if cell.lines else "" for cell in cells]
        yield Line("\t".join(texts).rstrip(), filled[0].lines[0].look if len(filled) == 1 else Look(), kind="row"), filled[0]
    else:
        for cell in filled:
            yield from ((line, cell) for line in cell.lines)


def _is_heading(cells: Sequence[Cell]) -> bool:
    """Two cells of which the first names what the second tells at length."""
    return (
        len(cells) == 2
        and 2 <= len(cells[0].words) <= _HEADING
        and len(cells[0].lines) == 1
        and not _SENTENCE.search(cells[0].words)
        and len(cells[1].words) >= _PROSE
        and bool(_SENTENCE.search(cells[1].words))
    )


def _is_labelish(cell: Cell) -> bool:
    compact = _compact(cell.words)
    return bool(cell.label or _LABELISH.fullmatch(_HINT.sub("", compact)))


def _label(cell: Cell) -> str:
    compact = _compact(cell.words)
    return cell.label or _HINT.sub("", compact) or compact


def _letters(column: int) -> str:
    """Column 0 is A, 26 is AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
