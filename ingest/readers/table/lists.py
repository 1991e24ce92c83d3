"""The lists of submissions in a sheet: one with a submission a row, or some with a submission a column."""

from __future__ import annotations

from ingest.readers.mapping import Mapping
from ingest.readers.table.across import sure, turned
from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import Head, head_of


def lists_of(sheet: Sheet, mapping: Mapping | None) -> list[tuple[Sheet, Head]]:
    """The lists with their heads; empty where the sheet is none. Where both a row and a column may be the head, the one with more labels
    that are certain is."""
    head = head_of(sheet, mapping)
    across = turned(sheet, mapping)
    if across and (head is None or _certain(head) < _certain(across[0][1])):
        return across
    return [] if head is None else [(sheet, head)]


def _certain(head: Head) -> int:
    return sum(column.given or sure(column.header) for column in head.columns.values())
