"""What the index holds of a report: its passages, and for each case what it is filtered and counted by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.model import Case, Fact, Mention, Passage, Reading, Report
from corpus.vocabulary import lineage
from graph.naming import is_general, normal
from search_api.index import IndexedPassage, IndexedReport, IndexedUnit


def document(report: Report, reading: Reading, mentions: Sequence[Mention] = ()) -> IndexedReport:
    """The report as the index takes it, with people's corrections (they are in `report.metadata`). `mentions`: those of the report."""
    units = [_unit(report, case, [fact for fact in reading.facts if fact.case == case.id], mentions) for case in reading.cases]
    if any(passage.case is None for passage in reading.passages):
        units.append(_unit(report, None, [fact for fact in reading.facts if fact.case is None], mentions))
    return IndexedReport(
        report=report.id,
        reading=reading.id,
        collection=report.collection,
        source=report.source,
        title=report.metadata.title,
        sample=report.sample,
        units=tuple(units),
        passages=tuple(_passage(report, reading, at, passage) for at, passage in enumerate(reading.passages)),
    )


def _passage(report: Report, reading: Reading, ordinal: int, passage: Passage) -> IndexedPassage:
    return IndexedPassage(
        id=passage.id,
        case=passage.case,
        ordinal=ordinal,
        start=passage.start,
        end=passage.end,
        text=reading.text[passage.start : passage.end],
        heading=_title(report, reading, passage),
        hash=passage.hash,
        path=passage.path,
    )


def _title(report: Report, reading: Reading, passage: Passage) -> str:
    return next((case.title for case in reading.cases if case.id == passage.case), "") or report.metadata.title


def _unit(report: Report, case: Case | None, facts: Sequence[Fact], mentions: Sequence[Mention]) -> IndexedUnit:
    meta = report.metadata
    place = (case and case.place) or meta.place
    year = _year((case and case.implemented) or meta.published)
    kind = case.kind if case else meta.kind
    facets = {
        "issue": _concepts(facts, "issue"),
        "method": _concepts(facts, "method"),
        "actor_kind": _distinct(fact.kind for fact in facts if fact.type == "actor"),
        "place": _chain(place),
        "community": _distinct([case.community if case else None]),
        "year": _distinct([str(year) if year else None]),
        "kind": _distinct([kind]),
        "stage": _distinct([(case and case.stage) or meta.stage]),
        "outcome": _distinct([case.outcome if case else None]),
        "award": _distinct(fact.name for fact in facts if fact.type == "award"),
        "named": _names(facts, mentions),
        "measured": ("1",) if any(fact.type == "measure" for fact in facts) else (),
    }
    return IndexedUnit(
        case=case.id if case else None,
        title=(case and case.title) or meta.title,
        place=place,
        year=year,
        facets={name: values for name, values in facets.items() if values},
    )


def _concepts(facts: Iterable[Fact], kind: str) -> tuple[str, ...]:
    """The vocabulary's concepts, each with the broader ones it stands under, so that a filter on the broader finds the narrower."""
    named = (fact.concept for fact in facts if fact.type == kind and fact.modality != "negated")
    return _distinct(concept for own in named if own for concept in lineage(own))


def _chain(place: str | None) -> tuple[str, ...]:
    """The place with those it lies in, outermost first: 浙江省, 浙江省>杭州市, ..."""
    parts = place.split(">") if place else []
    return tuple(">".join(parts[: depth + 1]) for depth in range(len(parts)))


def _telling(mention: Mention) -> bool:
    """Whether a name in a query can lead to it: concepts are found by their terms, and 居民 or 业委会 says nothing of which one."""
    return mention.type not in ("issue", "method") and not (mention.type == "actor" and is_general(mention.name))


def _names(facts: Iterable[Fact], mentions: Iterable[Mention]) -> tuple[str, ...]:
    """By what names a query may speak of what these facts mention: for looking up, not for counting."""
    here = {fact.id for fact in facts}
    spoken = [mention for mention in mentions if _telling(mention) and here.intersection(mention.facts)]
    return _distinct(name for mention in spoken for name in (mention.name, *map(normal, mention.names)))


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdigit() else None
