"""The graph as a file for other programs: GraphML, CSV for `neo4j-admin database import`, JSON-LD, a Cypher script (docs/formats.md).

The same store, and the same files read in any order, give the same bytes. Rows are written as they are read, so that memory does not grow
with the graph, from one state of the store; files take their place when they are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from search_api.exporting import internal_reports
from search_api.graph_export import csv_import, cypher, graphml, jsonld
from search_api.graph_export.shown import Shown
from search_api.stores import Stores

Writer = Callable[[Path, Shown], list[str]]
"""Writes into a folder and returns the names of the files."""

FORMATS: Mapping[str, Writer] = {"graphml": graphml.write, "csv": csv_import.write, "jsonld": jsonld.write, "cypher": cypher.write}


@dataclass(frozen=True, slots=True)
class Written:
    files: tuple[str, ...]
    nodes: int
    edges: int


def export_graph(stores: Stores, folder: Path, form: str, *, internal: bool = False) -> Written:
    """Write the graph in one of FORMATS into `folder`. Reports marked 内部资料 or 工作秘密, and what is known from them alone, are left out
    unless `internal`.

    Raises UsageError where an earlier version has read some reports, StoreError where the stores, OSError where the folder cannot be
    written; then what was there before stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hidden = frozenset[str]() if internal else internal_reports(stores.catalogue)
    with stores.graph.snapshot():
        shown = Shown(stores.catalogue, stores.graph, hidden)
        files = FORMATS[form](folder, shown)
    return Written(tuple(files), shown.nodes_written, shown.edges_written)
