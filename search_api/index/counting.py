"""Counting terms in folded texts, many texts and terms at once.

Texts are laid out as one array of code points. A single character is found by a table look-up for each position; a pair by a look-up of its
hash and then exactly; what is neither (words, numbers) by cutting the few texts that hold it, with the same function that made the terms.
Terms are those of `corpus.fold`: a character or a pair of CJK characters, or a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.fold import characters

_POINTS = 0x40001  # the last one stands for all code points that no single character lies beyond
_SLOTS = 1 << 18  # of the hash of a pair
_NO_PAIR = _SLOTS  # a position where no pair begins
_SHIFT = np.int64(21)
_RANGES = ((0x3005, 0x3007), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_SINGLES = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES) + "]+")


class TextBlock:
    """Folded texts prepared for counting."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        joined = "\n".join(self.texts)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        self._points = np.minimum(points, _POINTS - 1).astype(np.int32)
        lengths = np.fromiter((len(text) + 1 for text in self.texts), np.int64, len(self.texts))
        self._owner = np.repeat(np.arange(len(self.texts), dtype=np.int32), lengths)[: len(self._points)]
        self._pairs = self._pair_slots()
        self._words: list[dict[str, int] | None] = [None] * len(self.texts)

    def _pair_slots(self) -> NDArray[np.int32]:
        points = self._points
        if len(points) < 2:
            return np.zeros(0, np.int32)
        single = _is_single()[points]
        slots = (points[:-1] * np.int32(7919) + points[1:]) & np.int32(_SLOTS - 1)
        return np.where(single[:-1] & single[1:], slots, np.int32(_NO_PAIR))

    def counts(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """How often each term stands in each text: (texts, terms)."""
        result = np.zeros((len(self.texts), len(terms)), np.float32)
        columns: dict[str, list[int]] = {"single": [], "pair": [], "word": []}
        for column, term in enumerate(terms):
            columns[_sort_of(term)].append(column)
        self._count_single([(terms[column], column) for column in columns["single"]], result)
        self._count_pairs([(terms[column], column) for column in columns["pair"]], result)
        self._count_words([(terms[column], column) for column in columns["word"]], result)
        return result

    def _count_single(self, terms: list[tuple[str, int]], result: NDArray[np.float32]) -> None:
        if not terms:
            return
        column_of = np.full(_POINTS, -1, np.int16)
        for place, (term, _) in enumerate(terms):
            column_of[ord(term)] = place
        column = column_of[self._points]
        at = np.flatnonzero(column >= 0)
        self._add(at, column[at], terms, result)

    def _count_pairs(self, terms: list[tuple[str, int]], result: NDArray[np.float32]) -> None:
        if not terms:
            return
        codes = np.array([(ord(term[0]) << 21) | ord(term[1]) for term, _ in terms], np.int64)
        order = np.argsort(codes)
        wanted = np.zeros(_SLOTS + 1, np.bool_)
        for term, _ in terms:
            wanted[(ord(term[0]) * 7919 + ord(term[1])) & (_SLOTS - 1)] = True
        at = np.flatnonzero(wanted[self._pairs])
        found = (self._points[at].astype(np.int64) << _SHIFT) | self._points[at + 1]
        place = np.minimum(np.searchsorted(codes[order], found), len(codes) - 1)
        exact = codes[order][place] == found
        self._add(at[exact], order[place[exact]], terms, result)

    def _add(self, at: NDArray[np.intp], place: NDArray[np.integer], terms: list[tuple[str, int]], result: NDArray[np.float32]) -> None:
        flat = self._owner[at].astype(np.int64) * len(terms) + place
        table = np.bincount(flat, minlength=len(self.texts) * len(terms)).reshape(len(self.texts), len(terms))
        result[:, [column for _, column in terms]] = table

    def _count_words(self, terms: list[tuple[str, int]], result: NDArray[np.float32]) -> None:
        if not terms:
            return
        for row, text in enumerate(self.texts):
            if any(term in text for term, _ in terms):
                found = self._words_of(row)
                for term, column in terms:
                    result[row, column] = found.get(term, 0)

    def _words_of(self, row: int) -> dict[str, int]:
        """How often each word stands in a text. Kept: texts of a block are asked about again and again, mostly for the same few words."""
        known = self._words[row]
        if known is None:
            known = self._words[row] = dict(Counter(characters(_SINGLES.sub(" ", self.texts[row]))))
        return known


@cache
def _is_single() -> NDArray[np.bool_]:
    """For each code point whether it is a term by itself and pairs with a neighbour: what `corpus.fold` takes as one CJK character."""
    table = np.zeros(_POINTS, np.bool_)
    for first, last in _RANGES:
        table[first : last + 1] = True
    return table


def _sort_of(term: str) -> str:
    if len(term) <= 2 and all(_is_single()[ord(character)] for character in term):
        return "single" if len(term) == 1 else "pair"
    return "word"
