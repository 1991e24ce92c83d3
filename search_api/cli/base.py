"""What every command shares: options, settings, output, progress and the way errors are told."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from corpus.errors import JindianziError, UsageError
from ingest.limits import with_limits
from search_api.cli.bilingual import language, tr
from search_api.settings import Settings, load
from search_api.stores import Stores, opened

_SECONDS_BETWEEN_LINES = 5.0


def console(*, error: bool = False) -> Console:
    """A console that never takes text for markup, and folds lines to the terminal's width only where there is one."""
    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())


def say(text: str = "", /, **values: object) -> None:
    """Print a message, translated, on standard output."""
    console().print(tr(text, **values))


def tell(text: str, /, **values: object) -> None:
    """Print a message, translated, on standard error."""
    console(error=True).print(tr(text, **values))


def option(name: str) -> Any:
    """Value of a shared option of this call, wherever on the line it stood."""
    context = click.get_current_context()
    return context.find_root().params.get(name)


def settings() -> Settings:
    return load({name: option(name) for name in ("store", "graph", "index", "model", "cache", "user")})


@contextmanager
def stores(limits: Iterable[str] = ()) -> Iterator[Stores]:
    """Open the stores; `limits` are given as `name=number` and win over those of the settings."""
    given = settings()
    with opened(replace(given, limits=with_limits(given.limits, limits))) as open_stores:
        yield open_stores


def wants_json() -> bool:
    return bool(option("json"))


def print_json(body: Mapping[str, Any] | list[Any]) -> None:
    """Print the API's body: UTF-8, two spaces, keys in the API's order."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")


def who() -> str:
    """Who signs a deletion or correction: `--as`, else JINDIANZI_USER. Raises UsageError without either."""
    name = settings().user
    if not name:
        raise UsageError("没有写明是谁做的", where="--as", remedy="请加 --as 姓名，或设置 JINDIANZI_USER")
    return name


def message(error: JindianziError) -> str:
    if language() == "en" and error.en:
        return f"{error.where}: {error.en}" if error.where else error.en
    return str(error)


def read_text(source: str) -> str:
    """The text of a file, or of standard input for `-`; UTF-8, else GB18030. Raises UsageError where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(f"读不出来（{error.strerror}）", where=source, remedy="请检查路径") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("既不是 UTF-8 也不是 GB18030 编码的文字", where=source, remedy="请另存为 UTF-8 的 txt")


Report = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""


@contextmanager
def progress() -> Iterator[Report]:
    """Show progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""
    screen = console(error=True)
    if not screen.is_terminal:
        yield _plain_lines()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=screen, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(tr(what), total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield report


def _plain_lines() -> Report:
    last: dict[str, float] = {}

    def report(what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - last.setdefault(what, now) >= _SECONDS_BETWEEN_LINES:
            last[what] = now
            tell("{what}：{done}", what=tr(what), done=f"{done}/{total}" if total else done)

    return report
