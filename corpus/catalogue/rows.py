"""A reading taken apart into the rows that hold it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.catalogue import codec
from corpus.catalogue.sql import is_storable, printable
from corpus.errors import DamagedSource
from corpus.identity import report_id
from corpus.model import Fact, Passage, Reading

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reading on its way into the catalogue, with the bytes it was read from. `media` is the reader's name (txt, html, docx, json).

    `restore` takes a report that was withdrawn in again; without it, it stays withdrawn. `again`: read anew from kept bytes; it counts only
    where the report still has these bytes. `labels_of`: the id of a reading that only the facts are new of; it counts only where the report
    still has that reading, whose bytes and page lines stay, and `data` is empty.
    """

    reading: Reading
    collection: str
    source: str
    data: bytes
    media: str
    sample: bool = False
    restore: bool = False
    again: bool = False
    labels_of: str = ""

    def __post_init__(self) -> None:
        if self.reading.report != report_id(self.collection, self.source):
            raise ValueError("the reading belongs to another report")
        if not self.labels_of and self.reading.revision != hashlib.sha256(self.data).hexdigest():
            raise ValueError("the reading was made from other bytes")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `Incoming` becomes before the lock is taken: encoding is most of the work, and needs no lock."""

    content: bytes
    metadata: str
    reading: Row
    facts: list[Row]
    passages: list[Row]
    personal: list[Row]


def check_names(incoming: Incoming) -> None:
    """Raise DamagedSource for a source or a collection that no database keeps."""
    _storable(incoming.collection, incoming.source)
    _storable(incoming.source, incoming.source)


def prepare(incoming: Incoming) -> Prepared:
    """Encode. Raises DamagedSource for a text that no database keeps (NUL, half of a surrogate pair)."""
    reading = incoming.reading
    metadata = codec.encode_metadata(reading.metadata)
    for text in (reading.text, metadata):
        _storable(text, incoming.source)
    return Prepared(
        content=zlib.compress(incoming.data),
        metadata=metadata,
        reading={
            "id": reading.id,
            "report": reading.report,
            "revision": reading.revision,
            "pipeline": reading.pipeline,
            "cases": len(reading.cases),
            "text": reading.text,
            "body": codec.encode_body(reading),
        },
        facts=[_fact(fact, reading) for fact in reading.facts],
        passages=[_passage(passage, reading) for passage in reading.passages],
        personal=[
            {
                "reading": reading.id,
                "start": item.start,
                "end": item.end,
                "source_start": item.source_start,
                "source_end": item.source_end,
                "kind": item.kind,
                "original": item.original,
            }
            for item in reading.personal
        ],
    )


def _storable(text: str, source: str) -> None:
    if not is_storable(text):
        remedy = "改正文件名，或按原编码重新保存文件"
        raise DamagedSource("含有空字符或不成对的代理字符", where=printable(source), remedy=remedy, en="NUL or half of a surrogate pair")


def _fact(fact: Fact, reading: Reading) -> Row:
    return {
        "id": fact.id,
        "report": reading.report,
        "reading": reading.id,
        "case_id": fact.case,
        "type": fact.type,
        "name": fact.name,
        "start": fact.start,
        "end": fact.end,
        "data": codec.encode_fact(fact, reading.text),
    }


def _passage(passage: Passage, reading: Reading) -> Row:
    return {
        "id": passage.id,
        "report": reading.report,
        "reading": reading.id,
        "case_id": passage.case,
        "start": passage.start,
        "end": passage.end,
        "hash": passage.hash,
        "path": passage.path,
        "role": passage.role,
        "text": None if passage.text == reading.text[passage.start : passage.end] else passage.text,
    }


def fact_of(row: Any, text: str) -> Fact:
    """The fact of a row of table `fact`, whose reading has `text`."""
    return codec.decode_fact(row.data, text, id=row.id, type=row.type, name=row.name, start=row.start, end=row.end, case=row.case_id)


def passage_of(row: Any, text: str) -> Passage:
    words = text[row.start : row.end] if row.text is None else row.text
    return Passage(row.id, row.case_id, row.start, row.end, words, row.hash, row.path, row.role)
