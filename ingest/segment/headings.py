"""Headings: marked by the format, numbered (一、（一）1.), known words (案例背景), or slogans set short between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.vocabulary import headings as vocabulary
from ingest.draft import Mark
from ingest.segment.paragraphs import paragraphs

_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]{1,3}(?:部分|章|篇|节)[\s、：:]?")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\s?")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][、.．]?\s?")),
    (3, re.compile(r"\d{1,2}\s?[、.．]\s?(?!\d)|[（(]\d{1,2}[）)]\s?|[①②③④⑤⑥⑦⑧⑨⑩]\s?|[⒈⒉⒊⒋⒌⒍⒎⒏⒐]\s?")),
)
CASE_NUMBER = re.compile(
    r"[【〖\[（(]?(?:典型|参考|示范|优秀)?(?:案例|事例|个案|实例)\s?之?[一二三四五六七八九十百\d]{1,3}(?:[】〗\])）、：:.．\s—\-]+|$)"
)
_BOXED = re.compile(r"[【〖\[](.{2,20})[】〗\]]")
_SENTENCE_END = re.compile(r"[。！；，、…：:;,]$")
_SENTENCE = re.compile(r"[。！？；]")
_LONGEST = 45
_SLOGAN = 32
_PROSE = 40
_RUN_IN = (  # a numbered heading on one line with its text: closed by a full stop, by the blank left for it, or by a colon
    re.compile(r"[^。！？；\n\d]{2,26}[。？！](?=.{12})"),
    re.compile(r"[^。！？；\n ]{2,36} (?=.{12})"),
    re.compile(r"[^。！？；，：\n]{2,28}(?:[，、][^。！？；，：\n]{2,20}){0,2}[。：](?=.{12})"),
)
_NOT_SLOGAN = re.compile(
    r"^(?:[（(].*[）)]|图\d*|表\d+|图为|附件?\d?|注[：:]|来源|作者|（?供稿|——|[“”\"]?\d+[.%]?$|(?:19|20)\d\d年\d)|[？?]$|^[^\u4e00-\u9fff]*$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`words` are the heading without its number; `level` counts from 1; `run_in`: text follows on the same line;
    `case`: 案例一, 案例二."""

    start: int
    end: int
    level: int
    words: str
    run_in: bool = False
    case: bool = False


def find_headings(text: str, start: int, marks: Sequence[Mark] = ()) -> list[Heading]:
    """Headings from `start` on, in order."""
    lines = paragraphs(text, start)
    marked = {mark.start: mark for mark in marks if mark.kind == "heading"}
    found: list[Heading] = []
    for n, (low, high) in enumerate(lines):
        line = text[low:high]
        mark = marked.get(low)
        if mark is not None and mark.end <= high + 1:
            found.append(Heading(low, high, int(mark.value or 1), _words(line)))
        elif heading := _case(line, low) or _numbered(line, low) or _known(line, low) or _boxed(line, low):
            found.append(heading)
        elif not marked and _is_slogan(text, lines, n):
            found.append(Heading(low, high, 0, line.strip()))
    return _levels(_without_subtitle(_only_real(text, found, lines), lines))


def _case(line: str, at: int) -> Heading | None:
    """案例一、……"""
    match = CASE_NUMBER.match(line)
    if match and len(line) <= 2 * _LONGEST and not _SENTENCE_END.search(line):
        return Heading(at, at + len(line), 1, line[match.end() :].strip() or line.strip(" 【】〖〗：:"), case=True)
    return None


