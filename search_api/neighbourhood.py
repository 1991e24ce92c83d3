"""What stands next to an entity, a report or a case in the graph, and the ways between two of them; found by id or by name."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import NotFound, UsageError
from corpus.model import Entity, Report
from graph.store.base import Neighbour, Node, NodeType, Path
from search_api.stores import Stores

_NAMED = 6


def neighbourhood(
    stores: Stores,
    key: str,
    *,
    relations: Sequence[str] | None = None,
    types: Sequence[NodeType] | None = None,
    depth: int = 1,
    limit: int = 150,
    evidence: int = 3,
) -> tuple[Node, list[Neighbour], dict[str, Report]]:
    """The node, the rows around it (with `types` those that lead to nodes of them), and the reports that the evidence names. Raises
    NotFound, UsageError where a name means several."""
    node = node_of(stores, key)
    rows = stores.graph.neighbours(node.id, relations, depth, limit, evidence, types)
    return node, rows, _reports(stores, rows)


def paths(
    stores: Stores, start: str, end: str, *, max_length: int = 4, limit: int = 5, evidence: int = 1
) -> tuple[Node, Node, list[Path], dict[str, Report]]:
    """Both nodes, the shortest ways between them, and the reports that the evidence names. Raises as `neighbourhood`."""
    first, last = node_of(stores, start), node_of(stores, end)
    found = stores.graph.paths(first.id, last.id, max_length, limit, evidence)
    return first, last, found, _reports(stores, [step for path in found for step in path.steps])


def _reports(stores: Stores, rows: Sequence[Neighbour]) -> dict[str, Report]:
    named = sorted({item.report for row in rows for item in row.evidence})
    return {report.id: report for report in stores.catalogue.reports(ids=named)}


def node_of(stores: Stores, key: str) -> Node:
    """The graph's node for an id (of an entity, or one that leads to it, a report or a case) or an entity's exact name."""
    node = stores.graph.node(key)
    if node is not None:
        return node
    entity = _entity(stores, key)
    kind: NodeType = entity.type
    return stores.graph.node(entity.id) or Node(entity.id, kind, entity.name, entity.kind, entity.place, entity.concept)


def _entity(stores: Stores, key: str) -> Entity:
    try:
        return stores.catalogue.entity(key)
    except NotFound:
        found = stores.catalogue.entities(query=key, limit=50)
        named = [entity for entity in found if key == entity.name or key in entity.aliases] or found
    if not named:
        raise NotFound(f"没有叫“{key}”的主体或条目", where=key, remedy="请用编号，或在页面上检索后点开", en="no such entity")
    if len(named) > 1:
        listed = "；".join(f"{entity.name}（{entity.place or entity.type}）{entity.id[:12]}" for entity in named[:_NAMED])
        raise UsageError(f"“{key}”有 {len(named)} 个：{listed}", where=key, remedy="请用编号", en="several entities match")
    return named[0]
