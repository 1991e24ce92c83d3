"""Tables as text: csv, tsv, and what programs export as text under the name of a workbook."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO

from corpus.errors import DamagedSource
from ingest.limits import Limits
from ingest.readers.columns import field_of
from ingest.readers.encoding import decode
from ingest.readers.table.grid import Sheet, grid

_DELIMITERS = (",", "\t", ";", "|")
_WIDE = ("，", "；")  # typed by hand on a Chinese keyboard
_SAMPLE = 100  # records that are looked at
_SAID = re.compile(r"^\ufeff?sep=(.)\n", re.IGNORECASE)  # Excel's own word on the delimiter


def sheets(data: bytes, limits: Limits, where: str) -> list[Sheet]:
    """Raises UnknownEncoding, UnknownFormat (no text), SourceTooLarge, DamagedSource (a line break of another kind in a cell)."""
    text = decode(data, where=where).replace("\r\n", "\n").replace("\r", "\n")
    told = _SAID.match(text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(body)
    rows = _rows(body, delimiter, limits, where)
    return [Sheet("", grid(rows), top=1 if told else 0)]


def _rows(text: str, delimiter: str, limits: Limits, where: str) -> list[list[str]]:
    csv.field_size_limit(limits.bytes("size"))
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        rows: list[list[str]] = []
        try:
            for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=quoting == csv.QUOTE_MINIMAL):
                rows.append(row)
                limits.check("rows", len(rows), where)
        except csv.Error:
            continue  # a quotation mark that is no quote of the format: every line is a row
        return rows
    raise DamagedSource("表格文本无法分列", where=where, remedy="请用 WPS 或 Excel 打开后另存为 .xlsx")


def _delimiter(text: str) -> str:
    """The sign that cuts most records into the same number of cells; the comma where none does."""
    best, worth = ",", 0.0
    sample = "\n".join(text.split("\n", 4 * _SAMPLE)[: 4 * _SAMPLE])
    for delimiter in _DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        found = count / sum(widths.values()) * (1 + min(width, 10) / 100)
        if width > 1 and found > worth:
            best, worth = delimiter, found
    if worth < 0.5:
        first = text.lstrip("\n").partition("\n")[0]
        return next((wide for wide in _WIDE if sum(field_of(word) is not None for word in first.split(wide)) >= 2), best)
    return best


def _widths(sample: str, delimiter: str) -> Counter[int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                widths[len(row)] += 1
            if widths.total() >= _SAMPLE:
                break
    except csv.Error:
        pass
    return widths
