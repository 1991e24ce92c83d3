"""A model that a person has on disk: a folder, a jar or zip archive, or the file itself. Files are known by size and hash, not by name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.embed.files import ModelFile
from corpus.embed.parts import CHUNK, install
from corpus.embed.registry import Model
from corpus.embed.source import Limits, Report, Step
from corpus.errors import ModelCorrupt, ModelMissing

_ARCHIVES = (".jar", ".zip")
_FILES = (".onnx", ".json")


@dataclass(frozen=True, slots=True)
class GivenSource:
    path: Path
    name: str = "给定的文件夹或文件"

    def obtain(self, model: Model, wanted: Sequence[ModelFile], folder: Path, report: Report, limits: Limits) -> None:
        report(Step(self.name, f"查找 {self.path}", 0, model.size))
        if not self.path.exists():
            raise ModelMissing("没有这个文件或文件夹", where=str(self.path), en="no such file or folder")
        copy_from(self.path, wanted, folder)
        report(Step(self.name, "已校验", model.size, model.size))


def copy_from(path: Path, wanted: Sequence[ModelFile], folder: Path) -> None:
    """Copy the wanted files from a folder (and the archives in it), an archive or a file. Raises ModelCorrupt or ModelMissing."""
    candidates = sorted(p for p in path.rglob("*") if p.suffix.lower() in _ARCHIVES + _FILES) if path.is_dir() else [path]
    for file in wanted:
        problem: ModelCorrupt | None = None
        for candidate in candidates:
            try:
                if _take(file, candidate, folder):
                    break
            except ModelCorrupt as error:
                problem = error
        else:
            raise problem or ModelMissing(
                f"里面没有 {file.name}（{file.size} 字节）", where=str(path), en=f"no {file.name} of {file.size} bytes in it"
            )


def _take(file: ModelFile, candidate: Path, folder: Path) -> bool:
    """Install the file from a candidate if that has one of its size; a hash that is not right raises ModelCorrupt."""
    try:
        if candidate.suffix.lower() in _ARCHIVES:
            return _take_member(file, candidate, folder)
        if not candidate.is_file() or candidate.stat().st_size != file.size:
            return False
        install(file, _read(candidate), folder, where=str(candidate))
    except OSError as error:
        raise ModelCorrupt(f"读不出来（{error.strerror or error}）", where=str(candidate), en="not readable") from error
    return True


def _take_member(file: ModelFile, archive: Path, folder: Path) -> bool:
    try:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                if member.file_size == file.size:
                    install(file, _read_member(opened, member), folder, where=f"{archive} 中的 {member.filename}")
                    return True
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError: a member with a password; NotImplementedError: a way of packing that zipfile does not know
        raise ModelCorrupt("压缩包不完整或打不开", where=str(archive), en="archive cut short or not readable") from error
    return False


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as error:
        raise ModelCorrupt(f"读不出来（{error.strerror or error}）", where=str(path), en="not readable") from error


def _read_member(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with opened.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
