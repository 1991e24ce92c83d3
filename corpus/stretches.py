"""Stretches of a text that are given to a language model one by one: passages joined up to a length, inside one case or none.

What is found in a stretch is kept under the hash of its text, so equal stretches of several reports or readings share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.identity import digest
from corpus.model import Passage

LONGEST = 1500
"""Characters of a stretch at most, where no single passage is longer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text` is what stands at [start, end) of the reading's cleaned text, `hash` its key, `case` the case that tells it."""

    start: int
    end: int
    text: str
    hash: str
    case: str | None


def stretch_hash(text: str) -> str:
    return digest("stretch", text)


def stretches(text: str, passages: Sequence[Passage]) -> tuple[Stretch, ...]:
    """The stretches of a reading with this text and these passages, in order.

    A new section begins a new stretch once the one before is half full: so few are sent, and a change in one section mostly leaves those of
    the others as they were.
    """
    spans: list[tuple[int, int, str | None, str]] = []
    for passage in sorted(passages, key=lambda item: (item.start, item.end)):
        last = spans[-1] if spans else None
        if last is not None and _joins(last, passage):
            spans[-1] = (last[0], max(last[1], passage.end), last[2], passage.path)
        else:
            spans.append((passage.start, passage.end, passage.case, passage.path))
    return tuple(Stretch(start, end, text[start:end], stretch_hash(text[start:end]), case) for start, end, case, _ in spans)


def _joins(last: tuple[int, int, str | None, str], passage: Passage) -> bool:
    start, end, case, path = last
    if passage.case != case or passage.end - start > LONGEST:
        return False
    return passage.path == path or end - start < LONGEST // 2
