"""The arithmetic of a hit: what each channel measured, how that compares with the pool, and what each term added."""

from __future__ import annotations

import math
from collections.abc import Mapping

from search_api.answers import ChannelPart, Explanation, TermPart
from search_api.index.base import Floats
from search_api.ranking import lexical
from search_api.ranking.pool import Pool
from search_api.ranking.terms import Weighed

_MEASURED: Mapping[str, tuple[str, ...]] = {"lexical": ("characters", "bigrams"), "semantic": ("semantic",), "graph": ("graph",)}


def explanation(pool: Pool, at: int, weights: Mapping[str, float]) -> Explanation:
    """Of the passage at place `at` of the pool. The channels' shares add up to its score, the terms' parts to the channel's raw scores."""
    channels = []
    for name, weight in sorted(weights.items()):
        raw = {measure: _number(pool.raw[measure], at) for measure in _MEASURED[name]}
        normal = float(pool.channels[name][at])
        channels.append(ChannelPart(name, raw, normal, weight, weight * normal))
    terms = (*_terms(pool, at, "character"), *_terms(pool, at, "bigram")) if "lexical" in weights else ()
    return Explanation(pool.passages[at], tuple(channels), tuple(sorted(terms, key=lambda part: (-part.added, part.kind, part.term))))


def _number(scores: Floats, at: int) -> float | None:
    return None if math.isnan(scores[at]) else float(scores[at])


def _terms(pool: Pool, at: int, kind: str) -> tuple[TermPart, ...]:
    counted, statistics = pool.counted, pool.statistics
    weighed: Weighed = pool.terms.characters if kind == "character" else pool.terms.bigrams
    lengths, total = (counted.characters, statistics.characters) if kind == "character" else (counted.bigrams, statistics.bigrams)
    column = {term: place for place, term in enumerate(pool.terms.all)}
    row = slice(at, at + 1)
    added = lexical.parts(weighed, column, counted.counts[row], lengths[row], total / max(statistics.passages, 1))[0]
    return tuple(
        TermPart(term, kind, weight, float(counted.counts[at, column[term]]), float(part))
        for (term, weight), part in zip(weighed.weights.items(), added, strict=True)
        if part > 0
    )
