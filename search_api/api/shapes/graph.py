"""Answers to questions about the collection as a whole. `total` counts all there are, `left_out` those not shown."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from search_api.api.shapes.base import Sampled, Shape
from search_api.api.shapes.entities import GraphEvidence, Node


class About(Shape):
    """A concept of the vocabulary, or an entity. `concept`: the concept above it, or that the entity belongs to."""

    id: str
    type: str
    name: str
    concept: str | None = None


class Counted(About):
    cases: int


class PlaceCount(Shape):
    place: str
    cases: int


class Placed(Shape):
    """`places`: where the cases are that the place stood for; of several namesakes each is listed."""

    place: str | None = None
    places: list[PlaceCount] | None = None
    places_left_out: int | None = None


class Spoken(Shape):
    """What a case speaks of, and how many of its facts do and assert it."""

    node: Node
    count: int
    asserted: int
    evidence: list[GraphEvidence]


class ToldOutcome(GraphEvidence):
    """`told_by`: 自述, 当事人, 媒体, 上级验收, 第三方评估."""

    state: str
    told_by: str | None = None


class MeasuredResult(GraphEvidence):
    name: str
    value: float | str | None = None
    value_max: float | str | None = None
    unit: str | None = None
    qualifier: str | None = None
    subject: str | None = None
    subject_entity: str | None = None
    per: str | None = None
    comparison: dict[str, Any] | None = None
    speaker: str | None = None
    place: str | None = None


class CaseTold(Shape):
    """A case (a report for what it tells outside its cases) with its outcome; empty lists: 文中未记载. `title`: of the report."""

    case: Node
    title: str
    outcome: str
    outcomes: list[ToldOutcome]
    results: list[MeasuredResult]
    results_left_out: int
    issues: list[Spoken]
    methods: list[Spoken]


class StateCount(Shape):
    state: str
    cases: int


class MethodUses(Shape):
    """`outcomes` and `issues` count over all cases that use it, `uses` are those shown."""

    method: About
    total: int
    left_out: int
    outcomes: list[StateCount]
    issues: list[Counted]
    uses: list[CaseTold]


class Tie(Shape):
    """`relation` is absent where no sentence joins the two, but each is said to have a part in the case."""

    relation: str | None = None
    label: str
    head: str = Field(alias="from")
    tail: str = Field(alias="to")
    case: Node | None = None
    evidence: list[GraphEvidence]


class PartnerPair(Shape):
    """`cases`: in how many the two are tied; `ties`: at most ten."""

    first: Node
    second: Node
    cases: int
    ties: list[Tie]


class PartnerPairs(Placed):
    actor: Node | None = None
    total: int
    left_out: int
    partners: list[PartnerPair]


class PairExample(Shape):
    case: Node
    first: list[Spoken]
    second: list[Spoken]


class IssuePair(Shape):
    """`cases` tell of both. `lift`: `cases` × all cases ÷ (those of the first × those of the second); 1 where cases would tell of them
    independently. A count of what is written together, and no more."""

    first: Counted
    second: Counted
    cases: int
    lift: float
    examples: list[PairExample]


class IssuePairs(Placed):
    """`cases`: those that tell of any issue; pairs are listed that are together in `least` of them."""

    issue: About | None = None
    cases: int
    least: int
    total: int
    left_out: int
    pairs: list[IssuePair]


class EndedCases(Shape):
    state: str
    total: int
    left_out: int
    cases: list[CaseTold]


class Contrast(Shape):
    """Cases of one issue and method that ended differently; what else differs between them is not known. `untold`: of so many more the text
    tells no outcome."""

    issue: About
    method: About
    untold: int
    outcomes: list[EndedCases]


class Contrasts(Shape):
    issue: About | None = None
    method: About | None = None
    total: int
    left_out: int
    contrasts: list[Contrast]


class DatedFact(Shape):
    fact: str
    type: str
    name: str
    relation: str | None = None
    modality: str


class TimelineEntry(Sampled):
    """A sentence and the date it tells, in ISO form as precise as the text. `dated_by` publication: nothing in the text dates it, and the
    date is when the report was published."""

    date: str
    until: str | None = None
    dated_by: Literal["text", "publication"]
    report: str
    title: str
    reading: str
    case: str | None = None
    start: int
    end: int
    sentence: str
    facts: list[DatedFact]


class Timeline(Placed):
    """`reports` were read, `unread` were too many to be (those published last are read); in `undated` nothing has a date."""

    of: Node | None = None
    reports: int
    unread: int
    undated: int
    total: int
    left_out: int
    entries: list[TimelineEntry]
