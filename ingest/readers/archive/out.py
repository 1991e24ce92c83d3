"""Where the members of an archive go: files with names of our own in one folder, counted while they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from corpus.errors import DamagedSource, EmptySource, UnknownFormat, UnreadableSource
from ingest.limits import Limits
from ingest.readers.archive.names import safe, shown
from ingest.readers.inside import Inside, writing
from ingest.readers.passed import kept
from ingest.secrecy import classified, concealed_name

_CHUNK = 256 * 1024
_MEGABYTE = 1024 * 1024
Member = Inside | tuple[str, UnreadableSource]
Found = TypeVar("Found")
Reason = Callable[[str], UnreadableSource]
Outcome = Path | Reason
"""What became of a member: the file it was written to, or why there is none (to be told where)."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Out:
    """What one archive has unpacked so far. `key` is the archive's."""

    key: str
    folder: Path
    limits: Limits
    size: int = 0
    count: int = 0

    def announce(self, sizes: Iterable[int]) -> None:
        """Check what the archive says of itself, before anything is unpacked. Raises SourceTooLarge."""
        known = list(sizes)
        self.limits.check("members", len(known), self.key)
        self.limits.check("unpacked", sum(known) / _MEGABYTE, self.key)

    def take(self, source: Readable) -> Path:
        """Write a member. Nothing is left of one that breaks off.

        Raises SourceTooLarge where the archive unpacks to too much, whatever it has said; StoreFull, StoreError where it cannot be
        written; what `source` raises, but EOFError for an OSError of it.
        """
        self.counted()
        path = self.folder / f"{self.count:06d}"
        whole = False
        try:
            with writing(self.folder), path.open("wb") as file:
                while data := _read(source):
                    self.size += len(data)
                    self.limits.check("unpacked", self.size / _MEGABYTE, self.key)
                    file.write(data)
            whole = True
        finally:
            if not whole:
                path.unlink(missing_ok=True)
        return path

    def member(self, name: str, outcome: Outcome) -> Member:
        where = f"{self.key}/{name}"
        return Inside(where, outcome) if isinstance(outcome, Path) else (where, outcome(where))

    def counted(self) -> None:
        self.count += 1
        self.limits.check("members", self.count, self.key)


def _read(source: Readable) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:  # of the archive (gzip and bz2 raise it), not of the disk that is written to
        raise EOFError(str(error)) from error


def encrypted(where: str) -> UnknownFormat:
    return UnknownFormat("已加密，没有密码不能读取", where=where, remedy="请先解压（输入密码），再导入解压出来的文件夹")


def broken(where: str) -> DamagedSource:
    return DamagedSource("压缩包不完整、已损坏或已加密，没有解出来", where=where, remedy="请重新获取压缩包，或用解压软件修复后导入文件夹")


def outside(where: str) -> DamagedSource:
    return DamagedSource("压缩包里的路径指向包外，已拒绝", where=where, remedy="请确认压缩包的来源；可解压检查后导入文件夹")


def link(where: str) -> UnknownFormat:
    return UnknownFormat("是链接而不是文件，不跟随", where=where, remedy="请导入链接所指的文件")


def part(where: str) -> DamagedSource:
    return DamagedSource(
        "压缩包不完整、已损坏或已加密，只解出了一部分", where=where, remedy="请重新获取压缩包，或用解压软件修复后导入文件夹"
    )


def empty(where: str) -> EmptySource:
    return EmptySource("压缩包里没有文件", where=where, remedy="请检查压缩包是否保存完整")


def in_order(members: Iterable[tuple[str, Found]], out: Out) -> Iterator[tuple[str, Found | Reason]]:
    """Members (path as the archive has it, anything) in the order in which folders are read, with their safe path; without what is passed
    over; those below a name that carries a mark of secrecy are refused. Those whose path leads outside come last, as refused. Raises
    EmptySource where nothing is left."""
    found: dict[str, list[Found]] = {}
    refused: list[str] = []
    for name, member in members:
        path = safe(name)
        if path is None:
            refused.append(shown(name))
        elif path:
            found.setdefault(path, []).append(member)
    names = kept(found)
    if not names and not refused:
        raise empty(out.key)
    for name in names:
        marked = concealed_name(name) != name
        yield from ((name, classified if marked else member) for member in found[name])
    yield from ((name, outside) for name in refused)
