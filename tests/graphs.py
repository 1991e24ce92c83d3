"""Reports made by hand for tests of entities and graph: each thing said is a fact in a sentence of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.catalogue import Incoming
from corpus.identity import report_id
from corpus.model import Case, EntityType, Fact, Metadata, Reading, Report, case_id, reading_id, with_ids
from corpus.offsets import OffsetMap

COLLECTION = "案例"


@dataclass(frozen=True)
class Said:
    """A fact to be: its type, name and further fields; for a relation `name` is the sentence."""

    type: Any
    name: str
    fields: dict[str, Any]


def said(type: str, name: str, **fields: Any) -> Said:
    return Said(type, name, fields)


def related(head: str, relation: str, tail: str, head_type: EntityType = "actor", tail_type: EntityType = "actor", **fields: Any) -> Said:
    ends = {"head": head, "relation": relation, "tail": tail, "head_type": head_type, "tail_type": tail_type}
    return Said("relation", f"{head}{relation}{tail}", {**ends, **fields})


def told(source: str, *cases: Sequence[Said], place: str | None = None, places: Sequence[str | None] = (), title: str = "") -> Reading:
    """The reading of a report at `place` with these cases, the nth at `places[n]`; a fact with `case=None` is background."""
    report = report_id(COLLECTION, source)
    text = ""
    facts: list[Fact] = []
    made: list[Case] = []
    for number, content in enumerate(cases):
        heading = f"案例{number + 1}"
        id = case_id(report, heading, 0)
        start = len(text)
        text += f"{heading}\n"
        for one in content:
            sentence = f"{one.name}的事。"
            fields = {"case": id, **one.fields}
            at = len(text)
            facts.append(Fact("", one.type, one.name, at, at + len(one.name), sentence, at, at + len(sentence), **fields))
            text += sentence
        text += "\n"
        made.append(Case(id, heading, ((start, len(text)),), place=places[number] if number < len(places) else None, outcome="已解决"))
    revision = hashlib.sha256(text.encode()).hexdigest()
    return Reading(
        id=reading_id(report, revision, "1", text),
        report=report,
        revision=revision,
        pipeline="1",
        text=text,
        source=text,
        offsets=OffsetMap.identity(len(text)),
        metadata=Metadata(title=title or source, kind="case", place=place, published="2024-05"),
        cases=tuple(made),
        facts=with_ids(report, facts),
    )


def report_of(reading: Reading, source: str = "一.txt") -> Report:
    return Report(reading.report, COLLECTION, source, reading.metadata, reading.id, reading.revision, 1)


def incoming(source: str, reading: Reading, *, restore: bool = False) -> Incoming:
    return Incoming(reading, COLLECTION, source, reading.text.encode(), "txt", restore=restore)


def without_cases(reading: Reading) -> Reading:
    return replace(reading, cases=(), facts=tuple(replace(fact, case=None) for fact in reading.facts))
