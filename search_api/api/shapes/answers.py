"""What a search or a comparison finds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.api.shapes.base import Shape, Span


class FoundPassage(Span):
    """`highlights`: ranges of `text`; `path`: the headings above it."""

    text: str
    highlights: list[tuple[int, int]]
    path: str


class CitedSpan(Span):
    text: str


class Aspect(Shape):
    """What the situation and the case say about one aspect; an empty side says nothing."""

    aspect: str
    label: str
    mine: list[str]
    theirs: list[CitedSpan]


class ChannelPart(Shape):
    channel: str
    raw: dict[str, float | None]
    normalised: float
    weight: float
    share: float


class TermPart(Shape):
    term: str
    kind: str
    weight: float
    times: float
    added: float


class Explanation(Shape):
    passage: str
    channels: list[ChannelPart]
    terms: list[TermPart]


class Hit(Shape):
    report: str
    reading: str
    source: str
    collection: str
    case: str | None
    title: str
    case_title: str
    score: float
    place: str | None
    year: int | None
    passages: list[FoundPassage]
    reasons: list[str]
    sample: bool
    notice: str | None = None
    aspects: list[Aspect] | None = None
    explanation: Explanation | None = None


class FacetValue(Shape):
    value: str
    label: str
    count: int


class Recognised(Span):
    """A concept of the vocabulary, or a name of the collection, that the query speaks of."""

    id: str
    kind: str
    label: str


class Answer(Shape):
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    filters: dict[str, list[str]]
    next: str | None
    degraded: list[str] = Field(description="what could not be used, in words; empty when all was")
    verdict: Literal["found", "none"] = Field(description="none: nothing with the same problem")
    recognised: list[Recognised]
    total: int
