"""Archives made by hand, where no library writes what people receive: zip with names in old encodings, rar, members that lie."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

_ENCRYPTED, _UTF8 = 0x1, 0x800


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as Python writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def raw_zip(members: Iterable[tuple[bytes, bytes]], *, flags: int = 0, extra: bytes = b"", said: int | None = None, mode: int = 0) -> bytes:
    """A zip whose names are the bytes given. `said`: the size that the headers tell; `mode`: Unix mode of the members."""
    out = bytearray()
    directory = bytearray()
    count = 0
    for name, data in members:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush()
        size = len(data) if said is None else said
        common = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0x21, zlib.crc32(data), len(packed), size, len(name), len(extra))
        directory += b"PK\x01\x02" + struct.pack("<H", 0x0314) + common
        directory += struct.pack("<HHHII", 0, 0, 0, mode << 16, len(out)) + name + extra
        out += b"PK\x03\x04" + common + name + extra + packed
        count += 1
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + end)


def unicode_path(raw: bytes, name: str) -> bytes:
    """The extra field that tells a member's name in UTF-8."""
    told = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(told)) + told


def rar(members: Iterable[tuple[str, bytes]], *, locked: Iterable[str] = ()) -> bytes:
    """A RAR 5 archive of stored members; those in `locked` say that they are encrypted, and their bytes are not their own."""
    out = bytearray(b"Rar!\x1a\x07\x01\x00") + _block(1, 0, _vint(0))
    locked = set(locked)
    for name, data in members:
        raw = name.encode()
        extra = b""
        if name in locked:
            record = _vint(1) + _vint(0) + _vint(0) + b"\x0f" + bytes(32)
            extra = _vint(len(record)) + record
        body = _vint(4) + _vint(len(data)) + _vint(0o100644) + struct.pack("<I", zlib.crc32(data)) + _vint(0) + _vint(1)
        out += _block(2, 2 | bool(extra), body + _vint(len(raw)) + raw + extra, extra=len(extra) if extra else None, data=len(data))
        out += data if name not in locked else bytes(byte ^ 0x5A for byte in data)
    return bytes(out + _block(5, 0, _vint(0)))


def _vint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def _block(kind: int, flags: int, body: bytes, *, extra: int | None = None, data: int | None = None) -> bytes:
    header = _vint(kind) + _vint(flags)
    header += _vint(extra) if extra is not None else b""
    header += _vint(data) if data is not None else b""
    header = _vint(len(header) + len(body)) + header + body
    return struct.pack("<I", zlib.crc32(header)) + header
