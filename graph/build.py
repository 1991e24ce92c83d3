"""What a report contributes to the graph: its node, its cases, the entities it speaks of, and edges that each rest on a fact.

Types of edges and what they may join are those of the vocabulary's ontology; a relation that it does not allow is left out and listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import OUTCOME_UNKNOWN, Case, Entity, EntityType, Fact, Reading, Report
from corpus.vocabulary import ontology
from graph import regions
from graph.mentions import Links, links
from graph.naming import normal
from graph.store.base import Edge, Evidence, Node, Subgraph

HAS_CASE, MENTIONS = "has_case", "mentions"
_SPEAKS: Mapping[str, str] = {"issue": "about_issue", "method": "uses_method"}
IN_PLACE = "in_place"
_LONGEST_TITLE = 100  # characters of a first line that stand for a title


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A relation that is not in the graph: the fact's id, and why."""

    fact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    subgraph: Subgraph
    left_out: tuple[LeftOut, ...] = ()


def build(report: Report, reading: Reading, entity_of: Mapping[str, Entity], of: Links | None = None) -> Built:
    """The report's subgraph. `entity_of` gives the entity of each mention's key; facts whose mention has none yet are left out. `of`: the
    links of the reading where the caller has them."""
    return _Builder(report, reading, entity_of, of or links(report.id, reading)).built()


def node_of(entity: Entity) -> Node:
    return Node(entity.id, entity.type, entity.name, entity.kind, entity.place, entity.concept)


class _Builder:
    def __init__(self, report: Report, reading: Reading, entity_of: Mapping[str, Entity], of: Links) -> None:
        self._report = report
        self._reading = reading
        self._entity_of = entity_of
        self._links = of
        self._names = {mention.key: mention.name for mention in of.mentions}
        self._named = set(of.of.values())  # mentions that a fact of their own speaks of
        self._cases = {case.id for case in reading.cases}
        self._nodes: dict[str, Node] = {}
        self._edges: set[Edge] = set()
        self._left_out: list[LeftOut] = []

    def built(self) -> Built:
        metadata = self._report.metadata
        home = Node(
            self._report.id,
            "report",
            metadata.title or self._report.source,
            metadata.kind,
            metadata.place,
            report=self._report.id,
            time=metadata.published,
        )
        self._nodes[home.id] = home
        for case in self._reading.cases:
            self._add_case(case)
        for fact in self._reading.facts:
            if fact.type == "relation":
                self._add_relation(fact)
            elif entity := self._entity(self._links.of.get(fact.id)):
                self._speak(entity, fact)
        self._place_cases()
        joined = {end for edge in self._edges for end in (edge.head, edge.tail)}
        nodes = tuple(self._nodes[node] for node in sorted(self._nodes) if node in joined or self._nodes[node].report)
        return Built(Subgraph(nodes, tuple(sorted(self._edges, key=_order))), tuple(self._left_out))

    def _add_case(self, case: Case) -> None:
        self._nodes[case.id] = Node(
            case.id,
            "case",
            case.title or self._nodes[self._report.id].name,
            case.kind,
            case.place,
            report=self._report.id,
            state=None if case.outcome == OUTCOME_UNKNOWN else case.outcome,
            time=case.implemented,
        )
        start, end = self._title(case)
        proof = Evidence(self._report.id, self._reading.id, start, end, self._reading.text[start:end], start, case=case.id)
        self._edges.add(Edge(self._report.id, HAS_CASE, case.id, proof))

    def _title(self, case: Case) -> tuple[int, int]:
        """Where the case is named in the text: its title, or else the first line of it."""
        at = self._reading.text.find(case.title, case.start, case.end) if case.title else -1
        if at >= 0:
            return at, at + len(case.title)
        line = self._reading.text[case.start : min(case.end, case.start + _LONGEST_TITLE)].split("\n", 1)[0]
        return case.start, case.start + len(line)

    def _add_relation(self, fact: Fact) -> None:
        head, tail = self._entity(self._links.heads.get(fact.id)), self._entity(self._links.tails.get(fact.id))
        if head is None or tail is None:
            self._left_out.append(LeftOut(fact.id, "关系的一端没有对应的条目"))
            return
        relation = fact.relation or ""
        if reason := _refusal(relation, head.type, tail.type):
            self._left_out.append(LeftOut(fact.id, reason))
            return
        if head.id == tail.id:
            self._left_out.append(LeftOut(fact.id, f"“{head.name}”与自身的关系"))
            return
        for entity, key in ((head, self._links.heads[fact.id]), (tail, self._links.tails[fact.id])):
            if key not in self._named:
                self._speak(entity, fact)
        self._edge(head.id, relation, tail.id, fact)

    def _speak(self, entity: Entity, fact: Fact) -> None:
        self._edge(self._home(fact), _SPEAKS.get(entity.type, MENTIONS), entity.id, fact)

    def _home(self, fact: Fact) -> str:
        """The case that the fact belongs to, or the report."""
        return fact.case if fact.case in self._cases else self._report.id

    def _place_cases(self) -> None:
        """Join each case (a report without cases itself) to where it is: the places read in it whose name stands in its own place."""
        places = {case.id: case.place for case in self._reading.cases} or {self._report.id: self._report.metadata.place}
        for fact in self._reading.facts:
            where = places.get(self._home(fact))
            if where is None or fact.type != "place" or fact.modality != "asserted":
                continue
            key = self._links.of[fact.id]
            if (entity := self._entity(key)) and self._names[key] in {normal(where), *(unit.name for unit in regions.units_of(where))}:
                self._edge(self._home(fact), IN_PLACE, entity.id, fact)

    def _entity(self, key: str | None) -> Entity | None:
        entity = self._entity_of.get(key) if key else None
        if entity:
            self._nodes.setdefault(entity.id, node_of(entity))
        return entity

    def _edge(self, head: str, type: str, tail: str, fact: Fact) -> None:
        proof = Evidence(
            report=self._report.id,
            reading=self._reading.id,
            start=fact.start,
            end=fact.end,
            sentence=fact.sentence,
            sentence_start=fact.sentence_start,
            fact=fact.id,
            case=fact.case,
            time=fact.time,
            confidence=fact.confidence,
            modality=fact.modality,
        )
        self._edges.add(Edge(head, type, tail, proof))


def _refusal(relation: str, head: EntityType, tail: EntityType) -> str | None:
    known = ontology().edges.get(relation)
    if known is None or known.structural:
        return f"没有“{relation}”这种关系"
    if not known.allows(head, tail):
        types = ontology().nodes
        return f"“{known.zh}”不能连接{types[head].zh}与{types[tail].zh}"
    return None


def _order(edge: Edge) -> tuple[str, str, str, int, int, str]:
    return (edge.head, edge.type, edge.tail, edge.evidence.start, edge.evidence.end, edge.evidence.fact)
