"""A file that an archive or a mail holds, unpacked into a temporary folder, to be walked on like any other file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StoreError, StoreFull

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@dataclass(frozen=True, slots=True)
class Inside:
    """`key`: the source key it shall have (key of what holds it, `/`, its own path or name); `path`: where it lies now."""

    key: str
    path: Path


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Whatever goes wrong in it is trouble of the temporary folder and ends the run, rather than being told of a file.

    Raises StoreFull, StoreError.
    """
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> StoreError:
    if error.errno in _FULL:
        return full(folder)
    return StoreError(
        f"临时文件夹无法写入（{error.strerror or error}）", where=str(folder), remedy="请检查权限，或用 TMPDIR 另指定一个文件夹"
    )


def full(folder: Path) -> StoreFull:
    return StoreFull("磁盘空间不足，压缩包解不开", where=str(folder), remedy="请腾出空间，或用 TMPDIR 另指定一个文件夹后重试")
