"""The rows of a list of submissions: which are one, which go on from the row above, which are no submission at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import Column, Head, is_prose
from ingest.secrecy import handling_of

_TOTAL = re.compile(r"(?:总|合|小|共|累)\s*计[:：]?")
_NOTE = re.compile(r"(?:注|备注|说明|填表|填报|制表|审核|审批|联系|单位（?盖章|负责人|日期|附)[^。]{0,12}?[:：]|注\d?[、.．]|[*＊※]")
_GROUP = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[、.．])\s*")
_LONGEST_GROUP = 30
SHORT_TEXT = 8  # characters of a suggestion in one line, in a column that says that it holds the text
_RUNNING = re.compile(r"\d{1,3}")  # a count of rows rather than a number that names one
_ASIDE = frozenset(("private", "contact", "ignore", "url"))
_NAMING = frozenset(("number", "ordinal"))  # what keeps a submission's key the same, shown or not


@dataclass(slots=True)
class Item:
    """One submission. `cells` are (header, cell, value, field that a person gave); `name` is that of its row in the file (`7`), or of its
    column where the sheet is turned (`B`)."""

    name: str
    cells: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    number: str | None = None
    told: bool = False  # anything in it that is a text
    rows: list[int] = field(default_factory=list)  # of the grid, that it is made of
    hidden: bool = False  # whether any of its rows is
    unseen: list[tuple[str, str]] = field(default_factory=list)  # (header, value) in hidden columns


def items(sheet: Sheet, head: Head) -> Iterator[Item]:
    """Submissions in order. Totals, notes, repeated heads and rows that only name a group are none. What stands in hidden columns is not
    told, but for numbers and what a person's mapping names."""
    keys = head.of("title") or head.of("number") or head.of("ordinal")
    names = {at: column.header for at, column in head.columns.items()}
    spans = _spans(sheet, head.body)
    current: Item | None = None
    group: tuple[str, str, str, None] | None = None
    for row in range(head.body, len(sheet.rows)):
        filled = [at for at, value in enumerate(sheet.rows[row]) if value]
        if not filled or all(" ".join(sheet.at(row, at).split()) == names.get(at) for at in filled) or is_aside(sheet, row, filled):
            continue
        if _is_group(sheet, row, filled, keys):
            group = ("类别", sheet.cell(row, filled[0]), _GROUP.sub("", sheet.at(row, filled[0])), None)
            continue
        goes_on = current is not None and keys and not any(at in filled for at in (*keys, *head.of("number", "ordinal")))
        if current is None or not goes_on:
            if current is not None:
                yield current
            current = Item(sheet.row_name(row))
            if group is not None and not head.of("category"):
                current.cells.append(group)
            filled = sorted({*filled, *(at for at in spans.get(row, {}) if at in head.columns)})
        _add(current, sheet, row, filled, head, spans.get(row, {}))
    if current is not None:
        yield current


def _add(item: Item, sheet: Sheet, row: int, filled: list[int], head: Head, above: dict[int, int]) -> None:
    item.rows.append(row)
    item.hidden = item.hidden or row in sheet.hidden_rows
    for at in filled:
        column = head.columns.get(at, Column("", None))
        if column.field == "ignore":
            continue
        source = row if sheet.at(row, at) else above[at]
        value = sheet.at(source, at)
        if not value or (source != row and column.field in (None, "text", "section") and is_prose(value)):
            continue  # a long text that several rows share is told by the first of them
        if at in sheet.hidden_columns and column.field not in _NAMING and not column.given:
            item.unseen.append((column.header, value))
            continue
        item.cells.append((column.header, sheet.cell(source, at), value, column.field if column.given else None))
        item.told = item.told or (column.field not in _ASIDE and (is_prose(value) or (column.field == "text" and len(value) >= SHORT_TEXT)))
        if column.field == "number" and item.number is None and not _RUNNING.fullmatch(value) and "\n" not in value:
            item.number = value


def _spans(sheet: Sheet, body: int) -> dict[int, dict[int, int]]:
    """For rows that a merged cell from above reaches into: column -> the row in which its value stands."""
    found: dict[int, dict[int, int]] = {}
    for first, left, last, right in sheet.merged:
        if first >= body and last > first and left == right and sheet.at(first, left) if first < len(sheet.rows) else False:
            for row in range(first + 1, min(last + 1, len(sheet.rows))):
                found.setdefault(row, {})[left] = first
    return found


def is_aside(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """Totals, notes, marks of internal papers."""
    values = [sheet.at(row, at) for at in filled]
    if any(_TOTAL.fullmatch(value) for value in values[:3]) and not any(map(is_prose, values)):
        return True
    return len(filled) == 1 and (_NOTE.match(values[0]) is not None or (not is_prose(values[0]) and handling_of(values) is not None))


def _is_group(sheet: Sheet, row: int, filled: list[int], keys: list[int]) -> bool:
    """`一、社区治理类` alone in a row."""
    if len(filled) > 1 or len(sheet.at(row, filled[0])) > _LONGEST_GROUP or "\n" in sheet.at(row, filled[0]):
        return False
    at = filled[0]
    wide = any(first == row and left == at and right > left for first, left, _, right in sheet.merged)
    return wide or (at == 0 and at not in keys and _GROUP.match(sheet.at(row, at)) is not None)
