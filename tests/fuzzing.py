"""Files spoilt at random, the same way for the same number: bytes changed, lost, doubled and swapped, and what a format is made of as well.

`check` reads one and tells what is wrong with the way it was read: anything but a sound reading or one of the project's own errors.
"""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formats import Seed

from corpus.model import Reading, SetAside
from ingest.limits import Limits
from ingest.readers import find
from ingest.workers import Workers

LIMITS = Limits(size=20, unpacked=60, members=500, depth=3, pages=60, rows=5000, pixels=20, seconds=60, memory=2000)
"""Small enough that a spoilt file which asks for much is refused before it takes much."""
_TAG = re.compile(rb"<[^<>]{0,300}>")
_ODD = ("", "\0", "\ufeff", "\ud800", "＊" * 40, "[" * 2000, "9" * 400, "\n" * 50, "é" * 5, "a\u0301" * 5, "\u202e", "<script>")
_VALUES = (None, True, -1, 1e308, [], {}, "", ["文字"], {"text": "文字"}, "2021-13-45", "文字" * 3000)


@dataclass(frozen=True)
class Spoilt:
    """`how`: which way of spoiling, for messages."""

    data: bytes
    how: str


def spoilt(seed: Seed, number: int) -> Spoilt:
    """Variant `number` of a seed."""
    pick = random.Random(f"{seed.name}/{number}")
    ways: list[Callable[[bytes, random.Random], bytes]] = [_flip, _delete, _insert, _cut, _double, _swap]
    if seed.data.startswith(b"PK"):
        ways += [_member] * 12
    if seed.ending == "png":
        ways += [_chunk] * 6
    if seed.ending in ("html", "htm", "mht"):
        ways += [_tags] * 4
    if seed.ending in ("json", "jsonl"):
        ways += [_json] * 4
    if seed.ending in ("pdf", "rtf", "eml"):
        ways += [_numbers] * 2
    data, names = seed.data, []
    for _ in range(pick.choice((1, 1, 1, 2, 3))):
        way = pick.choice(ways)
        data = way(data, pick)
        names.append(way.__name__.lstrip("_"))
    return Spoilt(data, "+".join(names))


def check(seed: Seed, variant: Spoilt, folder: Path, workers: Workers) -> list[str]:
    """What is wrong with how a spoilt file is read; empty where all is well."""
    path = folder / seed.name
    path.write_bytes(variant.data)
    wrong = []
    for item in workers.read("试", find([path], collection="试", limits=workers.limits, expand=workers.expand)):
        read = item if isinstance(item, SetAside) else item[1]
        if isinstance(read, Reading):
            wrong += unsound(read)
            continue
        code, message = read.code, read.message if isinstance(read, SetAside) else str(read)
        if code == "reader_failed" or "崩溃" in message or "还没有读完" in message:
            wrong.append(f"{code}: {message}")
        if not message or len(message) > 2000:
            wrong.append(f"{code}: a message of {len(message)} characters")
    return wrong


def unsound(reading: Reading) -> list[str]:
    """Which of the promises about a reading do not hold."""
    return [name for name, holds in _promises(reading) if not holds]


def _promises(reading: Reading) -> Iterator[tuple[str, bool]]:
    text, source, pieces = reading.text, reading.source, reading.offsets.pieces
    inside = [
        *((fact.start, fact.end) for fact in reading.facts),
        *((fact.sentence_start, fact.sentence_end) for fact in reading.facts),
        *((passage.start, passage.end) for passage in reading.passages),
        *((section.start, section.end) for section in reading.sections),
        *((start, end) for case in reading.cases for start, end in case.spans),
        *((item.start, item.end) for item in reading.personal),
    ]
    yield "there is a text", bool(text.strip())
    yield "spans are inside the text", all(0 <= start <= end <= len(text) for start, end in inside)
    yield "sentences are what the text says", all(text[fact.sentence_start : fact.sentence_end] == fact.sentence for fact in reading.facts)
    yield (
        "pieces cover the text without gaps",
        [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]
        and (not pieces or (pieces[0].start, pieces[-1].end) == (0, len(text))),
    )
    yield "pieces are inside the source", all(0 <= piece.source_start <= piece.source_end <= len(source) for piece in pieces)
    yield (
        "what was copied is equal",
        all(
            text[piece.start : piece.end] == source[piece.source_start : piece.source_end]
            for piece in pieces
            if piece.operation == "copied"
        ),
    )
    yield "changes name their step", all(piece.step for piece in pieces if piece.operation != "copied")
    yield "places are inside the source", all(0 <= place.start <= place.end <= len(source) for place in reading.locations)
    yield "personal data is masked", all(set(text[item.start : item.end]) <= {"＊", "\n"} for item in reading.personal)
    yield "texts can be written", _writable(text) and _writable(source) and _writable(repr(reading.metadata))


def _writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _at(data: bytes, pick: random.Random) -> int:
    return pick.randrange(len(data) + 1)


