"""Archives: zip and tar by the standard library, rar and 7z by a program that the machine has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.limits import Limits
from ingest.readers.archive import tarball, tools, zipped
from ingest.readers.archive.out import Member, Out

_RAR, _SEVENZIP = b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_TARS = (".tar", ".tgz", ".gz", ".bz2", ".xz", ".tbz2", ".txz")


def expand(path: Path, key: str, folder: Path, limits: Limits) -> Iterator[Member]:
    """Unpack an archive into `folder`, under names of our own; each member's key is that of the archive, `/`, and its path in it.

    A member that cannot be had is given with its reason. What the archive says is told by its bytes, not by its ending.
    Raises SourceTooLarge (limits `unpacked` and `members`, checked before and while unpacking), EmptySource, DamagedSource,
    UnknownFormat (rar or 7z without a program for them).
    """
    out = Out(key, folder, limits)
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(_RAR):
        yield from tools.members(path, "rar", out)
    elif head.startswith(_SEVENZIP):
        yield from tools.members(path, "7z", out)
    elif head.startswith(_PACKED) or head[257:262] == b"ustar" or key.lower().endswith(_TARS):
        yield from tarball.members(path, out)
    else:
        yield from zipped.members(path, out)
