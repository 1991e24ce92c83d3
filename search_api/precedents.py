"""Precedents of a whole situation: it is read like a report, searched aspect by aspect, and compared with each case that is found.

A situation may be a question of one line or a pasted account of 20,000 characters. Cases are scored by the situation as a whole and by each
aspect it tells of; what it does not tell of does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import UnreadableSource
from corpus.fold import bigrams, fold
from corpus.model import Fact, FactType, Reading
from corpus.vocabulary import screen
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api import card
from search_api.answers import Answer, AspectMatch, CitedSpan, SearchHit, Verdict
from search_api.index.base import Filters
from search_api.presenting import SHOWN, hit
from search_api.ranking import facets
from search_api.ranking.highlight import Marker
from search_api.ranking.hits import Group, by_case
from search_api.ranking.ranker import Ranked, Ranker
from search_api.ranking.reasons import Reasoner
from search_api.ranking.verdict import verdict

WHOLE = 1.0  # weight of the situation as a whole
_SEARCHED = 400  # characters of an aspect
_CITED = 3  # sentences of an aspect
_MOST_REASONS = 6


@dataclass(frozen=True, slots=True)
class Aspect:
    """`key`: of its label among the screen words; `types`: of the facts that tell of it; `weight`: of its search; `without`: stances that
    tell nothing of it."""

    key: str
    types: tuple[FactType, ...]
    weight: float
    without: tuple[str, ...] = ()

    def tells(self, fact: Fact) -> bool:
        return fact.type in self.types and fact.stance not in self.without


ASPECTS = (
    Aspect("issue", ("issue",), 1.0),
    Aspect("dispute", ("position",), 0.6, without=("vote",)),
    Aspect("context", ("context",), 0.2),
    Aspect("method", ("method", "step", "platform"), 0.3),
    Aspect("outcome", ("outcome",), 0.1),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says about an aspect: its sentences in order, and the concepts (issues, methods, kinds of context) in them."""

    sentences: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Search:
    key: str
    weight: float
    ranked: Ranked
    groups: Mapping[tuple[str, str | None], Group]


def precedents(ranker: Ranker, text: str, k: int, filters: Filters) -> Answer:
    """The best `k` cases. Raises UsageError for a text over 20,000 characters."""
    whole = ranker.rank(text, "hybrid", filters)
    if whole is None:
        return Answer(filters=_fixed(filters))
    told = situation(text)
    searches = [_Search("", WHOLE, whole, _groups(whole))]
    for aspect in ASPECTS:
        part = "".join(told[aspect.key].sentences)[:_SEARCHED]
        if part and part != text.strip() and (ranked := ranker.rank(part, "hybrid", filters)):
            searches.append(_Search(aspect.key, aspect.weight, ranked, _groups(ranked)))
    scores = _scores(searches)
    best = sorted(scores, key=lambda key: (-scores[key], key[0], key[1] or ""))
    return Answer(
        hits=_hits(ranker, text, told, searches, [(key, scores[key]) for key in best[:k]]),
        facets=facets.counted(whole.pool, whole.order),
        filters=_fixed(filters),
        degraded=whole.degraded,
        verdict=_verdict(searches),
        recognised=whole.recognised,
        total=len(best),
    )


def situation(text: str) -> Mapping[str, Told]:
    """What a text tells, by aspect. Nothing where it cannot be read as a report."""
    try:
        reading = read_report("", RawReport("", text.encode("utf-8", "replace"), "txt", ""))
    except UnreadableSource:
        return {aspect.key: Told() for aspect in ASPECTS}
    return {aspect.key: _told(reading, aspect) for aspect in ASPECTS}


def _told(reading: Reading, aspect: Aspect) -> Told:
    facts = [fact for fact in reading.facts if aspect.tells(fact)]
    places = sorted({(fact.sentence_start, fact.sentence_end) for fact in facts})
    sentences = tuple(dict.fromkeys(reading.text[start:end].strip() for start, end in places))
    return Told(sentences, frozenset(concept for fact in facts if (concept := _concept(fact))))


def _concept(fact: Fact) -> str | None:
    return fact.concept or fact.aspect or fact.stance or fact.step or fact.state


def _groups(ranked: Ranked) -> dict[tuple[str, str | None], Group]:
    return {(group.report, group.case): group for group in by_case(ranked.pool, ranked.order)}


