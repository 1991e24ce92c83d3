"""Quotations: what stands between quotation marks and is speech, not a term."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "「": "」", "『": "』"}
_OPEN = re.compile("[“「『”」』\n]")
_SPEECH = re.compile("[，。！？；…]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """[start, end) with the marks; `closed` is False where the closing mark is missing and the paragraph's end stands for it."""

    start: int
    end: int
    closed: bool = True


def quotations(text: str, start: int = 0, end: int | None = None, *, shortest: int = 8) -> list[Quotation]:
    """Quotations of at least `shortest` characters with a clause or sentence inside, in order; inner ones belong to the outer."""
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    opened: list[tuple[int, str]] = []
    for match in _OPEN.finditer(text, start, stop):
        sign = match[0]
        if sign in _PAIRS:
            opened.append((match.start(), _PAIRS[sign]))
        elif sign == "\n":
            if opened:
                _add(found, text, opened[0][0], match.start(), False, shortest)
            opened.clear()
        elif opened and any(closing == sign for _, closing in opened):
            while opened and opened[-1][1] != sign:
                opened.pop()
            begin = opened.pop()[0]
            if not opened:
                _add(found, text, begin, match.end(), True, shortest)
    if opened:
        _add(found, text, opened[0][0], stop, False, shortest)
    return found


def _add(found: list[Quotation], text: str, start: int, end: int, closed: bool, shortest: int) -> None:
    if end - start >= shortest and _SPEECH.search(text, start, end):
        found.append(Quotation(start, end, closed))
