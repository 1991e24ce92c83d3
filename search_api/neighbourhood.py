"""What stands next to an entity, a report or a case in the graph, found by id or by name."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import NotFound, UsageError
from corpus.model import Entity, Report
from graph.store.base import Neighbour, Node, NodeType
from search_api.stores import Stores

_NAMED = 6


def neighbourhood(
    stores: Stores, key: str, *, relations: Sequence[str] | None = None, depth: int = 1, limit: int = 150, evidence: int = 3
) -> tuple[Node, list[Neighbour], dict[str, Report]]:
    """The node, the rows around it, and the reports that the evidence names. Raises NotFound, UsageError where a name means several."""
    node = node_of(stores, key)
    rows = stores.graph.neighbours(node.id, relations, depth, limit, evidence)
    named = sorted({item.report for row in rows for item in row.evidence})
    return node, rows, {report.id: report for report in stores.catalogue.reports(ids=named)}


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
