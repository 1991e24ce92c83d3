"""Numbers that a language model claims, held against our own reading of the words it quotes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from corpus.vocabulary import units
from ingest.annotate.locating import Span
from ingest.annotate.reasons import Rejected
from ingest.extract import measures, numerals
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_PLAIN = re.compile(rf"(?<![第0-9０-９.．,，+＋×\-－—~～A-Za-z]){numerals.ARABIC}(?:\s?{numerals.SCALE})?(?![0-9０-９+＋×])")
_UNIT = 4  # characters of the longest unit that the vocabulary does not know
_AMBIGUOUS = frozenset(["块"])  # of money, or of boards: somebody who means money says 元
_NAMES = 14  # a figure in shorter quotation marks is part of a name


class Figures:
    """The figures of a text. `taken` are its dates, whose numbers are none."""

    def __init__(self, scene: Scene, taken: Sequence[Finding]) -> None:
        self._scene = scene
        self._taken = taken
        self._found = measures.find(scene, taken)

    def agreeing(self, near: Span, value: float, value_max: float | None, unit: str | None) -> Finding:
        """The figure in `near` that says this value in this unit, as we read it. Raises Rejected where none does."""
        for figure in self._found:
            if near[0] <= figure.end - 1 and figure.start < near[1] and self._agrees(figure, value, value_max, unit):
                return figure
        return self._plain(near, value, value_max, unit)

    def _agrees(self, figure: Finding, value: float, value_max: float | None, unit: str | None) -> bool:
        scale = 1.0
        if unit is not None and unit != figure.unit:
            known = _scaled(unit)
            if unit in _AMBIGUOUS:
                return False
            if known is not None and known[0] == figure.unit:
                scale = known[1]
            elif unit not in self._scene.text[figure.start : figure.end]:
                return False
        if not (_same(value, figure.value) or _same(value * scale, figure.value)):
            return False
        return value_max is None or _same(value_max, figure.value_max) or _same(value_max * scale, figure.value_max)

    def _plain(self, near: Span, value: float, value_max: float | None, unit: str | None) -> Finding:
        """A number in digits with a unit right behind it that the vocabulary does not know (12块展板)."""
        text = self._scene.text
        if unit is not None and len(unit) <= _UNIT and value_max is None:
            for match in _PLAIN.finditer(text, *near):
                read = numerals.read(match.group())
                end = match.end() + len(unit)
                if (
                    read is not None
                    and _same(value, read.low)
                    and text.startswith(unit, match.end())
                    and not self._named(match.start(), end)
                ):
                    return Finding("measure", match.start(), end, "", value=read.low, unit=unit)
        raise Rejected("value")

    def _named(self, start: int, end: int) -> bool:
        """Whether a number is part of a date, of a title or of a quoted name."""
        text = self._scene.text
        around = self._scene.quotes_around(start, end)
        return (
            any(date.start < end and start < date.end for date in self._taken)
            or text.rfind("《", 0, start) > text.rfind("》", 0, start)
            or bool(around and around[0].end - around[0].start <= _NAMES)
        )


def _scaled(words: str) -> tuple[str, float] | None:
    """The unit that a word stands for, and by what a value in it is multiplied (万元: 元, 10000; 平米: 平方米, 1)."""
    bare = words.lstrip("百千万亿")
    scale = numerals.read(f"1{words[: len(words) - len(bare)]}")
    known = next((item for item in units().units if item.word == bare), None)
    return None if scale is None or known is None else (known.unit, known.scale * scale.low)


def _same(value: float, other: float | str | None) -> bool:
    return isinstance(other, float | int) and math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)
