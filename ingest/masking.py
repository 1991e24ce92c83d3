"""Masking of personal data in the cleaned text and, at the same places, in the source text: one ＊ a character, so all offsets hold."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Personal
from corpus.offsets import OffsetMap
from ingest.repair.personal import MASK, find
from ingest.unmarked import Shown, resolved, without_tags

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
    """Personal data in stretches of the source that nothing in the cleaned text was taken from, be it divided by tags or in entities."""
    spans: list[tuple[int, int]] = []
    for low, high in _stretches(offsets):
        if high - low >= _LEAST:
            for shown in _shown(source[low:high]):
                places = (shown.to_source(start, end) for start, end, _ in find(shown.text))
                spans += [(low + start, low + end) for start, end in places]
    return spans


def _stretches(offsets: OffsetMap) -> list[tuple[int, int]]:
    """Spans of the source that left nothing in the cleaned text, or less: a line break for what stood between two blocks of a page.

    What several steps took out side by side is one.
    """
    found: list[tuple[int, int]] = []
    for piece in offsets.pieces:
        if piece.end - piece.start < piece.source_end - piece.source_start:
            if found and found[-1][1] == piece.source_start:
                found[-1] = found[-1][0], piece.source_end
            else:
                found.append((piece.source_start, piece.source_end))
    return found


def _shown(stretch: str) -> list[Shown]:
    """The stretch as it is, tags and scripts too, and, where it has tags, what a reader sees of it."""
    return [resolved(stretch), without_tags(stretch)] if "<" in stretch else [resolved(stretch)]


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
