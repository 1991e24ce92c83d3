"""From the paths a person named to raw reports, one after the other, so that nothing large is held."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import DuplicateKey, EmptySource, SourceTooLarge, SourceVanished, UnknownFormat, UnreadableSource
from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.readers import jsonl

LIMIT = 100 * 1024 * 1024
MEDIA = {".txt": "txt", ".text": "txt", ".md": "md", ".html": "html", ".htm": "html", ".docx": "docx", ".json": "json", ".jsonl": "jsonl"}
_SKIPPED = ("~$", ".")  # lock files of word processors, hidden files
_JUNK = ("thumbs.db", "desktop.ini")


def find(paths: Iterable[Path], *, collection: str, limit: int = LIMIT) -> Iterator[RawReport | SetAside]:
    """Yield every report under `paths` (files, or folders with all that is below them, in sorted order), and what could not be taken.

    The source key is the path below the folder that was named, joined by `/`; the file's name where a file was named; the row's own key in
    a .jsonl file. A key that came before is set aside (DuplicateKey). A file over `limit` bytes is set aside; a .jsonl file may be of any
    size. Hidden files and lock files of word processors are passed over.
    """
    seen: dict[str, str] = {}
    for key, path in _files(paths):
        for found in _reports(key, path, limit):
            if isinstance(found, RawReport):
                if found.source in seen:
                    error = DuplicateKey(
                        f"来源标识“{found.source}”已被 {seen[found.source]} 使用",
                        where=found.where,
                        remedy="请改名，或分别导入不同的集合（--collection）",
                    )
                    yield set_aside(collection, _free(f"{found.source} ({found.where})", seen), error)
                    continue
                seen[found.source] = found.where
                yield found
            else:
                yield set_aside(collection, *found)


def set_aside(collection: str, source: str, error: UnreadableSource) -> SetAside:
    """What is kept about a source that could not be read."""
    return SetAside(collection, source, error.code, str(error))


def _free(key: str, seen: dict[str, str]) -> str:
    while key in seen:
        key += "′"
    return key


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if path.is_dir():
            below = sorted(_below(path), key=lambda item: item.relative_to(path).parts)
            yield from ((item.relative_to(path).as_posix(), item) for item in below)
        else:
            yield path.name, path


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(_SKIPPED) and name.lower() not in _JUNK:
                yield Path(parent) / name


def _reports(key: str, path: Path, limit: int) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    try:
        media = MEDIA.get(path.suffix.lower())
        size = path.stat().st_size
        if media is None:
            yield (
                key,
                UnknownFormat(f"不支持的格式“{path.suffix or '无扩展名'}”", where=key, remedy="可读取 txt、md、html、docx、json、jsonl"),
            )
        elif size == 0:
            yield key, EmptySource("文件是空的", where=key, remedy="请检查文件是否保存完整")
        elif media == "jsonl":
            yield from jsonl.rows(path, key)
        elif size > limit:
            yield key, _too_large(key, size, limit)
        else:
            yield RawReport(key, path.read_bytes(), media, key)
    except FileNotFoundError:
        yield key, SourceVanished("文件不存在（可能在列出之后被移走）", where=key, remedy="请检查路径后重试")
    except OSError as error:
        yield key, SourceVanished(f"文件无法打开（{error.strerror or error}）", where=key, remedy="请检查权限或是否被其他程序占用")


def _too_large(key: str, size: int, limit: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"文件有 {size / 1024 / 1024:.0f} MB，超过单个文件 {limit / 1024 / 1024:.0f} MB 的上限",
        where=key,
        remedy="请拆分文件，或用 --max-size 调高上限；大量短文可放进 .jsonl（不限大小）",
    )
