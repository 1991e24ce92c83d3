"""Write a store out as the files of docs/formats.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.model import Report
from graph.plan import judged_readings
from search_api.bodies import source_body
from search_api.export import Row, entity_row, fact_row, report_row, sample_fields, write_lines
from search_api.links import entity_links

_PAGE = 200


def export(catalogue: Catalogue, folder: Path, *, source: bool = False) -> dict[str, int]:
    """Write reports, entities, facts and, with `source`, the masked source texts. Returns the number of rows by file name.

    Raises StoreError where the catalogue, OSError where the folder cannot be written; a file is there whole or as it was before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "reports.jsonl": write_lines(folder / "reports.jsonl", _reports(catalogue)),
        "entities.jsonl": write_lines(folder / "entities.jsonl", _entities(catalogue)),
        "facts.jsonl": write_lines(folder / "facts.jsonl", _facts(catalogue)),
    }
    if source:
        written["sources.jsonl"] = write_lines(folder / "sources.jsonl", _sources(catalogue))
    return written


def _pages(catalogue: Catalogue) -> Iterator[list[Report]]:
    after: tuple[str, str] | None = None
    while reports := catalogue.reports(after=after, limit=_PAGE):
        yield reports
        after = (reports[-1].collection, reports[-1].source)


def _reports(catalogue: Catalogue) -> Iterator[Row]:
    for page in _pages(catalogue):
        judged = judged_readings(catalogue, [report.id for report in page])
        yield from (report_row(*judged[report.id]) for report in page if report.id in judged)


def _entities(catalogue: Catalogue) -> Iterator[Row]:
    after = ""
    marks = sample_fields(catalogue.counts()["samples"] > 0)  # a store holds samples or one's own reports, never both
    while entities := catalogue.entities(after=after, limit=_PAGE):
        yield from (entity_row(entity, len(entity.mentions)) | marks for entity in entities)
        after = entities[-1].id


def _facts(catalogue: Catalogue) -> Iterator[Row]:
    """Facts by report id, as the page of formats orders them."""
    ids = sorted(report.id for page in _pages(catalogue) for report in page)
    for at in range(0, len(ids), _PAGE):
        part = ids[at : at + _PAGE]
        judged = judged_readings(catalogue, part)
        for identifier in part:
            if identifier in judged:
                report, reading = judged[identifier]
                entities = entity_links(catalogue, identifier, reading)
                yield from (fact_row(fact, identifier, reading, entities, report.sample) for fact in reading.facts)


def _sources(catalogue: Catalogue) -> Iterator[Row]:
    for page in _pages(catalogue):
        readings = catalogue.readings([report.id for report in page])
        for report in page:
            if report.id in readings:
                yield source_body(report, readings[report.id])
