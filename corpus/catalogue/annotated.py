"""What a language model found in the stretches of reports: the second annotation, apart from the facts by rule and never mixed with them.

A row goes with its report, and with the text it was found in: a new reading keeps the rows of the stretches that it still has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from corpus.catalogue import schema
from corpus.catalogue.feed import lock_reports
from corpus.catalogue.sql import chunks, upsert
from corpus.model import Reading
from corpus.stretches import stretches

_annotation, _report = schema.annotation.c, schema.report.c


@dataclass(frozen=True, slots=True)
class Annotation:
    """`hash` is that of the stretch (corpus.stretches), `model` the fingerprint of who found it, `data` what was found, as its writer
    encodes it."""

    report: str
    hash: str
    model: str
    data: str


def found(connection: Connection, reports: Sequence[str], model: str | None) -> list[Annotation]:
    """Annotations of these reports by report, model and hash; with `model`, its alone."""
    rows: list[Any] = []
    for part in chunks(list(reports)):
        query = select(schema.annotation).where(_annotation.report.in_(part))
        rows += connection.execute(query if model is None else query.where(_annotation.model == model)).all()
    return sorted((Annotation(row.report, row.hash, row.model, row.data) for row in rows), key=lambda a: (a.report, a.model, a.hash))


def of_texts(connection: Connection, hashes: Iterable[str], model: str) -> dict[str, str]:
    """What `model` found in stretches with these hashes, in whichever report."""
    data: dict[str, str] = {}
    for part in chunks(sorted(set(hashes))):
        query = select(_annotation.hash, func.min(_annotation.data)).where(_annotation.model == model, _annotation.hash.in_(part))
        data.update((row[0], row[1]) for row in connection.execute(query.group_by(_annotation.hash)))
    return data


def put(connection: Connection, model: str, data: Mapping[tuple[str, str], str], readings: Mapping[str, str]) -> int:
    """Keep data by (report, hash), of reports whose current reading is still the one in `readings`. Returns how many were kept."""
    lock_reports(connection, readings)
    current: set[str] = set()
    for part in chunks(sorted(readings)):
        rows = connection.execute(select(_report.id, _report.reading).where(_report.id.in_(part)))
        current.update(id for id, reading in rows if readings[id] == reading)
    kept = [
        {"report": report, "hash": hash, "model": model, "data": text} for (report, hash), text in sorted(data.items()) if report in current
    ]
    upsert(connection, schema.annotation, kept)
    return len(kept)


def remove(connection: Connection, reports: Sequence[str] | None) -> int:
    """Remove what any model found in these reports (None: in all). Returns how many rows that were."""
    if reports is None:
        return connection.execute(delete(schema.annotation)).rowcount
    return sum(connection.execute(delete(schema.annotation).where(_annotation.report.in_(part))).rowcount for part in chunks(list(reports)))


def outlive(connection: Connection, coming: Mapping[str, Reading]) -> None:
    """Drop what was found in stretches that the readings which come now no longer have; `coming` is by report."""
    for part in chunks(list(coming)):
        rows = connection.execute(select(_annotation.report, _annotation.hash).where(_annotation.report.in_(part)).distinct()).all()
        for report in sorted({row.report for row in rows}):
            reading = coming[report]
            here = {stretch.hash for stretch in stretches(reading.text, reading.passages)}
            gone = [row.hash for row in rows if row.report == report and row.hash not in here]
            for some in chunks(gone):
                connection.execute(delete(schema.annotation).where(_annotation.report == report, _annotation.hash.in_(some)))
