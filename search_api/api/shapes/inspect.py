"""What an inspection answers: how one report would be read, or a row for each of several."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from search_api.api.shapes.base import Shape, Span
from search_api.api.shapes.reports import Role


class Lengths(Shape):
    source: int
    text: int


class StepDone(Shape):
    """`removed` and `added` count characters."""

    step: str
    label: str
    why: str | None = None
    count: int
    removed: int
    added: int


class Change(Span):
    """`before` is what a visitor of a web page would have read there, else the source; an empty side: taken out, put in."""

    steps: list[str]
    reason: str
    before: str
    after: str
    source_start: int
    source_end: int


class InspectedSection(Span):
    role: Role
    heading: str | None = None
    confidence: float
    where: str | None = Field(None, description="pages, cells or rows of the file")


class InspectedCase(Shape):
    number: int
    title: str | None = None
    place: str | None = None
    kind: str
    spans: list[Span]
    where: str | None = None
    characters: int
    first: str | None = None


class Count(Shape):
    kind: str
    count: int


class Spot(Shape):
    """A stretch of the source to be looked at, with the words around it."""

    where: str | None = None
    before: str | None = None
    text: str | None = None
    after: str | None = None
    confidence: float


class Inspection(Shape):
    """One report: personal data is masked in all of it. `metadata` has the fields of a report."""

    source: str
    media: str
    title: str
    metadata: dict[str, Any]
    characters: Lengths
    text: str
    steps: list[StepDone]
    changes: list[Change]
    sections: list[InspectedSection]
    cases: list[InspectedCase]
    personal: list[Count]
    damaged: list[Spot]
    unsure: list[Spot]
    facts: dict[str, int]


class Inside(Shape):
    """A report of several, or with `code` and `message` what cannot be read."""

    source: str
    media: str | None = None
    kind: str | None = None
    title: str | None = None
    characters: int | None = None
    cases: int | None = None
    code: str | None = None
    message: str | None = None


class Listing(Shape):
    items: list[Inside]
