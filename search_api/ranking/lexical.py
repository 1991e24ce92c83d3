"""BM25 over the texts of a pool, exact: over single characters and over bigrams, which together beat either (docs/quality.md)."""

from __future__ import annotations

import numpy as np

from search_api.index.base import Floats, Statistics, TermCounts
from search_api.ranking.terms import QueryTerms, Weighed

SATURATION = 1.2  # k1
LENGTH = 0.75  # b


def scores(terms: QueryTerms, counted: TermCounts, statistics: Statistics) -> tuple[Floats, Floats]:
    """BM25 of each passage by characters and by bigrams. `counted` holds the columns of `terms.all`."""
    passages = max(statistics.passages, 1)
    column = {term: at for at, term in enumerate(terms.all)}
    return (
        _bm25(terms.characters, column, counted.counts, counted.characters, statistics.characters / passages),
        _bm25(terms.bigrams, column, counted.counts, counted.bigrams, statistics.bigrams / passages),
    )


def parts(weighed: Weighed, column: dict[str, int], counts: Floats, lengths: Floats, mean: float) -> Floats:
    """What each term adds to each passage's BM25: (passages, terms), terms in the order of `weighed`."""
    times = counts[:, [column[term] for term in weighed.weights]]
    weights = np.fromiter(weighed.weights.values(), np.float32, len(weighed.weights))
    norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(mean, 1e-9))
    return np.asarray(weights * times * (SATURATION + 1) / (times + norm[:, None]), np.float32)


def _bm25(weighed: Weighed, column: dict[str, int], counts: Floats, lengths: Floats, mean: float) -> Floats:
    if not weighed.weights:
        return np.zeros(len(counts), np.float32)
    total: Floats = parts(weighed, column, counts, lengths, mean).sum(axis=1, dtype=np.float32)
    return total
