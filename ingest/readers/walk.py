"""From the paths a person named to raw reports, one after the other, so that nothing large is held."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from corpus.errors import ClassifiedSource, DuplicateKey, EmptySource, SourceTooLarge, SourceVanished, UnknownFormat, UnreadableSource
from corpus.model import SetAside
from ingest import scratch
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import jsonl
from ingest.readers.archive.names import decoded
from ingest.readers.containers import EXPANDERS, Expander, Inside, Mapping, expanded
from ingest.readers.formats import MEDIA, media_of
from ingest.readers.inside import writing
from ingest.readers.passed import passed_over
from ingest.secrecy import classified, concealed_name

_MEGABYTE = 1024 * 1024
_UNBOUND = ("archive", "jsonl")  # of any size: read row by row, bound by what they unpack to


def find(
    paths: Iterable[Path],
    *,
    collection: str,
    limits: Limits = DEFAULT,
    mapping: Mapping | None = None,
    expand: Expander | None = None,
) -> Iterator[RawReport | SetAside]:
    """Yield every report under `paths` (files, or folders with all that is below them, in sorted order), and what could not be taken.

    The source key is the path below the folder that was named, joined by `/`; the file's name where a file was named; what an archive or a
    mail holds has the key of that file, `/` and its own path; a row has its own key (jsonl, tables). A key that came before is set aside
    (DuplicateKey), and so is what is over a limit. Hidden files, lock files of word processors and the folder of pictures and
    scripts beside a saved page are passed over.

    What is unpacked lies in a temporary folder until the next file is asked for or the iteration is given up. `expand` opens containers
    (in this process where none is given); `mapping` tells it the columns of odd tables.
    """
    return _walk(_files(paths), collection, limits, expand or partial(expanded, limits=limits, mapping=mapping))


def find_again(
    items: Iterable[tuple[str, str | Path]],
    *,
    collection: str,
    limits: Limits = DEFAULT,
    mapping: Mapping | None = None,
    expand: Expander | None = None,
) -> Iterator[RawReport | SetAside]:
    """As `find`, for single files, each under the key that it had or is to have: (key, path)."""
    files = ((key, Path(path)) for key, path in items)
    return _walk(files, collection, limits, expand or partial(expanded, limits=limits, mapping=mapping))


def set_aside(collection: str, source: str, error: UnreadableSource, *, path: str = "", key: str = "") -> SetAside:
    """What is kept about a source that could not be read.

    Names that carry a mark of state secrecy are not kept: a digest stands for them in `source` and `key`, `path` is left empty, and the
    reason is the mark, whatever else was wrong.
    """
    name = concealed_name(source)
    if name != source and not isinstance(error, ClassifiedSource):
        error = classified(source)
    shown = path if path == concealed_name(path) and key == concealed_name(key) else ""
    return SetAside(collection, name, error.code, str(error), path=shown, key=concealed_name(key))


def concealed(collection: str, raw: RawReport, error: UnreadableSource) -> SetAside:
    """`set_aside` for a report that was found and could not be read."""
    return set_aside(collection, raw.source, error, path=raw.path, key=raw.key)


def _walk(
    files: Iterable[tuple[str, Path | UnreadableSource]], collection: str, limits: Limits, expand: Expander
) -> Iterator[RawReport | SetAside]:
    seen: dict[str, str] = {}
    for key, path in files:
        if isinstance(path, UnreadableSource):
            yield set_aside(collection, key, path, key=key)
            continue
        place = _storable(path.absolute())
        with ExitStack() as temporary:
            for found in _File(key, limits, expand, temporary).reports(key, path, 0):
                if not isinstance(found, RawReport):
                    yield set_aside(collection, *found, path=place, key=key)
                elif found.source in seen:
                    error = DuplicateKey(
                        f"来源标识“{found.source}”已被 {seen[found.source]} 使用",
                        where=found.where,
                        remedy="请改名，或分别导入不同的集合（--collection）",
                    )
                    yield set_aside(collection, _free(f"{found.source} ({found.where})", seen), error, path=place, key=key)
                else:
                    seen[found.source] = found.where
                    yield replace(found, path=place, key=key)


def _free(key: str, seen: dict[str, str]) -> str:
    while key in seen:
        key += "′"
    return key


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, Path | UnreadableSource]]:
    for path in paths:
        if path.is_dir():
            (whole,) = _keys([PurePosixPath(path.resolve().name)])
            if concealed_name(whole) != whole:
                yield whole, classified(whole)
                continue
            unlisted: list[OSError] = []
            below = list(_below(path, unlisted))
            keys = _keys([PurePosixPath(item.relative_to(path).as_posix()) for item in below])
            yield from sorted(zip(keys, below, strict=True), key=lambda item: (item[0].split("/"), item[1]))
            for trouble in unlisted:
                (name,) = _keys([PurePosixPath(Path(trouble.filename).relative_to(path).as_posix())])
                yield name, SourceVanished(f"文件夹无法打开（{trouble.strerror}）", where=name, remedy="请检查权限后重试")
        else:
            (name,) = _keys([PurePosixPath(path.name)])
            yield name, path


def _keys(paths: list[PurePosixPath]) -> list[str]:
    """Paths as keys: where a system has names in another encoding than its own (GBK, say), they are decoded as those of an archive are."""
    foreign = sorted({step for path in paths for step in path.parts if not _is_text(step)})
    known = dict(zip(foreign, decoded([os.fsencode(step) for step in foreign]), strict=True))
    return ["/".join(known.get(step, step) for step in path.parts) if known else path.as_posix() for path in paths]


def _is_text(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _storable(path: Path) -> str:
    """A path as it can be kept; empty where its name is no text, so that it could not be found again by it."""
    return str(path) if _is_text(str(path)) else ""


def _below(folder: Path, unlisted: list[OSError]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=unlisted.append):
        known = frozenset(files)
        folders[:] = [name for name in folders if not passed_over(name, known, folder=True)]
        for name in files:
            if not passed_over(name, known):
                yield Path(parent) / name


@dataclass(slots=True)
class _File:
    """One file that was named, with all that is in it: what its archives unpack to counts together."""

    key: str
    limits: Limits
    expand: Expander
    temporary: ExitStack
    unpacked: int = 0
    members: int = 0
    over: SourceTooLarge | None = None
    folder: Path | None = None
    folders: int = 0

    def reports(self, key: str, path: Path, depth: int) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
        """What is in a file. `depth`: how many containers it lies in."""
        try:
            yield from self._reports(key, path, depth)
        except UnreadableSource as error:
            if error is self.over and depth:
                raise
            yield key, error
        except FileNotFoundError:
            yield key, SourceVanished("文件不存在（可能在列出之后被移走）", where=key, remedy="请检查路径后重试")
        except OSError as error:
            yield key, SourceVanished(f"文件无法打开（{error.strerror or error}）", where=key, remedy="请检查权限或是否被其他程序占用")

    def _reports(self, key: str, path: Path, depth: int) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
        if concealed_name(key) != key:
            raise classified(key)
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            raise UnknownFormat("不是普通文件", where=key, remedy="请导入文件或文件夹")
        if known.st_size == 0:
            raise EmptySource("文件是空的", where=key, remedy="请检查文件是否保存完整")
        if MEDIA.get(PurePosixPath(key).suffix.lower()) not in _UNBOUND:
            self.limits.check("size", known.st_size / _MEGABYTE, key)
        media = media_of(key, path, self.limits)
        if media == "jsonl":
            yield from jsonl.rows(path, key, limit=self.limits.bytes("size"))
        elif media in EXPANDERS:
            yield from self._inside(media, key, path, depth)
        else:
            self.limits.check("size", known.st_size / _MEGABYTE, key)
            yield RawReport(key, path.read_bytes(), media, key)

    def _inside(self, media: str, key: str, path: Path, depth: int) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
        if media != "table":
            depth += 1
            self.limits.check("depth", depth, key)
        folder = self._new_folder()
        try:
            for found in self.expand(media, path, key, folder):
                if not isinstance(found, Inside):
                    yield found
                    continue
                self._count(found.path)
                yield from self.reports(found.key, found.path, depth)
                found.path.unlink(missing_ok=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _count(self, path: Path) -> None:
        """Raises SourceTooLarge, and ends the whole file, where its archives unpack to too much, each within the limits by itself."""
        self.members += 1
        self.unpacked += path.stat().st_size
        try:
            self.limits.check("members", self.members, self.key)
            self.limits.check("unpacked", self.unpacked / _MEGABYTE, self.key)
        except SourceTooLarge as error:
            self.over = error
            raise

    def _new_folder(self) -> Path:
        with writing(Path(tempfile.gettempdir())):
            if self.folder is None:
                made = tempfile.TemporaryDirectory(dir=scratch.folder(), ignore_cleanup_errors=True)
                self.folder = Path(self.temporary.enter_context(made))
            self.folders += 1
            folder = self.folder / str(self.folders)
            folder.mkdir()
        return folder


__all__ = ["MEDIA", "concealed", "find", "find_again", "set_aside"]
