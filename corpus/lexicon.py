"""Find thousands of terms in a text at once: one Aho-Corasick automaton, so time grows with the text and not with the number of terms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

import ahocorasick

T = TypeVar("T")
Match = tuple[int, int, T]


class Lexicon(Generic[T]):
    """Terms, each with one or more payloads.

    `fold` is applied to the terms and to every text; it must keep lengths (as `corpus.fold.fold` does), so that positions in the folded
    text are positions in the text. `kind` says which payloads compete for the same characters: within one kind `find` gives the leftmost
    and there the longest match; kinds do not hide each other. A term that begins or ends with an ASCII letter or digit is only found as a
    whole word on that side: `app` is not found in `apple`, nor `12345` in `123456`.

    Raises ValueError for an empty term and for a `fold` that changes the length of a term.
    """

    def __init__(
        self,
        terms: Iterable[tuple[str, T]],
        *,
        kind: Callable[[T], Hashable] | None = None,
        fold: Callable[[str], str] | None = None,
    ) -> None:
        self._fold = fold
        self._kind = kind
        payloads: dict[str, list[T]] = {}
        for term, payload in terms:
            folded = term if fold is None else fold(term)
            if not folded or len(folded) != len(term):
                raise ValueError(f"term {term!r} is empty or changes its length when folded")
            entry = payloads.setdefault(folded, [])
            if payload not in entry:
                entry.append(payload)
        self._automaton = ahocorasick.Automaton() if payloads else None
        if self._automaton is not None:
            for folded, entry in payloads.items():
                self._automaton.add_word(folded, (len(folded), tuple(entry)))
            self._automaton.make_automaton()

    def all(self, text: str) -> list[Match[T]]:
        """Every occurrence, overlapping ones too, as (start, end, payload), by start, longest first, then in the order given."""
        if self._automaton is None:
            return []
        folded = text if self._fold is None else self._fold(text)
        matches: list[Match[T]] = []
        for last, (length, payloads) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if _whole_word(folded, start, end):
                matches.extend((start, end, payload) for payload in payloads)
        matches.sort(key=lambda match: (match[0], -match[1]))
        return matches

    def find(self, text: str) -> list[Match[T]]:
        """The leftmost-longest occurrences, not overlapping within a kind, by start. A term's payloads of one kind are all given."""
        return leftmost_longest(self.all(text), self._kind)


def leftmost_longest(matches: Iterable[Match[T]], kind: Callable[[T], Hashable] | None = None) -> list[Match[T]]:
    """Keep of `matches` (start, end, payload), ordered by start and longest first, those that leave no two of a kind overlapping.

    Payloads of one kind at exactly the same place are no conflict: all stay.
    """
    kept: list[Match[T]] = []
    borders: dict[Hashable, tuple[int, int]] = {}
    for start, end, payload in matches:
        group = None if kind is None else kind(payload)
        last = borders.get(group)
        if last is None or start >= last[1] or (start, end) == last:
            borders[group] = (start, end)
            kept.append((start, end, payload))
    return kept


def outside(matches: Iterable[Match[T]], blocked: Iterable[Match[T]]) -> list[Match[T]]:
    """Drop each match that lies wholly inside a blocked range with an equal payload. Payloads must be hashable."""
    ranges: dict[T, tuple[list[int], list[int]]] = {}
    for start, end, payload in sorted(blocked, key=lambda match: match[:2]):
        starts, reach = ranges.setdefault(payload, ([], []))
        starts.append(start)
        reach.append(max(end, reach[-1]) if reach else end)
    kept = []
    for match in matches:
        starts, reach = ranges.get(match[2], ([], []))
        at = bisect_right(starts, match[0]) - 1
        if at < 0 or reach[at] < match[1]:
            kept.append(match)
    return kept


def _whole_word(text: str, start: int, end: int) -> bool:
    return not (
        (start > 0 and _is_ascii_word(text[start]) and _is_ascii_word(text[start - 1]))
        or (end < len(text) and _is_ascii_word(text[end - 1]) and _is_ascii_word(text[end]))
    )


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
