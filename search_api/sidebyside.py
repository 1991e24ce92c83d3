"""A cleaned text beside its source, paragraph by paragraph: what stayed, what was taken out, put in or replaced, and by which step.

A row is a line of the cleaned text with what it was made from, or a stretch that was left out between two lines. Tags and scripts of web
pages are not shown: of such code only the words a visitor would have seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from corpus.offsets import OffsetMap, Piece
from ingest.repair.personal import MASK
from ingest.repair.personal import find as personal_data

_CODE = ("html", "markup", "mht")  # families of steps that take code out
_ONLY_BLANKS = ("space", "line")
LAYOUT = "layout"
"""Stands for the steps of a reader whose names are lost where a later step took the blanks around."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|svg)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<head\b[^<>]*>.*?(?:</head\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|h[1-6]|br|section|article|header|footer|nav|aside|form|dl|dt|dd)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>|^[^<>]*>|<[^<>]*$")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")
_ENTRY = 12  # characters of a menu's entry at most
_LINES = re.compile(r"\s*\n\s*")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """What one step (or several, in one place) did: `before` is the source, `after` the cleaned text, either may be empty."""

    number: int
    steps: tuple[str, ...]
    before: str
    after: str
    start: int
    end: int
    source_start: int
    source_end: int
    code: bool = False  # `before` is what a visitor read of the source's code

    @property
    def slight(self) -> bool:
        """Whether only blanks, line breaks or code are concerned."""
        return not self.after.strip() and not self.before.strip()


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of one side. `start` is its place in the text of that side, `change` is None where both sides are the same; `note` says
    what is known of the stretch besides (masked.*, damaged, unsure)."""

    text: str
    start: int
    change: Change | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`start` to `end` of the cleaned text, `source_start` to `source_end` of the source."""

    before: tuple[Bit, ...]
    after: tuple[Bit, ...]
    changes: tuple[Change, ...]
    start: int
    end: int
    source_start: int
    source_end: int

    @property
    def changed(self) -> bool:
        """Whether more than blanks and code has changed."""
        return any(not change.slight for change in self.changes)

    @property
    def left_out(self) -> bool:
        """Whether nothing of it is in the cleaned text."""
        return self.changed and not any(bit.text.strip() for bit in self.after)

    @property
    def blank(self) -> bool:
        return not any(bit.text.strip() for bit in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Note:
    """Something known of a stretch of a text: see `Bit.note`."""

    start: int
    end: int
    kind: str


def rows(
    text: str, source: str, offsets: OffsetMap, source_notes: Sequence[Note] = (), text_notes: Sequence[Note] = (), *, page: bool = False
) -> tuple[Row, ...]:
    """The rows of a text, in order; rows without a character to show are left out. Notes come in order and do not overlap.

    `page`: the source is that of a web page, so that whatever was taken out of it may hold code.
    """
    builder = _Builder()
    for number, piece in enumerate(_joined(attributed(text, source, offsets, page=page))):
        if not piece.steps:
            builder.same(text[piece.start : piece.end], piece.start, piece.source_start)
        else:
            before, after = source[piece.source_start : piece.source_end], text[piece.start : piece.end]
            code = page or _code(piece.steps)
            if code:
                before = readable(before)
            made = Change(number, piece.steps, before, after, piece.start, piece.end, piece.source_start, piece.source_end, code)
            builder.change(made)
    builder.end()
    return tuple(replace(row, before=_noted(row.before, source_notes), after=_noted(row.after, text_notes)) for row in builder.rows)


def attributed(text: str, source: str, offsets: OffsetMap, *, page: bool = False) -> Iterator[Piece]:
    """The pieces of the map. One by a step that takes nothing but blanks, in which more has gone, swallowed what the reader of the format
    had left out between them; it is put down to that."""
    for piece in offsets.pieces:
        if piece.step in _ONLY_BLANKS and not text[piece.start : piece.end].strip():
            gone = source[piece.source_start : piece.source_end]
            if (readable(gone) if page else gone).strip():
                piece = piece._replace(step=_CODE[0] if page else LAYOUT)
        yield piece


def readable(code: str) -> str:
    """What a visitor of a web page would have read in a stretch of its code; empty where that is nothing."""
    words = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", code)))
    text = _listed(_LINES.sub("\n", _BLANKS.sub(" ", unescape(words))).strip().split("\n"))
    for start, end, _ in personal_data(text):  # a number that tags or character codes had hidden in the code
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


def _listed(lines: Iterable[str]) -> str:
    """Lines as they are; what stands in menus and lists of links, a few characters a line, side by side."""
    out: list[str] = []
    short = False
    for line in lines:
        if short and len(line) <= _ENTRY:
            out[-1] += f" / {line}"
        else:
            out.append(line)
        short = len(line) <= _ENTRY
    return "\n".join(out)


@dataclass(slots=True)
class _Joined:
    start: int
    end: int
    source_start: int
    source_end: int
    steps: tuple[str, ...]


def _joined(pieces: Iterable[Piece]) -> Iterator[_Joined]:
    """Pieces with neighbours of the same step in one, and with those that come from one stretch of the source in one."""
    last: _Joined | None = None
    for piece in pieces:
        steps = (piece.step,) if piece.operation != "copied" else ()
        if last is not None:
            shared = piece.source_start < last.source_end and piece.source_start < piece.source_end
            beside = steps and steps == last.steps and piece.source_start == last.source_end
            if shared or beside:
                last.end, last.source_end = max(last.end, piece.end), max(last.source_end, piece.source_end)
                last.steps += tuple(step for step in steps if step not in last.steps)
                continue
            yield last
        last = _Joined(piece.start, piece.end, piece.source_start, piece.source_end, steps)
    if last is not None:
        yield last


class _Builder:
    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._before: list[Bit] = []
        self._after: list[Bit] = []
        self._changes: list[Change] = []
        self._at = self._source_at = 0
        self._start = self._source_start = 0

    def same(self, text: str, start: int, source_start: int) -> None:
        for line in _LINE.findall(text):
            self._before.append(Bit(line, source_start))
            self._after.append(Bit(line, start))
            start, source_start = start + len(line), source_start + len(line)
            self._at, self._source_at = start, source_start
            if line.endswith("\n"):
                self.end()

    def change(self, change: Change) -> None:
        """A line break on the cleaned side ends the row. Lines that were left out are a row of their own, whatever stood before them."""
        before, breaks = change.before, "\n" in change.after
        removed = bool(before.strip()) and not change.after.strip()
        if removed and change.code and (breaks or "\n" in before or not self._after):
            self.end()
            breaks = True
        elif removed and "\n" in before:
            if self._after:
                head, _, before = before.partition("\n")
                self._add(change, head, "", change.source_start)
                self.end()
            lines, line_break, tail = before.rpartition("\n")
            if tail:
                self._add(change, lines + line_break, "", change.source_end - len(before))
                self.end()
                before = tail
        self._add(change, before, change.after, change.source_end - len(before))
        self._at, self._source_at = change.end, change.source_end
        if breaks or (removed and before.endswith("\n") and not self._after):
            self.end()

    def _add(self, change: Change, before: str, after: str, source_start: int) -> None:
        if change not in self._changes:
            self._changes.append(change)
        if before:
            self._before.append(Bit(before, max(source_start, change.source_start), change))
        if after:
            self._after.append(Bit(after, change.start, change))

    def end(self) -> None:
        """Finish a row. What was left out by the same step as the row before is shown in one with it."""
        if self._before or self._after:
            row = Row(
                tuple(self._before), tuple(self._after), tuple(self._changes), self._start, self._at, self._source_start, self._source_at
            )
            last = self.rows[-1] if self.rows else None
            if last is not None and last.left_out and row.left_out and {*_steps(last), *_steps(row)} == {*_steps(last)}:
                self.rows[-1] = replace(
                    last,
                    before=(*last.before, *row.before),
                    changes=tuple(dict.fromkeys((*last.changes, *row.changes))),
                    after=(*last.after, *row.after),
                    end=row.end,
                    source_end=row.source_end,
                )
            elif not row.blank:
                self.rows.append(row)
        self._before, self._after, self._changes = [], [], []
        self._start, self._source_start = self._at, self._source_at


def _steps(row: Row) -> set[str]:
    return {step for change in row.changes for step in change.steps}


def _code(steps: Iterable[str]) -> bool:
    return any(step.split(".", 1)[0] in _CODE for step in steps)


def _noted(bits: Sequence[Bit], notes: Sequence[Note]) -> tuple[Bit, ...]:
    """The bits cut where notes begin and end. A bit that shows other characters than its text has (code) is left whole."""
    out: list[Bit] = []
    at = bisect_left(notes, bits[0].start, key=lambda note: note.end) if bits else 0
    for bit in bits:
        if bit.change is not None and bit.change.code:
            out.append(bit)
            continue
        end, done = bit.start + len(bit.text), bit.start
        for note in notes[at:]:
            if note.start >= end:
                break
            low, high = max(note.start, done), min(note.end, end)
            if low < high:
                if done < low:
                    out.append(_part(bit, done, low, ""))
                out.append(_part(bit, low, high, note.kind))
                done = high
        if done < end:
            out.append(_part(bit, done, end, ""))
    return tuple(out)


def _part(bit: Bit, low: int, high: int, note: str) -> Bit:
    return Bit(bit.text[low - bit.start : high - bit.start], low, bit.change, note)
