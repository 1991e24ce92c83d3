"""The entries of a contents page found again in the text: in their order, though written a little differently there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.segment.contents import Entry, plain
from ingest.segment.numbering import numbered

_LONGEST = 90
_MOST = 6  # places of a title that are looked at, and lines that it may be broken into
_WRAPPED = 3
_EXACT, _PART = 3.0, 2.4
_ALIKE = 0.66


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with the lines [line, line + length) that say it."""

    entry: Entry
    line: int
    length: int


class _Lines:
    """The short lines from `start` on by what they say."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self.keys = {n: plain(lines[n]) for n in range(start, len(lines)) if len(lines[n]) <= _LONGEST}
        self.by_key: dict[str, list[tuple[int, int]]] = {}
        for n, key in self.keys.items():
            joined = key
            for length in range(1, _WRAPPED + 1):
                if joined:
                    self.by_key.setdefault(joined, []).append((n, length))
                following = self.keys.get(n + length)
                if following is None or len(joined) > _LONGEST:
                    break
                joined += following
        self._pairs: dict[int, frozenset[str]] = {}

    def pairs(self, n: int) -> frozenset[str]:
        if n not in self._pairs:
            self._pairs[n] = _pairs(self.keys[n])
        return self._pairs[n]

    def of(self, title: str) -> list[tuple[float, int, int]]:
        """(score, line, number of lines) where a title may stand, best first."""
        key = plain(title)
        if not key:
            return []
        if exact := self.by_key.get(key):
            return [(_EXACT, n, length) for n, length in sorted(exact, key=lambda item: (item[1], item[0]))[:_MOST]]
        found: list[tuple[float, int, int]] = []
        wanted = _pairs(key)
        for n, line in self.keys.items():
            if len(line) < 4 or len(key) < 4:
                continue
            if (line.startswith(key) or key.startswith(line)) and min(len(key), len(line)) >= 6:
                found.append((_PART, n, self._length(n, key)))
            elif 5 * min(len(key), len(line)) >= 3 * max(len(key), len(line)):
                own = self.pairs(n)
                alike = 2 * len(own & wanted) / (len(own) + len(wanted)) if own and wanted else 0.0
                if alike >= _ALIKE:
                    found.append((2 * alike, n, 1))
        return sorted(found, key=lambda item: (-item[0], item[1]))[:_MOST]

    def _length(self, n: int, key: str) -> int:
        """How many lines from `n` on the title takes of which only the beginning was found."""
        said = self.keys[n]
        length = 1
        while length < _WRAPPED and len(said) < len(key) and key.startswith(said) and (following := self.keys.get(n + length)):
            if not key.startswith(said + following[:2]):
                break
            said += following
            length += 1
        return length


def found_again(entries: Sequence[Entry], lines: Sequence[str], start: int) -> list[Match]:
    """The entries that lines from `start` on say, in their order."""
    text = _Lines(lines, start)
    whole = _joined(entries, text)
    options = [(entry, text.of(entry.title)) for entry in whole]
    matches = _in_order(options)
    return _filled(whole, matches, lines, start)


def _joined(entries: Sequence[Entry], text: _Lines) -> list[Entry]:
    """Entries whose first half stood on a line of its own in one; a line that the text has alone (第一篇) is its own entry."""
    out: list[Entry] = []
    before = ""
    for entry in entries:
        if entry.more and not text.by_key.get(plain(before + entry.title)):
            before += entry.title
            continue
        if before and numbered(entry.title).style and numbered(before).style:
            out.append(Entry(before))
            before = ""
        out.append(Entry(before + entry.title, entry.page))
        before = ""
    return out


def _in_order(options: Sequence[tuple[Entry, Sequence[tuple[float, int, int]]]]) -> list[Match]:
    """Of the places where each entry may stand those that rise through the text and say most."""
    best: list[tuple[float, int, Match, int]] = []  # total, line, match, index of the one before (-1: none)
    for entry, places in options:
        added = []
        for score, line, length in places:
            before, total = -1, 0.0
            for at, (reached, last, match, _) in enumerate(best):
                if last + match.length <= line and reached > total:
                    before, total = at, reached
            added.append((total + score, line, Match(entry, line, length), before))
        best.extend(added)
    if not best:
        return []
    at = max(range(len(best)), key=lambda n: (best[n][0], -best[n][1]))
    out: list[Match] = []
    while at >= 0:
        out.append(best[at][2])
        at = best[at][3]
    return out[::-1]


def _filled(entries: Sequence[Entry], matches: list[Match], lines: Sequence[str], start: int) -> list[Match]:
    """With entries that the text says in quite other words, where their number stands between their neighbours."""
    places = {id(match.entry): match for match in matches}
    out: list[Match] = []
    low = start
    for n, entry in enumerate(entries):
        match = places.get(id(entry))
        if match is None:
            high = next((places[id(later)].line for later in entries[n + 1 :] if id(later) in places), len(lines))
            own = numbered(entry.title)
            line = next((at for at in range(low, high) if own.number and _same_number(lines[at], own.style, own.number)), None)
            match = Match(entry, line, 1) if line is not None else None
        if match is not None:
            out.append(match)
            low = match.line + match.length
    return out


def _same_number(line: str, style: str, number: int) -> bool:
    if len(line) > _LONGEST:
        return False
    own = numbered(line)
    return (own.style, own.number) == (style, number)


def _pairs(key: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(key))


def texts_between(matches: Sequence[Match], lines: Sequence[str]) -> Mapping[int, int]:
    """Characters that stand under each match, by its line."""
    ends = [*(match.line for match in matches[1:]), len(lines)]
    return {match.line: sum(map(len, lines[match.line + match.length : end])) for match, end in zip(matches, ends, strict=True)}
