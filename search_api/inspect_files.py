"""Reading files to look at them: what is in a file comes one report after the other, and nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Reading, SetAside
from corpus.vocabulary import screen
from ingest.draft import RawReport
from ingest.readers import find
from ingest.workers import Workers
from search_api.inspect_lines import label


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of several in one file, or what could not be read (with `code` and `message` of its error)."""

    source: str
    media: str = ""
    title: str = ""
    kind: str = ""
    characters: int = 0
    cases: int = 0
    code: str = ""
    message: str = ""

    @property
    def media_words(self) -> str:
        return label("media", self.media)


Inspected = tuple[RawReport, Reading] | SetAside


def inspect_files(paths: Iterable[Path], workers: Workers, *, member: str | None = None, row: int | None = None) -> Iterator[Inspected]:
    """As `inspect_found` for files and folders of this machine."""
    return inspect_found(find(paths, collection="", limits=workers.limits, expand=workers.expand), workers, member=member, row=row)


def inspect_found(
    found: Iterable[RawReport | SetAside], workers: Workers, *, member: str | None = None, row: int | None = None
) -> Iterator[Inspected]:
    """Read what was found, one report after the other, and store nothing.

    `member`: only what has this path, or one that ends so, inside; `row`: only that row of a table or .jsonl file. What cannot be read
    comes as SetAside.
    """
    chosen = (item for item in found if _is_member(item.source, member) and _is_row(item, row))
    for item in workers.read("", chosen):
        if isinstance(item, SetAside):
            yield item
            continue
        raw, read = item
        if isinstance(read, Reading):
            yield raw, read
        else:
            yield SetAside("", raw.source, read.code, str(read), path=raw.path, key=raw.key)


def entry(item: Inspected) -> Entry:
    """An item in one line."""
    if isinstance(item, SetAside):
        return Entry(item.source, code=item.code, message=item.message)
    raw, reading = item
    meta = reading.metadata
    return Entry(raw.source, raw.media, meta.title, screen(f"kind.{meta.kind}"), len(reading.text), len(reading.cases))


def _is_member(source: str, member: str | None) -> bool:
    if member is None:
        return True
    wanted = member.replace("\\", "/").strip("/")
    return re.search(f"(?:^|/){re.escape(wanted)}(?:$|[/#])", source) is not None


def _is_row(item: RawReport | SetAside, row: int | None) -> bool:
    """Rows say their number where they stand: 表.xlsx 第 7 行."""
    if row is None:
        return True
    where = item.where if isinstance(item, RawReport) else item.message
    return item.source.endswith(f"#{row}") or re.search(f"第 ?{row} ?行", where) is not None
