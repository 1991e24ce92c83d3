"""The command that shows how a file is read, without storing anything of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click

from corpus.errors import NotFound, UsageError
from corpus.model import SetAside
from ingest.limits import with_limits
from ingest.workers import Workers
from search_api.cli.base import Report, console, print_json, progress, say, settings, tell, wants_json
from search_api.cli.bilingual import Command
from search_api.cli.inspecting import show_entry, show_inspection
from search_api.inspect_files import Entry, Inspected, entry, inspect_files
from search_api.inspected import inspection_body, listing_body
from search_api.inspecting import Inspection, inspection
from search_api.web.inspect_page import inspection_page, listing_page


@click.command("inspect", cls=Command, help="看一个文件会怎样读：前后对照、每处改动的理由、分成的案例；什么也不存")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--html", "out", type=click.Path(dir_okay=False, path_type=Path), help="另写成一个网页文件")
@click.option("--member", help="只看压缩包、邮件或文件夹里的这一个（路径或其末尾）")
@click.option("--row", type=click.IntRange(1), help="只看表格或 jsonl 的这一行")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="放宽一项上限，如 size=200（MB）、pages=5000；可写多次")
def inspect_command(file: Path, out: Path | None, member: str | None, row: int | None, limits: tuple[str, ...]) -> int:
    if not file.exists():
        raise UsageError("文件不存在", where=str(file), remedy="请检查路径")
    given = settings()
    with Workers(with_limits(given.limits, limits), given.workers) as workers, progress() as shown:
        items = _counted(inspect_files([file], workers, member=member, row=row), shown)
        first, second = next(items, None), next(items, None)
        if first is None:
            raise NotFound(
                "里面没有要看的这一个", where=member or (f"第 {row} 行" if row else str(file)), remedy="不加 --member、--row 可列出全部"
            )
        if second is None and not isinstance(first, SetAside):
            return _one(inspection(*first), out)
        return _several(file, chain((first,) if second is None else (first, second), items), out)


def _one(found: Inspection, out: Path | None) -> int:
    if out is not None:
        _write(out, inspection_page(found))
    if wants_json():
        print_json(inspection_body(found))
    elif out is None:
        show_inspection(found, console())
    return 0


def _several(file: Path, items: Iterable[Inspected], out: Path | None) -> int:
    """List them as they are read; keep what a page or JSON needs."""
    entries: list[Entry] = []
    for item in items:
        found = entry(item)
        entries.append(found)
        if out is None and not wants_json():
            show_entry(found)
    refused = sum(bool(found.code) for found in entries)
    if out is not None:
        _write(out, listing_page(file.name, entries))
    if wants_json():
        print_json(listing_body(entries))
    else:
        say("共 {count} 份，可读 {good}，未能读取 {bad}", count=len(entries), good=len(entries) - refused, bad=refused)
        if len(entries) > 1:
            say("看其中一份：加 --member 路径，或 --row 行号")
    return 1 if refused else 0


def _counted(items: Iterator[Inspected], shown: Report) -> Iterator[Inspected]:
    for count, item in enumerate(items, 1):
        shown("读取", count, None)
        yield item


def _write(out: Path, page: str) -> None:
    out.write_text(page, encoding="utf-8")
    tell("已写到 {file}", file=out)


COMMANDS = (inspect_command,)
