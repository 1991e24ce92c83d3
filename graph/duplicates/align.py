"""Which sentences of one text stand in another, and how many letters of each side that is.

Sentences that share enough shingles are compared letter by letter: they match when they are equal, nearly equal, or when the shorter stands
in the longer. Beside two that match, short ones match where they are equal. What counts are the letters that the two have in common, so a
word changed inside a sentence is not counted, and all is the same whichever of the two texts comes first.

Two sentences with other numbers in them are one form filled in twice (the bulletins of two days, the figures of two districts): they have
words in common, but are no copies of one another. Only matches whose numbers agree are firm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from graph.duplicates.hashing import SHINGLE
from graph.duplicates.letters import Letters

Mask = npt.NDArray[np.bool_]
_NUMBER = re.compile("[0-9]+")

NEAR = 80.0
"""Edit similarity (rapidfuzz ratio, per cent) from which two sentences are nearly equal."""
INSIDE = 0.85
"""Share of the shorter sentence's letters, in order, that must stand in the longer for it to be inside."""
ALONE = 8
"""Letters that a sentence must have to match by itself."""
_RUN = 3  # letters in a row that count as common inside a longer sentence
_OFTEN = 12  # a shingle that stands so often in a text tells nothing of where
_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """Sentence `one` of the first text and `other` of the second; `similarity` in [0, 1], 1 where they are equal. `firm`: their numbers
    agree."""

    one: int
    other: int
    similarity: float
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Alignment:
    """`one` and `other`: for each letter of the two texts, whether it stands in the other text, too; `firm`: the same of firm matches."""

    matches: tuple[Match, ...]
    one: Mask
    other: Mask
    firm: tuple[Mask, Mask]


def align(one: Letters, other: Letters) -> Alignment:
    found = {(match.one, match.other): match for match in _verified(one, other, _candidates(one, other))}
    for match in _beside(one, other, found):
        found[match.one, match.other] = match
    every, firm = (tuple(np.zeros(len(side), dtype=np.bool_) for side in (one, other)) for _ in range(2))
    for match in found.values():
        low, at = int(one.sentences[match.one]), int(other.sentences[match.other])
        for start, start_other, length in _blocks(one.sentence(match.one), other.sentence(match.other), match.similarity):
            for masks in (every, firm) if match.firm else (every,):
                masks[0][low + start : low + start + length] = True
                masks[1][at + start_other : at + start_other + length] = True
    return Alignment(tuple(found[pair] for pair in sorted(found)), every[0], every[1], (firm[0], firm[1]))


def _candidates(one: Letters, other: Letters) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that share a good part of the shorter one's shingles."""
    if len(one) < SHINGLE or len(other) < SHINGLE:
        return
    order = np.argsort(other.shingles, kind="stable")
    ranked = other.shingles[order]
    low, high = (np.searchsorted(ranked, one.shingles, side) for side in ("left", "right"))
    counts = high - low
    counts[counts > _OFTEN] = 0
    at = np.repeat(np.arange(len(counts)), counts)
    if not len(at):
        return
    offsets = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    partners = order[low[at] + offsets]
    width = len(other.sentences)
    codes, shared = np.unique(one.sentence_of[at] * width + other.sentence_of[partners], return_counts=True)
    first, second = codes // width, codes % width
    shorter = np.minimum(np.diff(one.sentences)[first], np.diff(other.sentences)[second])
    enough = (shorter >= ALONE) & (shared >= np.maximum(2, _SHARED * (shorter - SHINGLE + 1)))
    yield from zip(first[enough].tolist(), second[enough].tolist(), strict=True)


def _verified(one: Letters, other: Letters, pairs: Iterable[tuple[int, int]]) -> Iterator[Match]:
    for first, second in pairs:
        mine, theirs = one.sentence(first), other.sentence(second)
        if similarity := _similarity(mine, theirs):
            yield Match(first, second, similarity, similarity == 1.0 or _numbers_agree(mine, theirs))


def _similarity(one: str, other: str) -> float:
    """In [0, 1]: how far two sentences are one, 0 where they are not."""
    if one == other:
        return 1.0
    ratio = fuzz.ratio(one, other, score_cutoff=NEAR)
    if ratio:
        return float(round(ratio / 100, 3))
    shorter = min(len(one), len(other))
    common = LCSseq.similarity(one, other, score_cutoff=int(INSIDE * shorter))
    return round(common / max(len(one), len(other)), 3) if common >= INSIDE * shorter and _together(one, other) else 0.0


def _numbers_agree(one: str, other: str) -> bool:
    """Whether all numbers of the one with fewer letters stand in the other, and as often."""
    shorter, longer = sorted((one, other), key=len)
    return not Counter(_NUMBER.findall(shorter)) - Counter(_NUMBER.findall(longer))


def _together(one: str, other: str) -> bool:
    """Whether what the two have in common is runs of letters, and not single ones strewn over a long sentence."""
    return sum(length for _, _, length in _runs(one, other)) >= INSIDE * min(len(one), len(other))


def _blocks(one: str, other: str, similarity: float) -> Iterator[tuple[int, int, int]]:
    if similarity == 1.0:
        yield 0, 0, len(one)
        return
    yield from _runs(one, other)


def _runs(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """Where both have the same letters: (start in one, start in the other, length). Both orders give the same."""
    turned = (len(other), other) < (len(one), one)
    shorter, longer = (other, one) if turned else (one, other)
    for step in LCSseq.opcodes(shorter, longer):
        start, start_other, length = step.src_start, step.dest_start, step.src_end - step.src_start
        if step.tag == "equal" and length >= _RUN:
            yield (start_other, start, length) if turned else (start, start_other, length)


def _beside(one: Letters, other: Letters, found: dict[tuple[int, int], Match]) -> Iterator[Match]:
    """Equal sentences, however short, that continue a match on either side."""
    matched = set(found)
    for first, second in sorted(matched):
        for step in (1, -1):
            pair = (first + step, second + step)
            while (
                pair not in matched
                and 0 <= pair[0] < len(one.sentences) - 1
                and 0 <= pair[1] < len(other.sentences) - 1
                and one.sentence(pair[0]) == other.sentence(pair[1])
            ):
                matched.add(pair)
                yield Match(*pair, 1.0)
                pair = (pair[0] + step, pair[1] + step)
