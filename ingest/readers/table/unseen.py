"""What a workbook hides: it was not handed in, and is set aside with a word where it looks like submissions.

Hidden sheets with the options of a form are none. What hidden rows, columns and sheets hold is looked through for marks of secrecy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.errors import UnreadableSource
from ingest.readers.mapping import Mapping
from ingest.readers.table.form import is_form
from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import Head, is_prose
from ingest.readers.table.lists import lists_of
from ingest.readers.table.marks import beside, in_row
from ingest.readers.table.rows import Item, items
from ingest.repair.labels import is_label

Aside = tuple[str, UnreadableSource]
"""(source key, why it is not read)"""
_TELLING = ("title", "text", "section")
_LABELS = 3  # of a hidden form
# No choice of a form: a mark of secrecy with its star or its term.
_MARKED = re.compile("密.{0,3}[★☆*＊]|[★☆*＊].{0,3}密|密.{0,2}(?:[0-9一二三五十]{1,2}年|长期)")
_OPTION = 10  # characters of one of the values that a form offers
_SHOW = "需要读入的，请取消隐藏（或清除筛选）后重新导入；不需要的可不处理"


def row(item: Item, turned: bool, source: str, where: str) -> Aside:
    return source, UnreadableSource(f"这一{'列' if turned else '行'}是隐藏的，没有读入", where=where, remedy=_SHOW)


def columns(sheet: Sheet, head: Head, key: str) -> Iterator[Aside]:
    """Hidden columns of a list with titles or texts in them."""
    found = [
        at
        for at, column in head.columns.items()
        if at in sheet.hidden_columns
        and not column.given
        and any(_tells(sheet.at(number, at), column.field) for number in range(head.body, len(sheet.rows)))
    ]
    if found:
        kind = "行" if sheet.turned else "列"
        names = "、".join(f"{sheet.column_name(at)}（{head.columns[at].header}）" for at in found)
        source = f"{key}#{sheet.name}!{sheet.column_name(found[0])}{kind}"
        yield source, UnreadableSource(f"隐藏的{kind} {names}没有读入", where=_where(key, sheet), remedy=_SHOW)


def _tells(value: str, field: str | None) -> bool:
    return (field in _TELLING and bool(value)) or (field is None and is_prose(value))


def cells(sheet: Sheet, key: str) -> Iterator[Aside]:
    """Hidden texts of a form."""
    found = sorted((row, at) for row, at in sheet.unseen() if is_prose(sheet.at(row, at)))
    if found:
        place = sheet.cell(*found[0])
        what = f"有 {len(found)} 格文字在隐藏的行或列里（如 {place}），没有读入"
        yield f"{key}#{sheet.name}!{place}", UnreadableSource(what, where=_where(key, sheet), remedy=_SHOW)


def sheets(hidden: Sequence[Sheet], shown: Iterable[Sheet], key: str, mapping: Mapping | None) -> tuple[list[Aside], list[str]]:
    """Of hidden sheets: those with submissions that are in no sheet that is shown, and what may be a mark of secrecy."""
    if not hidden:
        return [], []
    known = {value for sheet in shown for cells in sheet.rows for value in cells if is_prose(value)}
    aside: list[Aside] = []
    told: list[str] = []
    for sheet in hidden:
        count, words = _submissions(sheet, mapping, known)
        told += words
        if count:
            what = f"隐藏的工作表里有 {count} 件像是案例的内容，没有读入"
            aside.append((f"{key}#{sheet.name}", UnreadableSource(what, where=_where(key, sheet), remedy=_SHOW)))
    return aside, told


def _submissions(sheet: Sheet, mapping: Mapping | None, known: set[str]) -> tuple[int, list[str]]:
    """How many submissions that are not `known` a sheet has, and its words outside of what a form offers to choose from."""
    count = 0
    told: list[str] = []
    lists = [(one, [item for item in items(one, head) if item.told]) for one, head in lists_of(sheet, mapping)]
    for one, rows in lists:
        count += sum(any(is_prose(value) and value not in known for _, _, value, _ in item.cells) for item in rows)
        told += [*beside(one, rows), *(words for item in rows for words in in_row(item))]
    if any(rows for _, rows in lists):
        return count, told
    width = max(map(len, sheet.rows))
    for at in range(width):
        values = [value for cells in sheet.rows if at < len(cells) and (value := cells[at])]
        choices = len(values) > 1 and all(len(value) <= _OPTION for value in values)
        told += [value for value in values if not choices or _MARKED.search(value)]
    labels = sum(is_label(cells[at]) and bool(cells[at + 1]) for cells in sheet.rows for at in range(len(cells) - 1))
    new = any(is_prose(value) and value not in known for cells in sheet.rows for value in cells)
    return int(labels >= _LABELS and is_form(sheet) and new), told


def _where(key: str, sheet: Sheet) -> str:
    return f"{key} 工作表“{sheet.name}”" if sheet.name else key
