"""Cues of the vocabulary found in time that grows with the text alone: each pattern is tried only where one of its possible beginnings stands.

A pattern that begins with an alternative of words can only match where one of the words is; all those words of all patterns go into one
automaton. A pattern whose beginning cannot be told is searched for in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from corpus.fold import fold
from corpus.lexicon import Lexicon, leftmost_longest, outside
from corpus.vocabulary import Cue

C = TypeVar("C", bound=Cue)
_META = frozenset("\\.^$*+?{}[]|()")
_DIGITS = tuple("0123456789")
_MOST = 400


class Triggers(Generic[C]):
    """Finds cues in a text; gives what `corpus.vocabulary.Finder` gives: terms leftmost-longest within `kind`, patterns where their cue has no
    term at an overlapping place, nothing wholly inside one of the cue's `excludes`."""

    def __init__(self, cues: Iterable[C], *, kinds: Iterable[str] | None = None) -> None:
        self._cues = tuple(cues)
        self._kinds = tuple(kinds) if kinds is not None else ("",) * len(self._cues)
        self._terms = Lexicon([(fold(term), number) for number, cue in enumerate(self._cues) for term in cue.terms])
        self._excludes = Lexicon([(fold(term), number) for number, cue in enumerate(self._cues) for term in cue.excludes])
        triggered: list[tuple[str, tuple[int, re.Pattern[str]]]] = []
        self._everywhere: list[tuple[int, re.Pattern[str]]] = []
        for number, cue in enumerate(self._cues):
            for pattern in cue.patterns:
                words = beginnings(pattern.pattern)
                if words:
                    triggered.extend((word, (number, pattern)) for word in words)
                else:
                    self._everywhere.append((number, pattern))
        self._patterns = Lexicon(triggered)

    def find(self, text: str, folded: str) -> list[tuple[int, int, C]]:
        """Where cues stand in `text`, whose folded form is `folded`, ordered by start and end."""
        blocked = self._excludes.all(folded)
        found = leftmost_longest(outside(self._terms.all(folded), blocked), self._kinds.__getitem__)
        taken: dict[int, list[tuple[int, int]]] = {}
        for start, end, number in found:
            taken.setdefault(number, []).append((start, end))
        for start, end, number in outside(self._split(folded), blocked):
            places = taken.setdefault(number, [])
            if all(end <= low or high <= start for low, high in places[-8:]):
                places.append((start, end))
                found.append((start, end, number))
        return [(start, end, self._cues[number]) for start, end, number in sorted(found)]

    def _split(self, text: str) -> list[tuple[int, int, int]]:
        """Matches of patterns, by start; none of a pattern begins inside the one before."""
        found: list[tuple[int, int, int]] = []
        ends: dict[re.Pattern[str], int] = {}
        tried: dict[re.Pattern[str], int] = {}
        for start, _, (number, pattern) in self._patterns.all(text):
            if start < ends.get(pattern, 0) or tried.get(pattern) == start:
                continue
            tried[pattern] = start
            match = pattern.match(text, start)
            if match is not None and match.end() > start:
                ends[pattern] = match.end()
                found.append((start, match.end(), number))
        for number, pattern in self._everywhere:
            found.extend((match.start(), match.end(), number) for match in pattern.finditer(text) if match.end() > match.start())
        return sorted(found)


def beginnings(pattern: str) -> frozenset[str] | None:
    """Words one of which stands where the expression matches, or None where that cannot be told.

    Understands literals, groups, alternatives, small character classes, digits, and optional parts; anything else gives None.
    """
    words, _ = _alternatives(pattern, 0)
    return None if words is None or "" in words or len(words) > _MOST else frozenset(words)


def _alternatives(pattern: str, at: int) -> tuple[set[str] | None, int]:
    """First words of the alternatives from `at` up to the closing parenthesis (or the end), and the position of that."""
    words: set[str] | None = set()
    while True:
        some, at = _sequence(pattern, at)
        words = None if words is None or some is None else words | some
        if at < len(pattern) and pattern[at] == "|":
            at += 1
            continue
        return words, at


def _sequence(pattern: str, at: int) -> tuple[set[str] | None, int]:
    """First words of a row of items; the row is read to its end."""
    words: set[str] | None = {""}
    open_end = True  # whether what follows still lengthens the words
    while at < len(pattern) and pattern[at] not in "|)":
        item, at, literal = _item(pattern, at)
        optional, at, repeated = _repeat(pattern, at)
        if not open_end:
            continue
        if item is None:
            words, open_end = (words if words and "" not in words else None), False
            continue
        if words is None:
            open_end = False
            continue
        longer = {word + more for word in words for more in item}
        words = longer | words if optional else longer
        if len(words) > _MOST:
            return None, _end(pattern, at)
        open_end = literal and not optional and not repeated or "" in words
    return words, at


def _item(pattern: str, at: int) -> tuple[set[str] | None, int, bool]:
    """First words of one item, where it ends, and whether it is one literal character."""
    character = pattern[at]
    if character == "(":
        at += 1
        for prefix in ("?:", "?P<"):
            if pattern.startswith(prefix, at):
                at = pattern.index(">", at) + 1 if prefix == "?P<" else at + 2
                break
        else:
            if pattern.startswith("?", at):
                return None, _closing(pattern, at) + 1, False
        words, at = _alternatives(pattern, at)
        return words, at + 1, False
    if character == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        if inside[0] == "^" or "\\" in inside:
            return None, end + 1, False
        return _members(inside), end + 1, False
    if character == "\\":
        return (set(_DIGITS) if pattern[at + 1] == "d" else {pattern[at + 1]} if not pattern[at + 1].isalnum() else None), at + 2, False
    return ({character} if character not in _META else None), at + 1, True


def _members(inside: str) -> set[str] | None:
    members: set[str] = set()
    at = 0
    while at < len(inside):
        if at + 2 < len(inside) and inside[at + 1] == "-":
            low, high = ord(inside[at]), ord(inside[at + 2])
            if high - low > 30:
                return None
            members.update(map(chr, range(low, high + 1)))
            at += 3
        else:
            members.add(inside[at])
            at += 1
    return members


def _repeat(pattern: str, at: int) -> tuple[bool, int, bool]:
    """Whether the item before `at` may be absent, the position behind its repetition, and whether it may come more than once."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return False, at, False
    sign = pattern[at]
    if sign == "{":
        end = pattern.index("}", at) + 1
        optional = pattern[at + 1 : end - 1].split(",")[0] in ("", "0")
        return optional, end, True
    at += 1
    if at < len(pattern) and pattern[at] == "?":
        at += 1
    return sign in "?*", at, sign in "*+"


def _closing(pattern: str, at: int) -> int:
    depth = 1
    while depth:
        at += 1
        depth += {"(": 1, ")": -1}.get(pattern[at], 0) if pattern[at - 1] != "\\" else 0
    return at


def _end(pattern: str, at: int) -> int:
    """The end of the alternative that goes on at `at`."""
    depth = 0
    while at < len(pattern) and (depth or pattern[at] not in "|)"):
        depth += {"(": 1, ")": -1}.get(pattern[at], 0) if pattern[at] != "\\" else 0
        at += 2 if pattern[at] == "\\" else 1
    return at
