"""Loading reports, readings, facts and passages."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from corpus.catalogue import codec, corrections, schema
from corpus.catalogue.rows import fact_of, passage_of
from corpus.catalogue.sql import chunks, is_storable, printable
from corpus.errors import NotFound, UsageError
from corpus.model import Fact, Passage, Personal, Reading, Report

FactKey = tuple[str, int, int, str, str]  # report, start, end, type, id: the order of the export
_PREFIX = 4


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact of a current reading, with where it stands."""

    report: str
    reading: str
    fact: Fact

    @property
    def key(self) -> FactKey:
        """Its place in the order of the export, to go on from."""
        return (self.report, self.fact.start, self.fact.end, self.fact.type, self.fact.id)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    report: str
    reading: str
    passage: Passage


def _reports(connection: Connection, query: Select[Any]) -> list[Report]:
    rows = connection.execute(query).all()
    said = corrections.said(connection, [row.id for row in rows])
    found = []
    for row in rows:
        metadata, corrected = corrections.apply(codec.decode_metadata(row.metadata), said.get(row.id, ()))
        found.append(Report(row.id, row.collection, row.source, metadata, row.reading, row.revision, row.number, row.sample, corrected))
    return found


def reports(
    connection: Connection, *, collection: str | None, ids: Sequence[str] | None, after: tuple[str, str] | None, limit: int | None
) -> list[Report]:
    report = schema.report.c
    query = select(schema.report).order_by(report.collection, report.source).limit(limit)
    if collection is not None:
        query = query.where(report.collection == collection)
    if after is not None:
        query = query.where(tuple_(report.collection, report.source) > after)
    if ids is None:
        return _reports(connection, query)
    found = [item for part in chunks(ids) for item in _reports(connection, query.where(report.id.in_(part)))]
    return sorted(found, key=lambda item: (item.collection, item.source))[:limit]


def find(connection: Connection, key: str) -> Report:
    """The report with this id, or whose id begins so (4 digits at least), or with this source key."""
    report = schema.report.c
    query = select(schema.report).order_by(report.collection, report.source).limit(3)
    if not is_storable(key):
        raise _no_such(printable(key))
    found = _reports(connection, query.where(report.id == key)) or _reports(connection, query.where(report.source == key))
    hexadecimal = len(key) >= _PREFIX and set(key) <= set("0123456789abcdef")
    if not found and hexadecimal:
        found = _reports(connection, query.where(report.id.startswith(key, autoescape=True)))
    if len(found) == 1:
        return found[0]
    if found:
        places = "；".join(f"{item.collection}：{item.source}（{item.id}）" for item in found)
        raise UsageError(f"“{key}”不止一份：{places}", remedy="写出完整的编号", en="several reports match")
    judgement = schema.judgement.c
    if hexadecimal and connection.scalar(
        select(judgement.id).where(judgement.kind == "withdrawn", judgement.target.startswith(key, autoescape=True)).limit(1)
    ):
        raise NotFound("这份报告已撤回", where=key, remedy="如需恢复，用 jindianzi ingest --restore 重新读入", en="withdrawn")
    raise _no_such(key)


def _no_such(key: str) -> NotFound:
    return NotFound("没有这份报告", where=key, remedy="用编号、编号开头几位或来源路径查找", en="no such report")


def readings(connection: Connection, *, reports: Sequence[str] | None = None, ids: Sequence[str] | None = None) -> list[Reading]:
    """Readings by id, or the current ones of reports; whole, but for the originals of what was masked."""
    reading = schema.reading.c
    query = select(schema.reading)
    if reports is not None:
        query = query.join(schema.report, schema.report.c.reading == reading.id)
        column, wanted = schema.report.c.id, reports
    else:
        column, wanted = reading.id, ids or ()
    found = []
    for part in chunks(list(wanted)):
        rows = connection.execute(query.where(column.in_(part)).order_by(reading.report, reading.id)).all()
        here = [row.id for row in rows]
        facts, passages, personal = _facts_in(connection, here), _passages_in(connection, here), _personal_in(connection, here)
        for row in rows:
            body = codec.decode_body(row.body, row.text)
            if row.facts is not None:
                old_facts, old_passages = codec.decode_archive(row.facts)
            else:
                old_facts = tuple(fact_of(fact, row.text) for fact in facts.get(row.id, ()))
                old_passages = tuple(passage_of(passage, row.text) for passage in passages.get(row.id, ()))
            found.append(
                Reading(
                    id=row.id,
                    report=row.report,
                    revision=row.revision,
                    pipeline=row.pipeline,
                    text=row.text,
                    source=body.source,
                    offsets=body.offsets,
                    metadata=body.metadata,
                    sections=body.sections,
                    cases=body.cases,
                    locations=body.locations,
                    passages=old_passages,
                    facts=old_facts,
                    personal=tuple(personal.get(row.id, ())),
                )
            )
    return found


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.reading, []).append(row)
    return grouped


