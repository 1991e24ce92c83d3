"""Rar and 7z archives by a program that the machine has.

bsdtar gives the whole archive as a tar stream, so nothing is written under a name that the archive chose. Where there is no bsdtar, or it
breaks off (at a locked member, say), another program unpacks into a folder of its own, of which only plain files are taken.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import SourceTooLarge, UnknownFormat
from ingest.readers import programs
from ingest.readers.archive import tarball
from ingest.readers.archive.listing import Entry, rar_listing, sevenzip_listing
from ingest.readers.archive.names import safe
from ingest.readers.archive.out import Member, Out, Outcome, encrypted
from ingest.readers.inside import full, writing

SEVENZIP = ("7z", "7zz", "7za")
_BSDTAR = ("bsdtar", "tar") if sys.platform in ("win32", "darwin") else ("bsdtar",)
_FOLDERS = (("ProgramFiles", "7-Zip"), ("ProgramFiles(x86)", "7-Zip"), ("ProgramFiles", "WinRAR"), ("ProgramFiles(x86)", "WinRAR"))
_MEGABYTE = 1024 * 1024
_CHUNK = 64 * 1024
_LOOK = 0.1  # seconds between two looks at what a program has written
_NO_SPACE = 1024 * 1024  # bytes left of a disk on which a program has failed for want of more


@dataclass(frozen=True, slots=True)
class Unpacker:
    """A program that unpacks into a folder: `{folder}` and `{file}` stand in `arguments`. None asks for a password."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    arguments: tuple[str, ...]


UNPACKERS = (
    Unpacker(SEVENZIP, ("7z", "rar"), ("x", "-y", "-bd", "-p-", "-o{folder}", "--", "{file}")),
    Unpacker(("unrar",), ("rar",), ("x", "-y", "-p-", "-idq", "--", "{file}", "{folder}/")),
    Unpacker(
        ("unar",),
        ("7z", "rar"),
        ("-quiet", "-force-overwrite", "-no-directory", "-password", "-", "-output-directory", "{folder}", "{file}"),
    ),
)


def members(path: Path, kind: str, out: Out) -> Iterator[Member]:
    """Unpack and give in order. `kind`: rar or 7z. Raises SourceTooLarge, EmptySource, DamagedSource, UnknownFormat where no program
    is installed that can."""
    stream = find_program(_BSDTAR)
    unpackers = [(program, unpacker) for unpacker in UNPACKERS if kind in unpacker.kinds and (program := find_program(unpacker.names))]
    if stream is None and not unpackers:
        raise UnknownFormat(
            f"解开 {kind} 压缩包需要解压程序，本机没有安装", where=out.key, remedy="请解压后导入文件夹，或安装 7-Zip 或 bsdtar 后重试"
        )
    told = _told(path, kind, out.key)
    out.announce(entry.size for entry in told.values())
    best = _Unpacked([], False)
    programs: list[str | tuple[str, Unpacker]] = [*([stream] if stream is not None else []), *unpackers]
    for number, chosen in enumerate(programs):
        if not best.whole:
            attempt = replace(out, folder=out.folder / str(number))
            with writing(out.folder):
                attempt.folder.mkdir()
            found = _streamed(chosen, path, attempt) if isinstance(chosen, str) else _written(*chosen, path, attempt, told)
            best = max(best, _compared(found, told), key=_Unpacked.worth)
    yield from tarball.given(best.found, best.whole, out)


def _told(path: Path, kind: str, where: str) -> dict[str, Entry]:
    """What the archive says of its members; empty where nothing here can tell."""
    if kind == "rar":
        return rar_listing(path, where)
    program = find_program(SEVENZIP)
    return sevenzip_listing(program, path, _utf8(), where) if program is not None else {}


