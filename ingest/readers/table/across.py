"""Tables with a submission a column: labels down one of the first columns, to the right of it a column for each submission.

They are turned, so that their columns are read as the rows of a list are. A form has labels in further columns, or one column of values,
or explains itself beside them; a table of figures names periods or has no texts: these are not turned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.columns import LONGEST, field_of, plain
from ingest.readers.mapping import Mapping
from ingest.readers.table.grid import Sheet
from ingest.readers.table.head import Head, given_field, head_at, is_prose
from ingest.readers.table.rows import SHORT_TEXT, is_aside
from ingest.repair.labels import is_label

_LABELS_IN = 3  # columns with anything in them, from the left, in which the labels may stand
_LONGEST_FORM = 400  # rows: what is longer is a list
_SHARE = 0.6  # of the labels whose words are known
_SURE = 0.5  # of the labels that are no running words with a known end (停车难问题)
_LEAST = 2  # submissions
_NAMES = ("title",), ("number", "ordinal", "applicant")  # what names a submission; the second only where there is no first
_TEXTS = ("text", "section")
_COUNTED = re.compile(
    r"(?:第\s?)?(?:案例|项目|作品|材料|建议|提案)?\s?[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]?\s?"
    r"(?:号|个|篇|件|份|则|例)?(?:案例|项目|作品)?"
)
_PERIOD = re.compile(
    r"(?:19|20)?\d\d\s?年?[度份]?|.{0,6}(?:季度|[上下半]年|月份?|年度|年底|年初)|(?:总|合|小|共|累)计|平均|同比|环比|增[减幅长].{0,4}|"
    r".{0,4}(?:前|后|值|比|率|目标)"
)
_EXPLAINED = re.compile(r"(?:填[写表报]|填列)?(?:说明|要求|提示|须知|备注|示例|样例|范例|注意事项|参考)")
_NAMING = re.compile(f"{_COUNTED.pattern}|{_EXPLAINED.pattern}")
_EXPLAINS = re.compile(
    r"字以内|字左右|不超过|不少于|必填|选填|请(?:填|写|选|用|按|注明|简|如实)|填写|如实|下拉|[单多]选|格式|例[:：如]|如[:：]"
)
_NOTED = re.compile(r"(?:注|备注|说明|填表|填报|制表|审核|审批|联系|负责人|日期)[^。]{0,12}(?:[:：]|$)")


@dataclass(frozen=True, slots=True)
class _Labels:
    """The column `at` of labels: `of` their rows, with the rows that go on from the one above under the same words."""

    at: int
    of: dict[int, str]
    fields: dict[int, str | None]

    def rows(self, *fields: str) -> list[int]:
        return [row for row, field in self.fields.items() if field in fields]


def turned(sheet: Sheet, mapping: Mapping | None) -> list[tuple[Sheet, Head]]:
    """The sheet with its submissions as rows, once for each time that its labels stand below each other; empty where it is no such table.

    What stands outside of the submissions and their labels is `beside` the first.
    """
    if not 1 < len(sheet.rows) <= _LONGEST_FORM:
        return []
    labels = _labels(sheet, mapping)
    if labels is None:
        return []
    blocks = _blocks(labels)
    values = [_values(sheet, labels, rows) for rows in blocks]
    if not _are_submissions(sheet, labels, blocks[0], values[0]):
        return []
    told = {(row, at) for rows, columns in zip(blocks, values, strict=True) for row in rows for at in (*range(labels.at + 1), *columns)}
    found: list[tuple[Sheet, Head]] = []
    for rows, columns in zip(blocks, values, strict=True):
        one = _turned(sheet, labels, rows, columns)
        if found:
            one.part = one.column_name(rows[0])
        else:
            one.beside += [*sheet.beside, *_outside(sheet, told)]
        found.append((one, head_at(one, labels.at, mapping)))
    return found


def sure(words: str) -> bool:
    """Whether words are a label for certain, and no title that ends as a label may (加装电梯的做法)."""
    return is_label(words) or field_of(words) not in (None, "section", "opinion")


def _labels(sheet: Sheet, mapping: Mapping | None) -> _Labels | None:
    """The column of labels that knows most of them."""
    width = max(map(len, sheet.rows))
    filled = [at for at in range(width) if any(sheet.at(row, at) for row in range(len(sheet.rows)))]
    best: _Labels | None = None
    for at in filled[:_LABELS_IN]:
        found = _labels_in(sheet, at, mapping)
        known = [row for row, field in found.fields.items() if field]
        certain = [row for row in known if sure(found.of[row]) or given_field(_across(sheet), found.of[row], row, mapping)]
        if (
            len(known) >= 2
            and len(known) >= _SHARE * len(found.fields)
            and len(certain) >= _SURE * len(found.fields)
            and all(len(plain(words)) <= 2 * LONGEST for words in found.of.values())
            and (best is None or len(known) > sum(map(bool, best.fields.values())))
        ):
            best = found
    return best


def _labels_in(sheet: Sheet, at: int, mapping: Mapping | None) -> _Labels:
    over = {row: first for first, left, last, right in sheet.merged if left <= at <= right for row in range(first, last + 1)}
    wide = {first: left for first, left, _, right in sheet.merged if left < at <= right}
    whole = _across(sheet)
    of: dict[int, str] = {}
    fields: dict[int, str | None] = {}
    above = ""
    begun = False
    for row in range(len(sheet.rows)):
        values = [here for here in range(at + 1, len(sheet.rows[row])) if sheet.at(row, here)]
        words = sheet.at(row, at) or (sheet.at(row, wide[row]) if row in wide else "")
        if not values:
            above = ""
            continue
        if words:
            field = given_field(whole, words, row, mapping) or field_of(words)
            counted = field is None and all(_NAMING.fullmatch(sheet.at(row, here)) for here in values)
            if counted or (field is None and (len(values) < _LEAST if not begun else _NOTED.match(words))):
                above = ""  # 项目 | 案例一 | 案例二; a line above the table or below it
                continue
            begun = begun or field is not None
            fields[row] = field
            of[row] = above = words
        elif above and (over.get(row, row) < row or len(values) >= _LEAST or _goes_on(sheet, row, values)):
            of[row] = above
    return _Labels(at, of, fields)


def _goes_on(sheet: Sheet, row: int, values: list[int]) -> bool:
    return is_prose(sheet.at(row, values[0])) and not is_aside(sheet, row, values)


def _across(sheet: Sheet) -> Sheet:
    """A sheet that only has the places of a turned one."""
    return Sheet(sheet.name, [], sheet.left, sheet.top, turned=True)


def _blocks(labels: _Labels) -> list[list[int]]:
    """The rows of labels, parted where the first known label stands again above the same labels."""
    rows = sorted(labels.of)
    first = next(row for row, field in sorted(labels.fields.items()) if field)
    starts = [row for row in sorted(labels.fields) if plain(labels.of[row]) == plain(labels.of[first])]
    parts = [[row for row in rows if low <= row < high] for low, high in zip(starts, [*starts[1:], len(rows) + rows[-1]], strict=True)]
    if len({frozenset(plain(labels.of[row]) for row in part if labels.fields.get(row)) for part in parts}) > 1:
        return [rows]
    return [[row for row in rows if row < first] + parts[0], *parts[1:]]


def _values(sheet: Sheet, labels: _Labels, rows: Sequence[int]) -> list[int]:
    """The columns of submissions: no labels once more, no explanations."""
    width = max(map(len, sheet.rows))
    found = []
    for at in range(labels.at + 1, width):
        filled = {row: sheet.at(row, at) for row in rows if sheet.at(row, at)}
        again = sum(value == labels.of[row] for row, value in filled.items())
        explaining = sum(bool(_EXPLAINS.search(value)) and len(value) < 60 for value in filled.values())
        above = [sheet.at(row, at) for row in range(rows[0] + 1)]
        explained = any(_EXPLAINED.fullmatch(value) for value in above)
        if filled and again * 2 < len(filled) and explaining * 2 < len(filled) and not explained:
            found.append(at)
    return found


def _are_submissions(sheet: Sheet, labels: _Labels, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether at least two columns have a name of their own and a text of their own, and none has labels for the next."""
    names = next((found for fields in _NAMES if (found := [row for row in labels.rows(*fields) if row in rows])), [])
    titled = bool(labels.rows("title"))
    named: dict[int, str] = {}
    texts: dict[int, str] = {}
    for at in columns:
        filled = {row: sheet.at(row, at) for row in rows if sheet.at(row, at)}
        name = "".join(filled.get(row, "") for row in names)
        if (titled and is_label(name)) or sum(_asks(labels, row, value) for row, value in filled.items()) * 4 > len(filled):
            return False
        if name and not (titled and (_PERIOD.fullmatch(name) or name.isdigit())):
            named[at] = name
        told = [value for row, value in filled.items() if _is_told(labels.fields.get(row), value)]
        if at in named and told:
            texts[at] = "".join(told)
    return len({(named[at]) for at in texts}) >= _LEAST and len(set(texts.values())) >= _LEAST


