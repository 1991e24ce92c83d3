"""Reports with text in common, and what people say about them."""

from __future__ import annotations

from typing import Literal

from search_api.api.shapes.base import Sampled, Shape, Span

Kind = Literal["exact", "reprint", "version", "near", "part", "shared"]
Shares = tuple[float, float]


class Judgement(Shape):
    """What a person said: for `same` and `different`, about `target` and `value`, two reports or two mentions."""

    id: str
    kind: str
    target: str
    value: str
    who: str
    when: str
    why: str


class Judgements(Shape):
    judgements: list[Judgement]


class Summary(Sampled):
    id: str
    collection: str
    source: str
    title: str | None = None
    kind: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    applicant: str | None = None


class Pair(Shape):
    """`share`: how much of each side stands in the other, of all letters and digits; `own_share`: of those in no common phrase. `letters`:
    how many of these are in common; 0 sentences for exact copies, which are not compared sentence by sentence."""

    one: str
    other: str
    kind: Kind
    label: str
    sentences: int
    letters: int
    share: Shares
    own_share: Shares
    reports: list[Summary] | None = None


class Group(Shape):
    """Reports that are one in a list, the earliest published first; its id is the smallest of theirs."""

    id: str
    reports: list[Summary]
    pairs: list[Pair]
    judgements: list[Judgement]


class Duplicates(Shape):
    """`groups`, or with `of=passages` `pairs` that are in no group: those with most letters in common first."""

    groups: list[Group]
    pairs: list[Pair]
    next: str | None


class Related(Shape):
    """`kind` is absent where only what people said, or what lies between, ties the two; `together`: both are in one group."""

    report: Summary
    kind: Kind | None = None
    label: str | None = None
    sentences: int
    letters: int
    share: Shares
    own_share: Shares
    together: bool
    judgement: Judgement | None = None


class RelatedList(Shape):
    """In the shares the report that was asked for comes first."""

    report: str
    group: str | None
    duplicates: list[Related]


class Cited(Span):
    text: str


class CommonSentence(Shape):
    """`phrase`: mostly a common phrase (公文套话), which stands in many unrelated reports."""

    one: Cited
    other: Cited
    similarity: float
    phrase: bool


class Letters(Shape):
    all: int
    common: int
    own: int
    own_common: int


class ComparedTexts(Shape):
    reports: list[Summary]
    readings: list[str]
    kind: Kind | None = None
    label: str | None = None
    share: Shares
    own_share: Shares
    letters: list[Letters]
    judgement: Judgement | None = None
    sentences: list[CommonSentence]
