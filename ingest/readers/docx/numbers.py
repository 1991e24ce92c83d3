"""The automatic numbers of Word's lists (一、（一）1. •), counted as Word shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx.package import W

BULLET = "• "
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DEEPEST = 9
_DOTTED = re.compile(r"%\d\s?[.．]\s?%\d")  # 1.2 is meant, not 一.2; programs that convert files lose the sign that says so


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    digits: bool = False  # the numbers of all levels are shown as digits
    apart: bool = True  # from the text behind it


class Numbers:
    """Counts on with every paragraph that is asked for, so they must be asked for in their order."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        if numbering is None:
            return
        named, borrowed = {}, {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            ident = abstract.get(f"{W}abstractNumId") or ""
            if style := _value(abstract, "styleLink"):
                named[style] = ident
            if style := _value(abstract, "numStyleLink"):
                borrowed[ident] = style
            for element in abstract.iter(f"{W}lvl"):
                self._levels[ident, _number(element.get(f"{W}ilvl"), 0)] = _level(element)
        for number in numbering.iter(f"{W}num"):
            own, ident = number.get(f"{W}numId") or "", _value(number, "abstractNumId") or ""
            self._lists[own] = named.get(borrowed.get(ident, ""), ident)
            for override in number.iter(f"{W}lvlOverride"):
                if (start := _value(override, "startOverride")) is not None:
                    self._restarts[own, _number(override.get(f"{W}ilvl"), 0)] = _number(start, 1)

    def next(self, number: tuple[str, int] | None) -> str:
        """What Word puts before the next paragraph of a list; empty for plain paragraphs and lists without a sign."""
        if number is None:
            return ""
        ident, at = self._lists.get(number[0], ""), number[1]
        level = self._levels.get((ident, at))
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLET if level.text.strip() else ""
        if (restart := self._restarts.pop(number, None)) is not None:
            self._counts[ident, at] = restart - 1
        self._counts[ident, at] = self._counts.get((ident, at), level.start - 1) + 1
        for deeper in range(at + 1, _DEEPEST):
            self._counts.pop((ident, deeper), None)
        text = level.text
        for above in range(min(at, _DEEPEST) + 1):
            used = self._levels.get((ident, above), _Level())
            count = self._counts.get((ident, above), used.start)
            text = text.replace(f"%{above + 1}", _written(count, "" if level.digits else used.form))
        return f"{text} " if level.apart and text[-1:].isascii() and text[-1:].isalnum() else text

    def is_bullet(self, number: tuple[str, int] | None) -> bool:
        level = self._levels.get((self._lists.get(number[0], ""), number[1])) if number else None
        return level is not None and level.form == "bullet"


def _level(element: etree._Element) -> _Level:
    text = _value(element, "lvlText") or ""
    return _Level(
        _value(element, "numFmt") or "decimal",
        text,
        _number(_value(element, "start"), 1),
        element.find(f"{W}isLgl") is not None or bool(_DOTTED.search(text)),
        _value(element, "suff") != "nothing",
    )


def _value(element: etree._Element, tag: str) -> str | None:
    found = element.find(f"{W}{tag}")
    return found.get(f"{W}val") if found is not None else None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
    if form == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 90:
        return _roman(number).lower() if form == "lowerRoman" else _roman(number)
    if form == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out
