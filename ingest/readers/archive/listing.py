"""What a rar or 7z archive says is in it, before anything is unpacked: sizes, checksums, what is locked."""

from __future__ import annotations

import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import rarfile

from ingest.readers.archive.out import Outcome, broken, encrypted, link

_SECONDS = 120
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """`crc` is None where the archive keeps none."""

    size: int
    encrypted: bool
    link: bool
    crc: int | None

    def outcome(self, file: Path | None) -> Outcome:
        """What a file that was unpacked for this entry is worth."""
        if self.encrypted:
            return encrypted
        if self.link:
            return link
        return file if file is not None and self._whole(file) else broken

    def _whole(self, file: Path) -> bool:
        if self.crc is None:
            return file.stat().st_size == self.size
        crc = 0
        with file.open("rb") as content:
            while data := content.read(_CHUNK):
                crc = zlib.crc32(data, crc)
        return crc == self.crc


def rar_listing(path: Path, where: str) -> dict[str, Entry]:
    """The files of a rar archive by their path, as far as its headers can be read. Raises UnknownFormat where even its names are locked."""
    try:
        with rarfile.RarFile(path, part_only=True) as archive:
            entries = archive.infolist()
            locked = archive.needs_password()
            found = {
                entry.filename: Entry(entry.file_size or 0, entry.needs_password(), entry.is_symlink(), entry.CRC)
                for entry in entries
                if not entry.is_dir()
            }
    except (rarfile.Error, OSError, ValueError, IndexError, KeyError, TypeError):
        return {}
    if locked and not entries:
        raise encrypted(where)
    return found


def sevenzip_listing(program: str, path: Path, environment: dict[str, str], where: str) -> dict[str, Entry]:
    """The files of an archive as 7-Zip lists them; empty where it cannot tell. Raises UnknownFormat where even its names are locked."""
    command = [program, "l", "-slt", "-ba", "-sccUTF-8", "-p-", "--", str(path.absolute())]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return {}
    if not done.stdout.strip() and b"encrypted" in done.stderr:
        raise encrypted(where)
    entries = {}
    for block in done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").split("\n\n"):
        told = dict(line.split(" = ", 1) for line in block.split("\n") if " = " in line)
        name, attributes = told.get("Path"), told.get("Attributes", "")
        if name and told.get("Folder") != "+" and not attributes.startswith("D"):
            size, crc = told.get("Size", ""), told.get("CRC", "")
            entries[name.replace("\\", "/")] = Entry(
                int(size) if size.isdigit() else 0,
                told.get("Encrypted") == "+",
                bool(told.get("Symbolic Link") or told.get("Hard Link")) or " l" in attributes,
                int(crc, 16) if crc else None,
            )
    return entries
