"""Tar archives, packed or not, and single files packed by gzip, bzip2 or xz: read as a stream, nothing extracted under its own name."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from ingest.readers.archive.names import decoded
from ingest.readers.archive.out import Member, Out, Outcome, Readable, broken, in_order, link, part

BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError, OverflowError)
_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
_BAD_HEADERS = ("InvalidHeaderError", "TruncatedHeaderError")  # the others are an end
_BLOCK = 512
_NAMED = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")


def members(path: Path, out: Out) -> Iterator[Member]:
    """Unpack and give in order. Raises SourceTooLarge, EmptySource; DamagedSource where not even the first header can be read."""
    try:
        with _unpacked(path) as file:
            first = file.read(_BLOCK)
        is_tar = _is_tar(first) or (not any(first) and out.key.lower().endswith(_NAMED))
    except BROKEN as error:
        raise broken(out.key) from error
    with _unpacked(path) as file:
        if is_tar:
            found, whole = from_stream(cast("Readable", file), out)
            yield from given(found, whole, out)
        else:
            yield _single(file, out)


def given(found: list[tuple[str, Outcome]], whole: bool, out: Out) -> Iterator[Member]:
    """What was unpacked, in order; and that it is not all, where it is not. Raises EmptySource, DamagedSource."""
    if not found and not whole:
        raise broken(out.key)
    for name, outcome in in_order(found, out):
        yield out.member(name, outcome)
    if not whole:
        yield out.key, part(out.key)


def from_stream(stream: Readable, out: Out) -> tuple[list[tuple[str, Outcome]], bool]:
    """Every file of a tar stream as (name, what became of it), and whether the stream came to a good end. Raises SourceTooLarge."""
    raw: list[bytes] = []
    found: list[Outcome] = []
    whole = True
    try:
        with tarfile.open(
            fileobj=cast("IO[bytes]", stream), mode="r|", encoding="utf-8", errors="surrogateescape", tarinfo=_Entry
        ) as archive:
            while (entry := archive.next()) is not None:
                out.counted()
                if entry.isdir():
                    continue
                raw.append(entry.name.encode("utf-8", "surrogateescape"))
                found.append(broken)
                file = archive.extractfile(entry) if entry.isreg() else None
                found[-1] = out.take(file) if file is not None else link
    except BROKEN:
        whole = False
    return list(zip(decoded(raw), found, strict=True)), whole


class _Entry(tarfile.TarInfo):
    """A header that is broken ends the reading with an error: tarfile takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error).__name__ in _BAD_HEADERS:
                raise OSError(str(error)) from error
            raise


def _single(file: IO[bytes], out: Out) -> Member:
    """`案例.jsonl.gz` holds `案例.jsonl`."""
    name = PurePosixPath(PurePosixPath(out.key).name).stem or "file"
    try:
        return out.member(name, out.take(file))
    except BROKEN:
        return out.member(name, broken)


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        head = file.read(8)
    opener = next((opener for sign, opener in _OPENERS if head.startswith(sign)), None)
    return cast("IO[bytes]", opener(path, "rb")) if opener is not None else path.open("rb")
