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
            found.append(_said("words", "、".join(words)))
        if "semantic" in self._weights and float(self._pool.channels["semantic"][group.members[0]]) >= NEAR:
            found.append(screen("reason.meaning"))
        return tuple(found)

    def _shared(self, case: str) -> Sequence[str]:
        """What query and case both speak of, by kind in the order of the query; the broader issue where they do not share the same one."""
        shared = set(self._related.shared.get(case, ()))
        labels: dict[str, dict[str, None]] = {}
        for item in self._recognised:
            if item.id in shared:
                labels.setdefault(item.kind, {})[item.label] = None
            elif item.kind == "issue" and (broader := _broader(item.id)) and broader[0] in shared:
                labels.setdefault(item.kind, {})[broader[1]] = None
        return [_said(kind, "、".join(of)) for kind, of in labels.items()]


def _said(kind: str, what: str) -> str:
    return f"{screen(f'reason.{kind}')}：{what}"


def _broader(identifier: str) -> tuple[str, str] | None:
    """Id and label of the concept above, None for one at the top and one that the vocabulary has no longer."""
    try:
        above = lineage(identifier)[1:]
        return (above[0], concept(above[0]).label) if above else None
    except NotFound:
        return None
