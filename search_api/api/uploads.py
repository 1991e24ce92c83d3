"""What a request brings: one or more files, or one report as json."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from corpus.errors import DamagedSource, UnreadableSource, UsageError
from corpus.model import SetAside
from ingest import scratch
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import find_again, jsonl
from ingest.readers.containers import Expander
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

    def found(self, *, limits: Limits = DEFAULT, expand: Expander | None = None) -> Iterator[RawReport | SetAside]:
        """What is in the files, found as `ingest.readers.find` finds it in files on disk, each under the name that it was sent with.

        They lie in a temporary folder, under names of our own, until the iteration is over or given up.
        """
        with TemporaryDirectory(dir=scratch.folder(), ignore_cleanup_errors=True) as folder:
            items = []
            for number, (name, data) in enumerate(self.files):
                path = Path(folder, str(number))
                path.write_bytes(data)
                items.append((name, path))
            for item in find_again(items, collection=self.collection, limits=limits, expand=expand):
                yield replace(item, path="")  # the file is the sender's


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


def _below(kind: type[UnreadableSource]) -> Iterator[type[UnreadableSource]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _below(narrower)


_KINDS = {kind.code: kind for kind in _below(UnreadableSource)}
