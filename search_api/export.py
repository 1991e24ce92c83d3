"""Export as JSON lines: the same store, and the same files read in any order, give the same bytes (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, TextIO

from corpus.model import Case, Comparison, Entity, Fact, Reading, Report, Section
from corpus.vocabulary import screen
from search_api.llm.stored import RULE, UNVERIFIED

Row = dict[str, Any]


def report_fields(report: Report) -> Row:
    """What is said of a report as a whole, apart from its text."""
    meta = report.metadata
    return {
        "id": report.id,
        "source": report.source,
        "collection": report.collection,
        "title": meta.title,
        "kind": meta.kind,
        "stage": meta.stage,
        "authors": list(meta.authors),
        "editors": list(meta.editors),
        "publisher": meta.publisher,
        "published": meta.published,
        "place": meta.place,
        "number": meta.number,
        "applicant": meta.applicant,
        "category": meta.category,
        "award": meta.award,
        "url": meta.url,
        "issuer": meta.issuer,
        "document_number": meta.document_number,
        "addressee": meta.addressee,
        "attachments": list(meta.attachments),
        "copies": meta.copies,
        "printed": meta.printed,
        "handling": meta.handling,
        "reading": report.reading,
        **sample_fields(report.sample),
    }


def report_row(report: Report, reading: Reading) -> Row:
    told = {
        "sections": [section_row(section) for section in reading.sections],
        "cases": [case_row(case) for case in reading.cases],
        "text": reading.text,
    }
    return compact(report_fields(report) | told)


def sample_fields(sample: bool) -> Row:
    """What every row and hit of an invented report carries, so that none is taken for a real one."""
    return {"sample": True, "notice": screen("sample")} if sample else {}


def section_row(section: Section) -> Row:
    return compact({name: getattr(section, name) for name in ("role", "heading", "start", "end", "confidence")})


def case_row(case: Case) -> Row:
    return compact(
        {
            "id": case.id,
            "title": case.title,
            "start": case.start,
            "end": case.end,
            "spans": [list(span) for span in case.spans] if len(case.spans) > 1 else None,
            "place": case.place,
            "kind": case.kind,
            "stage": case.stage,
            "implemented": case.implemented,
            "community": case.community,
            "outcome": case.outcome,
        }
    )


def fact_row(fact: Fact, report: str, reading: Reading, entities: Mapping[str, str], sample: bool = False) -> Row:
    """One fact as exported. `entities` maps (fact id, or fact id + role `head`, `tail`, `subject` after a colon) to entity ids."""
    source_start, source_end = reading.offsets.to_source(fact.start, fact.end)
    pages = [item.value for item in reading.at(fact.start, fact.end)]
    row: Row = {
        "id": fact.id,
        "report": report,
        "reading": reading.id,
        "entity": entities.get(fact.id),
        "subject_entity": entities.get(f"{fact.id}:subject"),
        "head_entity": entities.get(f"{fact.id}:head"),
        "tail_entity": entities.get(f"{fact.id}:tail"),
        "source_start": source_start,
        "source_end": source_end,
        "page": pages[0] if pages else None,
        "evidence": [{"start": start, "end": end} for start, end in fact.evidence],
        "comparison": _comparison(fact.comparison) if fact.comparison else None,
        "unverified": UNVERIFIED if fact.rule.startswith(RULE) else None,
        **sample_fields(sample),
    }
    for name in _PLAIN:
        row[name] = getattr(fact, name)
    row["aliases"] = list(fact.aliases)
    return compact(row)


_PLAIN = tuple(item.name for item in fields(Fact) if item.name not in ("id", "evidence", "comparison", "aliases", "head_type", "tail_type"))


def _comparison(comparison: Comparison) -> Row:
    row = {name: getattr(comparison, name) for name in ("type", "to", "by", "by_unit")}
    return compact(row | {"from": comparison.start})


def entity_row(entity: Entity, mentions: int) -> Row:
    return compact(
        {
            "id": entity.id,
            "type": entity.type,
            "kind": entity.kind,
            "name": entity.name,
            "aliases": list(entity.aliases),
            "place": entity.place,
            "concept": entity.concept,
            "reports": list(entity.reports),
            "mentions": mentions,
            "forwards": list(entity.forwards),
        }
    )


def compact(row: Mapping[str, Any]) -> Row:
    """Leave out what does not apply; whole floats become integers; keys in order, so that equal rows are equal bytes."""
    return {key: _number(value) for key, value in sorted(row.items()) if value is not None and value != [] and value != "" and value != ()}


def _number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A file to write (UTF-8, `\\n`) that takes its place when it is done; where writing fails, what was there stays."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows as JSON lines (UTF-8, sorted keys, `\\n`), whole or not at all. Returns how many."""
    count = 0
    with written_whole(path) as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
            count += 1
    return count
