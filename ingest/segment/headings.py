"""Headings: marked by the format, numbered (一、（一）1.), known words (案例背景), or slogans set short between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.vocabulary import headings as vocabulary
from ingest.draft import Mark
from ingest.repair.labels import field_of
from ingest.scan import sought
from ingest.segment.compilation import begins
from ingest.segment.contents import Contents, contents, contents_lines
from ingest.segment.numbering import numbered
from ingest.segment.paragraphs import paragraphs
from ingest.segment.roles import is_known, role_of_heading
from ingest.segment.signs import Begin, Line

_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]{1,3}(?:部分|章|篇|节)[\s、：:]?")),
    (1, re.compile(r"[壹贰叁参肆伍陆柒捌玖拾]{1,2}[、.．]\s?")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\s?")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][、.．]?\s?")),
    (3, re.compile(r"\d{1,2}\s?[、.．]\s?(?!\d)|[（(]\d{1,2}[）)]\s?|[①②③④⑤⑥⑦⑧⑨⑩]\s?|[⒈⒉⒊⒋⒌⒍⒎⒏⒐]\s?")),
)
_NUMBERS = frozenset("第壹贰叁参肆伍陆柒捌玖拾一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨⑩⒈⒉⒊⒋⒌⒍⒎⒏⒐")  # that these begin with, beside digits
_BOX = "【〖["
_BOXED = re.compile(r"[【〖\[](.{2,20})[】〗\]]")
_BOX_BEFORE = re.compile(r"[【〖]([^【】〖〗。；\n]{2,20})[】〗][：:]?\s?(?=\S.{3})")
_ASKED = re.compile(r"[^。！？；\n]{2,30}[？?]")  # 一、钱从哪里来？
_SIGN = re.compile(r"[◎◆◇■□●○★☆▲△▼▽※❖➤►▶◉⊙]\s?")  # what a typewritten text sets before its headings
_SIGNED = 2  # lines with such a sign, each before text, from which on they are headings
_BOXES = 2  # lines that begin with words in such brackets before any words in them head a paragraph
_SENTENCE_END = re.compile(r"[。！；，、…：:;,]$")
_SENTENCE = re.compile(r"[。！？；]")
_CONTENTS = sought("目cC", r"目\s{0,4}[录錄次]|(?i:^contents?\s*$)", re.MULTILINE)
_LEADERS = re.compile(r"[.·…‥⋯](?:\s?[.·…‥⋯])+\s*\d")
_KNOWN = re.compile(r"[【〖\[]?([\u4e00-\u9fff]{2,10})[】〗\]]?[：:]\s?|[【〖\[]([\u4e00-\u9fff]{2,10})[】〗\]]\s?")
_CLOSED = re.compile("[。！？”」）…]$")
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
    """`words` are the heading without its number; `level` counts from 1; `run_in`: text follows on the same line.

    In a compilation `case` is the title of a case (then `words` are the whole title with its second half, and `place` the seat of whoever
    handed it in), and `apart` what belongs to no case: the contents page, a part's title, a preface, an annex.
    """

    start: int
    end: int
    level: int
    words: str
    run_in: bool = False
    case: bool = False
    apart: bool = False
    place: str | None = None


def find_headings(text: str, start: int, marks: Sequence[Mark] = ()) -> list[Heading]:
    """Headings from `start` on, in order."""
    lines = paragraphs(text, start)
    words = [text[low:high] for low, high in lines]
    page = contents(words, contents_lines([low for low, _ in lines], marks)) if _may_hold(text, start, marks) else None
    taken = range(page.first, page.last) if page else range(0)
    marked = {mark.start: mark for mark in marks if mark.kind == "heading" and mark.start >= start}  # those above it head the page
    captions = {mark.start for mark in marks if mark.kind == "caption"}
    found: dict[int, Heading] = {}
    opened = [line for line in words if line[0] in _BOX]
    boxed = sum(_BOX_BEFORE.match(line) is not None or _BOXED.fullmatch(line) is not None for line in opened) >= _BOXES
    for n, (low, high) in enumerate(lines):
        if n in taken or low in captions:
            continue
        line = words[n]
        mark = marked.get(low)
        if mark is not None and mark.end <= high + 1:
            found[n] = Heading(low, high, int(mark.value or 1), _words(line))
        elif heading := _numbered(line, low) or _known(line, low) or _in_box(line, low, boxed):
            found[n] = heading
        elif not marked and _is_slogan(text, lines, n):
            found[n] = Heading(low, high, 0, line.strip())
    if _SIGN.search(text, start):
        found.update({n: heading for n, heading in _signed(lines, words, taken).items() if n not in found or not found[n].level})
    found = _only_real(words, found, marked)
    told = begins(words, {n: Line(h.level, h.words, _level(marked.get(h.start))) for n, h in found.items()}, page, text)
    if told:
        return _compiled(text, lines, words, found, told, page)
    _below_formal(words, found)
    plain = _levels(_without_subtitle([found[n] for n in sorted(found)], lines))
    return [_contents_heading(text, lines, page), *plain] if page else plain


def _may_hold(text: str, start: int, marks: Sequence[Mark]) -> bool:
    """Whether a text may have a contents page."""
    return bool(_LEADERS.search(text, start) or _CONTENTS.search(text, start)) or any(mark.kind == "contents" for mark in marks)


def _level(mark: Mark | None) -> int | None:
    return int(mark.value or 1) if mark else None


def _contents_heading(text: str, lines: Sequence[tuple[int, int]], page: Contents) -> Heading:
    """The contents page as a heading without text of its own."""
    low, high = lines[page.first]
    return Heading(low, high, 1, "目录", apart=True)


def _compiled(
    text: str,
    lines: Sequence[tuple[int, int]],
    words: Sequence[str],
    found: dict[int, Heading],
    told: Sequence[Begin],
    page: Contents | None,
) -> list[Heading]:
    """The headings of a compilation: parts on the first level, cases below them, their own headings below these."""
    parted = any(not begin.case and numbered(words[begin.head.first]).style == "part" for begin in told)
    level = 2 if parted else 1
    out: list[Heading] = []
    if page:
        out.append(_contents_heading(text, lines, page))
    heads = {n: begin for begin in told for n in range(begin.head.first, begin.head.last)}
    inside: dict[int, Heading] = {}
    for begin in told:
        first, last = begin.head.first, begin.head.last
        end = lines[last - 1][1]
        inside[first] = Heading(
            lines[first][0], end, level if begin.case else 1, begin.head.title, False, begin.case, not begin.case, begin.head.place
        )
    first_case = min(begin.head.first for begin in told if begin.case)
    run: list[Heading] = []
    for n in sorted({*found, *inside}):
        if n in inside:
            out.extend(replace(heading, level=heading.level + level) for heading in _levels(run))
            run = []
            out.append(inside[n])
        elif n not in heads and n > first_case:
            run.append(found[n])
    out.extend(replace(heading, level=heading.level + level) for heading in _levels(run))
    return out


def _numbered(line: str, at: int) -> Heading | None:
    if line[0] not in _NUMBERS and not line[0].isdigit():
        return None
    for level, pattern in _NUMBERED:
        match = pattern.match(line)
        if not match:
            continue
        rest = line[match.end() :]
        if level < 3 and _ASKED.fullmatch(rest) and len(line) <= _LONGEST:
            return Heading(at, at + len(line), level, _words(rest))
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
    if len(line) <= 16 and is_known(_words(line)):
        return Heading(at, at + len(line), 1, _words(line))
    colon = _KNOWN.match(line)
    if colon and (colon[1] or colon[2]) in words and len(line) > colon.end() + 10:
        return Heading(at, at + colon.end(), 1, colon[1] or colon[2], True)
    return None


def _in_box(line: str, at: int, many: bool) -> Heading | None:
    if line[0] not in _BOX:
        return None
    match = _BOXED.fullmatch(line)
    return Heading(at, at + len(line), 1, _words(match[1])) if match else _box_before(line, at, many)


def _signed(lines: Sequence[tuple[int, int]], words: Sequence[str], taken: Collection[int]) -> dict[int, Heading]:
    """Short lines behind one and the same sign (◎ ◆ ■), each before text of its own: items of a list follow on each other."""
    found: dict[str, dict[int, Heading]] = {}
    for n, line in enumerate(words[:-1]):
        match = _SIGN.match(line)
        if match is None or n in taken or _SIGN.match(words[n + 1]) or len(words[n + 1]) < _PROSE:
            continue
        rest = line[match.end() :]
        if 2 <= len(rest) <= _SLOGAN and not _SENTENCE_END.search(rest) and not re.search("[。！；]", rest):
            found.setdefault(line[0], {})[n] = Heading(lines[n][0], lines[n][1], 1, _words(rest))
    return {n: heading for same in found.values() if len(same) >= _SIGNED for n, heading in same.items()}


def _box_before(line: str, at: int, many: bool) -> Heading | None:
    """【怎么办的】 with its text on the same line: words of a known role, or (`many`) any where the text sets its headings that way; labels
    of forms are none."""
    match = _BOX_BEFORE.match(line)
    if match is None or field_of(match[1]) not in (None, "free"):
        return None
    return Heading(at, at + match.end(), 1, _words(match[1]), True) if many or role_of_heading(match[1]) else None


def _words(heading: str) -> str:
    """A heading without number, sign, brackets and punctuation at its ends."""
    if match := _SIGN.match(heading):
        heading = heading[match.end() :]
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
    if "\t" in before:  # the last row of a table
        before = "。"
        n = 0
    return (
        len(following) >= _PROSE
        and bool(_SENTENCE.search(following))
        and (len(before) >= 20 or not n)
        and bool(_CLOSED.search(before) or not n)
    )


def _only_real(words: Sequence[str], found: dict[int, Heading], marked: Collection[int]) -> dict[int, Heading]:
    """Without the items of lists, which look like headings: lines numbered on from each other with nothing between them, two of the lowest
    level or three of any. What the format marks stays."""
    rows: list[list[int]] = []
    for n in sorted(found):
        if rows and rows[-1][-1] == n - 1 and not found[n - 1].run_in and _goes_on(words[n - 1], words[n]):
            rows[-1].append(n)
        else:
            rows.append([n])
    length = {n: len(row) for row in rows for n in row}
    return {
        n: heading
        for n, heading in found.items()
        if heading.run_in or heading.start in marked or length[n] < (2 if heading.level == 3 else 3)
    }


def _below_formal(words: Sequence[str], found: dict[int, Heading]) -> None:
    """Where 壹、贰、叁 head the parts, 一、二、三 and all below them are one level lower."""
    formal = {n for n in found if numbered(words[n]).style == "壹"}
    if formal:
        found.update({n: replace(h, level=h.level + 1) for n, h in found.items() if n not in formal and h.level})


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is numbered on from the one before it."""
    own, last = numbered(line), numbered(before)
    return own.style == last.style != "" and own.number == last.number + 1


def _without_subtitle(found: list[Heading], lines: list[tuple[int, int]]) -> list[Heading]:
    """A slogan right under the title with none like it further on is the title's second half."""
    first = found[0] if found else None
    if first and first.level == 0 and first.start == lines[0][0] and not any(heading.level == 0 for heading in found[1:]):
        return found[1:]
    return found


def _levels(found: Sequence[Heading]) -> list[Heading]:
    """Give slogans (level 0) a level of their own: 1 where they stand alone, else one below the numbered heading they follow."""
    out: list[Heading] = []
    above = 0
    for heading in found:
        level = heading.level or (above + 1 if above else 1)
        above = heading.level or above
        out.append(replace(heading, level=level))
    return out
