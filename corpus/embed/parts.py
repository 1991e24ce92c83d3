"""Files on their way into the cache: written beside their place, moved there whole and verified, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.embed.files import ModelFile, sha256_of
from corpus.errors import ModelCorrupt, ModelError

CHUNK = 1 << 16
_ABANDONED = 300.0  # seconds without a write after which a part belongs to no running process


def install(file: ModelFile, chunks: Iterable[bytes], folder: Path, *, where: str) -> None:
    """Write a file from `chunks` and put it in place when its hash is right. Raises ModelCorrupt, naming `where` it came from."""
    with own_part(folder, file.name) as part:
        seen = hashlib.sha256()
        size = 0
        with writing(folder), part.open("wb") as out:
            for chunk in chunks:
                seen.update(chunk)
                size += len(chunk)
                if size > file.size:
                    break
                out.write(chunk)
        if seen.hexdigest() != file.sha256:
            raise ModelCorrupt(f"{file.name} 内容不对（SHA-256 校验不符）", where=where, en=f"{file.name} has another SHA-256")
        place(part, folder / file.name)


def place(part: Path, target: Path) -> None:
    """Move a verified part to its name in one step, and clear away what others left."""
    with writing(target.parent):
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    for left in _left_over(target.parent, target.name):
        with suppress(OSError):
            left.unlink()


def verified(part: Path, file: ModelFile) -> bool:
    """Tell whether a finished part has the right size and hash."""
    return part.stat().st_size == file.size and sha256_of(part) == file.sha256


@contextmanager
def own_part(folder: Path, name: str) -> Iterator[Path]:
    """Give a new path beside `name` that no other process uses; what is still there at the end is removed."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    own = folder / f"{name}.{os.getpid()}-{secrets.token_hex(4)}.part"
    try:
        yield own
    finally:
        with suppress(OSError):
            own.unlink(missing_ok=True)


@contextmanager
def claimed_part(folder: Path, name: str) -> Iterator[Path]:
    """Like `own_part`, but with what an interrupted download left in it, and what is not placed is kept for the next.

    Two processes may fetch at a time: a part is taken over by renaming it, which only one of them can do.
    """
    with own_part(folder, name) as own:
        for left in _left_over(folder, name):
            try:
                left.rename(own)
                break
            except OSError:  # gone, or another process has it
                continue
        try:
            yield own
        finally:
            with suppress(OSError):
                own.replace(folder / f"{name}.part")


def _left_over(folder: Path, name: str) -> list[Path]:
    """Parts of `name` that no running process writes, the largest first."""
    now = time.time()
    parts = []
    for path in [folder / f"{name}.part", *folder.glob(f"{name}.*-*.part")]:
        with suppress(OSError):  # not there, or gone meanwhile
            found = path.stat()
            if path.name == f"{name}.part" or now - found.st_mtime > _ABANDONED:
                parts.append((-found.st_size, path))
    return [path for _, path in sorted(parts)]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn trouble with the disk into a ModelError that names the folder."""
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        what = "磁盘空间不足，模型文件没有写下" if full else f"模型缓存文件夹写不进去（{error.strerror or error}）"
        remedy = "腾出空间后重新运行" if full else "检查权限，或用 JINDIANZI_CACHE 指定别的文件夹"
        raise ModelError(what, where=str(folder), remedy=remedy, en="cannot write to the model cache") from error
