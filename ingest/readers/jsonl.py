"""JSON lines: each row {id, text, title?, published?, place?, url?, author?, ...} is a report; its `text` is the source text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnreadableSource
from corpus.model import Metadata, ReportKind
from ingest.dates import iso_date
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers.encoding import decode
from ingest.secrecy import as_handling, handling

KINDS: dict[str, ReportKind] = {
    "case": "case", "案例": "case", "proposal": "proposal", "建议": "proposal", "金点子": "proposal",
    "news": "news", "新闻": "news", "document": "document", "文件": "document",
}  # fmt: skip
_BETWEEN = re.compile("[、，,；;]")
_ROW_LIMIT = 100 * 1024 * 1024


def rows(path: Path, name: str, *, limit: int = _ROW_LIMIT) -> Iterator[RawReport | tuple[str, UnreadableSource]]:
    """Yield a raw report a line, or (source key, error) for a line that is none; never more than one line of at most `limit` bytes is held.

    The source key is the row's `id`, else its `number` or `url`, else the file's name and the line. Where the file's name says that it is
    internal, its rows are kept with `handling`.
    """
    internal = handling("", name)
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limit + 1):
            number += 1
            where = f"{name} 第 {number} 行"
            key = f"{name}#{number}"
            if len(line) > limit:
                while line and not line.endswith(b"\n"):
                    line = file.readline(limit)
                yield key, SourceTooLarge(f"这一行超过 {limit // 1024 // 1024} MB", where=where, remedy="请拆成多行")
                continue
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not line.strip():
                continue
            try:
                row = parse(line, where)
            except UnreadableSource as error:
                yield key, error
                continue
            if internal and as_handling(row.get("handling")) is None:  # the row is kept without the name of its file
                line = json.dumps(row | {"handling": internal}, ensure_ascii=False).encode("utf-8", "replace")
            yield RawReport(source_key(row) or key, line.strip(), "json", where)


def parse(line: bytes, where: str) -> dict[str, object]:
    """The row of a line. Raises DamagedSource where it is no JSON object with a string `text`, UnknownEncoding."""
    try:
        row = json.loads(decode(line, where=where))
    except json.JSONDecodeError as error:
        raise DamagedSource(
            f"不是有效的 JSON（{error.msg}，第 {error.colno} 个字符）", where=where, remedy="请更正这一行后重新导入"
        ) from error
    except RecursionError as error:
        raise DamagedSource("JSON 嵌套过深", where=where, remedy="请更正这一行后重新导入") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DamagedSource("这一行不是含 text 字段的 JSON 对象", where=where, remedy='每行应形如 {"id": "…", "text": "…"}')
    return row


def source_key(row: dict[str, object]) -> str | None:
    """The explicit key of a row: `id`, else `number`, else `url`."""
    for name in ("id", "number", "url"):
        if key := _string(row.get(name)):
            return key
    return None


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises DamagedSource, EmptySource."""
    row = parse(raw.data, raw.where)
    text = str(row["text"])
    if not text.strip():
        raise EmptySource("text 字段是空的", where=raw.where, remedy="请补上正文")
    kind = _string(row.get("kind"))
    date = _string(row.get("published") or row.get("date"))
    draft = Draft.of(
        text.encode("utf-8", "replace").decode("utf-8"),
        Metadata(
            title=_string(row.get("title")) or "",
            kind=KINDS.get(kind or "", "document"),
            authors=_strings(row.get("author") or row.get("authors")),
            publisher=_string(row.get("publisher") or row.get("source")),
            published=(iso_date(date) or date) if date else None,
            place=_string(row.get("place")),
            number=_string(row.get("number")),
            applicant=_string(row.get("applicant")),
            category=_string(row.get("category")),
            award=_string(row.get("award")),
            url=_string(row.get("url")),
            handling=as_handling(row.get("handling")),
        ),
    )
    return replace(draft, stated=frozenset({"kind"})) if kind in KINDS else draft


def _string(value: object) -> str | None:
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).encode("utf-8", "replace").decode("utf-8").strip() or None


def _strings(value: object) -> tuple[str, ...]:
    """A list as it is; one string split where names are told apart (甲、乙)."""
    values = value if isinstance(value, list) else _BETWEEN.split(_string(value) or "")
    return tuple(text for item in values if (text := _string(item)))
