"""What the entity page shows: its neighbourhood by relation, and the reports and cases that speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Report
from graph.store.base import Evidence, Neighbour
from search_api.bodies import relation_label
from search_api.web.render import entity_url, report_url
from search_api.web.words import UNSURE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a row rests on, the report it stands in, and the address of its place there."""

    text: str
    report: str
    title: str
    sample: bool
    url: str
    modality: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: the relation as it reads from the entity. `url` leads to the neighbour's own page."""

    label: str
    relation: str
    name: str
    kind: str
    url: str
    count: int
    reports: int
    asserted: int
    sentences: tuple[Sentence, ...]


def rows(neighbours: Sequence[Neighbour], reports: Mapping[str, Report]) -> tuple[list[Row], list[Row]]:
    """Rows to other entities, and rows to the cases and reports that speak of it; both in the order of the graph."""
    beside: list[Row] = []
    told: list[Row] = []
    for neighbour in neighbours:
        node = neighbour.node
        row = Row(
            label=relation_label(neighbour.relation, neighbour.direction),
            relation=neighbour.relation,
            name=node.name,
            kind=node.type,
            url=_url(neighbour),
            count=neighbour.count,
            reports=neighbour.reports,
            asserted=neighbour.asserted,
            sentences=tuple(_sentences(neighbour.evidence, reports)),
        )
        (told if node.type in ("report", "case") else beside).append(row)
    return beside, told


def _url(neighbour: Neighbour) -> str:
    node = neighbour.node
    if node.type == "case":
        return report_url(node.report or "", anchor=f"case-{node.id}")
    return report_url(node.id) if node.type == "report" else entity_url(node.id)


def _sentences(evidence: Iterable[Evidence], reports: Mapping[str, Report]) -> Iterable[Sentence]:
    for item in evidence:
        report = reports.get(item.report)
        if report is not None and item.sentence:
            yield Sentence(
                text=item.sentence,
                report=item.report,
                title=report.metadata.title or report.source,
                sample=report.sample,
                url=report_url(item.report, item.sentence_start, item.sentence_start + len(item.sentence)),
                modality=item.modality,
                unsure=item.confidence < UNSURE,
            )
