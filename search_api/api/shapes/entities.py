"""Entities and their neighbourhoods."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.api.shapes.base import Sampled, Shape
from search_api.api.shapes.duplicates import Judgement
from search_api.api.shapes.resolution import Candidate, Member


class Entity(Sampled):
    """`mentions`: how many. Where asked for: `members`, the first of them; `candidates`, what looks like it; `judgements` about it."""

    id: str
    type: str
    kind: str | None = None
    name: str
    aliases: list[str] | None = None
    place: str | None = None
    concept: str | None = None
    reports: list[str] | None = None
    mentions: int
    forwards: list[str] | None = None
    members: list[Member] | None = None
    candidates: list[Candidate] | None = None
    judgements: list[Judgement] | None = None


class EntityList(Shape):
    entities: list[Entity]
    next: str | None


class Node(Sampled):
    id: str
    type: str
    name: str
    kind: str | None = None
    place: str | None = None
    concept: str | None = None
    report: str | None = None
    state: str | None = None
    time: str | None = None


class GraphEvidence(Sampled):
    report: str
    title: str | None = None
    reading: str
    case: str | None = None
    fact: str | None = None
    start: int
    end: int
    sentence: str
    sentence_start: int
    time: str | None = None
    confidence: float
    modality: str


class Neighbour(Shape):
    """`relation` read from `from`: `label` is its Chinese in that direction. Counts are facts, reports, and facts that assert it."""

    node: Node
    source: str = Field(alias="from")
    relation: str
    direction: Literal["out", "in"]
    label: str
    depth: int
    count: int
    reports: int
    asserted: int
    evidence: list[GraphEvidence]


class Way(Shape):
    steps: list[Neighbour]


class Ways(Shape):
    """The shortest ways between two nodes; each step goes on `from` the node of the step before."""

    start: Node
    end: Node
    paths: list[Way]


class Neighbourhood(Shape):
    entity: Node
    rows: list[Neighbour]
