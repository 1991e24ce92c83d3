"""Pages in plain text: page numbers and running heads on lines of their own, which cut through the text where a page ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.repair.byline import byline

STEP = "txt.running_head"
_LINE = re.compile(r"[^\n]*\n?")
_NUMBER = re.compile(
    r"[—－–―\-─·•]{1,2}\s?(?P<dashed>\d{1,4})\s?[—－–―\-─·•]{1,2}|第\s?(?P<page>\d{1,4})\s?页(?:\s?[/／，,]?\s?共\s?\d{1,4}\s?页)?"
)
_LEAST = 2  # pages that show that the text has pages
_HEAD = 40
_END = ("。", "！", "？", "；", "：", "”", "》", "）", ".", "!", "?", ";", ":")
_SENTENCE = re.compile("[。！？；]")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．]")
_NAMES = re.compile("案例.{0,4}|当事人|(?:19|20)[0-9]{2}年?|.{1,3}")  # what may well stand at the head of several parts
_INDENT = re.compile(r"[ \t\u3000]{2}|\u3000")


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int  # with its break
    words: str


def page_breaks(draft: Draft) -> Draft:
    """Take out numbers and running heads of pages; a paragraph that a page ended in goes on. Nothing where the text has no pages.

    Page numbers are those that go up by one from page to page; a running head stands in the same words beside most of them.
    """
    text = draft.text
    if not _NUMBER.search(text):
        return draft
    rows = [
        _Row(match.start(), match.end(), match[0].strip(" \t\r\n\f\u3000\ufeff"))
        for match in _LINE.finditer(text)
        if match[0].strip(" \t\r\n\f\u3000\ufeff")
    ]
    numbers = _numbers(rows)
    if len(numbers) < _LEAST:
        return draft
    heads = _recurring(rows, [n + 1 for n in numbers]) | _recurring(rows, [n - 1 for n in numbers])
    gone = set(numbers)
    for n in numbers:
        gone |= {m for m in (n - 1, n + 1) if 0 <= m < len(rows) and _key(rows[m].words) in heads}
    if _key(rows[0].words) in heads and _is_title(rows, 1):
        gone.add(0)
    return draft.edit(_edits(text, rows, gone))


def _numbers(rows: Sequence[_Row]) -> list[int]:
    """The lines that are page numbers, each one more than the one before it."""
    found = [(n, int(match["dashed"] or match["page"])) for n, row in enumerate(rows) if (match := _NUMBER.fullmatch(row.words))]
    going_up = all(after[1] == before[1] + 1 for before, after in pairwise(found))
    return [n for n, _ in found] if going_up else []


def _recurring(rows: Sequence[_Row], places: Sequence[int]) -> set[str]:
    """What most of these lines have in common, with the first line of the text counted among them."""
    there = [n for n in places if 0 <= n < len(rows)]
    counts = Counter(_key(rows[n].words) for n in {0, *there} if len(rows[n].words) <= _HEAD and not _SENTENCE.search(rows[n].words))
    return {key for key, count in counts.items() if key and count >= _LEAST and count * 2 > len(there)}


def _key(words: str) -> str:
    return "" if _NAMES.fullmatch(words) else re.sub(r"\s", "", words)


def _is_title(rows: Sequence[_Row], n: int) -> bool:
    """Whether a line may be the title, so that the running head above it is none."""
    words = rows[n].words if n < len(rows) else ""
    short = 4 <= len(words) <= _HEAD and not _SENTENCE.search(words) and not words.startswith("——")
    return short and not _NUMBERED.match(words) and byline(words) is None and len(words.split()) == 1


def _edits(text: str, rows: Sequence[_Row], gone: set[int]) -> list[Edit]:
    """Each stretch of lines that are gone becomes one break, or two where a paragraph ends above it and the next is not indented."""
    edits = []
    n = 0
    while n < len(rows):
        if n not in gone:
            n += 1
            continue
        first = n
        while n in gone:
            n += 1
        if first == 0:
            start, end, new = 0, rows[n].start if n < len(rows) else len(text), ""
        elif n == len(rows):
            start, end, new = rows[first - 1].end, len(text), ""
        else:
            start, end = rows[first - 1].end, rows[n].start
            ended = rows[first - 1].words.endswith(_END) and not _INDENT.match(text, end)
            new = "\n" if ended else ""
        edits.append(Edit(start, end, new, STEP))
    return edits


__all__ = ["STEP", "page_breaks"]
