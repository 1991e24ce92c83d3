"""Where quoted words stand in a text: exactly, or but for the width of characters and the shape of quotation marks."""

from __future__ import annotations

_MARKS = {"“": '"', "”": '"', "「": '"', "」": '"', "＂": '"', "‘": "'", "’": "'", "『": "'", "』": "'", "＇": "'", "\u3000": " "}
_ALIKE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _MARKS)

Span = tuple[int, int]


class Locator:
    """A text in which words are looked up. Folding keeps every character one character, so a place in the fold is one in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = text.translate(_ALIKE)

    def find(self, words: str, low: int = 0, high: int | None = None, near: int | None = None) -> Span | None:
        """The span of `words` in [low, high), None where they do not stand there; of several the one that begins nearest to `near`, else
        the first."""
        spans = self.all(words, low, high)
        return min(spans, key=lambda span: abs(span[0] - (low if near is None else near)), default=None)

    def all(self, words: str, low: int = 0, high: int | None = None) -> list[Span]:
        """Every span of `words` in [low, high): where they stand exactly, else where they do in the fold."""
        words = words.strip()
        high = len(self._text) if high is None else high
        return _spans(self._text, words, low, high) or _spans(self._folded, words.translate(_ALIKE), low, high)


def _spans(text: str, words: str, low: int, high: int) -> list[Span]:
    spans: list[Span] = []
    at = text.find(words, low, high) if words else -1
    while at >= 0:
        spans.append((at, at + len(words)))
        at = text.find(words, at + len(words), high)
    return spans