def _numbered(line: str, at: int) -> Heading | None:
    for level, pattern in _NUMBERED:
        match = pattern.match(line)
        if not match:
            continue
        rest = line[match.end() :]
        if (
            len(line) <= _LONGEST
            and not _SENTENCE_END.search(rest)
            and not _SENTENCE.search(rest)
            and re.search("[\u4e00-\u9fff]{2}", rest)
        ):
            return Heading(at, at + len(line), level, _words(rest))
        run_in = next((found for pattern in _RUN_IN if (found := pattern.match(rest))), None)
        if run_in and level < 3:
            return Heading(at, at + match.end() + run_in.end(), level, _words(run_in[0]), True)
        if len(line) <= _LONGEST and re.fullmatch(r"[^。！；，]{2,30}[：:]", rest):
            return Heading(at, at + len(line), level, _words(rest))
        return None
    return None


def _known(line: str, at: int) -> Heading | None:
    """A line that is one of the vocabulary's heading words, or starts with one and a colon."""
    words = vocabulary().words
    if len(line) <= 16 and _words(line) in words:
        return Heading(at, at + len(line), 1, _words(line))
    colon = re.match(r"[【〖\[]?([\u4e00-\u9fff]{2,10})[】〗\]]?[：:]\s?|[【〖\[]([\u4e00-\u9fff]{2,10})[】〗\]]\s?", line)
    if colon and (colon[1] or colon[2]) in words and len(line) > colon.end() + 10:
        return Heading(at, at + colon.end(), 1, colon[1] or colon[2], True)
    return None


def _boxed(line: str, at: int) -> Heading | None:
    match = _BOXED.fullmatch(line)
    return Heading(at, at + len(line), 1, _words(match[1])) if match else None


def _words(heading: str) -> str:
    """A heading without number, brackets and punctuation at its ends."""
    for _, pattern in _NUMBERED:
        if match := pattern.match(heading):
            heading = heading[match.end() :]
            break
    return heading.strip(" \u3000【】〖〗[]：:。、.．-—·")


def _is_slogan(text: str, lines: list[tuple[int, int]], n: int) -> bool:
    """A short line without a sentence's end, before prose and not at the end of the text."""
    low, high = lines[n]
    line = text[low:high]
    if not 3 <= len(line) <= _SLOGAN or _SENTENCE_END.search(line) or _SENTENCE.search(line) or _NOT_SLOGAN.search(line):
        return False
    if n + 1 >= len(lines):
        return False
    following = text[lines[n + 1][0] : lines[n + 1][1]]
    before = text[lines[n - 1][0] : lines[n - 1][1]] if n else "。"
    return (
        len(following) >= _PROSE
        and bool(_SENTENCE.search(following))
        and (len(before) >= 20 or not n)
        and bool(re.search("[。！？”」）…]$", before) or not n)
    )


def _only_real(text: str, found: list[Heading], lines: list[tuple[int, int]]) -> list[Heading]:
    """Without enumerations that look like headings: numbered lines that follow each other with nothing between them, more than once."""
    starts = {heading.start for heading in found}
    order = {low: n for n, (low, _) in enumerate(lines)}
    out = []
    for heading in found:
        n = order.get(heading.start)
        if n is None or heading.run_in or heading.level != 3:
            out.append(heading)
            continue
        beside = sum(0 <= m < len(lines) and lines[m][0] in starts and text[lines[m][0]].isdigit() for m in (n - 1, n + 1))
        if not beside:
            out.append(heading)
    return out


def _without_subtitle(found: list[Heading], lines: list[tuple[int, int]]) -> list[Heading]:
    """A slogan right under the title with none like it further on is the title's second half."""
    first = found[0] if found else None
    if first and first.level == 0 and first.start == lines[0][0] and not any(heading.level == 0 for heading in found[1:]):
        return found[1:]
    return found


def _levels(found: list[Heading]) -> list[Heading]:
    """Give slogans (level 0) a level of their own: 1 where they stand alone, else one below the numbered heading they follow.

    All headings are one deeper where the text is cut into numbered cases.
    """
    out: list[Heading] = []
    above = 0
    deeper = int(any(heading.case for heading in found))
    for heading in found:
        level = heading.level or (above + 1 if above else 1)
        above = heading.level or above
        out.append(heading if heading.case else replace(heading, level=level + deeper))
    return out