def _flip(data: bytes, pick: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(pick.choice((1, 3, 30, 300))):
        if out:
            out[pick.randrange(len(out))] = pick.choice((0, 0xFF, 0x3C, 0x7F, pick.randrange(256)))
    return bytes(out)


def _delete(data: bytes, pick: random.Random) -> bytes:
    at = _at(data, pick)
    return data[:at] + data[at + pick.choice((1, 2, 7, 100, 1000)) :]


def _insert(data: bytes, pick: random.Random) -> bytes:
    at, odd = _at(data, pick), pick.choice(_ODD)
    new = odd.encode("utf-8", "surrogatepass") if pick.random() < 0.5 else pick.randbytes(pick.choice((1, 2, 50)))
    return data[:at] + new + data[at:]


def _cut(data: bytes, pick: random.Random) -> bytes:
    at = _at(data, pick)
    return data[:at] if pick.random() < 0.7 else data[at:]


def _double(data: bytes, pick: random.Random) -> bytes:
    start, end = sorted((_at(data, pick), _at(data, pick)))
    return data[:end] + data[start:end] * pick.choice((1, 2, 20 if end - start < 2000 else 1)) + data[end:]


def _swap(data: bytes, pick: random.Random) -> bytes:
    a, b, c, d = sorted(_at(data, pick) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _tags(data: bytes, pick: random.Random) -> bytes:
    """Tags dropped, doubled, nested in themselves, or in another's place."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return _flip(data, pick)
    for tag in sorted(pick.sample(tags, min(len(tags), pick.choice((1, 3, 10)))), key=lambda tag: -tag.start()):
        other = pick.choice(tags)[0]
        new = pick.choice(
            (b"", tag[0] * 2, tag[0] * 300, other, tag[0][:-1], tag[0].replace(b"</", b"<"), b"<!--" + tag[0], b"&#" + tag[0])
        )
        data = data[: tag.start()] + new + data[tag.end() :]
    return data


def _numbers(data: bytes, pick: random.Random) -> bytes:
    """Numbers replaced by others that may be too large, negative, or nothing."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return _flip(data, pick)
    for match in sorted(pick.sample(found, min(len(found), pick.choice((1, 4, 20)))), key=lambda match: -match.start()):
        new = pick.choice((b"", b"0", b"-1", b"4294967296", b"9" * 30, b"%d" % pick.randrange(100_000)))
        data = data[: match.start()] + new + data[match.end() :]
    return data


def _json(data: bytes, pick: random.Random) -> bytes:
    """A value replaced by one of another kind, a key lost, or odd characters in a text."""
    rows = []
    for line in data.split(b"\n"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):  # spoilt already
            row = None
        if isinstance(row, dict) and row:
            key = pick.choice(sorted(row))
            way = pick.randrange(3)
            if way == 0:
                row[key] = pick.choice(_VALUES)
            elif way == 1:
                del row[key]
            else:
                text = str(row[key])
                at = pick.randrange(len(text) + 1)
                row[key] = text[:at] + pick.choice(_ODD) + text[at:]
            line = json.dumps(row, ensure_ascii=pick.random() < 0.7).encode("utf-8", "surrogatepass")
        rows.append(line)
    return b"\n".join(rows)


def _member(data: bytes, pick: random.Random) -> bytes:
    """A file inside a zip spoilt and packed again, so that its checksum is right; or dropped, doubled, renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(item.filename, archive.read(item)) for item in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError):
        return _flip(data, pick)  # spoilt already
    if not members:
        return _flip(data, pick)
    number = pick.randrange(len(members))
    name, content = members[number]
    way = pick.randrange(8)
    if way == 0:
        del members[number]
    elif way == 1:
        members.append((name.upper(), pick.choice(members)[1]))
    elif way == 2:
        members[number] = (
            pick.choice(("../" + name, "/" + name, name + "/", "a" * 300, "con.txt", "\u202e" + name, name.swapcase())),
            content,
        )
    else:
        spoil = pick.choice((_tags, _numbers, _flip, _delete, _insert, _cut, _double))
        members[number] = (name, spoil(content, pick))
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # the same name twice is meant
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode()), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _chunk(data: bytes, pick: random.Random) -> bytes:
    """A chunk of a PNG spoilt, lost or doubled, with its checksum set right."""
    if not data.startswith(b"\x89PNG"):
        return _flip(data, pick)
    chunks, at = [], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += length + 12
    number = pick.randrange(len(chunks))
    kind, content = chunks[number]
    way = pick.randrange(6)
    if way == 0:
        del chunks[number]
    elif way == 1:
        chunks.insert(number, chunks[number])
    elif way == 2 and kind == b"IHDR":
        chunks[number] = (kind, pick.choice((b"\0\0\xff\xff" * 2, b"\0" * 8, b"\xff" * 8)) + content[8:])
    else:
        chunks[number] = (kind, pick.choice((_flip, _delete, _insert, _cut))(content, pick))
    packed = (len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4) for kind, content in chunks)
    return data[:8] + b"".join(packed)
