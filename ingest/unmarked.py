"""A stretch of a web page's source as its reader would see it, with the way back: what is split by tags, or written in entities."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

from ingest.readers.html.tree import BLOCK

_APART = BLOCK | {"td", "th", "option", "select", "button", "title", "input", "textarea", "iframe"}
_UNSEEN = ("script", "style")
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?"
_ENTITIES = re.compile(_ENTITY)
_TOKEN = re.compile(
    rf"<!--|</?(?P<tag>[a-zA-Z][^\s/<>]{{0,40}}+)[^<>]*+>|<[!?][^<>]*+>|{_ENTITY}|[ \t\r\n\f]{{2,}}|[\u00ad\u200b-\u200d\u2060\ufeff]+"
)
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(slots=True)
class Shown:
    """`text`, and for its stretches where they stand in the source: one for one, or, for what was resolved, as a whole."""

    text: str = ""
    _parts: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _places: list[tuple[int, int, bool]] = field(default_factory=list)
    _length: int = 0

    def add(self, part: str, start: int, end: int, *, literal: bool = False) -> None:
        if part:
            self._parts.append(part)
            self._starts.append(self._length)
            self._places.append((start, end, literal))
            self._length += len(part)

    def add_entity(self, entity: str, start: int, end: int) -> None:
        meant = unescape(entity)
        self.add(meant.translate(_NO_WIDTH), start, end, literal=meant == entity)

    def done(self) -> Shown:
        self.text = "".join(self._parts)
        return self

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the span [start, end) of the text, which is not empty, was made of, all between included."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        number = bisect_right(self._starts, at) - 1
        low, high, literal = self._places[number]
        if not literal:
            return low, high
        low += at - self._starts[number]
        return low, low + 1


def resolved(source: str) -> Shown:
    """The source with its entities resolved, tags, attributes and scripts as they are."""
    shown = Shown()
    at = 0
    for match in _ENTITIES.finditer(source):
        shown.add(source[at : match.start()], at, match.start(), literal=True)
        shown.add_entity(match[0], *match.span())
        at = match.end()
    shown.add(source[at:], at, len(source), literal=True)
    return shown.done()


def without_tags(source: str) -> Shown:
    """What is between the tags, entities resolved; a line break for the border of a block, one space for white space, no scripts."""
    shown = Shown()
    lowered = ""
    at = 0
    while match := _TOKEN.search(source, at):
        start, end = match.span()
        shown.add(source[at:start], at, start, literal=True)
        tag = (match["tag"] or "").lower()
        if match[0] == "<!--":
            end = min(_at(source, "-->", end) + 3, len(source))
        elif tag in _UNSEEN and source[start + 1] != "/":
            lowered = lowered or source.translate(_LOWER)
            end = _at(lowered, f"</{tag}", end)
        elif tag in _APART:
            shown.add("\n", start, end)
        elif match[0].startswith("&"):
            shown.add_entity(match[0], start, end)
        elif match[0].isspace():
            shown.add(" ", start, end)
        at = end
    shown.add(source[at:], at, len(source), literal=True)
    return shown.done()


def _at(source: str, sign: str, start: int) -> int:
    found = source.find(sign, start)
    return len(source) if found < 0 else found


_LOWER = {ord(upper): upper.lower() for upper in "SCRIPTYLE"}  # as long as before, which str.lower is not for all characters
