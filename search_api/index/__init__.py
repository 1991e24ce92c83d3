"""The index: its port (`base`), the embedded adapter (`sqlite`), and the factory that opens the one a URL names."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import SettingError
from search_api.index.base import (
    NO_FILTERS,
    Counts,
    Coverage,
    Document,
    Facets,
    Filters,
    Index,
    IndexedPassage,
    IndexedReport,
    IndexedUnit,
    Refused,
    Remove,
    Replace,
    Statistics,
    TermCounts,
    Unit,
    Update,
)
from search_api.index.sqlite import SqliteIndex

__all__ = [
    "NO_FILTERS",
    "Counts",
    "Coverage",
    "Document",
    "Facets",
    "Filters",
    "Index",
    "IndexedPassage",
    "IndexedReport",
    "IndexedUnit",
    "Refused",
    "Remove",
    "Replace",
    "SqliteIndex",
    "Statistics",
    "TermCounts",
    "Unit",
    "Update",
    "open_index",
]

_SQLITE = "sqlite:///"


def open_index(url: str) -> Index:
    """Open the index at `url` (`sqlite:///FILE`), making it where there is none. Raises SettingError for another URL, and StoreError."""
    if not url.startswith(_SQLITE):
        raise SettingError(
            f"这一版只支持内置的索引，不支持 {url.split('@')[-1]}", where="JINDIANZI_INDEX", remedy="请改为 sqlite:///文件路径"
        )
    return SqliteIndex(Path(url.removeprefix(_SQLITE)))
