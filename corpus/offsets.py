"""Offset maps: where every character of a cleaned text came from.

A map is a list of pieces (clean range, source range, operation, step) in order, without gaps on the clean side. `copied` ranges are equal
character by character; a span that touches a `replaced` range maps to the whole of it; `inserted` ranges have an empty source range. A
deletion is a `replaced` piece with an empty clean range: so each change keeps the name of the step that made it. All positions count
code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Operation = Literal["copied", "replaced", "inserted"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` by `new` because of `step` (a short identifier such as `annotation`)."""

    start: int
    end: int
    new: str
    step: str


class Piece(NamedTuple):
    """One stretch; a tuple, because texts in Traditional characters have one for every other character.

    `step` is empty for what was copied.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    operation: Operation
    step: str = ""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    pieces: tuple[Piece, ...]
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)
    _ends: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        self._starts.extend([piece[0] for piece in self.pieces])
        self._ends.extend([piece[1] for piece in self.pieces])

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls((Piece(0, length, 0, length, "copied"),) if length else ())

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map the clean span [start, end) to the smallest source span that holds all it came from.

        Deletions and insertions at its edges are left out.
        """
        touched = [piece for piece in self._touching(start, end) if piece.start < piece.end]
        held = [piece for piece in touched if piece.operation != "inserted"] or touched
        if not held:
            return self._empty(start)
        first, last = held[0], held[-1]
        source_start = first.source_start + (max(start - first.start, 0) if first.operation == "copied" else 0)
        source_end = last.source_end - (max(last.end - end, 0) if last.operation == "copied" else 0)
        return source_start, max(source_start, source_end)

    def _touching(self, start: int, end: int) -> tuple[Piece, ...]:
        low = bisect_right(self._ends, start)
        high = bisect_left(self._starts, end)
        return self.pieces[low:high]

    def _empty(self, position: int) -> tuple[int, int]:
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return 0, 0
        piece = self.pieces[at]
        if piece.operation == "copied":
            anchor = piece.source_start + min(position, piece.end) - piece.start
        else:
            anchor = piece.source_start if position == piece.start < piece.end else piece.source_end
        return anchor, anchor

    def then(self, later: OffsetMap) -> OffsetMap:
        """Compose: `self` maps a middle text to the source, `later` a final text to the middle one; the result maps final to source.

        Every deletion of `self` stays in the result (inside a range that `later` replaced it becomes part of that range), so nothing of the
        source is left without a piece that names the step.
        """
        if len(self.pieces) == 1 and self.pieces[0].operation == "copied" and self.pieces[0].source_start == 0:
            return later
        pieces: list[Piece] = []
        at = 0
        for step in later.pieces:
            if step.operation == "copied":
                at = self._copy(step, at, pieces)
                continue
            at = self._deletions(step.source_start, step.start, at, pieces)
            if step.operation == "inserted":
                anchor = self.to_source(step.source_start, step.source_start)[0]
                pieces.append(Piece(step.start, step.end, anchor, anchor, "inserted", step.step))
            else:
                start, end = self._whole(step.source_start, step.source_end)
                operation: Operation = "replaced" if start < end else "inserted"
                pieces.append(Piece(step.start, step.end, start, end, operation, step.step))
                at = _skip(self.pieces, at, step.source_end)
        self._deletions(self._ends[-1] if self._ends else 0, later._ends[-1] if later._ends else 0, at, pieces)
        return OffsetMap(_merged(pieces))

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """Source range of a middle range that a later step replaced: deletions inside it belong to it, those at its edges do not."""
        held = [piece for piece in self._touching(start, end) if piece.source_start < piece.source_end]
        if not held:
            return self.to_source(start, end)
        first, last = held[0], held[-1]
        low = first.source_start + (max(start - first.start, 0) if first.operation == "copied" else 0)
        high = last.source_end - (max(last.end - end, 0) if last.operation == "copied" else 0)
        return low, high

    def _deletions(self, middle: int, final: int, at: int, pieces: list[Piece]) -> int:
        """Pass on the deletions that stand at `middle`, before what a later step does there; `final` is the place in the final text."""
        at = _skip(self.pieces, at, middle)
        while at < len(self.pieces) and self.pieces[at].start == self.pieces[at].end == middle:
            piece = self.pieces[at]
            pieces.append(Piece(final, final, piece.source_start, piece.source_end, piece.operation, piece.step))
            at += 1
        return at

    def _copy(self, step: Piece, at: int, pieces: list[Piece]) -> int:
        """Pass on what stands in a range that `later` copied; returns the first piece that reaches beyond it."""
        shift = step.start - step.source_start
        low, high = step.source_start, step.source_end
        at = _skip(self.pieces, at, low)
        stop = bisect_left(self._starts, high, at)
        if at < stop and self.pieces[at].start < low:
            pieces.append(_part(self.pieces[at], low, high, shift))
            at += 1
        cut = at < stop and self.pieces[stop - 1].end > high
        whole = self.pieces[at : stop - 1 if cut else stop]
        if shift:
            new = tuple.__new__  # half the time of Piece(...), and this is where long texts spend theirs
            pieces.extend([new(Piece, (piece[0] + shift, piece[1] + shift, *piece[2:])) for piece in whole])
        else:
            pieces.extend(whole)
        if cut:
            pieces.append(_part(self.pieces[stop - 1], low, high, shift))
        last = self.pieces[stop - 1] if stop else None
        return stop - 1 if last is not None and last.end > high else max(at, stop)