def _asks(labels: _Labels, row: int, value: str) -> bool:
    """Whether a value is a label for what stands to the right of it."""
    return is_label(value) or (labels.fields.get(row) in _TEXTS and field_of(value) is not None)


def _is_told(field: str | None, value: str) -> bool:
    return field in (None, *_TEXTS) and (is_prose(value) or (field == "text" and len(value) >= SHORT_TEXT))


def _turned(sheet: Sheet, labels: _Labels, rows: Sequence[int], columns: Sequence[int]) -> Sheet:
    held = set(rows)
    width = max((*columns, labels.at), default=labels.at) + 1
    taken = set(columns)
    cells = [
        [sheet.at(row, at) if row in held and (at < labels.at or at in taken) else "" for row in range(rows[-1] + 1)] for at in range(width)
    ]
    cells[labels.at] = [labels.of[row] if row in held else "" for row in range(rows[-1] + 1)]
    merged = [(left, first, right, last) for first, left, last, right in sheet.merged if first in held and left in taken and right < width]
    return replace(
        sheet, rows=cells, top=sheet.left, left=sheet.top, merged=merged, beside=[], turned=True,
        hidden_rows=sheet.hidden_columns, hidden_columns=sheet.hidden_rows,
    )  # fmt: skip


def _outside(sheet: Sheet, told: set[tuple[int, int]]) -> list[str]:
    """The cells of each row that are in no submission, and all of them beside each other."""
    words = []
    for row, cells in enumerate(sheet.rows):
        filled = [value for at, value in enumerate(cells) if value and (row, at) not in told]
        words += filled
        if len(filled) > 1:
            words.append("|".join(filled))
    return words
