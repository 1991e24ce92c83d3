"""The pool of a query: which passages are looked at, and what each channel gives them.

Each channel brings its best; every channel then scores the whole union. A collection of up to `WHOLE` passages is the pool; in a larger one
`BACKGROUND` arbitrary passages come along, which are no hits and only show what an ordinary passage scores. How many hits are wanted does
not matter here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_api.index.base import Filters, Floats, Index, Statistics, TermCounts, Unit
from search_api.ranking import lexical
from search_api.ranking.fusion import normalised
from search_api.ranking.terms import QueryTerms, query_terms

WHOLE = 2000
BACKGROUND = 500
BEST = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """The query as a vector of the model that the index has live."""

    model: str
    vector: Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """`passages` and their `units`; `found`: which were brought by a channel (the others are background, their unit None). `raw` and
    `channels` hold each passage's score by channel, as it is and as it counts: `lexical` (raw: `characters` and `bigrams`), `semantic`,
    `graph`."""

    passages: tuple[str, ...]
    units: tuple[Unit | None, ...]
    found: NDArray[np.bool_]
    raw: Mapping[str, Floats]
    channels: Mapping[str, Floats]
    terms: QueryTerms
    counted: TermCounts
    statistics: Statistics


def gather(
    text: str,
    meaning: Meaning | None,
    cases: Mapping[str, float],
    index: Index,
    filters: Filters,
) -> Pool:
    """Build the pool of a query: `text` by its words, `meaning` by its vector, `cases` by what the graph gave them (a report: what
    stands outside of its cases)."""
    statistics = index.statistics()
    terms = query_terms(text, index, statistics)
    whole = statistics.passages <= WHOLE
    background = index.background(filters, WHOLE if whole else BACKGROUND)
    best: list[str] = []
    if not whole:
        best += index.candidates(terms.lookup, filters, BEST)
        if meaning is not None:
            best += index.nearest(meaning.model, meaning.vector, filters, BEST)
        best += index.of_cases(sorted(cases, key=lambda case: (-cases[case], case)), filters, BEST)
    passages = tuple(dict.fromkeys((*best, *background)))
    brought = len(passages) if whole else len(set(best))
    units = (*index.units(passages[:brought]), *[None] * (len(passages) - brought))
    counted = index.term_counts(passages, terms.all)
    raw: dict[str, Floats] = {}
    raw["characters"], raw["bigrams"] = lexical.scores(terms, counted, statistics)
    if meaning is not None:
        raw["semantic"] = index.vector_scores(meaning.model, meaning.vector, passages)
    raw["graph"] = np.array([cases.get(unit.case or unit.report, 0.0) if unit else 0.0 for unit in units], np.float32)
    mixed: Floats = (normalised(raw["characters"]) + normalised(raw["bigrams"])) / np.float32(2)
    channels: dict[str, Floats] = {"lexical": mixed, "graph": raw["graph"]}
    if meaning is not None:
        # A passage whose vector is still to come is taken to mean what its words say.
        channels["semantic"] = np.where(np.isnan(raw["semantic"]), mixed, normalised(raw["semantic"])).astype(np.float32)
    found = np.array([unit is not None for unit in units], np.bool_)
    return Pool(passages, units, found, raw, channels, terms, counted, statistics)
