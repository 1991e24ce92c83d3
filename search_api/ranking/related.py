"""The graph channel: cases that speak of what the query speaks of, rare things counting more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import NotFound
from corpus.vocabulary import lineage
from graph.store.base import GraphStore
from search_api.ranking.recognise import Recognised

WEIGHTS: Mapping[str, float] = {"issue": 1.0, "method": 0.6}
OTHER = 0.8  # an actor, a place, a policy
BROADER = 0.3  # the concept above one that was recognised


@dataclass(frozen=True, slots=True)
class Related:
    """`scores`: cases with what they share with the query, added up. `shared`: the ids they share."""

    scores: Mapping[str, float]
    shared: Mapping[str, tuple[str, ...]]


NOTHING = Related({}, {})


def related(found: Sequence[Recognised], graph: GraphStore) -> Related:
    """Cases that share something with what was recognised; none where nothing was."""
    weights: dict[str, float] = {}
    for item in found:
        own = WEIGHTS.get(item.kind, OTHER)
        weights[item.id] = max(own, weights.get(item.id, 0.0))
        for broader in _above(item):
            weights[broader] = max(own * BROADER, weights.get(broader, 0.0))
    if not weights:
        return NOTHING
    ids = sorted(weights)
    matches, spread = graph.cases_of(ids), graph.spread(ids)
    total = max(len(matches), *spread.values(), 1) if spread else 1
    rarity = {identifier: math.log(1 + (total + 1) / (spread.get(identifier, 0) + 0.5)) for identifier in ids}
    scores = {case: math.fsum(weights[i] * rarity[i] * strength for i, strength in of.items()) for case, of in matches.items()}
    return Related(scores, {case: tuple(sorted(of)) for case, of in matches.items()})


def _above(item: Recognised) -> tuple[str, ...]:
    if item.kind not in WEIGHTS:
        return ()
    try:
        return lineage(item.id)[1:]
    except NotFound:
        return ()
