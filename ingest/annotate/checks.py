"""Which claims of a language model hold: by the words they quote, the vocabulary, and our own reading of numbers, dates and denials.

Nothing is taken over that does not stand in the text or in the vocabulary: names, values and attributes are cut from the text at the place
where they were found, numbers and dates are those that our own readers read there. Only the text decides, so equal texts give equal facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, cast, get_args

from corpus.model import ENTITY_TYPES, OUTCOME_UNKNOWN, EntityType, Fact, FactType, Metadata, Modality, fact_key
from corpus.vocabulary import contexts, ontology, outcomes, stances, steps
from ingest.annotate import figures
from ingest.annotate.answer import Answer
from ingest.annotate.claim import Claim
from ingest.annotate.joined import joined
from ingest.annotate.locating import Locator, Span
from ingest.annotate.reasons import Reason, Rejected
from ingest.extract import dates, relations
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.sweep import Sweep
from ingest.repair.personal import MASK

CONFIDENCE = 0.5
"""What is stated of every fact by a model: that its words stand in the text is checked, that they mean what it says is not."""
_NAME = 40
_PASSAGE = 200
_TYPES = frozenset(get_args(FactType))
_MODALITIES = frozenset(get_args(Modality))
_DOCUMENT = re.compile("(?:法|法典|条例|办法|规定|意见|通知|方案|细则|准则|决定|公约|纲要|规划|标准|〔[0-9]{4}〕[0-9]+号)$")
_LETTER = re.compile(r"[^\W\d_]|(?<!\d)(?:1\d{2}|1\d{4}|9\d{4})(?!\d)")  # 12345 is the name of a hotline
_PLANNED_TOO = frozenset(["demands", "proposes", "objects_to"])


@dataclass(slots=True)
class Checked:
    """Facts without an id and a rule, in order, by position in the text that was sent; and how many claims were thrown away, by reason."""

    facts: list[Fact] = field(default_factory=list)
    rejected: Counter[Reason] = field(default_factory=Counter)


def check(text: str, answer: Answer) -> Checked:
    """Keep what holds in `text`, which is what was sent. A claim made twice counts once."""
    checked = Checked()
    if answer.surplus:
        checked.rejected["surplus"] = answer.surplus
    if not answer.claims:
        return checked
    reader = _Reader(text)
    seen: set[tuple[object, ...]] = set()
    for claim in answer.claims:
        try:
            fact = reader.read(claim)
        except Rejected as rejected:
            checked.rejected[rejected.reason] += 1
            continue
        key = (fact.start, fact.end, *fact_key(fact))
        if key not in seen:
            seen.add(key)
            checked.facts.append(fact)
    checked.facts.sort(key=lambda fact: (fact.start, fact.end, fact.type, fact_key(fact)))
    return checked


class _Reader:
    """A text with all that claims about it are held against."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scene = Scene(text, (), (), Metadata(), _sweep())
        self.places = Locator(text)
        self.dates = dates.find(self.scene)
        self.figures = figures.Figures(self.scene, self.dates)

    def read(self, value: object) -> Fact:
        claim = Claim(value)
        kind = claim.wanted("type")
        if kind not in _TYPES:
            raise Rejected("type")
        quoted = self.places.find(claim.wanted("quote"))
        if quoted is None:
            raise Rejected("quote")
        return _KINDS[cast(FactType, kind)](self, claim, quoted, cast(FactType, kind))

    # parts that several kinds share

    def name(self, claim: Claim, quoted: Span, longest: int = _NAME) -> Span:
        """Where the thing itself is named inside the quotation; without a name the quotation is it."""
        words = claim.words("name")
        span = quoted if words is None else self.places.find(words, *quoted)
        if span is None:
            raise Rejected("name")
        self.well_formed(span, longest)
        return span

    def well_formed(self, span: Span, longest: int) -> None:
        said = self.text[slice(*span)]
        if len(said) > longest or "\n" in said or not _LETTER.search(said) or MASK in said:
            raise Rejected("form")

    def beside(self, claim: Claim, field: str, at: Span, around: Span | None = None) -> Span | None:
        """Where the words of a field stand in the sentence of `at` (or in `around`), None where the claim does not have it."""
        words = claim.words(field)
        if words is None:
            return None
        low, high = around or self.sentence(at)
        span = self.places.find(words, low, high, near=at[0])
        if span is None or MASK in self.text[slice(*span)] or span[1] - span[0] > _NAME:
            raise Rejected("attribute")
        return span

    def said(self, span: Span | None) -> str | None:
        return None if span is None else self.text[slice(*span)]

    def sentence(self, span: Span) -> Span:
        start, end = self.scene.sentence(span[0])
        return (start, end) if span[1] <= end else (start, self.scene.sentence(span[1] - 1)[1])

    def modality(self, claim: Claim, span: Span) -> Modality:
        """What our rules read; where they read an assertion, what the model says in its stead: the more careful of both."""
        told = modality(self.scene, *span)
        said = claim.words("modality")
        return cast(Modality, said) if told == "asserted" and said in _MODALITIES else told

    def fact(self, kind: FactType, span: Span, *, told: Modality = "asserted", evidence: Iterable[Span] = (), **fields: Any) -> Fact:
        low, high = self.sentence(span)
        spans = tuple(sorted(set(evidence)))
        name = self.text[slice(*span)]
        return Fact(
            "", kind, name, *span, self.text[low:high], low, high, evidence=spans, modality=told, confidence=CONFIDENCE, **fields
        )  # fmt: skip

    # kinds of fact

    def named(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted)
        told = "asserted" if kind in ("actor", "place") else self.modality(claim, span)
        return self.fact(kind, span, told=told)

    def policy(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted)
        inside = self.text[:1] if span[0] == 0 else self.text[span[0] - 1]
        if inside != "《" and not _DOCUMENT.search(self.text[slice(*span)].rstrip("》")):
            raise Rejected("form")
        return self.fact(kind, span)

    def person(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, 20)
        post, body = self.beside(claim, "post", span), self.beside(claim, "organisation", span)
        return self.fact(
            kind, span, post=self.said(post), organisation=self.said(body), evidence=[part for part in (post, body) if part is not None]
        )

    def position(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, _PASSAGE)
        holder = self.beside(claim, "holder", span, self.scene.paragraph(span[0]))
        stance = _identifier(claim, "stance")
        # 不同意 is what an objection says, no denial of it
        return self.fact(kind, span, stance=stance, holder=self.said(holder), evidence=() if holder is None else (holder,))

    def step(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, _PASSAGE)
        step = _identifier(claim, "step")
        return self.fact(kind, span, step=step, evidence=(span,), told=self.throughout(claim, span))

    def outcome(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, _PASSAGE)
        state = _identifier(claim, "state") if claim.words("state") else None
        told_by = _identifier(claim, "told_by") if claim.words("told_by") else None
        if state is None and told_by is None:
            raise Rejected("shape")
        told = self.throughout(claim, span)
        if told == "negated" and state not in (None, "已解决"):
            told = "asserted"  # what is not solved is told by denials
        if state is not None and told != "asserted":
            raise Rejected("modality")
        return self.fact(kind, span, told=told, state=state, told_by=told_by, evidence=(span,))

    def throughout(self, claim: Claim, span: Span) -> Modality:
        """As `modality`, looking at where the words begin, at where their last clause begins, and at their end: of several clauses one that
        denies or plans is enough."""
        commas = [span[0] + match.end() for match in re.finditer("[，；,;]", self.text[slice(*span)])]
        places = [span[0], *[place for place in commas if place < span[1]][-1:], max(span[0], span[1] - 2)]
        return next((told for place in places if (told := self.modality(claim, (place, span[1]))) != "asserted"), "asserted")

    def context(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, _PASSAGE)
        return self.fact(kind, span, aspect=_identifier(claim, "aspect"), told=self.modality(claim, span))

    def speech(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        span = self.name(claim, quoted, 600)
        while span[0] < span[1] and self.text[span[0]] in '“‘「『"':
            span = span[0] + 1, span[1]
        while span[0] < span[1] and self.text[span[1] - 1] in '”’」』"':
            span = span[0], span[1] - 1
        if span[0] == span[1] or not self.scene.quotes_around(*span):
            raise Rejected("form")
        speaker = self.beside(claim, "speaker", span, self.scene.paragraph(span[0]))
        return self.fact(kind, span, speaker=self.said(speaker), evidence=() if speaker is None else (speaker,))

    def measure(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        words = claim.words("name")
        near = quoted if words is None else self.places.find(words, *quoted)
        if near is None:
            raise Rejected("name")
        value = claim.number("value")
        if value is None:
            raise Rejected("shape")
        read = self.figures.agreeing(near, value, claim.number("value_max"), claim.words("unit"))
        span = read.start, read.end
        subject = self.beside(claim, "subject", span)
        return self.fact(
            kind, span, told=self.modality(claim, span), evidence=() if subject is None else (subject,), subject=self.said(subject),
            value=read.value, value_max=read.value_max, unit=read.unit, qualifier=read.qualifier, per=read.per,
        )  # fmt: skip

    def date(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        words = claim.words("name")
        near = quoted if words is None else self.places.find(words, *quoted)
        if near is None:
            raise Rejected("name")
        value, last = claim.wanted("value"), claim.words("value_max")
        for read in self.dates:
            if read.start < near[1] and near[0] < read.end and read.value == value and (last is None or read.value_max == last):
                return self.fact(kind, (read.start, read.end), value=read.value, value_max=read.value_max, qualifier=read.qualifier)
        raise Rejected("value")

    def relation(self, claim: Claim, quoted: Span, kind: FactType) -> Fact:
        edge = ontology().edges.get(claim.wanted("relation"))
        types = claim.wanted("head_type"), claim.wanted("tail_type")
        if edge is None or edge.structural or not set(types) <= set(ENTITY_TYPES):
            raise Rejected("identifier")
        if not edge.allows(*types):
            raise Rejected("allowed")
        ends = cast(EntityType, types[0]), cast(EntityType, types[1])
        told_of = joined(self.scene, edge, self.ends(claim, "head", quoted), self.ends(claim, "tail", quoted), ends)
        head, tail, words = told_of.head, told_of.tail, told_of.words
        told = self.modality(claim, words)
        span = min(head[0], tail[0], words[0]), max(head[1], tail[1], words[1])
        return self.fact(
            kind, span, told="asserted" if edge.id in _PLANNED_TOO and told == "planned" else told, evidence=(words,), relation=edge.id,
            head=self.said(head), tail=self.said(tail), head_type=ends[0], tail_type=ends[1],
        )  # fmt: skip

    def ends(self, claim: Claim, field: str, quoted: Span) -> list[Span]:
        spans = self.places.all(claim.wanted(field), *quoted)
        if not spans:
            raise Rejected("ends")
        self.well_formed(spans[0], _NAME)
        return spans


def _identifier(claim: Claim, field: str) -> str:
    value = _identifiers()[field].get(claim.wanted(field))
    if value is None:
        raise Rejected("identifier")
    return value


@cache
def _identifiers() -> Mapping[str, Mapping[str, str]]:
    """By field the words that are taken, with what is kept for them: identifiers of the vocabulary and their labels."""
    return {
        "stance": {word: cue.id for cue in stances().stances for word in (cue.id, cue.label)},
        "step": {word: step.label for step in steps() for word in (step.id, step.label)},
        "state": {cue.id: cue.id for cue in outcomes().states if cue.id != OUTCOME_UNKNOWN},
        "told_by": {cue.id: cue.id for cue in outcomes().told_by},
        "aspect": {word: aspect.label for aspect in contexts() for word in (aspect.id, aspect.label)},
    }


@cache
def _sweep() -> Sweep:
    return Sweep([relations.VERBS])


_KINDS: Mapping[FactType, Callable[[_Reader, Claim, Span, FactType], Fact]] = MappingProxyType(
    {
        "actor": _Reader.named,
        "place": _Reader.named,
        "issue": _Reader.named,
        "method": _Reader.named,
        "platform": _Reader.named,
        "programme": _Reader.named,
        "award": _Reader.named,
        "policy": _Reader.policy,
        "person": _Reader.person,
        "position": _Reader.position,
        "step": _Reader.step,
        "outcome": _Reader.outcome,
        "context": _Reader.context,
        "quote": _Reader.speech,
        "measure": _Reader.measure,
        "date": _Reader.date,
        "relation": _Reader.relation,
    }
)