def _facts_in(connection: Connection, ids: Sequence[str]) -> dict[str, list[Any]]:
    fact = schema.fact.c
    mine = select(schema.reading.c.report).where(schema.reading.c.id.in_(ids))
    query = select(schema.fact).where(fact.report.in_(mine), fact.reading.in_(ids))
    return _grouped(connection.execute(query.order_by(fact.report, fact.start, fact.end, fact.type, fact.id)))


def _passages_in(connection: Connection, ids: Sequence[str]) -> dict[str, list[Any]]:
    passage = schema.passage.c
    mine = select(schema.reading.c.report).where(schema.reading.c.id.in_(ids))
    query = select(schema.passage).where(passage.report.in_(mine), passage.reading.in_(ids))
    return _grouped(connection.execute(query.order_by(passage.report, passage.start, passage.end, passage.id)))


def _personal_in(connection: Connection, ids: Sequence[str], *, originals: bool = False) -> dict[str, list[Personal]]:
    personal = schema.personal.c
    query = select(schema.personal).where(personal.reading.in_(ids)).order_by(personal.reading, personal.start, personal.end)
    found: dict[str, list[Personal]] = {}
    for row in connection.execute(query):
        original = row.original if originals else ""
        item = Personal(row.start, row.end, row.source_start, row.source_end, row.kind, original)
        found.setdefault(row.reading, []).append(item)
    return found


def personal(connection: Connection, reading: str) -> tuple[Personal, ...]:
    return tuple(_personal_in(connection, [reading], originals=True).get(reading, ()))


def facts(
    connection: Connection,
    *,
    report: str | None,
    type: str | None,
    ids: Sequence[str] | None,
    after: FactKey | None,
    limit: int | None,
) -> list[StoredFact]:
    fact = schema.fact.c
    query = select(schema.fact).order_by(fact.report, fact.start, fact.end, fact.type, fact.id).limit(limit)
    if report is not None:
        query = query.where(fact.report == report)
    if type is not None:
        query = query.where(fact.type == type)
    if after is not None:
        query = query.where(fact.report >= after[0], tuple_(fact.report, fact.start, fact.end, fact.type, fact.id) > after)
    parts = [None] if ids is None else list(chunks(ids))
    rows = [row for part in parts for row in connection.execute(query if part is None else query.where(fact.id.in_(part)))]
    texts = _texts(connection, {row.reading for row in rows})
    return sorted((StoredFact(row.report, row.reading, fact_of(row, texts[row.reading])) for row in rows), key=lambda item: item.key)


def passages(connection: Connection, ids: Sequence[str]) -> dict[str, StoredPassage]:
    passage = schema.passage.c
    rows = [row for part in chunks(ids) for row in connection.execute(select(schema.passage).where(passage.id.in_(part)))]
    texts = _texts(connection, {row.reading for row in rows})
    return {row.id: StoredPassage(row.report, row.reading, passage_of(row, texts[row.reading])) for row in rows}


def _texts(connection: Connection, readings: Iterable[str]) -> dict[str, str]:
    reading = schema.reading.c
    texts: dict[str, str] = {}
    for part in chunks(sorted(readings)):
        texts.update((id, text) for id, text in connection.execute(select(reading.id, reading.text).where(reading.id.in_(part))))
    return texts


def revision_bytes(connection: Connection, report: str, number: int | None) -> tuple[bytes, str] | None:
    revision, content = schema.revision.c, schema.content.c
    query = select(content.data, revision.media).join(schema.revision, revision.hash == content.hash).where(revision.report == report)
    if number is not None:
        query = query.where(revision.number == number)
    row = connection.execute(query.order_by(revision.number.desc()).limit(1)).first()
    return None if row is None else (zlib.decompress(row.data), row.media)


def stale(connection: Connection, pipeline: str) -> list[str]:
    report, reading = schema.report.c, schema.reading.c
    current = (reading.pipeline == pipeline) | reading.pipeline.startswith(f"{pipeline}+", autoescape=True)
    query = select(report.id).join(schema.reading, reading.id == report.reading).where(~current)
    return list(connection.scalars(query.order_by(report.collection, report.source)))
