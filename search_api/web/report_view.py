"""What the report page shows: the text with its facts marked, the facts by kind, the sections and the cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.catalogue import Catalogue
from corpus.model import Case, Fact, Reading, Report
from search_api.basis import Outdated, outdated_basis
from search_api.card import Card, cards
from search_api.duplicates import LABELS, related
from search_api.inconsistencies import Inconsistency, inconsistencies
from search_api.lenses import Lenses, lenses
from search_api.web import words
from search_api.web.marking import Marking, Range

Place = tuple[int, int]
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text. `kind`: heading (its section's), title (a line of the report's title before the text begins) or text. `case`: a
    case that begins in it, where there are several."""

    text: Markup
    kind: str
    case: Case | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or text outside of all sections. `role` is set where another begins than that of the part before."""

    role: str | None
    number: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    kind: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    parts: tuple[Part, ...]
    groups: tuple[FactGroup, ...]
    cards: tuple[Card, ...]
    lenses: Mapping[str, Lenses]  # by case
    remarks: Mapping[str, tuple[Outdated, ...]]  # by case
    disagreeing: Mapping[str, tuple[Inconsistency, ...]]  # by case
    case_of: Mapping[str, str]  # titles of cases by id, where there are several


@dataclass(frozen=True, slots=True)
class Alike:
    """Another report with text in common: what is read for the kind, and how much of the one shown that is (own letters, per cent)."""

    report: Report
    label: str
    share: int


def alike(catalogue: Catalogue, report: Report) -> tuple[Alike, ...]:
    """Reports that have text in common with this one; what people said to be one with it counts, what they said not to be is left out."""
    return tuple(
        Alike(item.report, LABELS[item.kind] if item.kind else LABELS["same"], round(100 * item.own_mine))
        for item in related(catalogue, report)
        if item.together or (item.kind and not (item.said and item.said.kind == "different"))
    )


def place_of(at: str | None, length: int) -> Place | None:
    """The range that `at` of an address names (`120-180`), within a text of that length; None for anything else."""
    found = _PLACE.fullmatch(at) if at else None
    if found is None:
        return None
    start, end = int(found[1]), min(int(found[2]), length)
    return (start, end) if start < end else None


def report_view(report: Report, reading: Reading, here: Place | None) -> ReportView:
    """`here`: a range of the text that the reader was led to."""
    several = {case.id: case.title or f"事例{number}" for number, case in enumerate(reading.cases, 1)} if len(reading.cases) > 1 else {}
    return ReportView(
        parts=tuple(_parts(reading, Marking(reading.text, _ranges(reading, here)), several)),
        groups=tuple(_groups(reading.facts)),
        cards=cards(reading),
        lenses={case.id: lenses(reading, case) for case in reading.cases},
        remarks={case.id: outdated_basis(report, reading, case) for case in reading.cases},
        disagreeing={case.id: inconsistencies(reading, case) for case in reading.cases},
        case_of=several,
    )


def source_view(reading: Reading, here: Place | None) -> Markup:
    """The source text, with what `here` of the cleaned text came from marked."""
    ranges = [Range(*reading.offsets.to_source(*here), tag="mark", id="here")] if here else []
    return Marking(reading.source, ranges).piece(0, len(reading.source))


def _ranges(reading: Reading, here: Place | None) -> Iterable[Range]:
    if here is not None:
        yield Range(*here, tag="mark", classes="here", id="here", layer=0)
    for start, end in sorted({(fact.sentence_start, fact.sentence_end) for fact in reading.facts}):
        yield Range(start, end, classes="s", id=f"s-{start}", layer=1)
    for fact in reading.facts:
        unsure = " unsure" if fact.confidence < words.UNSURE else ""
        kind = words.table("fact").get(fact.type, fact.type)
        yield Range(
            fact.start,
            fact.end,
            classes=f"f k-{fact.type}{unsure}",
            id=f"m-{fact.id}",
            layer=2,
            link=f"#f-{fact.id}",
            title=f"{kind}：{words.fact_words(fact)}",
            badge=kind[0],
        )


def _parts(reading: Reading, marking: Marking, several: Mapping[str, str]) -> Iterable[Part]:
    starts = {case.start: case for case in reading.cases if case.id in several}
    at, role = 0, ""
    for number, section in enumerate(reading.sections):
        yield from _part(reading, marking, at, section.start, starts)
        for part in _part(reading, marking, section.start, section.end, starts, section.heading):
            new = section.role if section.role not in ("other", role) else None
            yield replace(part, role=new, number=number)
        at, role = section.end, section.role
    yield from _part(reading, marking, at, len(reading.text), starts)


def _part(reading: Reading, marking: Marking, start: int, end: int, starts: Mapping[int, Case], heading: str = "") -> Iterable[Part]:
    paragraphs: list[Paragraph] = []
    for line in _LINE.finditer(reading.text, start, end):
        words = "".join(line[0].split())
        if words:
            begins = next((case for place, case in starts.items() if line.start() <= place < line.end()), None)
            kind = "text"
            if not paragraphs and heading and words == "".join(heading.split()):
                kind = "heading"
            elif start == 0 and words in "".join(reading.metadata.title.split()):
                kind = "title"
            paragraphs.append(Paragraph(marking.piece(line.start(), line.end()), kind, begins))
    if paragraphs:
        yield Part(None, -1, tuple(paragraphs))


def _groups(facts: Sequence[Fact]) -> Iterable[FactGroup]:
    for kind in words.table("fact"):
        if of_kind := tuple(fact for fact in facts if fact.type == kind):
            yield FactGroup(kind, of_kind)