def _part(piece: Piece, low: int, high: int, shift: int) -> Piece:
    """What lies of a piece in [low, high), moved by `shift`: of a copied one that part of its source, of another all of it."""
    start, end = max(piece.start, low), min(piece.end, high)
    if piece.operation != "copied":
        return Piece(start + shift, end + shift, piece.source_start, piece.source_end, piece.operation, piece.step)
    source = piece.source_start - piece.start
    return Piece(start + shift, end + shift, start + source, end + source, "copied")


def _skip(pieces: tuple[Piece, ...], at: int, position: int) -> int:
    while at < len(pieces) and pieces[at].end <= position and pieces[at].start < position:
        at += 1
    return at


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbours that are one copied run, and drop pieces that are empty on both sides."""
    merged: list[Piece] = []
    last: Piece | None = None
    for piece in pieces:
        start, end, source_start, source_end, operation, _ = piece
        if start == end and source_start == source_end:
            continue
        if last is not None and operation == "copied" == last[4] and last[1] == start and last[3] == source_start:
            last = merged[-1] = Piece(last[0], end, last[2], source_end, "copied")
        else:
            merged.append(piece)
            last = piece
    return tuple(merged)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Return the edited text and the map from it back to `text`.

    Edits must not overlap; they may come in any order. An edit whose range is empty inserts. Raises ValueError where two overlap.
    """
    out: list[str] = []
    pieces: list[Piece] = []
    clean = at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"overlapping edits at {edit.start} ({edit.step})")
        if edit.start > at:
            out.append(text[at : edit.start])
            pieces.append(Piece(clean, clean + edit.start - at, at, edit.start, "copied"))
            clean += edit.start - at
        operation: Operation = "inserted" if edit.start == edit.end else "replaced"
        out.append(edit.new)
        pieces.append(Piece(clean, clean + len(edit.new), edit.start, edit.end, operation, edit.step))
        clean += len(edit.new)
        at = edit.end
    if at < len(text):
        out.append(text[at:])
        pieces.append(Piece(clean, clean + len(text) - at, at, len(text), "copied"))
    return "".join(out), OffsetMap(_merged(pieces))


def map_forward(edits: Iterable[Edit], positions: Iterable[int], *, closing: bool = False) -> list[int]:
    """Map positions of the text before the edits to the text after them; a position inside a replaced range goes to that range's start.

    Where something was inserted at the position itself, the result stands after it; with `closing` (the end of a span) before it.
    """
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    starts = [edit.start for edit in ordered]
    shifts = [0]
    for edit in ordered:
        shifts.append(shifts[-1] + len(edit.new) - (edit.end - edit.start))
    mapped = []
    for position in positions:
        at = bisect_left(starts, position) if closing else bisect_right(starts, position)
        if at and ordered[at - 1].end > position:
            mapped.append(ordered[at - 1].start + shifts[at - 1])
        else:
            mapped.append(position + shifts[at])
    return mapped