def _scores(searches: Sequence[_Search]) -> dict[tuple[str, str | None], float]:
    """Weighted mean over the searches of each case's best passage. A case a search did not bring scores there as an ordinary one: 0."""
    total = sum(search.weight for search in searches)
    scores: dict[tuple[str, str | None], float] = {}
    for search in searches:
        for key, group in search.groups.items():
            share = search.weight * float(search.ranked.scores[group.members[0]]) / total
            scores[key] = scores.get(key, 0.0) + share
    return scores


def _hits(
    ranker: Ranker,
    text: str,
    told: Mapping[str, Told],
    searches: Sequence[_Search],
    best: Sequence[tuple[tuple[str, str | None], float]],
) -> tuple[SearchHit, ...]:
    shown = {key: _passages(searches, key) for key, _ in best}
    documents = {item.passage: item for item in ranker.index.documents([passage for several in shown.values() for passage in several])}
    readings = ranker.catalogue.readings(sorted({report for (report, _), _ in best}))
    marker = Marker(text, searches[0].ranked.recognised)
    reasoners = [Reasoner(item.ranked.recognised, item.ranked.related, item.ranked.pool, item.ranked.weights) for item in searches]
    made = []
    for key, score in best:
        found = [documents[passage] for passage in shown[key] if passage in documents]
        if found:
            words = marker.words(found[0].text)
            reasons: dict[str, None] = {}
            for search, reasoner in zip(searches, reasoners, strict=True):
                if key in search.groups:
                    reasons |= dict.fromkeys(reasoner.reasons(search.groups[key], words))
            reading = readings.get(key[0])
            aspects = _compared(told, reading, key[1]) if reading is not None and reading.id == found[0].reading else ()
            made.append(hit(key[1], found, score, marker, list(reasons)[:_MOST_REASONS], aspects=aspects))
    return tuple(made)


def _passages(searches: Sequence[_Search], key: tuple[str, str | None]) -> list[str]:
    """The case's best passage of each search, the weightiest first, filled up with those of the situation as a whole."""
    firsts: list[str] = []
    others: list[str] = []
    for search in searches:
        if key in search.groups:
            first, *rest = search.groups[key].members
            firsts.append(search.ranked.pool.passages[first])
            others += [search.ranked.pool.passages[at] for at in rest[:SHOWN]]
    return list(dict.fromkeys((*firsts, *others)))[:SHOWN]


def _compared(told: Mapping[str, Told], reading: Reading, case: str | None) -> tuple[AspectMatch, ...]:
    facts = [fact for fact in card.told(reading) if case is None or fact.case == case]
    return tuple(
        AspectMatch(
            aspect.key,
            screen(f"aspect.{aspect.key}"),
            told[aspect.key].sentences[:_CITED],
            _cited(told[aspect.key], aspect, facts, reading),
        )
        for aspect in ASPECTS
    )


def _cited(mine: Told, aspect: Aspect, facts: Iterable[Fact], reading: Reading) -> tuple[CitedSpan, ...]:
    """The case's sentences about the aspect that are most like the situation's, in the order of the text."""
    concepts: dict[tuple[int, int], set[str]] = {}
    for fact in facts:
        if aspect.tells(fact):
            concepts.setdefault((fact.sentence_start, fact.sentence_end), set()).add(_concept(fact) or "")
    asked = {pair for sentence in mine.sentences for pair in bigrams(fold(sentence))}

    def likeness(place: tuple[int, int]) -> float:
        pairs = set(bigrams(fold(reading.text[slice(*place)])))
        return len(mine.concepts & concepts[place]) + len(asked & pairs) / (len(pairs) + 1)

    best = sorted(concepts, key=lambda place: (-likeness(place), place))[:_CITED]
    return tuple(CitedSpan(start, end, reading.text[start:end]) for start, end in sorted(best))


def _verdict(searches: Sequence[_Search]) -> Verdict:
    """That of the problem, where the situation tells of one; else of the situation as a whole."""
    ranked = next((search.ranked for search in searches if search.key == "issue"), searches[0].ranked)
    return verdict(ranked.pool, ranked.order, ranked.recognised, ranked.scale)


def _fixed(filters: Filters) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in filters.items()}
