"""Runs the rules over a text and turns what they find into facts: the only place that knows their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.model import Case, EntityType, Fact, FactType, Metadata, Section
from ingest.extract import (
    acting,
    actors,
    awards,
    chains,
    comparisons,
    contexts,
    cues,
    dates,
    initiatives,
    issues,
    measures,
    outcomes,
    persons,
    places,
    policies,
    positions,
    quotes,
    relations,
    resolving,
    stages,
    steps,
)
from ingest.extract.chains import Places
from ingest.extract.ends import Item
from ingest.extract.enrich import enriched
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene, Span
from ingest.extract.sweep import Sweep

_EVENTS: frozenset[FactType] = frozenset({"issue", "method", "platform", "programme", "award", "measure"})
_TIMED: frozenset[FactType] = frozenset(
    {"measure", "step", "award", "outcome", "relation", "programme", "platform", "method", "position", "policy", "context"}
)
_PLACED: frozenset[FactType] = (_TIMED - {"policy"}) | {"issue"}
_SPOKEN_FOR: frozenset[FactType] = frozenset({"quote", "date", "place"})
_ENTITIES: dict[FactType, EntityType] = {
    "actor": "actor",
    "person": "person",
    "place": "place",
    "method": "method",
    "platform": "platform",
    "programme": "programme",
    "policy": "policy",
    "award": "award",
    "issue": "issue",
}


@dataclass(slots=True)
class _Found:
    """Everything found so far, with the dates by position."""

    findings: list[Finding]
    dates: list[Finding]
    date_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.date_starts = [date.start for date in self.dates]


@cache
def _sweep() -> Sweep:
    """One automaton for the words of all rules."""
    return Sweep(
        [
            cues.family(),
            places.HEADS,
            places.KNOWN,
            actors.HEADS,
            persons.POSTS,
            persons.ADDRESS,
            policies.NAMES,
            relations.VERBS,
            steps.PARTS,
        ]
    )


def extract(text: str, sections: Sequence[Section], cases: Sequence[Case], metadata: Metadata) -> tuple[list[Fact], tuple[Case, ...]]:
    """The facts of a cleaned text, ordered by position, with an empty id (`corpus.model.with_ids` gives ids); and the cases with the place,
    community, outcome, stage and date that the text tells.

    Pure: the same arguments give the same facts. Time grows linearly with the text.
    """
    if not text.strip():
        return [], tuple(cases)
    scene = Scene(text, sections, cases, metadata, _sweep())
    found_dates = dates.find(scene)
    resolved = Places(scene, places.find_units(scene))
    bodies = actors.find_actors(scene, resolved)
    people = persons.find_people(scene, resolved, bodies)
    speech = quotes.listen(scene, people)
    seen = cues.sightings(scene)
    names = initiatives.find_names(scene, speech, bodies, seen.get(cues.METHOD, []))
    comparisons.pair_bodies(scene, bodies)
    acting_places = acting.find(scene, resolved, bodies)

    found = _measures(scene, found_dates, resolved)
    figures = sorted([*found, *found_dates], key=lambda finding: finding.end)
    found.extend(chains.find(resolved))
    found.extend(actors.find(scene, resolved, sorted([*bodies, *acting_places], key=lambda actor: actor.start)))
    found.extend(persons.find(people))
    found.extend(quotes.find(speech))
    found.extend(initiatives.find(names, scene))
    found.extend(policies.find(scene, bodies))
    found.extend(awards.find(scene))
    found.extend(issues.find(scene, seen.get(cues.ISSUE, []), bodies))
    found.extend(contexts.find(scene, seen, bodies, figures))
    found.extend(steps.find(scene, seen.get(cues.STEP, []), speech, names))
    found.extend(positions.find(scene, seen.get(cues.STANCE, []), seen.get(cues.HOLDER, []), bodies, people))
    found.extend(outcomes.find(scene, seen.get(cues.STATE, []), seen.get(cues.TOLD_BY, []), speech, people))
    wanted, results = ([finding for finding in found if finding.type == kind] for kind in ("position", "outcome"))
    found.extend(relations.find(scene, _items(scene, found), wanted, results, people))
    positions.name_holders(scene, wanted, bodies, people)
    found.extend(relations.memberships(scene, people))
    found.extend(stages.find(scene, seen.get(cues.STAGE, []), [finding for finding in found if finding.type == "step"]))
    told = enriched(scene, resolved, [*found, *found_dates])
    found = _distinct([*found, *found_dates])
    _complete(scene, resolved, speech, _Found(found, found_dates), {case.id: case.place for case in told})
    return _facts(scene, resolving.resolve(scene, found)), told


def _measures(scene: Scene, found_dates: Sequence[Finding], resolved: Places) -> list[Finding]:
    """Figures with ranks and comparisons; a numeral inside the name of a place (三板桥) is none."""
    figures = measures.find(scene, found_dates)
    ranked = comparisons.ranks(scene)
    comparisons.compare(scene, figures)
    comparisons.pair(scene, figures)
    taken = [(rank.start, rank.end) for rank in ranked]
    starts = [start for start, _ in taken]

    def clear(figure: Finding) -> bool:
        at = bisect_left(starts, figure.end) - 1
        unit = resolved.around(figure.start + 1)
        return (at < 0 or taken[at][1] <= figure.start) and (unit is None or unit.start > figure.start)

    return [*filter(clear, figures), *ranked]


def _items(scene: Scene, found: Iterable[Finding]) -> list[Item]:
    """What relations may join: each named thing once at its place, whole chains of places and not their parts."""
    items = []
    for finding in found:
        kind = _ENTITIES.get(finding.type)
        if kind is not None:
            items.append(Item(finding.start, finding.end, kind, scene.text[finding.start : finding.end]))
    return items


def _distinct(found: Iterable[Finding]) -> list[Finding]:
    """Of facts of one type at the same place the surest, ordered by position."""
    best: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        key = (
            finding.type, finding.start, finding.end, finding.aspect, finding.kind if finding.type == "context" else None,
            finding.stance, finding.step, finding.state, finding.relation, finding.head, finding.tail,
            finding.concept if finding.type == "issue" else None,
        )  # fmt: skip
        known = best.get(key)
        if known is None or finding.confidence > known.confidence:
            best[key] = finding
    return sorted(
        best.values(),
        key=lambda finding: (finding.start, finding.end, finding.type, finding.rule, finding.relation or "", finding.tail or ""),
    )


def _complete(scene: Scene, resolved: Places, speech: Speech, found: _Found, case_places: dict[str, str | None]) -> None:
    """Speaker, time, place and modality of each finding from its surroundings."""
    around: dict[Span, str | None] = {}
    for finding in found.findings:
        if finding.speaker is None and finding.type not in _SPOKEN_FOR:
            finding.speaker = speech.speaker(finding.start)
        if finding.modality is None:
            finding.modality = modality(scene, finding.start, finding.end) if finding.type in _EVENTS else "asserted"
        if finding.type not in _PLACED:
            if finding.type == "policy":
                finding.time = _time(scene, found, finding, scene.sentence(finding.start))
            continue
        sentence = scene.sentence(finding.start)
        if finding.time is None and finding.type in _TIMED:
            finding.time = _time(scene, found, finding, sentence)
        if finding.place is None:
            if sentence not in around:
                unit = resolved.nearest(*sentence, finding.start)
                around[sentence] = None if unit is None else ">".join(unit.chain)
            finding.place = around[sentence] or case_places.get(scene.case(finding.start) or "")


def _time(scene: Scene, found: _Found, finding: Finding, sentence: Span) -> str | None:
    """The date that a finding goes by: the last one before it in the sentence, else the next one in its clause."""
    at = bisect_right(found.date_starts, finding.start)
    if at and found.dates[at - 1].start >= sentence[0]:
        date = found.dates[at - 1]
    elif at < len(found.dates) and found.dates[at].start < sentence[1] and found.dates[at].start < scene.clause(finding.start)[1]:
        date = found.dates[at]
    else:
        return None
    if date.value is None:
        return None
    return str(date.value) if date.value_max is None else f"{date.value}/{date.value_max}"


def _facts(scene: Scene, found: Iterable[Finding]) -> list[Fact]:
    """Findings as facts; those of one sentence share its text."""
    text = scene.text
    sentences: dict[Span, str] = {}
    facts = []
    for item in found:
        span = scene.sentence(item.start)
        if item.end > span[1]:  # a quotation of several sentences
            span = span[0], scene.sentence(item.end - 1)[1]
        sentence = sentences.get(span)
        if sentence is None:
            sentence = sentences[span] = text[span[0] : span[1]]
        name = item.name if item.name is not None else text[item.start : item.end]
        facts.append(
            Fact(
                "", item.type, name, item.start, item.end, sentence, span[0], span[1], scene.case(item.start), item.canonical, item.aliases,
                item.kind, item.post, item.organisation, item.concept, item.evidence, item.modality or "asserted", item.speaker, item.time,
                item.place, item.confidence, item.rule, item.aspect, item.holder, item.stance, item.step, item.state, item.told_by,
                item.value, item.value_max, item.unit, item.qualifier, item.subject, item.per, item.comparison, item.relation, item.head,
                item.tail, item.head_type, item.tail_type,
            )
        )  # fmt: skip
    return facts
