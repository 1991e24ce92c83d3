"""The bodies of the API about duplicates and judgements, which the command line prints with `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.catalogue import Pair
from corpus.model import Judgement, Reading, Report
from graph.duplicates.comparing import Compared
from graph.duplicates.kinds import Measured
from search_api.bodies import Row
from search_api.duplicates import LABELS, GroupOf, Related
from search_api.export import compact, report_fields, sample_fields


def groups_body(groups: Iterable[GroupOf], next_cursor: str | None) -> Row:
    return {"groups": [group_body(group) for group in groups], "pairs": [], "next": next_cursor}


def passages_body(pairs: Iterable[tuple[Pair, Report, Report]], next_cursor: str | None) -> Row:
    rows = [pair_body(pair) | {"reports": [_summary(one), _summary(other)]} for pair, one, other in pairs]
    return {"groups": [], "pairs": rows, "next": next_cursor}


def group_body(group: GroupOf) -> Row:
    return {
        "id": group.id,
        "reports": [_summary(report) for report in group.reports],
        "pairs": [pair_body(pair) for pair in group.pairs],
        "judgements": [judgement_body(one) for one in group.said],
    }


def pair_body(pair: Pair) -> Row:
    """`share`: of all letters of each side, `own_share`: of those in no common phrase."""
    return {
        "one": pair.one,
        "other": pair.other,
        "kind": pair.kind,
        "label": LABELS[pair.kind],
        "sentences": pair.sentences,
        "letters": pair.letters,
        "share": [pair.share_one, pair.share_other],
        "own_share": [pair.own_one, pair.own_other],
    }


def related_body(report: Report, found: Sequence[Related], group: str | None) -> Row:
    """What is beside one report; in `share` and `own_share` that report comes first."""
    return {
        "report": report.id,
        "group": group,
        "duplicates": [
            compact(
                {
                    "report": _summary(item.report),
                    "kind": item.kind,
                    "label": LABELS[item.kind] if item.kind else None,
                    "sentences": item.sentences,
                    "letters": item.letters,
                    "share": [item.mine, item.theirs],
                    "own_share": [item.own_mine, item.own_theirs],
                    "together": item.together,
                    "judgement": judgement_body(item.said) if item.said else None,
                }
            )
            for item in found
        ],
    }


def compared_body(reports: tuple[Report, Report], readings: tuple[Reading, Reading], found: Compared, said: Judgement | None) -> Row:
    """Both texts sentence by sentence; positions count in each report's cleaned text."""
    one, other = readings
    return compact(
        {
            "reports": [_summary(report) for report in reports],
            "readings": [reading.id for reading in readings],
            "kind": found.kind,
            "label": LABELS[found.kind] if found.kind else None,
            "share": [found.one.share, found.other.share],
            "own_share": [found.one.own_share, found.other.own_share],
            "letters": [_measured(side) for side in (found.one, found.other)],
            "judgement": judgement_body(said) if said else None,
        }
    ) | {
        "sentences": [
            {
                "one": _span(item.one, one.text),
                "other": _span(item.other, other.text),
                "similarity": item.similarity,
                "phrase": item.phrase,
            }
            for item in found.common
        ]
    }


def judgement_body(said: Judgement) -> Row:
    return {
        "id": said.id,
        "kind": said.kind,
        "target": said.target,
        "value": said.value,
        "who": said.who,
        "when": said.when,
        "why": said.why,
    }


def judgements_body(said: Iterable[Judgement]) -> Row:
    return {"judgements": [judgement_body(one) for one in said]}


def _measured(side: Measured) -> Row:
    return {"all": side.letters, "common": side.common, "own": side.own, "own_common": side.own_common}


def _span(span: tuple[int, int], text: str) -> Row:
    return {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}


def _summary(report: Report) -> Row:
    meta = report.metadata
    fields = report_fields(report)
    told = ("id", "collection", "source", "title", "kind", "publisher", "published", "url")
    return (
        compact({name: fields[name] for name in told})
        | ({"applicant": meta.applicant} if meta.applicant else {})
        | sample_fields(report.sample)
    )
