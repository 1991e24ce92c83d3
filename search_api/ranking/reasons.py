"""Why a hit is one, in words: what it shares with the query in the graph, which of its words it holds, whether it is near in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.errors import NotFound
from corpus.vocabulary import concept, lineage, screen
from search_api.ranking.hits import Group
from search_api.ranking.pool import Pool
from search_api.ranking.recognise import Recognised
from search_api.ranking.related import Related

NEAR = 2.0
"""Standard deviations above an ordinary passage from which a likeness in meaning is a reason."""


class Reasoner:
    """Made once for a query."""

    def __init__(self, recognised: Sequence[Recognised], related: Related, pool: Pool, weights: Mapping[str, float]) -> None:
        self._recognised = recognised
        self._related = related
        self._pool = pool
        self._weights = weights

    def reasons(self, group: Group, words: Sequence[str]) -> tuple[str, ...]:
        """`words`: those of the query that stand in the hit's best passage."""
        found = list(self._shared(group.case or group.report)) if "graph" in self._weights else []
        if words and "lexical" in self._weights:
            found.append(screen("reason.words", words="、".join(words)))
        if "semantic" in self._weights and float(self._pool.channels["semantic"][group.members[0]]) >= NEAR:
            found.append(screen("reason.semantic"))
        return tuple(found)

    def _shared(self, case: str) -> Sequence[str]:
        """One reason for each thing that query and case both speak of, in the order of the query; else for the broader issue."""
        shared = set(self._related.shared.get(case, ()))
        said: dict[str, None] = {}
        for item in self._recognised:
            if item.id in shared:
                said[_reason(item)] = None
            elif item.kind == "issue" and (broader := _broader(item.id)) and broader[0] in shared:
                said[screen("reason.issue_parent", label=broader[1])] = None
        return list(said)


def _reason(item: Recognised) -> str:
    if item.kind in ("issue", "method"):
        return screen(f"reason.{item.kind}", label=item.label)
    key = f"reason.{item.kind}" if item.kind in ("actor", "place") else "reason.graph"
    return screen(key, name=item.label)


def _broader(identifier: str) -> tuple[str, str] | None:
    try:
        above = lineage(identifier)[1:]
        return (above[0], concept(above[0]).label) if above else None
    except NotFound:
        return None
