"""Write a store out as the files of docs/formats.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.model import Entity, Report
from graph.plan import judged_readings
from graph.resolve import describe
from ingest.pipeline import PIPELINE
from search_api.bodies import source_body
from search_api.export import Row, entity_row, fact_row, report_row, sample_fields, write_lines
from search_api.links import entity_links
from search_api.llm import model_facts

_PAGE = 200


def export(catalogue: Catalogue, folder: Path, *, source: bool = False, internal: bool = False, by_model: bool = False) -> dict[str, int]:
    """Write reports, entities, facts and, with `source`, the masked source texts. Returns the number of rows by file name.

    Reports marked 内部资料 or 工作秘密, and what is known from them alone, are left out unless `internal`, and facts that a language model
    found unless `by_model`. Raises UsageError where an
    earlier version has read some, StoreError where the catalogue, OSError where the folder cannot be written; a file is there whole or as
    it was before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hidden = frozenset[str]() if internal else internal_reports(catalogue)
    written = {
        "reports.jsonl": write_lines(folder / "reports.jsonl", _reports(catalogue, hidden)),
        "entities.jsonl": write_lines(folder / "entities.jsonl", _entities(catalogue, hidden)),
        "facts.jsonl": write_lines(folder / "facts.jsonl", _facts(catalogue, hidden, by_model)),
    }
    if source:
        written["sources.jsonl"] = write_lines(folder / "sources.jsonl", _sources(catalogue, hidden))
    return written


def internal_reports(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the reports marked 内部资料 or 工作秘密. Raises UsageError where that is not known of some."""
    unknown = catalogue.stale(PIPELINE)
    if unknown:
        raise UsageError(
            f"有 {len(unknown)} 份报告是旧版本读的，其中有没有内部资料还不知道",
            where="export",
            remedy="请先运行 jindianzi reread，或加 --internal 一并导出",
            en=f"{len(unknown)} reports were read by an earlier version; run jindianzi reread first, or add --internal",
        )
    return frozenset(report.id for page in _pages(catalogue, frozenset()) for report in page if report.metadata.handling)


def _pages(catalogue: Catalogue, hidden: frozenset[str]) -> Iterator[list[Report]]:
    after: tuple[str, str] | None = None
    while reports := catalogue.reports(after=after, limit=_PAGE):
        yield [report for report in reports if report.id not in hidden]
        after = (reports[-1].collection, reports[-1].source)


def _reports(catalogue: Catalogue, hidden: frozenset[str]) -> Iterator[Row]:
    for page in _pages(catalogue, hidden):
        judged = judged_readings(catalogue, [report.id for report in page])
        yield from (report_row(*judged[report.id]) for report in page if report.id in judged)


def _entities(catalogue: Catalogue, hidden: frozenset[str]) -> Iterator[Row]:
    after = ""
    marks = sample_fields(catalogue.counts()["samples"] > 0)  # a store holds samples or one's own reports, never both
    while entities := catalogue.entities(after=after, limit=_PAGE):
        for entity in entities:
            shown = open_part(catalogue, entity, hidden)
            if shown is not None:
                yield entity_row(shown, len(shown.mentions)) | marks
        after = entities[-1].id


def open_part(catalogue: Catalogue, entity: Entity, hidden: frozenset[str]) -> Entity | None:
    """The entity as it would be described without the hidden reports; None where it is known from them alone."""
    if hidden.isdisjoint(entity.reports):
        return entity
    mentions = [mention for mention in catalogue.mentions(entities=[entity.id]) if mention.report not in hidden]
    if not mentions:
        return None
    described = describe(mentions)
    return replace(described, id=entity.id, forwards=tuple(sorted({described.id, *described.forwards} - {entity.id})))


def _facts(catalogue: Catalogue, hidden: frozenset[str], by_model: bool) -> Iterator[Row]:
    """Facts by report id, as the page of formats orders them."""
    ids = sorted(report.id for page in _pages(catalogue, hidden) for report in page)
    for at in range(0, len(ids), _PAGE):
        part = ids[at : at + _PAGE]
        judged = judged_readings(catalogue, part)
        for identifier in part:
            if identifier in judged:
                report, reading = judged[identifier]
                entities = entity_links(catalogue, identifier, reading)
                found = model_facts(catalogue, reading) if by_model else ()
                told = sorted([*reading.facts, *found], key=lambda fact: (fact.start, fact.end, fact.type, fact.id))
                yield from (fact_row(fact, identifier, reading, entities, report.sample) for fact in told)


def _sources(catalogue: Catalogue, hidden: frozenset[str]) -> Iterator[Row]:
    for page in _pages(catalogue, hidden):
        readings = catalogue.readings([report.id for report in page])
        for report in page:
            if report.id in readings:
                yield source_body(report, readings[report.id])
