"""What mentions are taken to be: the mentions of an entity, what looks like it, and what people say about them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from search_api.api.shapes.base import Sampled, Shape
from search_api.api.shapes.duplicates import Judgement


class Reason(Shape):
    """Why a mention is of its entity, or some `forms` in its report mean it. `facts`: ids of those that show it; `mentions`: others that it
    is joined with (of both five at most); `judgement`: what a person said."""

    id: str
    label: str
    confidence: float
    judgement: str | None = None
    forms: list[str] | None = None
    facts: list[str] | None = None
    mentions: list[str] | None = None


class Member(Sampled):
    """A mention of an entity. `name`, `scope`: by what it is looked for in other reports; `names`: the forms as read; `facts`: how many.
    `start`, `end`: where its words stand first, in `sentence`; absent where that is not known."""

    key: str
    report: str
    title: str | None = None
    source: str
    name: str
    names: list[str] | None = None
    scope: str | None = None
    kind: str | None = None
    place: str | None = None
    facts: int
    reasons: list[Reason] | None = None
    fact: str | None = None
    start: int | None = None
    end: int | None = None
    sentence: str | None = None
    sentence_start: int | None = None


class EntityBrief(Sampled):
    """`mentions`, `reports`: how many."""

    id: str
    type: str
    kind: str | None = None
    name: str
    aliases: list[str] | None = None
    place: str | None = None
    concept: str | None = None
    reports: int
    mentions: int


class Candidate(Shape):
    """An entity that looks like another: of the same name elsewhere, with a longer or shorter name, or with one letter changed."""

    entity: EntityBrief
    likeness: Literal["name", "short", "letter"]
    label: str


class CandidatePair(Candidate):
    one: EntityBrief


class Candidates(Shape):
    pairs: list[CandidatePair]
    next: str | None


class Judged(Judgement):
    """About mentions: their keys in `target` and `value` (of kind `name`: the mention, and its name). `also`: further judgements that the
    same word needed; `overruled`: earlier ones that have no effect any more; `entities`: what the mentions belong to now."""

    also: list[Judgement] | None = None
    overruled: list[Judgement] | None = None
    entities: list[EntityBrief] | None = None


class NewJudgement(Shape):
    """`same`, `different`: whether two reports are one text (their ids, beginnings of them, or source keys), or two entities one thing
    (ids of entities, or keys of mentions). `name`: the name (`value`) that an entity is to have. `split`: the `mentions` of the entity
    `target` that are another thing, by their keys."""

    kind: Literal["same", "different", "name", "split"]
    target: str = Field(min_length=1, max_length=1000)
    value: str | None = Field(default=None, min_length=1, max_length=1000)
    mentions: list[str] | None = Field(default=None, min_length=1, max_length=1000)
    who: str = Field(alias="as", min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _whole(self) -> NewJudgement:
        if (self.kind == "split") != (self.mentions is not None) or (self.kind == "split") != (self.value is None):
            raise ValueError("kind=split 时要有 mentions，其余要有 value")
        return self
