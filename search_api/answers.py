"""What a search answers: frozen values that the API's body and the pages are made of (docs/formats.md, `/v1/search`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from search_api.ranking.recognise import Recognised

Verdict = Literal["found", "none"]


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """`start`, `end`: in the report's cleaned text. `highlights`: ranges of `text` to mark."""

    id: str
    start: int
    end: int
    text: str
    highlights: tuple[tuple[int, int], ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A sentence of a report: its place in the cleaned text, and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AspectMatch:
    """What the situation (`mine`) and the case (`theirs`) say about one aspect; an empty side says nothing (未记载)."""

    aspect: str
    label: str
    mine: tuple[str, ...]
    theirs: tuple[CitedSpan, ...]


@dataclass(frozen=True, slots=True)
class TermPart:
    """What a term adds to a passage's BM25: `kind` is character or bigram, `weight` times in the query times rarity."""

    term: str
    kind: str
    weight: float
    times: float
    added: float


@dataclass(frozen=True, slots=True)
class ChannelPart:
    """A channel's share of a hit's score: `share` = `weight` x `normalised`; `raw` is what the channel measured."""

    channel: str
    raw: Mapping[str, float | None]
    normalised: float
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The arithmetic of a hit: the channels' shares add up to its score."""

    passage: str
    channels: tuple[ChannelPart, ...]
    terms: tuple[TermPart, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A case (or, with `case` None, a report without one) with its best passages, best first."""

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
    sample: bool
    passages: tuple[FoundPassage, ...]
    reasons: tuple[str, ...]
    aspects: tuple[AspectMatch, ...] = ()
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`next`: cursor of the following page, None on the last. `degraded`: what could not be used, in words; empty when all was."""

    hits: tuple[SearchHit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    next: str | None = None
    degraded: tuple[str, ...] = ()
    verdict: Verdict = "none"
    recognised: tuple[Recognised, ...] = ()
    total: int = 0


def body(answer: Answer) -> dict[str, Any]:
    """The answer as the API gives it; fields that do not apply are left out of a hit."""
    return {
        "hits": [_hit(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": item.value, "label": item.label, "count": item.count} for item in values]
            for name, values in answer.facets.items()
        },
        "filters": {name: list(values) for name, values in answer.filters.items()},
        "next": answer.next,
        "degraded": list(answer.degraded),
        "verdict": answer.verdict,
        "recognised": [
            {"id": item.id, "kind": item.kind, "label": item.label, "start": item.start, "end": item.end} for item in answer.recognised
        ],
        "total": answer.total,
    }


def _hit(hit: SearchHit) -> dict[str, Any]:
    row: dict[str, Any] = {
        "report": hit.report,
        "reading": hit.reading,
        "source": hit.source,
        "collection": hit.collection,
        "case": hit.case,
        "title": hit.title,
        "case_title": hit.case_title,
        "score": round(hit.score, 6),
        "place": hit.place,
        "year": hit.year,
        "passages": [
            {
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
                "highlights": [list(span) for span in passage.highlights],
                "path": passage.path,
            }
            for passage in hit.passages
        ],
        "reasons": list(hit.reasons),
        "sample": hit.sample,
    }
    if hit.aspects:
        row["aspects"] = [
            {
                "aspect": item.aspect,
                "label": item.label,
                "mine": list(item.mine),
                "theirs": [{"start": span.start, "end": span.end, "text": span.text} for span in item.theirs],
            }
            for item in hit.aspects
        ]
    if hit.explanation:
        row["explanation"] = _explanation(hit.explanation)
    return row


def _explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "passage": explanation.passage,
        "channels": [
            {"channel": part.channel, "raw": dict(part.raw), "normalised": part.normalised, "weight": part.weight, "share": part.share}
            for part in explanation.channels
        ],
        "terms": [
            {"term": part.term, "kind": part.kind, "weight": part.weight, "times": part.times, "added": part.added}
            for part in explanation.terms
        ],
    }
