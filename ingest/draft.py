"""A text on its way from a file to a reading: what a reader hands over and every repair step edits.

`text` always maps back to `source` through `offsets`; `marks` keep what the format knew (headings, cells, pages, form fields) at their
places in `text` while it is edited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.model import Location, Metadata
from corpus.offsets import Edit, OffsetMap, apply_edits, map_forward


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind`: heading (`value` its level as a digit), title, caption, field (`value` its label), damaged (by a repair step).
    Positions are in `Draft.text`."""

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    source: str
    text: str
    offsets: OffsetMap
    marks: tuple[Mark, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    stated: frozenset[str] = frozenset()  # metadata fields with a default that the source itself gives (kind)
    locations: tuple[Location, ...] = ()  # in the source text, so no edit moves them

    @classmethod
    def of(cls, text: str, metadata: Metadata | None = None) -> Draft:
        """A draft whose text is its source, as txt files give it."""
        return cls(text, text, OffsetMap.identity(len(text)), (), metadata or Metadata())

    def edit(self, edits: Iterable[Edit]) -> Draft:
        """Apply non-overlapping edits: the map is composed and the marks move along; a mark whose text is gone is dropped."""
        edits = list(edits)
        if not edits:
            return self
        text, change = apply_edits(self.text, edits)
        starts = map_forward(edits, [mark.start for mark in self.marks])
        ends = map_forward(edits, [mark.end for mark in self.marks], closing=True)
        marks = (
            replace(mark, start=start, end=max(start, end))
            for mark, start, end in zip(self.marks, starts, ends, strict=True)
            if start < end or mark.start == mark.end
        )
        return replace(self, text=text, offsets=self.offsets.then(change), marks=tuple(marks))

    def said(self, metadata: Metadata) -> Draft:
        """The draft with what its text says of the report."""
        return self if metadata is self.metadata else replace(self, metadata=metadata)


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report as found in a file, before reading: the bytes that are kept, and the key it has in its collection.

    `media` is the reader's name (txt, html, docx, json, ...); a row of a jsonl file is a raw report of its own with media `json`.
    `where` names file and row for messages; `path` and `key` as in SetAside.
    """

    source: str
    data: bytes
    media: str
    where: str
    path: str = ""
    key: str = ""
