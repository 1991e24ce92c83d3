"""The contents page of a document: its entries with their numbers and pages, and the lines it takes.

It is known by its heading (目录), by dots and page numbers at the ends of lines that follow each other, by the reader's marks, or, under
its heading and without page numbers, by lines that come again further on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.draft import Mark
from ingest.segment.numbering import numbered

_HEADING = re.compile(r"[【\[—\-\s]*(?:目\s*[录錄次]|总\s*目\s*录|目录页|contents?)[】\]—\-\s：:]*(?:（续）)?", re.IGNORECASE)
_LEADER = r"[.．·•・…。‥⋯\-—_]"
_DOTTED = re.compile(
    rf"^(?P<title>.*?[^\s.．·•・…‥⋯\-—_])\s*(?:{_LEADER}\s?){{3,}}\s*[（(\[]?(?P<page>\d{{1,4}})[）)\]]?$|^(?P<other>.*?\S)\s*…+\s*[（(\[]?(?P<at>\d{{1,4}})[）)\]]?$"
)
_PLAIN = re.compile(r"^(?P<title>.*?[^\s\d（(\[/])(?:\s+|\s*[（(\[/]\s*|(?<=[\u4e00-\u9fff”》）)！!？?]))(?P<page>\d{1,4})\s*[）)\]]?$")
_SEVERAL = re.compile(rf"(.+?)\s*(?:…{{2,}}|(?:{_LEADER}\s?){{4,}})\s*(\d{{1,4}})(?!\d)\s*")
_TEXT = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_PROSE = re.compile(r"[。；;]$|[。；].")
_LONGEST = 90
_FAR = 4  # lines without a page that a contents page may hold in a row
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` as written, with its number; `page` None where none is given; `more`: it may be the first half of the next entry."""

    title: str
    page: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """Lines [first, last) of a text and the entries that stand in them."""

    first: int
    last: int
    entries: tuple[Entry, ...]


def contents(lines: Sequence[str], marked: frozenset[int] = frozenset()) -> Contents | None:
    """The first contents page among `lines` (which are stripped and not empty); `marked` are the lines that the reader knows for one."""
    heading = next((n for n, line in enumerate(lines) if len(line) <= 16 and _HEADING.fullmatch(line)), None)
    if heading is not None and (found := _paged(lines, heading + 1) or _listed(lines, heading + 1)):
        return replace(found, first=heading)
    if marked:
        first, last = min(marked), max(marked) + 1
        return Contents(first, last, tuple(_entries(lines[first:last])))
    return _dotted(lines)


def contents_lines(starts: Sequence[int], marks: Sequence[Mark]) -> frozenset[int]:
    """Numbers of the lines, which begin at `starts`, that a reader marked as contents."""
    inside = [(mark.start, mark.end) for mark in marks if mark.kind == "contents"]
    return frozenset(n for n, start in enumerate(starts) if any(low <= start < high for low, high in inside)) if inside else frozenset()


def with_page(line: str) -> tuple[str, int] | None:
    """Title and page of a line that ends in a page number, None for any other."""
    if len(line) > 2 * _LONGEST:
        return None
    match = _DOTTED.match(line)
    if match:
        title, page = match["title"] or match["other"], match["page"] or match["at"]
    elif match := _PLAIN.match(line):
        title, page = match["title"], match["page"]
    else:
        return None
    title = title.rstrip(" .．·•・…‥⋯-—_")
    return (title, int(page)) if _TEXT.search(title) else None


def _paged(lines: Sequence[str], start: int) -> Contents | None:
    """Entries with page numbers from line `start` on, which may be wrapped and hold parts without a page."""
    last = start
    pages: list[int] = []
    at = start
    while at < len(lines) and at - last < _FAR:
        line = lines[at]
        several = _SEVERAL.findall(line)
        found = with_page(line)
        if len(several) > 1:
            pages.extend(int(page) for _, page in several)
            last = at + 1
        elif found and not _PROSE.search(found[0]) and (not pages or found[1] >= pages[-1] - 1 or _DOTTED.match(line)):
            pages.append(found[1])
            last = at + 1
        elif found is None and (len(line) > _LONGEST or _PROSE.search(line)):
            break
        at += 1
    return Contents(start, last, tuple(_entries(lines[start:last]))) if len(pages) >= 2 else None


def _listed(lines: Sequence[str], start: int) -> Contents | None:
    """Short lines under 目录 that come again later, in one line or broken into several: up to where the first of them does."""
    keys = [plain(line) if len(line) <= _LONGEST else "" for line in lines]
    places: dict[str, list[int]] = {}
    for n in range(start, len(lines)):
        said = ""
        for key in keys[n : n + 3]:
            if not key:
                break
            said += key
            places.setdefault(said, []).append(n)
    last = start
    again = 0
    stop = len(lines)
    for at in range(start, len(lines)):
        line = lines[at]
        if at >= stop or len(line) > _LONGEST or _PROSE.search(line) or at - last > _FAR:
            break
        later = places.get(keys[at], [])
        if later and later[0] == at and later[-1] > at:
            stop = min(stop, later[1])
            again += 1
            last = at + 1
    last = min(last, stop)
    if stop < len(lines) and stop - last <= _FAR and not any(len(line) > _LONGEST or _PROSE.search(line) for line in lines[last:stop]):
        last = stop  # an entry that stands otherwise in the text
    return Contents(start, last, tuple(_entries(lines[start:last]))) if again >= 2 and 2 * again >= last - start else None


def _dotted(lines: Sequence[str]) -> Contents | None:
    """Three or more lines with leaders and page numbers close to each other, where nothing says 目录."""
    for first, line in enumerate(lines):
        if _DOTTED.match(line) and with_page(line):
            found = _paged(lines, first)
            strong = sum(_DOTTED.match(other) is not None for other in lines[first : found.last]) if found else 0
            return found if found and max(strong, len(found.entries) if found.last == first + 1 else 0) >= _LEAST else None
    return None


def _entries(lines: Sequence[str]) -> list[Entry]:
    out: list[Entry] = []
    paged = any(with_page(line) for line in lines)
    for line in lines:
        if _HEADING.fullmatch(line) or not _TEXT.search(line):
            continue
        several = _SEVERAL.findall(line)
        if len(several) > 1:
            out.extend(Entry(title.strip(), int(page)) for title, page in several)
        elif found := with_page(line):
            out.append(Entry(found[0].strip(), found[1]))
        else:
            out.append(Entry(line.strip(), None, paged))
    return out


def plain(line: str) -> str:
    """A line without number, blanks and punctuation, for comparing titles."""
    rest = numbered(line).rest or line
    return re.sub(r"[\W_]+", "", rest).lower()


__all__ = ["Contents", "Entry", "contents", "contents_lines", "plain", "with_page"]
