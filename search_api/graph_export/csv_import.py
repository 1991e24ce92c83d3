"""CSV for `neo4j-admin database import full`: header and data files a type of node and of edge, and a file of the command's arguments.

A field is quoted where it holds a comma, a quotation mark or a line break, quotation marks inside are doubled, a backslash is itself, and
an empty field is one that does not apply: the command's defaults but for `--multiline-fields`, which the arguments set.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from search_api.graph_export.shown import EDGE_FIELDS, LABELS, NODE_FIELDS, THING, Shown, Value

FOLDER = "neo4j"
ARGUMENTS = "import.args"
_NODE_HEADER = ("id:ID", *(f"{name}:{kind}" for name, kind in NODE_FIELDS.items()), ":LABEL")
_EDGE_HEADER = (":START_ID", ":END_ID", *(f"{name}:{kind}" for name, kind in EDGE_FIELDS.items()), ":TYPE")


def write(folder: Path, shown: Shown) -> list[str]:
    """Write `neo4j/` in the folder, whole or as it was."""
    part, old, target = (folder / f"{FOLDER}{ending}" for ending in (".part", ".old", ""))
    _settle(part, old, target)  # what an export that was killed left behind
    part.mkdir()
    try:
        names = _write(part, shown)
        if target.exists():
            target.rename(old)
        part.rename(target)
    finally:
        _settle(part, old, target)
    return [f"{FOLDER}/{name}" for name in names]


def _settle(part: Path, old: Path, target: Path) -> None:
    """Leave nothing but the target: the new one, or the old one where that is all there is."""
    shutil.rmtree(part, ignore_errors=True)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _write(folder: Path, shown: Shown) -> list[str]:
    with ExitStack() as files:
        tables = _Tables(folder, files)
        for node in shown.nodes():
            values = shown.node_values(node)
            tables.add("nodes", node.type, _NODE_HEADER, [node.id, *_row(values, NODE_FIELDS), f"{THING};{LABELS[node.type]}"])
        for edge in shown.relationships():
            values = shown.edge_values(edge)
            tables.add("relationships", edge.type, _EDGE_HEADER, [edge.head, edge.tail, *_row(values, EDGE_FIELDS), edge.type.upper()])
    with (folder / ARGUMENTS).open("w", encoding="utf-8", newline="\n") as out:
        out.write("--multiline-fields=true\n")
        for kind, name in sorted(tables.written):
            out.write(f"--{kind}={kind}-{name}-header.csv,{kind}-{name}.csv\n")
    return sorted(path.name for path in folder.iterdir())


class _Tables:
    """The files of one export, opened when their first row comes."""

    def __init__(self, folder: Path, files: ExitStack) -> None:
        self._folder = folder
        self._files = files
        self.written: dict[tuple[str, str], Callable[[Sequence[str]], object]] = {}

    def add(self, kind: str, type: str, header: Sequence[str], row: Sequence[str]) -> None:
        add = self.written.get((kind, type))
        if add is None:
            (self._folder / f"{kind}-{type}-header.csv").write_text(",".join(header) + "\n", encoding="utf-8", newline="\n")
            out = self._files.enter_context((self._folder / f"{kind}-{type}.csv").open("w", encoding="utf-8", newline=""))
            add = self.written[kind, type] = csv.writer(out, lineterminator="\n").writerow
        add(row)


def _row(values: Mapping[str, Value], fields: Mapping[str, str]) -> list[str]:
    return [_field(values.get(name)) for name in fields]


def _field(value: Value | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
