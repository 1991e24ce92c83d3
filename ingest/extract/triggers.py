"""Cues of the vocabulary found in linear time: a pattern is tried only in clauses that hold a word it cannot do without.

The words come from the pattern itself (its rarest alternative of literals); those of all patterns go into one automaton. Patterns do not
reach over the end of a clause, so the clause around such a word is all that has to be searched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from corpus.fold import fold
from corpus.lexicon import leftmost_longest, outside
from corpus.vocabulary import Cue
from ingest.extract.sweep import Family, Hits
from ingest.extract.wordlist import word_set

C = TypeVar("C", bound=Cue)
_META = frozenset("\\.^$*+?{}[]|()")
_DIGITS = frozenset("0123456789")
_MOST = 400
_CLAUSE_END = re.compile("[,，。;；!！?？:：\n]")
_NOT_THESE = re.compile(r"\[\^[^\]]*\]")
_FREQUENT = word_set(
    "居民 社区 群众 服务 改造 业主 组织 没有 物业 企业 开展 街道 村民 问题 工作 小区 部门 政府 建设 管理 治理 项目 活动 提升 实施 "
    "推进 环境 党员 志愿 老人 商户 住户 基层 我们 电梯 市场"
)
"""Words that are too common in this field to be searched for where a pattern has others."""


@dataclass(slots=True, eq=False)
class _Entry:
    """What a word stands for: terms and excludes of cues, and patterns that cannot match without it (by number)."""

    terms: list[int] = field(default_factory=list)
    excludes: list[int] = field(default_factory=list)
    patterns: list[int] = field(default_factory=list)
    latin: bool = False  # begins or ends in a Latin letter or digit


class Triggers(Generic[C]):
    """Finds cues in a text; gives what `corpus.vocabulary.Finder` gives: terms leftmost-longest within `kinds`, patterns where their
    cue has no term at an overlapping place, nothing wholly inside one of the cue's `excludes`."""

    def __init__(self, cues: Iterable[C], *, kinds: Iterable[str] | None = None) -> None:
        self._cues = tuple(cues)
        self._kinds = tuple(kinds) if kinds is not None else ("",) * len(self._cues)
        self._patterns = tuple((number, pattern) for number, cue in enumerate(self._cues) for pattern in cue.patterns)
        self._wide = tuple("，" in _NOT_THESE.sub("", pattern.pattern) for _, pattern in self._patterns)
        entries: dict[str, _Entry] = {}
        everywhere: list[int] = []
        for number, cue in enumerate(self._cues):
            for term in cue.terms:
                entries.setdefault(fold(term), _Entry()).terms.append(number)
            for term in cue.excludes:
                entries.setdefault(fold(term), _Entry()).excludes.append(number)
        for index, (_, pattern) in enumerate(self._patterns):
            needed = required(pattern.pattern)
            for word in sorted(needed or ()):
                entries.setdefault(fold(word), _Entry()).patterns.append(index)
            if not needed:
                everywhere.append(index)
        self._everywhere = tuple(everywhere)
        for word, entry in entries.items():
            entry.latin = word[0].isascii() or word[-1].isascii()
        self.family: Family[_Entry] = Family(lambda: sorted(entries.items(), key=lambda item: item[0]))

    def find(self, folded: str, hits: Hits) -> list[tuple[int, int, C]]:
        """Where cues stand in a text, given its folded form (`corpus.fold.fold`) and the hits of `family`, ordered by start and end."""
        terms: list[tuple[int, int, int]] = []
        blocked: list[tuple[int, int, int]] = []
        needed: list[tuple[int, list[int]]] = []
        for start, end, entry in hits.of(self.family):
            if entry.patterns:
                needed.append((start, entry.patterns))
            if entry.latin and _cut(folded, start, end):
                continue
            terms.extend((start, end, number) for number in entry.terms)
            if entry.excludes:
                blocked.extend((start, end, number) for number in entry.excludes)
        found = leftmost_longest(outside(terms, blocked), self._kinds.__getitem__)
        taken: dict[int, list[tuple[int, int]]] = {}
        for start, end, number in found:
            taken.setdefault(number, []).append((start, end))
        split = self._split(folded, needed)
        for start, end, number in sorted(outside(sorted(split), blocked), key=lambda span: (split[span], span)):
            places = taken.setdefault(number, [])
            at = bisect_left(places, (start, end))
            if all(end <= low or high <= start for low, high in places[max(0, at - 2) : at + 2]):
                places.insert(at, (start, end))
                found.append((start, end, number))
        return [(start, end, self._cues[number]) for start, end, number in sorted(found)]

    def _split(self, text: str, needed: Iterable[tuple[int, Sequence[int]]]) -> dict[tuple[int, int, int], int]:
        """Matches of patterns with the number of the first pattern that gives each: of those of one cue at an overlapping place the pattern
        that stands first counts. `needed` tells where which patterns may match."""
        ends = [match.start() for match in _CLAUSE_END.finditer(text)]
        ends.append(len(text))
        last = len(ends) - 1
        found: dict[tuple[int, int, int], int] = {}
        tried: set[int] = set()  # in this clause
        clause = low = 0
        for start, indices in needed:
            if start > ends[clause]:
                clause = bisect_left(ends, start, clause)
                low = ends[clause - 1] + 1
                tried.clear()
            for index in indices:
                if index in tried:
                    continue
                tried.add(index)
                if self._wide[index]:
                    first = ends[clause - 2] + 1 if clause > 1 else 0
                    self._search(found, text, index, first, ends[min(clause + 1, last)])
                else:
                    self._search(found, text, index, low, ends[clause])
        for index in self._everywhere:
            self._search(found, text, index, 0, len(text))
        return found

    def _search(self, found: dict[tuple[int, int, int], int], text: str, index: int, start: int, end: int) -> None:
        number, pattern = self._patterns[index]
        match = pattern.search(text, start, end)
        while match is not None:
            first, last = match.span()
            if last > first:
                span = (first, last, number)
                found[span] = min(index, found.get(span, index))
            match = pattern.search(text, last + (last == first), end) if last < end else None


