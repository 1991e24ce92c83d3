"""Chains of places completed from the administrative divisions, where what the text names leaves one division of that name.

A district whose name no other has is completed by itself (上城区); of several with one name (鼓楼区, 和平社区) the one that lies in a place
which the text, its publisher or its stated place names. Townships and communities need such a place even if their name is the only one,
because new ones and renamed ones are not among the divisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.divisions import LENGTHS, Divisions
from corpus.vocabulary import provinces
from ingest.extract.units import Unit, orders

_ORDER = ("province", "prefecture", "county", "township", "community")
_SMALL = ("township", "community")
_NEAR = ("county", "township")
_STATED = re.compile("[\u4e00-\u9fff]{2,}?(?:省|自治区|市|自治州|地区|盟|区|县|旗|街道|镇|乡)")


class Completing:
    """What one text names of the divisions: codes by level, ambiguous names with all of theirs."""

    def __init__(self, divisions: Divisions, units: Sequence[Unit], *stated: str | None) -> None:
        self._divisions = divisions
        self._named: dict[str, set[str]] = {level: set() for level in _ORDER}
        names = {(unit.level, unit.name) for unit in units if unit.level in LENGTHS}
        names |= {(level, name) for words in stated if words for name in _parts(words) for level in _levels(name)}
        self._told = {level for level, _ in names}
        for level in _ORDER:  # from the top, so that each level is narrowed by those above it
            for name in sorted(name for held, name in names if held == level):
                codes = divisions.codes(name, level)
                self._named[level].update(self._narrowed(codes, level) or codes)

    def chain(self, unit: Unit) -> tuple[str, ...] | None:
        """The whole chain of a unit that stands alone, None where it is not certain. A city below a city becomes a county-level one."""
        level = unit.level
        if level not in LENGTHS or level == "province":
            return None
        codes = self._divisions.codes(unit.name, level)
        if level == "prefecture" and not codes and (codes := self._divisions.codes(unit.name, "county")):
            level = "county"
        narrowed = self._narrowed(codes, level)
        if narrowed:
            codes = narrowed
        elif level not in ("prefecture", "county"):
            return None
        if len(codes) != 1:
            return None
        unit.level, unit.order = level, orders()[level]
        return (*self._divisions.chain(codes[0]), *((unit.name,) if level == "community" else ()))

    def elsewhere(self, unit: Unit) -> bool:
        """Whether districts of this name are known, and none in the cities that the text names."""
        codes = self._divisions.codes(unit.name, "county") if unit.level == "county" else ()
        return bool(codes) and bool(self._named["prefecture"]) and not self._narrowed(codes, "county")

    def _narrowed(self, codes: Iterable[str], level: str) -> tuple[str, ...]:
        """Those of `codes` that lie in a place named by the text: in all levels named that any of them lies in; empty where none does, and
        for a township or community where the text names districts or townships that none of them lies in."""
        left, any_named = tuple(codes), False
        for above in _ORDER[: _ORDER.index(level)]:
            inside = tuple(code for code in left if code[: LENGTHS[above]] in self._named[above])
            if inside:
                left, any_named = inside, True
            elif level in _SMALL and above in _NEAR and above in self._told:
                return ()
        return left if any_named else ()


def _parts(words: str) -> list[str]:
    """Names of divisions at the head of a publisher's or a place's name (杭州市上城区民政局, 浙江杭州)."""
    found = []
    for province in provinces():
        if words.startswith(province.short):
            found.append(province.name)
            words = words.removeprefix(province.name).removeprefix(province.short)
    while (match := _STATED.match(words)) is not None:
        found.append(match.group())
        words = words[match.end() :]
    return found


def _levels(name: str) -> tuple[str, ...]:
    """The levels that a name may stand for by its last character."""
    if name.endswith(("省", "自治区")) or any(name == province.name for province in provinces()):
        return ("province",)
    if name.endswith("市"):
        return ("prefecture", "county")
    return ("township",) if name.endswith(("街道", "镇", "乡")) else ("prefecture", "county")
