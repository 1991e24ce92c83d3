"""What may stand in the graph: types of nodes, and types of edges with the nodes they may join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import load


@dataclass(frozen=True, slots=True)
class NodeType:
    """`structural` nodes are made from the collection (report, case), the others are entities."""

    id: str
    zh: str
    en: str
    structural: bool


@dataclass(frozen=True, slots=True)
class EdgeType:
    """An edge goes from a node of one of `heads` to one of `tails`. `structural` edges are made from sections, cases and labels; the others
    are relations read in a sentence. `verbs` express it with the head before them, `passive` with the tail before them (…由…牵头)."""

    id: str
    zh: str
    en: str
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    structural: bool
    inverse_zh: str
    verbs: tuple[str, ...]
    passive: tuple[str, ...]

    def allows(self, head: str, tail: str) -> bool:
        return head in self.heads and tail in self.tails


@dataclass(frozen=True, slots=True)
class Ontology:
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]


@cache
def ontology() -> Ontology:
    file = load("ontology.yaml")
    file.only("nodes", "edges")
    nodes = {}
    for entry in file.entries("nodes"):
        entry.only("id", "zh", "en", "structural")
        nodes[entry.text("id")] = NodeType(entry.text("id"), entry.text("zh"), entry.text("en"), entry.text("structural", "no") == "yes")
    edges = {}
    for entry in file.entries("edges"):
        entry.only("id", "zh", "en", "heads", "tails", "structural", "inverse_zh", "verbs", "passive")
        edge = EdgeType(
            entry.text("id"),
            entry.text("zh"),
            entry.text("en"),
            entry.texts("heads"),
            entry.texts("tails"),
            entry.text("structural", "no") == "yes",
            entry.text("inverse_zh"),
            entry.texts("verbs"),
            entry.texts("passive"),
        )
        for node in (*edge.heads, *edge.tails):
            if node not in nodes:
                entry.fail(f"没有“{node}”这种节点")
        if edge.id in edges:
            entry.fail("id 重复")
        edges[edge.id] = edge
    distinct(file, (edge.zh for edge in edges.values()), "edges zh")
    return Ontology(MappingProxyType(nodes), MappingProxyType(edges))
