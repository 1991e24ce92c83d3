"""The table of contents of a zip archive, read name by name in little memory: the standard library's takes as much as the archive likes.

[APPNOTE] 4.3.12 (central directory), 4.3.14-16 (its end, also of 64 bits).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ingest.limits import Limits

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_COMMENT = 65_535
_STORED, _DEFLATED = 0, 8


class NoZip(Exception):
    """There is no table of contents, or it is broken."""


def names(path: Path, limits: Limits, where: str) -> Iterator[tuple[bytes, int]]:
    """Names of the members as they are written, and where the header of each stands in the file.

    Raises NoZip; SourceTooLarge where there are more than `limits.members`, when that many have been given.
    """
    with path.open("rb") as file:
        begin, size, shift = _directory(file)
        file.seek(begin)
        files = folders = 0
        while size >= _ENTRY.size:
            head = file.read(_ENTRY.size)
            if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
                raise NoZip
            fields = _ENTRY.unpack(head)
            name_length, extra, comment, at = fields[10], fields[11], fields[12], fields[16]
            name = file.read(name_length)
            file.seek(extra + comment, 1)
            size -= _ENTRY.size + name_length + extra + comment
            folders += name.endswith(b"/")
            files += not name.endswith(b"/")
            limits.check("members", files + max(0, folders - limits.members), where)  # folders are as many as files at most
            yield name, at + shift


def first_bytes(path: Path, at: int, count: int) -> bytes:
    """The first bytes of the member whose header stands at `at`. Raises NoZip."""
    with path.open("rb") as file:
        file.seek(at)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise NoZip
        fields = _LOCAL.unpack(head)
        file.seek(fields[9] + fields[10], 1)
        data = file.read(4 * count)
    try:
        if fields[3] == _DEFLATED:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, count)
    except zlib.error as error:
        raise NoZip from error
    return data[: min(count, fields[7] or count)] if fields[3] == _STORED else b""


def _directory(file: IO[bytes]) -> tuple[int, int, int]:
    """Where the table begins, its size, and how many bytes stand before the archive (a program that unpacks it)."""
    whole = file.seek(0, 2)
    start = max(0, whole - _COMMENT - _END.size)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - _END.size + 4))
    if found < 0:
        raise NoZip
    end = start + found
    _, _, _, _, count, size, offset, _ = _END.unpack_from(tail, found)
    if count == 0xFFFF or 0xFFFFFFFF in (size, offset):
        located = _wide(file, end)
        if located is not None:
            size, offset, end = located
    begin = end - size
    if size < 0 or begin < 0 or offset > begin:
        raise NoZip
    return begin, size, begin - offset


def _wide(file: IO[bytes], end: int) -> tuple[int, int, int] | None:
    """Size and offset of the table, and where its end of 64 bits begins; None where there is none."""
    at = end - _LOCATOR.size
    record_at = at - _END64.size
    if record_at < 0:
        return None
    file.seek(record_at)
    record, locator = file.read(_END64.size), file.read(_LOCATOR.size)
    if not locator.startswith(b"PK\x06\x07") or not record.startswith(b"PK\x06\x06"):
        return None
    fields = _END64.unpack(record)
    return fields[8], fields[9], record_at
