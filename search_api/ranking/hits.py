"""From ranked passages to hits: one a case, with its best passages; what stands outside of cases goes with the report's best case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search_api.index.base import Floats
from search_api.ranking.pool import Pool


@dataclass(frozen=True, slots=True)
class Group:
    """`members`: places in the pool, best first; the first gives the score."""

    report: str
    case: str | None
    members: tuple[int, ...]


def ordered(pool: Pool, scores: Floats, channel: str) -> list[int]:
    """Places in the pool of what was found, best first, equal ones by id. A single channel finds only what it has something for."""
    found = pool.found.copy()
    if channel == "lexical":
        found &= pool.raw["characters"] + pool.raw["bigrams"] > 0
    elif channel == "graph":
        found &= pool.raw["graph"] > 0
    elif channel == "semantic":
        found &= ~np.isnan(pool.raw["semantic"])
    places: list[int] = np.flatnonzero(found).tolist()
    return sorted(places, key=lambda at: (-float(scores[at]), pool.passages[at]))


def by_case(pool: Pool, order: Sequence[int]) -> list[Group]:
    """Groups in the order of their best passage."""
    best_case: dict[str, str] = {}
    for at in order:
        unit = pool.units[at]
        if unit is not None and unit.case is not None:
            best_case.setdefault(unit.report, unit.case)
    return _grouped(pool, order, best_case)


def by_report(pool: Pool, order: Sequence[int]) -> list[Group]:
    """One group a report, `case` None."""
    members: dict[str, list[int]] = {}
    for at in order:
        unit = pool.units[at]
        if unit is not None:
            members.setdefault(unit.report, []).append(at)
    return [Group(report, None, tuple(places)) for report, places in members.items()]


def _grouped(pool: Pool, order: Sequence[int], best_case: dict[str, str]) -> list[Group]:
    members: dict[tuple[str, str | None], list[int]] = {}
    for at in order:
        unit = pool.units[at]
        if unit is not None:
            case = unit.case if unit.case is not None else best_case.get(unit.report)
            members.setdefault((unit.report, case), []).append(at)
    return [Group(report, case, tuple(places)) for (report, case), places in members.items()]
