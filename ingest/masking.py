"""Masking of personal data in the cleaned text and, at the same places, in the source text: one ＊ a character, so all offsets hold."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Personal
from corpus.offsets import OffsetMap
from ingest.repair.personal import MASK, find

_LEAST = 3  # characters of the shortest stretch that is masked (18号)


def masked(text: str, source: str, offsets: OffsetMap, private: Sequence[tuple[int, int]] = ()) -> tuple[str, str, tuple[Personal, ...]]:
    """Return both texts masked, and what was masked in the cleaned one. What stands only in removed parts of the source is masked there.

    `private` are spans of the source that hold names and the like from form fields; the cleaned text holds none of them.
    """
    personal = []
    spans = list(private)
    for start, end, kind in find(text):
        low, high = offsets.to_source(start, end)
        personal.append(Personal(start, end, low, high, kind, source[low:high]))
        spans.append((low, high))
    spans += _removed(source, offsets)
    return (
        _covered(text, [(item.start, item.end) for item in personal]),
        _covered(source, spans),
        tuple(personal),
    )


def hidden(text: str) -> str:
    """`text` by itself, a title or a name in metadata, with what is personal masked."""
    return _covered(text, [(start, end) for start, end, _ in find(text)])


def _removed(source: str, offsets: OffsetMap) -> list[tuple[int, int]]:
    """Personal data in stretches of the source that nothing in the cleaned text was taken from."""
    spans: list[tuple[int, int]] = []
    for piece in offsets.pieces:
        if piece.start == piece.end and piece.source_end - piece.source_start >= _LEAST:
            low = piece.source_start
            spans += [(low + start, low + end) for start, end, _ in find(source[low : piece.source_end])]
    return spans


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with the spans masked; line breaks inside a span stay, so that places by line hold too."""
    out = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start >= end:
            continue
        out.append(text[at:start])
        out.append("".join(character if character == "\n" else MASK for character in text[start:end]))
        at = end
    return "".join(out) + text[at:]
