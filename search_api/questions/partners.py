"""Who works with whom, in a place or everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Report
from graph.store.base import Node
from graph.store.base import Partners as Pair
from search_api.questions.subjects import Where, subject, where
from search_api.stores import Stores


@dataclass(frozen=True, slots=True)
class Partners:
    """`total` pairs, of which `pairs` are shown; `cases`: the nodes of the cases that their ties name, `reports`: those of the evidence."""

    place: Where | None
    actor: Node | None
    total: int
    pairs: tuple[Pair, ...]
    cases: Mapping[str, Node]
    reports: Mapping[str, Report]


def partners(stores: Stores, *, place: str | None = None, actor: str | None = None, limit: int = 50, evidence: int = 1) -> Partners:
    """Pairs of actors, those tied in most cases first. Raises NotFound for a place without cases, and as `subject` for an actor."""
    one = subject(stores, actor, ("actor",)) if actor else None
    with stores.graph.snapshot():
        within = where(stores, place) if place else None
        total, pairs = stores.graph.partners(sorted(within.cases) if within else None, one.id if one else None, limit, evidence)
        cases = stores.graph.known([tie.case for pair in pairs for tie in pair.ties])
        node = stores.graph.node(one.id) if one else None
    named = sorted({proof.report for pair in pairs for tie in pair.ties for proof in tie.evidence})
    return Partners(within, node, total, tuple(pairs), cases, {report.id: report for report in stores.catalogue.reports(ids=named)})
