"""What of the graph is exported, in an order that depends on its content alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from corpus.catalogue import Catalogue
from corpus.identity import digest
from corpus.vocabulary import ontology
from graph.build import node_of
from graph.store.base import Edge, Evidence, GraphStore, Node, NodeType
from search_api.exporting import open_part

_PAGE = 500  # nodes held at once, with the edges that start at them

THING = "Thing"
"""Label that all nodes have, and on which their id is unique."""
LABELS: Mapping[str, str] = {type: "CaseStudy" if type == "case" else type.capitalize() for type in ontology().nodes}
"""`Case` is reserved in several Cypher dialects."""

Value = str | int | float | bool
NODE_FIELDS: Mapping[str, str] = {
    "name": "string",
    "kind": "string",
    "place": "string",
    "concept": "string",
    "report": "string",
    "state": "string",
    "time": "string",
    "sample": "boolean",
}
EDGE_FIELDS: Mapping[str, str] = {
    "id": "string",
    "count": "long",
    "report": "string",
    "reading": "string",
    "case": "string",
    "fact": "string",
    "start": "long",
    "end": "long",
    "sentence": "string",
    "sentence_start": "long",
    "time": "string",
    "confidence": "double",
    "modality": "string",
    "sample": "boolean",
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """One piece of evidence for an edge; `count`: how many there are for edges of this type between the same two nodes."""

    id: str
    head: str
    type: str
    tail: str
    count: int
    evidence: Evidence


class Shown:
    """The graph without what is known from the `hidden` reports alone. Counts what it has given."""

    def __init__(self, catalogue: Catalogue, graph: GraphStore, hidden: frozenset[str]) -> None:
        self._catalogue = catalogue
        self._graph = graph
        self._hidden = hidden
        self._sample = catalogue.counts()["samples"] > 0  # a store holds samples or one's own reports, never both
        self.nodes_written = 0
        self.edges_written = 0

    def nodes(self) -> Iterator[Node]:
        """By type as the ontology lists them, then by id."""
        types: list[NodeType] = list(ontology().nodes)  # type: ignore[arg-type]  # the ontology's types are those of the port
        for type in types:
            for page in self._pages(type):
                for node in page:
                    if shown := self._described(node):
                        self.nodes_written += 1
                        yield shown

    def relationships(self) -> Iterator[Relationship]:
        """By head, type, tail, report and place in the text."""
        for page in self._pages(None):
            edges = (edge for edge in self._graph.edges([node.id for node in page]) if edge.evidence.report not in self._hidden)
            for (head, type, tail), group in groupby(edges, key=lambda edge: (edge.head, edge.type, edge.tail)):
                same = list(group)
                for edge in same:
                    self.edges_written += 1
                    yield Relationship(_id(edge), head, type, tail, len(same), edge.evidence)

    def node_values(self, node: Node) -> dict[str, Value]:
        """What is known of a node, by NODE_FIELDS."""
        values = {name: getattr(node, name, None) for name in NODE_FIELDS} | {"sample": self._sample or None}
        return {name: value for name, value in values.items() if value is not None and value != ""}

    def edge_values(self, edge: Relationship) -> dict[str, Value]:
        """What is known of an edge, by EDGE_FIELDS."""
        own = {"id": edge.id, "count": edge.count, "sample": self._sample or None}
        values = {name: getattr(edge.evidence, name, None) for name in EDGE_FIELDS} | own
        return {name: value for name, value in values.items() if value is not None and value != ""}

    def _pages(self, type: NodeType | None) -> Iterator[list[Node]]:
        after = ""
        while page := self._graph.nodes(type, after=after, limit=_PAGE):
            yield page
            after = page[-1].id

    def _described(self, node: Node) -> Node | None:
        """The node as it would be described without the hidden reports; None where only they hold it."""
        if not self._hidden:
            return node
        if node.report is not None:
            return None if node.report in self._hidden else node
        reports = set(self._graph.contributors(node.id))
        if reports <= self._hidden:
            return None
        for entity in self._catalogue.entities(ids=[node.id]):
            shown = open_part(self._catalogue, entity, self._hidden)
            return node_of(shown) if shown else None
        return node


def _id(edge: Edge) -> str:
    proof = edge.evidence
    return digest("edge", edge.head, edge.type, edge.tail, proof.report, proof.fact, str(proof.start), str(proof.end))
