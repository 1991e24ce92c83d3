"""The head of a list of submissions: which row names the columns, and what each column is."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from ingest.readers.columns import LONGEST, field_of, plain
from ingest.readers.mapping import Mapping
from ingest.readers.table.grid import Sheet

_ZONE = 40  # rows from the top in which the head is looked for
_SHARE = 0.6  # of the cells of a head whose words are known: a form alternates labels and values
_TELLING = frozenset(("title", "text", "section"))
_SENTENCE = re.compile("[。！？；]")
_FORM = re.compile("填[写报列表](?:内容|说明|要求|项目|栏目?|须知|提示|示例)")  # over the columns of a form, beside its labels
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is None where the words are not known; `given`: a person's mapping said so."""

    header: str
    field: str | None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`body` is the first row below the head, `row` the head itself (the upper of two)."""

    columns: Dictionary[int, Column]
    body: int
    row: int = 0

    def of(self, *fields: str) -> list[int]:
        return [at for at, column in self.columns.items() if column.field in fields]


def is_prose(value: str) -> bool:
    """Whether a cell tells something, rather than naming or counting."""
    han = len(_HAN.findall(value))
    return han >= 40 or (han >= 12 and bool(_SENTENCE.search(value)))


def head_of(sheet: Sheet, mapping: Mapping | None) -> Head | None:
    """The head of a list, None where the sheet is none: no row whose words name columns of a title or a text, with rows below."""
    best: tuple[int, int] | None = None
    for row in range(min(_ZONE, len(sheet.rows) - 1)):
        known = sum(field_at(sheet, row, at, mapping) is not None for at in range(len(sheet.rows[row])))
        if known > (best[0] if best else 0) and _is_head(sheet, row, mapping):
            best = known, row
    return None if best is None else head_at(sheet, best[1], mapping, second=_has_second_level(sheet, best[1], mapping))


def head_at(sheet: Sheet, row: int, mapping: Mapping | None, *, second: bool = False) -> Head:
    """The head that a row is; `second`: the row below names the parts of wide headers."""
    columns = {}
    for at in range(max(map(len, sheet.rows))):
        header = sheet.at(row, at)
        if second and sheet.at(row + 1, at):
            header = sheet.at(row + 1, at)
        elif not header and row and sum(map(bool, sheet.rows[row - 1])) > 1:
            header = sheet.at(row - 1, at)
        header = " ".join(header.split())
        given = given_field(sheet, header, at, mapping)
        if header or given:
            columns[at] = Column(header or sheet.column_name(at), given or field_of(header), given is not None)
    return Head(columns, row + 1 + second, row)


def field_at(sheet: Sheet, row: int, at: int, mapping: Mapping | None, *, by_name: bool = True) -> str | None:
    """The field of the column under a header. `by_name`: a mapping may give it by the letter of the column."""
    words = sheet.at(row, at)
    return (given_field(sheet, words, at, mapping, by_name=by_name) or field_of(words)) if words else None


def given_field(sheet: Sheet, words: str, at: int, mapping: Mapping | None, *, by_name: bool = True) -> str | None:
    """The field that a person gave; where the sheet is turned, by the words or the number of a row of the file."""
    if mapping is None:
        return None
    if sheet.turned:
        return mapping.field(words, "") or (mapping.field(sheet.column_name(at), "") if by_name else None)
    return mapping.field(words, sheet.column_name(at) if by_name else "")


def _is_head(sheet: Sheet, row: int, mapping: Mapping | None) -> bool:
    filled = [at for at, words in enumerate(sheet.rows[row]) if words]
    known = {at: field for at in filled if (field := field_at(sheet, row, at, mapping))}
    if not filled or len(known) < _SHARE * len(filled) or not _TELLING & set(known.values()):
        return False
    if any(len(plain(sheet.at(row, at))) > 2 * LONGEST or _FORM.fullmatch(plain(sheet.at(row, at))) for at in filled):
        return False
    if len(known) == 1 and (known.get(filled[0]) != "text" or max(sum(map(bool, cells)) for cells in sheet.rows) > 1):
        return False  # one column is a list only where there is nothing but texts under a word for them
    # In an empty form labels stand below each other; in a list what stands below the head are values.
    below = next((number for number in range(row + 1, len(sheet.rows)) if any(sheet.rows[number])), None)
    if below is None:
        return False
    if [cell for cell in sheet.rows[below] if cell] == [cell for cell in sheet.rows[row] if cell]:
        return True
    if any(_is_label_row(cells) for cells in sheet.rows[below : below + _ZONE]):
        return False
    labels = [at for at in known if field_at(sheet, below, at, mapping, by_name=False)]
    return len(labels) * 2 < len([at for at, words in enumerate(sheet.rows[below]) if words]) or _has_second_level(sheet, row, mapping)


def _is_label_row(cells: list[str]) -> bool:
    """`主要做法` alone, or with its text beside it: a row of a form."""
    filled = [value for value in cells if value]
    return 0 < len(filled) <= 2 and field_of(filled[0]) in ("text", "section", "opinion")


def _has_second_level(sheet: Sheet, row: int, mapping: Mapping | None) -> bool:
    """Whether the row below names parts of wide headers: it stands only where this row is empty or a wide header begins."""
    if row + 2 >= len(sheet.rows):
        return False
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    empty = {at for at in range(width) if not sheet.at(row, at)}
    below = [at for at in range(width) if sheet.at(row + 1, at)]
    free = empty | {at - 1 for at in empty}
    return (
        len(below) > 1
        and all(at in free and len(plain(sheet.at(row + 1, at))) <= LONGEST for at in below)
        and sum(field_at(sheet, row + 1, at, mapping, by_name=False) is not None for at in below) * 2 >= len(below)
    )
