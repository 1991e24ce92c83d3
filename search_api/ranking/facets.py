"""Facets of a query: how many of the cases found have each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.errors import NotFound, UsageError
from corpus.vocabulary import actor_kinds, concept, screen_words
from search_api.answers import FacetValue
from search_api.index.base import Filters
from search_api.ranking.pool import Pool

NAMES = (
    *("issue", "method", "actor_kind", "place", "community", "year", "kind", "stage", "award", "outcome", "measured"),
    *("collection", "sample"),
)
_MOST = 50  # values of a facet


def checked(filters: Filters | None, collection: str | None) -> dict[str, tuple[str, ...]]:
    """The filters in a fixed form. Raises UsageError for a name that is no facet."""
    found: dict[str, tuple[str, ...]] = {}
    for name, values in sorted((filters or {}).items()):
        if name not in NAMES:
            raise UsageError(f"没有“{name}”这项筛选", remedy=f"可用的有：{'、'.join(NAMES)}")
        if several := tuple(sorted({value for value in values if value})):
            found[name] = several
    if collection:
        found["collection"] = (collection,)
    return found


def counted(pool: Pool, order: Sequence[int]) -> Mapping[str, tuple[FacetValue, ...]]:
    """Values by name, the most frequent first. `order`: places in the pool of what was found."""
    units = {(unit.report, unit.case): unit for at in order if (unit := pool.units[at]) is not None}
    tallies: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for unit in units.values():
        for name, values in unit.facets.items():
            if name in tallies:
                tallies[name].update(values)
    facets = {}
    for name, tally in tallies.items():
        best = sorted(tally.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        if best:
            facets[name] = tuple(FacetValue(value, label(name, value), count) for value, count in best)
    return facets


def label(name: str, value: str) -> str:
    """What stands on screen for a facet's value."""
    try:
        if name in ("issue", "method"):
            return concept(value).label
    except NotFound:
        return value
    if name == "actor_kind":
        return next((kind.label for kind in actor_kinds() if kind.id == value), value)
    return screen_words().get(f"facet.{name}.{value}", value)
