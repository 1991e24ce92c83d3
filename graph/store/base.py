"""The port of the graph: what is kept, what can be asked, in domain terms. No engine's query language crosses it.

A report contributes a subgraph: nodes, and edges that each rest on one piece of evidence in that report. The graph is the sum of the
contributions of all reports; what no report contributes to any more is not there. Edges are added up when they are asked for: two edges of
one type between the same nodes are one row with a count, and with the evidence of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.model import EntityType, Modality

NodeType = Literal["report", "case"] | EntityType
Direction = Literal["out", "in"]
SCHEMA_VERSION = 1
"""Version of what the projection holds. A store of another version is emptied and built again, not migrated."""


@dataclass(frozen=True, slots=True)
class Node:
    """`id`: of the report, case or entity; `concept`: the vocabulary's id of the concept that an issue or method is, or belongs to.
    `report` is set on what only one report can hold: the report itself and its cases; `state` and `time` are a case's outcome and when it
    was carried out (a report's: when it was published)."""

    id: str
    type: NodeType
    name: str
    kind: str | None = None
    place: str | None = None
    concept: str | None = None
    report: str | None = None
    state: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an edge was read: `start` and `end` of the words in the cleaned text of `reading`, and the sentence they stand in. `fact` is
    empty for what follows from the report's build alone (that it has this case)."""

    report: str
    reading: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    fact: str = ""
    case: str | None = None
    time: str | None = None
    confidence: float = 1.0
    modality: Modality = "asserted"


@dataclass(frozen=True, slots=True)
class Edge:
    head: str
    type: str
    tail: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Subgraph:
    """What one report contributes. Each edge joins two of `nodes`; each node but those with `report` set is an end of an edge."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Replace:
    """The report now contributes this, and nothing it contributed before."""

    report: str
    reading: str
    subgraph: Subgraph


@dataclass(frozen=True, slots=True)
class Remove:
    """The report contributes nothing any more."""

    report: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """A node that may be there is now described like this; one that is not there stays away."""

    node: Node


@dataclass(frozen=True, slots=True)
class Rename:
    """What was the node `old` is now (a part of) `new`: its edges go there. Harmless where `old` is not there."""

    old: str
    new: Node


Update = Replace | Remove | Refresh | Rename


@dataclass(frozen=True, slots=True)
class Refused:
    """An update that the store did not take: `id` of its report or node, the feed number it came with, and why."""

    id: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """All edges of one type from `head` to `tail` added up: how many facts say so, in how many reports, and how many of the facts assert it
    (the others plan, deny or condition it)."""

    head: str
    relation: str
    tail: str
    count: int
    reports: int
    asserted: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A row of a neighbourhood: `node` was reached from the node `source` over `link`, `depth` steps from the start (1: next to it)."""

    node: Node
    source: str
    relation: str
    direction: Direction
    depth: int
    count: int
    reports: int
    asserted: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A node next to both of two others, with the rows that lead to it from the first and from the second."""

    node: Node
    first: tuple[Neighbour, ...]
    second: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one node to another: each step's `source` is the node of the step before."""

    start: Node
    steps: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two actors are said to work together: `relation` from `head` to `tail` where a sentence joins them, or None where each has a part
    of its own in the same case (`head` and `tail` then in the order of the pair). `evidence`: of the relation, or of the one's part and of
    the other's."""

    relation: str | None
    head: str
    tail: str
    case: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Partners:
    """Two actors, `first` with the smaller id, and what ties them: in how many cases (or reports outside their cases), and the first ten
    ties, those that a sentence tells before those of parts in one case."""

    first: Node
    second: Node
    cases: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    reports: int


class GraphStore(Protocol):
    """One graph. Every method may raise a StoreError of corpus.errors. Reading sees one state of the store, that after some `apply`."""

    def apply(self, updates: Iterable[Update], mark: int) -> list[Refused]:
        """Take the updates in order and move the mark, all or nothing. An update that is refused leaves no trace, is kept (see `refused`)
        and does not stop the others; a later update for the same id that is taken clears it."""

    def mark(self) -> int:
        """Number of the last feed row that is in the store; 0 in an empty one."""

    def refused(self) -> list[Refused]:
        """Updates that were not taken, by id."""

    def stage(self) -> GraphStore:
        """An empty graph beside the live one, to be filled through `apply` while the live one answers. Discards one left by an earlier
        try."""

    def promote(self) -> None:
        """Put this staged graph in the place of the live one at one stroke, with its mark and its refusals."""

    def node(self, node_id: str) -> Node | None: ...

    def known(self, ids: Sequence[str]) -> dict[str, Node]:
        """Those of the nodes with these ids that are there."""

    def nodes(self, type: NodeType | None = None, query: str = "", after: str = "", limit: int = 100) -> list[Node]:
        """Nodes whose name holds `query`, by id, those after the id `after`."""

    def contribution(self, report: str) -> Subgraph:
        """What the report contributes: nodes by id, edges by head, type, tail and place in the text."""

    def reports(self) -> dict[str, str]:
        """Reports that contribute, each with the reading that does."""

    def contributors(self, node_id: str) -> list[str]:
        """Reports with an edge at this node, by id."""

    def counts(self) -> Counts: ...

    def neighbours(
        self,
        node_id: str,
        relations: Sequence[str] | None = None,
        depth: int = 1,
        limit: int = 150,
        evidence: int = 3,
        types: Sequence[NodeType] | None = None,
    ) -> list[Neighbour]:
        """Rows that reach at most `limit` nodes up to `depth` steps away, over the given types of edges or all; nearest first, then those
        that more reports speak of. Each row comes with at most `evidence` pieces of evidence, asserted ones first. With `types` only nodes
        of these types are reached and counted; the way there may go over others, whose rows are given where it does."""

    def shared(self, first: str, second: str, limit: int = 50, evidence: int = 1) -> list[Shared]:
        """Nodes next to both, those with the most evidence first."""

    def paths(self, start: str, end: str, max_length: int = 4, limit: int = 5, evidence: int = 1) -> list[Path]:
        """The shortest ways between two nodes, at most `limit` of them and none longer than `max_length` steps."""

    def cases_of(self, ids: Sequence[str], limit: int = 500) -> dict[str, dict[str, float]]:
        """Cases that speak of these entities or vocabulary concepts, and reports that do outside their cases: case or report ->
        {id: strength}, with strength in (0, 1) growing with the number of facts that assert it. The best `limit`; rare ids count more."""

    def concepts_of(self, cases: Sequence[str]) -> dict[str, dict[str, float]]:
        """Vocabulary concepts of these cases or reports: case or report -> {concept: strength}."""

    def spread(self, ids: Sequence[str]) -> dict[str, int]:
        """In how many cases (or reports outside their cases) each of these entities or concepts is spoken of; 0 is left out."""

    def labels(self, type: Literal["issue", "method"], cases: Sequence[str] | None = None) -> dict[str, dict[str, int]]:
        """What these cases (or reports outside their cases; None: all) are about or use: case -> {concept, or entity where it belongs to
        none: facts that assert it}. Cases of which nothing is asserted are left out."""

    def proofs(self, cases: Sequence[str], ids: Sequence[str], evidence: int = 1) -> dict[str, list[Neighbour]]:
        """For each of the cases, the rows that lead to those of these entities, or to what carries those of these concepts, that it speaks
        of."""

    def cases_in(self, place: str) -> dict[str, str]:
        """Cases in this place or below it, and reports as far as they tell of it outside their cases: id -> where it is, by id. `place` is
        a unit (上城区, or 上城 where no unit ends so) or several of one chain (杭州市上城区, 浙江省>杭州市>上城区)."""

    def partners(
        self, cases: Sequence[str] | None = None, actor: str | None = None, limit: int = 50, evidence: int = 1
    ) -> tuple[int, list[Partners]]:
        """Pairs of actors that are said to cooperate or to assist one another in these cases (None: in all), or each to have a part in the
        same one; `actor`: those that it is one of. How many there are, and those tied in most cases."""

    def edges(self, heads: Sequence[str]) -> list[Edge]:
        """The edges that start at these nodes, by head, type, tail, report and place in the text."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside, this thread reads one state of the store, whatever is written meanwhile."""

    def checkpoint(self) -> None:
        """Leave nothing of what was removed in the store's files; in a file that is the catalogue's, the catalogue's own does the rest."""

    def close(self) -> None: ...
