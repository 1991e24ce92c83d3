"""What a request brings: one or more files, or one report as json."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from corpus.errors import DamagedSource, DuplicateKey, EmptySource, UnknownFormat, UnreadableSource, UsageError
from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.readers import jsonl
from ingest.readers.walk import MEDIA, set_aside
from search_api.api.dependencies import readable
from search_api.bodies import to_json
from search_api.ingesting import Ingested

_LONGEST_KEY = 500
_MOST_FILES = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """Files by the name they were sent with, and the collection they go to."""

    collection: str
    files: tuple[tuple[str, bytes], ...]

    def found(self) -> Iterator[RawReport | SetAside]:
        """What is in the files, as `ingest.readers.find` gives it for files on disk: a key that came before is set aside."""
        seen: set[str] = set()
        for name, data in self.files:
            for raw in _reports(name, data):
                if not isinstance(raw, RawReport):
                    yield set_aside(self.collection, *raw)
                elif raw.source in seen:
                    error = DuplicateKey(f"来源标识“{raw.source}”在这次上传里出现了两次", where=raw.where, remedy="请改名，或分两次上传")
                    yield set_aside(self.collection, f"{raw.source} ({raw.where})", error)
                else:
                    seen.add(raw.source)
                    yield raw


async def upload_of(request: Request, collection: str) -> Upload:
    """Read the request. Raises UsageError and UnreadableSource where it brings nothing, HTTPException 415 for another kind of content."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _files(request, collection)
    if kind == "application/json":
        return _row(await request.body(), collection)
    raise HTTPException(415)


def refuse_unread(result: Ingested) -> None:
    """Raise what was wrong where nothing at all could be read, so that a single bad file is answered with its own problem."""
    if not result.set_aside or result.new or result.changed or result.unchanged or result.withdrawn:
        return
    first = result.set_aside[0]
    kind = _KINDS.get(first.code, UnreadableSource)
    raise kind(first.message, where=first.source, remedy="请改正后重新上传")


async def _files(request: Request, collection: str) -> Upload:
    async with request.form(max_files=_MOST_FILES) as form:
        named = form.get("collection")
        files = [item for _, item in form.multi_items() if isinstance(item, UploadFile)]
        if not files:
            raise UsageError("没有收到文件", where="file", remedy="请以 multipart/form-data 上传，字段名 file")
        read = [(_name(item.filename), await item.read()) for item in files]
    return Upload(str(named).strip() or collection if isinstance(named, str) else collection, tuple(read))


def _name(given: str | None) -> str:
    """A file's own name: no folders of the sender's machine, nothing that does not print."""
    name = readable(given or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if character.isprintable()).strip()
    if not name:
        raise UsageError("上传的文件没有名字", where="file", remedy="文件名是来源标识，请带上文件名")
    if len(name) > _LONGEST_KEY:
        raise UsageError(f"文件名超过 {_LONGEST_KEY} 个字", where="file", remedy="请改短文件名")
    return name


def _row(data: bytes, collection: str) -> Upload:
    row = jsonl.parse(data, "请求正文")
    given = row.pop("collection", None)
    if given is not None and (not isinstance(given, str) or not given.strip()):
        raise DamagedSource("collection 应为文字", where="请求正文", remedy="请改正或去掉 collection")
    key = jsonl.source_key(row)
    if key is None:
        raise UsageError("没有来源标识", where="id", remedy="请写明 id（同一 id 再次提交即为更新）")
    # Keys in order, so that the same report sent twice is the same bytes.
    line = to_json(dict(sorted(row.items()))).encode("utf-8", "replace")
    return Upload(given.strip() if isinstance(given, str) else collection, ((f"{key}.jsonl", line),))


def _reports(name: str, data: bytes) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    suffix = PurePosixPath(name).suffix
    media = MEDIA.get(suffix.lower())
    if media is None:
        remedy = "可读取 txt、md、html、docx、json、jsonl"
        yield name, UnknownFormat(f"不支持的格式“{suffix or '无扩展名'}”", where=name, remedy=remedy)
    elif not data:
        yield name, EmptySource("文件是空的", where=name, remedy="请检查文件是否保存完整")
    elif media == "jsonl":
        yield from _rows(name, data)
    else:
        yield RawReport(name, data, media, name)


def _rows(name: str, data: bytes) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    """The rows of a .jsonl file; the key is the row's own, else the file's name and the line."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        where, key = f"{name} 第 {number} 行", f"{name}#{number}"
        if not line.strip():
            continue
        try:
            row = jsonl.parse(line, where)
        except UnreadableSource as error:
            yield key, error
        else:
            yield RawReport(jsonl.source_key(row) or key, line.strip(), "json", where)


def _below(kind: type[UnreadableSource]) -> Iterator[type[UnreadableSource]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _below(narrower)


_KINDS = {kind.code: kind for kind in _below(UnreadableSource)}