def _cut(text: str, start: int, end: int) -> bool:
    """Whether a word that begins or ends in a Latin letter or digit was found inside a longer one (app in apple)."""
    return (start > 0 and _latin(text[start]) and _latin(text[start - 1])) or (
        end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def required(pattern: str) -> frozenset[str] | None:
    """Words one of which every match of the expression holds, the rarest such set of its parts; None where none can be told.

    Understands literals, groups, alternatives, small character classes, digits and repetitions.
    """
    sets, at = _alternatives(pattern, 0)
    best = min((part for part in sets if part), key=_cost, default=None)
    return best if at == len(pattern) and best is not None and len(best) <= _MOST else None


def _cost(part: frozenset[str]) -> float:
    """A guess at how often one of the words occurs."""
    return sum(90.0 if len(word) == 1 else 25.0 if word in _FREQUENT else 4.0 if len(word) == 2 else 1.0 for word in part)


def _alternatives(pattern: str, at: int) -> tuple[list[frozenset[str]], int]:
    """Required sets of the alternatives from `at` to the closing parenthesis (or the end): one set, the union of each one's best."""
    best: list[frozenset[str] | None] = []
    while True:
        sets, at = _sequence(pattern, at)
        best.append(min(sets, key=_cost, default=None))
        if at < len(pattern) and pattern[at] == "|":
            at += 1
            continue
        if len(best) == 1:
            return list(sets), at
        union = frozenset().union(*(part for part in best if part is not None))
        return ([union] if all(best) else []), at


def _sequence(pattern: str, at: int) -> tuple[Sequence[frozenset[str]], int]:
    """Required sets of a row of items; literal characters side by side are one word."""
    sets: list[frozenset[str]] = []
    literal = ""
    while at < len(pattern) and pattern[at] not in "|)":
        item, at, single = _item(pattern, at)
        optional, repeated, at = _repeat(pattern, at)
        if single is not None and not optional and not repeated:
            literal += single
            continue
        if literal:
            sets.append(frozenset([literal]))
            literal = ""
        if single is not None and not optional:
            sets.append(frozenset([single]))
        elif not optional:
            sets.extend(item)
    if literal:
        sets.append(frozenset([literal]))
    return sets, at


def _item(pattern: str, at: int) -> tuple[list[frozenset[str]], int, str | None]:
    """Required sets of one item, where it ends, and its character if it is one literal."""
    character = pattern[at]
    if character == "(":
        at += 1
        if pattern.startswith("?P<", at):
            at = pattern.index(">", at) + 1
        elif pattern.startswith("?:", at):
            at += 2
        elif pattern.startswith("?", at):  # a look around or the like: it requires nothing here
            _, at = _alternatives(pattern, at + (3 if pattern.startswith("?<", at) else 2))
            return [], at + 1, None
        sets, at = _alternatives(pattern, at)
        return sets, at + 1, None
    if character == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        plain = inside[0] != "^" and "\\" not in inside and "-" not in inside
        return ([frozenset(inside)] if plain else []), end + 1, None
    if character == "\\":
        escaped = pattern[at + 1]
        if escaped == "d":
            return [_DIGITS], at + 2, None
        return [], at + 2, None if escaped.isalnum() else escaped
    return [], at + 1, None if character in _META else character


def _repeat(pattern: str, at: int) -> tuple[bool, bool, int]:
    """Whether the item before `at` may be absent, whether it may come more than once, and the position behind the sign for it."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return False, False, at
    sign = pattern[at]
    if sign == "{":
        end = pattern.index("}", at) + 1
        return pattern[at + 1 : end - 1].split(",")[0] in ("", "0"), True, end
    at += 1
    if at < len(pattern) and pattern[at] == "?":
        at += 1
    return sign in "?*", sign in "*+", at
