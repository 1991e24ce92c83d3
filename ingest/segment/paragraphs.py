"""Paragraphs: the lines of a cleaned text."""

from __future__ import annotations


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the lines in `text[start:end]` that are not empty, without their line breaks."""
    stop = len(text) if end is None else end
    spans = []
    while start < stop:
        at = text.find("\n", start, stop)
        at = stop if at < 0 else at
        if at > start:
            spans.append((start, at))
        start = at + 1
    return spans
