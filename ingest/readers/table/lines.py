"""The linear text that is made of cells: lines with a place each, and what the lines are."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import Handling, Location, Metadata
from ingest.dates import iso_date
from ingest.draft import Draft, Mark
from ingest.readers.columns import label_of
from ingest.readers.table.head import is_prose

_LONGEST_VALUE = 60  # characters of a value that stands on one line with its label
_PRIVATE = ("contact", "private")
_CLAUSE = re.compile(r"[。！？；;\n]+")
_NAMES = re.compile(r"[、，,；;\s]+")
_TITLE, _HIDDEN, _FIELD, _BODY = range(4)  # the order in which lines are told


class Lines:
    """Collects lines in their order. `sheet` goes before the cells in the places."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._lines: list[tuple[int, str, str, Mark | None]] = []
        self._told: dict[str, str] = {}

    def title(self, value: str, cell: str) -> None:
        words = " ".join(value.split())
        self._add(_TITLE, words, cell, "title")
        self._told.setdefault("title", words)

    def text(self, value: str, cell: str) -> None:
        for line in value.split("\n"):
            self._add(_BODY, line, cell)

    def pair(self, header: str, field: str | None, value: str, cell: str) -> None:
        """A label with its value: a line of a form, or a heading with its text where that is long.

        Private values stand on lines that forms are known by, however long they are, and before all others, so that they are hidden.
        """
        label = label_of(header, field)
        if field in _PRIVATE:
            for clause in _CLAUSE.split(value):
                for start in range(0, len(clause), _LONGEST_VALUE):
                    if piece := clause[start : start + _LONGEST_VALUE].strip():
                        self._add(_HIDDEN, f"{label}：{piece}", cell, "field", label)
        elif field == "url":
            self._told.setdefault("url", value.strip())
        elif field in ("text", "section") or is_prose(value) or len(value) > _LONGEST_VALUE:
            self._add(_BODY, label, cell, "heading", "1")
            self.text(value, cell)
        elif label:
            self._told.setdefault(field or "", value)
            words = "；".join(part.strip() for part in value.split("\n") if part.strip())
            self._add(_FIELD if field else _BODY, f"{label}：{words}", cell, "field", label)
        else:
            self.text(value, cell)

    def draft(self, handling: Handling | None = None) -> Draft:
        """The lines: title, what is hidden, fields, all else; each kind in the order of telling. `handling` is that of the file."""
        parts: list[str] = []
        marks: list[Mark] = []
        locations: list[Location] = []
        at = 0
        for _, words, cell, mark in sorted(self._lines, key=lambda line: line[0]):
            place = f"{self._sheet}!{cell}" if self._sheet else cell
            end = at + len(words)
            if mark is not None:
                marks.append(replace(mark, start=at, end=end))
            if locations and locations[-1].value == place:
                locations[-1] = replace(locations[-1], end=end)
            else:
                locations.append(Location("cell", at, end, place))
            parts.append(words)
            at = end + 1
        told = self._told
        url = told.get("url", "")
        metadata = Metadata(
            title=told.get("title", ""),
            authors=tuple(name for name in _NAMES.split(told.get("authors", "")) if name),
            published=iso_date(told.get("published", "")),
            place=told.get("place"),
            number=told.get("number"),
            applicant=told.get("applicant"),
            category=told.get("category"),
            award=told.get("award"),
            url=url if url.startswith(("http://", "https://")) else None,
            handling=handling,
        )
        return replace(Draft.of("\n".join(parts), metadata), marks=tuple(marks), locations=tuple(locations))

    def _add(self, order: int, words: str, cell: str, kind: str = "", value: str = "") -> None:
        if words.strip():
            self._lines.append((order, words, cell, Mark(kind, 0, 0, value) if kind else None))
