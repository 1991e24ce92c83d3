"""Reports with their texts, cases, cards and facts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.api.shapes.base import Sampled, Shape, Span

Role = Literal["background", "problem", "dispute", "options", "approach", "outcome", "insight", "other"]


class Section(Span):
    role: Role
    heading: str | None = None
    confidence: float


class Case(Span):
    id: str
    title: str | None = None
    spans: list[tuple[int, int]] | None = None
    place: str | None = None
    kind: str
    stage: str | None = None
    implemented: str | None = None
    community: str | None = None
    outcome: str


class Comparison(Shape):
    type: str
    start: float | None = Field(None, alias="from")
    to: float | None = None
    by: float | None = None
    by_unit: str | None = None


class Fact(Span, Sampled):
    """Something read in the text. Which fields are there depends on `type` (docs/formats.md)."""

    id: str
    report: str
    reading: str
    case: str | None = None
    type: str
    name: str | None = None
    source_start: int
    source_end: int
    page: str | None = Field(None, description="number of the page in the file, where it has pages")
    sentence: str
    sentence_start: int
    sentence_end: int
    evidence: list[Span] | None = None
    canonical: str | None = None
    entity: str | None = None
    aliases: list[str] | None = None
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None
    concept: str | None = None
    modality: Literal["asserted", "planned", "negated", "conditional"]
    speaker: str | None = None
    time: str | None = None
    place: str | None = None
    confidence: float
    rule: str | None = None
    aspect: str | None = None
    holder: str | None = None
    stance: str | None = None
    step: str | None = None
    state: str | None = None
    told_by: str | None = None
    value: float | str | None = None
    value_max: float | str | None = None
    unit: str | None = None
    qualifier: str | None = None
    subject: str | None = None
    subject_entity: str | None = None
    per: str | None = None
    comparison: Comparison | None = None
    relation: str | None = None
    head: str | None = None
    head_entity: str | None = None
    tail: str | None = None
    tail_entity: str | None = None


class ReportSummary(Sampled):
    id: str
    collection: str
    source: str
    title: str | None = None
    kind: str
    stage: str | None = None
    authors: list[str] | None = None
    editors: list[str] | None = None
    publisher: str | None = None
    published: str | None = None
    place: str | None = None
    number: str | None = None
    applicant: str | None = None
    category: str | None = None
    award: str | None = None
    url: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    addressee: str | None = None
    attachments: list[str] | None = None
    copies: str | None = None
    printed: str | None = None
    handling: Literal["内部资料", "工作秘密"] | None = Field(None, description="not to be passed on")
    reading: str


class ReportList(Shape):
    reports: list[ReportSummary]
    next: str | None = Field(description="cursor of the next page; null on the last")


class CitedSentence(Span):
    text: str
    facts: list[str]


class CardLine(Shape):
    """A line of the card: cited sentences, or none (文中未记载)."""

    key: str
    label: str
    sentences: list[CitedSentence]


class CardSource(Shape):
    """出处, the last line of a card: the report's metadata."""

    label: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    number: str | None = None
    url: str | None = None
    source: str
    collection: str


class LensRow(Shape):
    """A step, or a party of 三社 and 五社: the sentences that say so, or none (文中未记载)."""

    key: str
    label: str
    schemes: list[str] | None = None
    sentences: list[CitedSentence]


class CaseLenses(Shape):
    steps: list[LensRow] = Field(description="提出 to 评价")
    participants: list[LensRow] = Field(description="三社 and 五社")


class Remark(Shape):
    """What the program remarks on a case (系统生成), with the facts that raise it."""

    key: str
    label: str
    generated: str
    policy: str | None = None
    replaced: str | None = Field(None, description="ISO date from which the policy no longer holds")
    replaced_by: str | None = None
    revised: str | None = Field(None, description="ISO date of the last revision since the case was told")
    note: str | None = None
    facts: list[str]
    sentences: list[CitedSentence] | None = Field(None, description="of figures that do not agree (数据不一致): where they stand")


class Card(Sampled):
    case: Case
    lines: list[CardLine]
    lenses: CaseLenses
    remarks: list[Remark]
    source: CardSource


class ReportDetail(ReportSummary):
    """The report's row as exported, with its cards and facts."""

    sections: list[Section] | None = None
    cases: list[Case] | None = None
    text: str
    cards: list[Card]
    facts: list[Fact]
    facts_by_model: list[Fact] | None = Field(None, description="with `by_model`: what a language model found, unverified")


class SourceText(Sampled):
    """The source text that `source_start` and `source_end` count in, masked like the cleaned text."""

    report: str
    reading: str
    text: str


class Withdrawn(Shape):
    id: str
    withdrawn: bool
