"""Model files in the cache, checked by SHA-256 once."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelCorrupt, ModelError, ModelMissing

_CHECKED = "checked.json"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """`name` in the model's folder, `size` in bytes, `sha256` in hexadecimal digits, `hub` its path in the hub's repository."""

    name: str
    size: int
    sha256: str
    hub: str = ""


def check(file: ModelFile, folder: Path, *, remedy: str) -> None:
    """Raise ModelMissing or ModelCorrupt unless `folder` holds the file with the right hash.

    A hash that was right is remembered with the file's size and time of change in checked.json beside it, and not computed again.
    """
    path = folder / file.name
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelMissing("没有这个模型文件", where=str(path), remedy=remedy, en="model file not found") from error
    except OSError as error:
        raise _unreadable(path, error, remedy) from error
    if found.st_size != file.size:
        raise ModelCorrupt(
            f"模型文件不完整或不是所要的版本（{found.st_size} 字节，应为 {file.size} 字节）",
            where=str(path),
            remedy=remedy,
            en=f"model file has {found.st_size} bytes instead of {file.size}",
        )
    known = [found.st_size, found.st_mtime_ns, file.sha256]
    checked = _read_checked(folder)
    if checked.get(file.name) == known:
        return
    try:
        right = sha256_of(path) == file.sha256
    except OSError as error:
        raise _unreadable(path, error, remedy) from error
    if not right:
        raise ModelCorrupt("模型文件内容不对（SHA-256 校验不符）", where=str(path), remedy=remedy, en="model file has another SHA-256")
    with suppress(OSError):  # a folder that cannot be written is checked each time
        _write_whole(folder / _CHECKED, json.dumps(checked | {file.name: known}, indent=1).encode())


def _unreadable(path: Path, error: OSError, remedy: str) -> ModelCorrupt:
    return ModelCorrupt(f"模型文件读不出来（{error.strerror or error}）", where=str(path), remedy=remedy, en="model file not readable")


def present(file: ModelFile, folder: Path) -> bool:
    """Tell whether `check` passes."""
    try:
        check(file, folder, remedy="")
    except ModelError:
        return False
    return True


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_checked(folder: Path) -> dict[str, object]:
    try:
        checked = json.loads((folder / _CHECKED).read_bytes())
    except (OSError, ValueError):  # not there, or cut short: then everything is checked again
        return {}
    return checked if isinstance(checked, dict) else {}


def _write_whole(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
