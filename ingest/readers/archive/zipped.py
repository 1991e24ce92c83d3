"""Zip archives: names in any encoding, members that lock, lie or lead outside, and archives whose table of contents is gone."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.archive.names import decoded
from ingest.readers.archive.out import Member, Out, Outcome, broken, encrypted, in_order, link
from ingest.readers.archive.salvage import salvaged

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, ValueError, KeyError, IndexError)
_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075  # extra field "Info-ZIP Unicode Path": version, CRC of the raw name, name in UTF-8


def members(path: Path, out: Out) -> Iterator[Member]:
    """Unpack one member after the other. Raises SourceTooLarge, EmptySource."""
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN:
        yield from salvaged(path, out)
        return
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        out.announce(entry.file_size for entry in entries)
        for name, entry in in_order(zip(_names(entries), entries, strict=True), out):
            yield out.member(name, _outcome(archive, entry, out) if isinstance(entry, zipfile.ZipInfo) else entry)


def _outcome(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, out: Out) -> Outcome:
    if entry.flag_bits & _ENCRYPTED:
        return encrypted
    if stat.S_ISLNK(entry.external_attr >> 16):
        return link
    try:
        with archive.open(entry) as file:
            return out.take(file)
    except (*BROKEN, RuntimeError):
        return broken


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    raw = [None if entry.flag_bits & _UTF8 else entry.orig_filename.encode("cp437", "replace") for entry in entries]
    told = [_unicode_path(entry.extra, name) if name is not None else entry.orig_filename for entry, name in zip(entries, raw, strict=True)]
    guessed = iter(decoded([name for name, known in zip(raw, told, strict=True) if known is None and name is not None]))
    return [known if known is not None else next(guessed) for known in told]


def _unicode_path(extra: bytes, name: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1 and field[1:5] == zlib.crc32(name).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return None