def _compared(found: _Unpacked, told: dict[str, Entry]) -> _Unpacked:
    """What was unpacked, held against what the archive says: programs give locked and broken members as if they were whole."""
    missing = dict(told)
    checked: list[tuple[str, Outcome]] = []
    for name, outcome in found.found:
        entry = missing.pop(name, None)
        checked.append((name, entry.outcome(outcome) if entry is not None and isinstance(outcome, Path) else outcome))
    checked += [(name, entry.outcome(None)) for name, entry in missing.items()]
    explained = bool(told) and all(isinstance(outcome, Path) or outcome is encrypted for _, outcome in checked)
    return _Unpacked(checked, (found.whole and not missing) or explained)


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """What one program could do; `whole` where each member of the archive is in it, be it with a reason."""

    found: list[tuple[str, Outcome]]
    whole: bool

    def worth(self) -> tuple[int, bool, int]:
        return sum(isinstance(outcome, Path) for _, outcome in self.found), self.whole, len(self.found)


def find_program(names: tuple[str, ...]) -> str | None:
    """A program from PATH or from where it is usually installed on Windows."""
    folders = [Path(os.environ[name], folder) for name, folder in _FOLDERS if name in os.environ]
    known = (
        shutil.which(name) or next((str(path) for folder in folders if (path := folder / f"{name}.exe").is_file()), None) for name in names
    )
    return next((program for program in known if program), None)


def _streamed(program: str, path: Path, out: Out) -> _Unpacked:
    """Raises UnknownFormat where the whole archive is locked."""
    command = [program, "-b", "1", "-cf", "-", "--format=pax", f"@{path.absolute()}"]
    with (
        tempfile.TemporaryFile() as said,
        programs.running(command, out.limits, stdout=subprocess.PIPE, stderr=said, env=_utf8(), cwd=out.folder) as process,
    ):
        assert process.stdout is not None
        found, whole = tarball.from_stream(process.stdout, out)
        while whole and process.stdout.read(_CHUNK):
            pass  # what follows the end of a tar
        process.stdout.close()  # ends a program that still writes
        process.wait()
        said.seek(0)
        if not found and b"encrypt" in said.read(_CHUNK).lower():
            raise encrypted(out.key)
    return _Unpacked(found, whole and process.returncode == 0)


def _written(program: str, unpacker: Unpacker, path: Path, out: Out, told: dict[str, Entry]) -> _Unpacked:
    if any(entry.link or safe(name) is None for name, entry in told.items()):
        return _Unpacked([], False)  # an old version of the program would write outside of the folder
    with tempfile.TemporaryDirectory(prefix="unpacked-", dir=out.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        whole = _run([program, *(part.format(folder=folder, file=path.absolute()) for part in unpacker.arguments)], folder, out)
        found: list[tuple[str, Outcome]] = []
        for file in _plain_files(folder):
            with file.open("rb") as source:
                found.append((file.relative_to(folder).as_posix(), out.take(source)))
    return _Unpacked(found, whole)


def _plain_files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not (Path(parent) / name).is_symlink()]
        yield from (path for name in files if (path := Path(parent) / name).is_file() and not path.is_symlink())


def _run(command: list[str], folder: Path, out: Out) -> bool:
    """Run an unpacker, looking at what it has written so far; whether it ended well. Raises SourceTooLarge."""
    seconds = max(1.0, out.limits.seconds * 0.9)
    until = time.monotonic() + seconds
    with programs.running(command, out.limits, env=_utf8(), cwd=folder) as process:
        while process.poll() is None:
            _look(folder, out)
            if time.monotonic() > until:
                remedy = f"确认文件没有问题后，可用 --limit seconds={2 * out.limits.seconds} 调高上限，或请解压后导入文件夹"
                raise SourceTooLarge(f"解压了 {seconds:.0f} 秒还没有完", where=out.key, remedy=remedy)
            time.sleep(_LOOK)
    _look(folder, out)
    if process.returncode and shutil.disk_usage(folder).free < _NO_SPACE:
        raise full(folder)
    return process.returncode == 0


def _look(folder: Path, out: Out) -> None:
    size = count = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            path = Path(parent) / name
            if path.exists():
                size += path.lstat().st_size
                count += 1
    out.limits.check("members", count, out.key)
    out.limits.check("unpacked", size / _MEGABYTE, out.key)


def _utf8() -> dict[str, str]:
    """An environment in which programs give names as UTF-8."""
    return {**os.environ, "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"}
