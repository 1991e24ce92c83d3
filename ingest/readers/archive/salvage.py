"""What can be had of a zip archive that was cut short: its members from their own headers, one after the other ([APPNOTE] 4.3.7)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.readers.archive.names import decoded
from ingest.readers.archive.out import Member, Out, Outcome, broken, encrypted, in_order, part

_HEADER = struct.Struct("<4s5HIIIHH")
_SIGN = b"PK\x03\x04"
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    at: int


def salvaged(path: Path, out: Out) -> Iterator[Member]:
    """Members that are whole, then what is left: the member in which the archive breaks off, or the archive where it has none.

    Raises SourceTooLarge.
    """
    with path.open("rb") as file:
        entries = _entries(file, out)
        if not entries:
            yield out.key, broken(out.key)
            return
        for name, entry in in_order([(entry.name, entry) for entry in entries], out):
            yield out.member(name, _outcome(file, entry, out) if isinstance(entry, _Entry) else entry)
    yield out.key, part(out.key)


def _entries(file: IO[bytes], out: Out) -> list[_Entry]:
    """Entries in the order of the file, as far as their headers lead from one to the next or can be found again."""
    found = []
    names = []
    at = _next(file, 0)
    while at is not None:
        file.seek(at)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size:
            break
        _, _, flags, method, _, _, crc, packed, _, name_length, extra = _HEADER.unpack(head)
        name = file.read(name_length)
        if len(name) < name_length:
            break
        begin = at + _HEADER.size + name_length + extra
        if not name.endswith(b"/"):
            names.append(name)
            found.append((flags, method, crc, packed, begin))
            out.limits.check("members", len(found), out.key)
        at = _next(file, begin if flags & _SIZES_BEHIND else begin + packed)
    return [_Entry(name, *entry) for name, entry in zip(decoded(names), found, strict=True)]


def _next(file: IO[bytes], start: int) -> int | None:
    """Where the next header begins at or behind `start`."""
    file.seek(start)
    before = b""
    while data := file.read(_CHUNK):
        window = before + data
        at = window.find(_SIGN)
        if at >= 0:
            return file.tell() - len(window) + at
        before = window[-3:]
    return None


def _outcome(file: IO[bytes], entry: _Entry, out: Out) -> Outcome:
    if entry.flags & _ENCRYPTED:
        return encrypted
    if entry.method not in (_STORED, _DEFLATED) or (entry.method == _STORED and entry.flags & _SIZES_BEHIND):
        return broken
    file.seek(entry.at)
    source = _Inflated(file, None if entry.flags & _SIZES_BEHIND else entry.packed, entry.method == _STORED)
    try:
        path = out.take(source)
    except (zlib.error, EOFError):
        return broken
    whole = source.ended and (bool(entry.flags & _SIZES_BEHIND) or source.crc == entry.crc)
    return path if whole else broken


class _Inflated:
    """The content of a member, with its checksum as far as it was read; `ended` where it came to its end."""

    def __init__(self, file: IO[bytes], packed: int | None, stored: bool) -> None:
        self.crc = 0
        self.ended = False
        self._file = file
        self._left = packed
        self._stored = stored
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        data = b""
        while not data and not self.ended:
            packed = self._rest or self._packed()
            if self._stored:
                data = packed
                self.ended = self._left == 0
            else:
                data = self._inflate.decompress(packed, size)
                self._rest = self._inflate.unconsumed_tail
                self.ended = self._inflate.eof
            if not packed:
                break
        self.crc = zlib.crc32(data, self.crc)
        return data

    def _packed(self) -> bytes:
        data = self._file.read(_CHUNK if self._left is None else min(_CHUNK, self._left))
        if self._left is not None:
            self._left -= len(data)
        return data
