"""Which keys are common phrases: those of many texts that have nothing else in common.

Twenty reprints of one article do not make its sentences common; the same words in the forms of twenty applicants, or in twenty reports of
twenty districts, are. Texts are taken for one where their minima are equal (MinHash: the chance of that is the share of shingles they have
in common), or those of their titles; `spread` is the number of texts that differ in one or the other. The more holders, the more have to
differ, since of many near copies some differ by chance. A key of very many texts is judged by a sample: those with the smallest numbers,
which are hashes. So the verdict depends on which texts there are and on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.catalogue import Bucket
from corpus.catalogue.duplicates import Sketch

COMMON = 5
"""Unrelated texts that make a phrase a common one."""
EACH = 10
"""One more for every so many holders."""
SAMPLE = 64
PILLARS = 8
"""Where a key that is no common phrase has more holders than SAMPLE, they are compared with the first few only."""


def bucket(holders: Sequence[int], sketches: Sequence[Sketch]) -> Bucket:
    """`holders`: the numbers that have the key, rising, at least SAMPLE + 1 where there are so many; `sketches` of the first ones."""
    spread = spread_of(sketches)
    edge = holders[SAMPLE - 1] if len(holders) > SAMPLE else None
    return Bucket(spread >= COMMON + len(sketches) // EACH, spread, edge)


def spread_of(sketches: Sequence[Sketch]) -> int:
    """How many of these texts are different ones; by either of two minima, for one may differ by chance."""
    first, second, title_first, title_second = (len(set(column)) for column in zip(*sketches, strict=True)) if sketches else (0, 0, 0, 0)
    return max(min(first, second), min(title_first, title_second))
