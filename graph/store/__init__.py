"""Where the graph is kept: the port and its adapters."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import SettingError
from graph.store.base import GraphStore
from graph.store.sqlite import SqliteGraph

_SQLITE = "sqlite:///"


def open_graph(url: str) -> GraphStore:
    """Open the graph at `url` (`sqlite:///FILE`), making it where there is none.

    Raises SettingError for an engine that is not spoken to, and a StoreError where the file cannot be used.
    """
    if not url.startswith(_SQLITE):
        raise SettingError("这一版只支持内置的图谱", where="JINDIANZI_GRAPH", remedy="请改为 sqlite:///文件路径，或去掉这项设置")
    return SqliteGraph(Path(url.removeprefix(_SQLITE)))
