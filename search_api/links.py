"""Which entities the facts of a report speak of, as the export and the API name them."""

from __future__ import annotations

from corpus.catalogue import Catalogue
from corpus.errors import NotFound
from corpus.model import Reading, Report
from graph.mentions import links
from graph.plan import judged_readings


def reading_of(catalogue: Catalogue, report: Report) -> Reading:
    """The report's present reading as people's judgements leave it. Raises NotFound where the report has just gone."""
    found = judged_readings(catalogue, [report.id]).get(report.id)
    if found is None:
        raise NotFound("没有这份报告", where=report.source, remedy="它可能刚被撤下")
    return found[1]


def entity_links(catalogue: Catalogue, report: str, reading: Reading) -> dict[str, str]:
    """Entity ids by fact id, and by fact id + `:head`, `:tail`, `:subject` for the ends of relations and the subject of a measure.

    `reading` is one that judgements have been applied to. What is not resolved yet is left out.
    """
    found = links(report, reading)
    entity_of = catalogue.membership(reports=[report])
    named = {**found.of}
    named |= {f"{fact}:head": key for fact, key in found.heads.items()}
    named |= {f"{fact}:tail": key for fact, key in found.tails.items()}
    for fact in reading.facts:
        if fact.subject and (key := found.find(fact.subject, fact.case)):
            named[f"{fact.id}:subject"] = key
    return {name: entity_of[key] for name, key in named.items() if key in entity_of}
