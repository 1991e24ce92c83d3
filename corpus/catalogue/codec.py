"""Frozen values of `corpus.model` to compact JSON and back: fields at their default are left out, large bodies are compressed.

Offset maps are kept as differences: each piece is [length, gap before it in the source, length in the source, operation, step], the last
two as positions in the lists that go with it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from typing import Any, Final, cast

from corpus.model import Case, Comparison, Entity, Fact, Location, Mention, Metadata, Passage, Reading, Section
from corpus.offsets import OffsetMap, Operation, Piece

_OPERATIONS: Final[tuple[Operation, ...]] = ("copied", "replaced", "inserted")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
Json = dict[str, Any]

_ABSENT = object()


def _plain(kind: type, *, without: Iterable[str] = ()) -> tuple[tuple[str, object], ...]:
    left_out = frozenset(without)
    return tuple((f.name, _ABSENT if f.default is MISSING else f.default) for f in fields(kind) if f.name not in left_out)


_METADATA = _plain(Metadata)
_SECTION = _plain(Section)
_CASE = _plain(Case)
_COMPARISON = _plain(Comparison)
_FACT = _plain(Fact, without=("id", "type", "name", "start", "end", "case", "sentence", "comparison"))
_ARCHIVED_FACT = _plain(Fact, without=("comparison",))
_LOCATION = _plain(Location)
_PASSAGE = _plain(Passage)
_MENTION = _plain(Mention, without=("key", "report", "type", "name", "scope"))
_ENTITY = _plain(Entity, without=("id", "type", "name", "mentions", "reports", "forwards"))


def _pack(value: object, names: tuple[tuple[str, object], ...]) -> Json:
    packed = {}
    for name, default in names:
        item = getattr(value, name)
        if item != default:
            packed[name] = item
    return packed


def _pairs(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in value)


def encode_metadata(metadata: Metadata) -> str:
    return _dumps(_pack(metadata, _METADATA))


def decode_metadata(data: str) -> Metadata:
    return _metadata(json.loads(data))


def _metadata(packed: Json) -> Metadata:
    for name in ("authors", "editors", "attachments"):
        if name in packed:
            packed[name] = tuple(packed[name])
    return Metadata(**packed)


def encode_fact(fact: Fact, text: str) -> str:
    """What of a fact is not in the columns of its row; its sentence only where it is not what stands at its place in `text`."""
    packed = _pack(fact, _FACT)
    if fact.sentence != text[fact.sentence_start : fact.sentence_end]:
        packed["sentence"] = fact.sentence
    if fact.comparison is not None:
        packed["comparison"] = _pack(fact.comparison, _COMPARISON)
    return _dumps(packed)


def decode_fact(data: str, text: str, **columns: Any) -> Fact:
    packed = json.loads(data)
    if "sentence" not in packed:
        packed["sentence"] = text[packed["sentence_start"] : packed["sentence_end"]]
    return _fact(packed, columns)


def _fact(packed: Json, columns: Json) -> Fact:
    if "aliases" in packed:
        packed["aliases"] = tuple(packed["aliases"])
    if "evidence" in packed:
        packed["evidence"] = _pairs(packed["evidence"])
    if "comparison" in packed:
        packed["comparison"] = Comparison(**packed["comparison"])
    return Fact(**packed, **columns)


def encode_mention(mention: Mention) -> str:
    return _dumps(_pack(mention, _MENTION))


def decode_mention(data: str, **columns: Any) -> Mention:
    packed = json.loads(data)
    for name in ("names", "facts"):
        if name in packed:
            packed[name] = tuple(packed[name])
    return Mention(**packed, **columns)


def encode_entity(entity: Entity) -> str:
    return _dumps(_pack(entity, _ENTITY))


def decode_entity(data: str, **columns: Any) -> Entity:
    packed = json.loads(data)
    if "aliases" in packed:
        packed["aliases"] = tuple(packed["aliases"])
    return Entity(**packed, **columns)


def _encode_offsets(offsets: OffsetMap) -> Json:
    steps: dict[str, int] = {}
    rows = []
    source = 0
    for piece in offsets.pieces:
        step = steps.setdefault(piece.step, len(steps))
        length = piece.source_end - piece.source_start
        rows.append((piece.end - piece.start, piece.source_start - source, length, _OPERATIONS.index(piece.operation), step))
        source = piece.source_end
    start = offsets.pieces[0].start if offsets.pieces else 0
    return {"start": start, "steps": list(steps), "pieces": rows}


def _decode_offsets(packed: Json) -> OffsetMap:
    pieces = []
    clean, source = packed["start"], 0
    steps = packed["steps"]
    for length, gap, source_length, operation, step in packed["pieces"]:
        source += gap
        pieces.append(Piece(clean, clean + length, source, source + source_length, _OPERATIONS[operation], steps[step]))
        clean += length
        source += source_length
    return OffsetMap(tuple(pieces))


@dataclass(frozen=True, slots=True)
class Body:
    """What a reading's row holds in its compressed column."""

    source: str
    offsets: OffsetMap
    metadata: Metadata
    sections: tuple[Section, ...]
    cases: tuple[Case, ...]
    locations: tuple[Location, ...]


def encode_body(reading: Reading) -> bytes:
    packed: Json = {
        "offsets": _encode_offsets(reading.offsets),
        "metadata": _pack(reading.metadata, _METADATA),
        "sections": [_pack(section, _SECTION) for section in reading.sections],
        "cases": [_pack(case, _CASE) for case in reading.cases],
    }
    if reading.locations:
        packed["locations"] = [_pack(location, _LOCATION) for location in reading.locations]
    if reading.source != reading.text:
        packed["source"] = reading.source
    return zlib.compress(_dumps(packed).encode("utf-8"))


def decode_body(data: bytes, text: str) -> Body:
    packed = json.loads(zlib.decompress(data))
    cases = (Case(**(case | {"spans": _pairs(case["spans"])})) for case in packed["cases"])
    return Body(
        source=packed.get("source", text),
        offsets=_decode_offsets(packed["offsets"]),
        metadata=_metadata(packed["metadata"]),
        sections=tuple(Section(**section) for section in packed["sections"]),
        cases=tuple(cases),
        locations=tuple(Location(**location) for location in packed.get("locations", ())),
    )


def encode_archive(facts: Iterable[Fact], passages: Iterable[Passage]) -> bytes:
    """Facts and passages of a reading whose rows make room for those of a newer one."""
    rows = []
    for fact in facts:
        row = _pack(fact, _ARCHIVED_FACT)
        if fact.comparison is not None:
            row["comparison"] = _pack(fact.comparison, _COMPARISON)
        rows.append(row)
    packed = {"facts": rows, "passages": [_pack(passage, _PASSAGE) for passage in passages]}
    return zlib.compress(_dumps(packed).encode("utf-8"))


def decode_archive(data: bytes) -> tuple[tuple[Fact, ...], tuple[Passage, ...]]:
    packed = json.loads(zlib.decompress(data))
    facts = tuple(_fact(row, {}) for row in packed["facts"])
    return facts, tuple(Passage(**cast(Json, row)) for row in packed["passages"])
