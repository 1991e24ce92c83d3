"""The bodies of the API for the questions of this package, which the command line prints with `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import Fact, Report
from corpus.vocabulary import screen
from graph.store.base import Neighbour, Tie
from search_api.bodies import Row, evidence_body, node_body, relation_label
from search_api.export import compact, fact_row, sample_fields
from search_api.questions.contrasts import Compared, Contrasts
from search_api.questions.issue_pairs import IssuePairs
from search_api.questions.partners import Partners
from search_api.questions.subjects import Subject, Where
from search_api.questions.timeline import Entry, Timeline
from search_api.questions.told import Told
from search_api.questions.uses import Uses

MOST_RESULTS = 10  # measured results given of a case
_MOST_PLACES = 20
_OUTCOME = ("state", "told_by")
_MEASURE = ("name", "value", "value_max", "unit", "qualifier", "subject", "subject_entity", "per", "comparison", "speaker", "place")
_SHARED = ("report", "reading", "case", "start", "end", "sentence", "sentence_start", "time", "confidence", "modality", "sample", "notice")


def uses_body(found: Uses) -> Row:
    return {
        "method": subject_body(found.method),
        "total": found.total,
        "left_out": found.total - len(found.uses),
        "outcomes": [{"state": state, "cases": count} for state, count in found.states],
        "issues": [subject_body(issue) | {"cases": count} for issue, count in found.issues],
        "uses": [_told(use.told) | {"methods": _said(use.methods, use.told), "issues": _said(use.issues, use.told)} for use in found.uses],
    }


def contrasts_body(found: Contrasts) -> Row:
    return _asked(issue=found.issue, method=found.method) | {
        "total": found.total,
        "left_out": found.total - len(found.contrasts),
        "contrasts": [
            {
                "issue": subject_body(one.issue),
                "method": subject_body(one.method),
                "untold": one.untold,
                "outcomes": [
                    {
                        "state": ended.state,
                        "total": ended.total,
                        "left_out": ended.total - len(ended.cases),
                        "cases": [_compared(case) for case in ended.cases],
                    }
                    for ended in one.ended
                ],
            }
            for one in found.contrasts
        ],
    }


def partners_body(found: Partners) -> Row:
    marks = _marks(found.reports)
    return {
        **_place(found.place),
        **({"actor": node_body(found.actor) | marks} if found.actor else {}),
        "total": found.total,
        "left_out": found.total - len(found.pairs),
        "partners": [
            {
                "first": node_body(pair.first) | marks,
                "second": node_body(pair.second) | marks,
                "cases": pair.cases,
                "ties": [_tie(tie, found) for tie in pair.ties],
            }
            for pair in found.pairs
        ],
    }


def issue_pairs_body(found: IssuePairs) -> Row:
    marks = _marks(found.reports)
    return {
        **_asked(issue=found.issue),
        **_place(found.place),
        "cases": found.cases,
        "least": found.least,
        "total": found.total,
        "left_out": found.total - len(found.pairs),
        "pairs": [
            {
                "first": subject_body(pair.first) | {"cases": pair.of_first},
                "second": subject_body(pair.second) | {"cases": pair.of_second},
                "cases": pair.cases,
                "lift": pair.lift,
                "examples": [
                    {
                        "case": node_body(example.case) | marks,
                        "first": _rows(example.first, found.reports),
                        "second": _rows(example.second, found.reports),
                    }
                    for example in pair.examples
                ],
            }
            for pair in found.pairs
        ],
    }


def timeline_body(found: Timeline) -> Row:
    marks = sample_fields(any(entry.report.sample for entry in found.entries))
    return {
        **({"of": node_body(found.of) | marks} if found.of else {}),
        **_place(found.place),
        "reports": found.reports,
        "unread": found.unread,
        "undated": found.undated,
        "total": found.total,
        "left_out": found.total - len(found.entries),
        "entries": [_entry(entry) for entry in found.entries],
    }


def subject_body(subject: Subject) -> Row:
    return compact({"id": subject.id, "type": subject.type, "name": subject.name, "concept": subject.broader})


def tie_label(tie: Tie) -> str:
    """合作, 协助, or 参与同一案例 where no sentence joins the two."""
    return relation_label(tie.relation, "out") if tie.relation else "参与同一案例"


def _asked(**given: Subject | None) -> Row:
    return {name: subject_body(subject) for name, subject in given.items() if subject}


def _place(place: Where | None) -> Row:
    """What the place stood for; where several namesakes are among them, that shows here."""
    if place is None:
        return {}
    places = place.places
    return {
        "place": place.name,
        "places": [{"place": name, "cases": count} for name, count in places[:_MOST_PLACES]],
        "places_left_out": max(0, len(places) - _MOST_PLACES),
    }


def _marks(reports: Mapping[str, Report]) -> Row:
    return sample_fields(any(report.sample for report in reports.values()))


def _told(told: Told) -> Row:
    return {
        "case": node_body(told.case) | sample_fields(told.report.sample),
        "title": told.report.metadata.title,
        "outcome": told.case.state or screen("not_told"),
        "outcomes": [_fact(fact, told, _OUTCOME) for fact in told.outcomes],
        "results": [_fact(fact, told, _MEASURE) for fact in told.results[:MOST_RESULTS]],
        "results_left_out": max(0, len(told.results) - MOST_RESULTS),
    }


def _compared(case: Compared) -> Row:
    return _told(case.told) | {"issues": _said(case.issues, case.told), "methods": _said(case.methods, case.told)}


def _fact(fact: Fact, told: Told, fields: Sequence[str]) -> Row:
    """A fact as evidence: the fields that the graph's evidence has, and some of its own."""
    row = fact_row(fact, told.report.id, told.reading, {}, told.report.sample)
    return compact({name: row.get(name) for name in (*_SHARED, *fields)} | {"fact": fact.id, "title": told.report.metadata.title})


def _said(rows: Iterable[Neighbour], told: Told) -> list[Row]:
    return _rows(rows, {told.report.id: told.report})


def _rows(rows: Iterable[Neighbour], reports: Mapping[str, Report]) -> list[Row]:
    marks = _marks(reports)
    return [
        {
            "node": node_body(row.node) | marks,
            "count": row.count,
            "asserted": row.asserted,
            "evidence": [evidence_body(proof, reports.get(proof.report)) for proof in row.evidence],
        }
        for row in rows
    ]


def _tie(tie: Tie, found: Partners) -> Row:
    case = found.cases.get(tie.case)
    return {
        **({"relation": tie.relation} if tie.relation else {}),
        "label": tie_label(tie),
        "from": tie.head,
        "to": tie.tail,
        **({"case": node_body(case) | _marks(found.reports)} if case else {}),
        "evidence": [evidence_body(proof, found.reports.get(proof.report)) for proof in tie.evidence],
    }


def _entry(entry: Entry) -> Row:
    first = entry.facts[0]
    row = {
        "date": entry.date,
        "until": entry.until,
        "dated_by": entry.dated_by,
        "report": entry.report.id,
        "title": entry.report.metadata.title,
        "reading": entry.reading,
        "case": first.case,
        "start": first.sentence_start,
        "end": first.sentence_end,
        "sentence": first.sentence,
        "facts": [
            compact({"fact": fact.id, "type": fact.type, "name": fact.name, "relation": fact.relation, "modality": fact.modality})
            for fact in entry.facts
        ],
        **sample_fields(entry.report.sample),
    }
    return {key: value for key, value in row.items() if value is not None}
