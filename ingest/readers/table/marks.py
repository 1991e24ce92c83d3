"""Where marks of secrecy stand in a table: everywhere but in the rows of its lists, and in cells of those rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.model import Handling
from ingest.readers.table.grid import Sheet
from ingest.readers.table.rows import Item
from ingest.secrecy import handling, handling_of, strictest

_SHORT = 60  # characters of a cell that may be a mark


def beside(sheet: Sheet, rows: Iterable[Item]) -> Iterator[str]:
    """Texts of a sheet that are in none of its submissions (`rows`): titles above the head of the list, notes below it, heads of its pages,
    its name; of other rows each cell, and all that stands beside each other. A cell alone in a row below a submission may be a note."""
    yield sheet.name
    yield from sheet.beside
    of = [item.rows for item in rows if item.told]
    taken = {row for numbers in of for row in numbers if row == numbers[0] or sum(map(bool, sheet.rows[row])) > 1}
    for number, cells in enumerate(sheet.rows):
        if number not in taken:
            filled = [value for value in cells if value]
            yield from filled
            if len(filled) > 1:
                yield "|".join(filled)


def in_row(item: Item) -> Iterator[str]:
    """Cells of a submission, hidden ones among them, that may be a mark by themselves, or under their header."""
    for header, value in (*((header, value) for header, _, value, _ in item.cells), *item.unseen):
        if len(value) <= _SHORT:
            yield value
            yield f"{header}:{value}"


def internal(key: str, sheets: Sequence[Sheet], told: Sequence[str]) -> Handling | None:
    """What the marks of a table make of all that is in it."""
    return strictest((handling("", key), *(handling("", sheet.name) for sheet in sheets), handling_of(told)))
