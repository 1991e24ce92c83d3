"""White space: line ends, indents, odd spaces, spaces inside Chinese prose, lines broken at a fixed width."""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.characters import HAN, known_words
from ingest.draft import Draft

STEP = "space"
LINE_STEP = "line"
# Zero-width, bidirectional and annotation controls, the soft hyphen, fillers, and control characters of both sets but line ends.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff0-\ufffb"
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
)
_BLANK = rf"[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029{_INVISIBLE}]"
_BREAK = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_ANY = rf"(?:{_BLANK}|[{_INVISIBLE}])"
_BREAKS = re.compile(rf"{_ANY}*{_BREAK}(?:{_ANY}|{_BREAK})*")
_LEAD = re.compile(rf"(?:{_ANY}|{_BREAK})+")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_GAP = re.compile(f"{_ANY}+")
_CHINESE = f"[{HAN}，。、；：？！“”‘’（）《》]"
_INSIDE = re.compile(rf"(?<={_CHINESE}){_ANY}+(?={_CHINESE})")
_BETWEEN = re.compile(rf"(?<=[{HAN}]){_BLANK}{{1,3}}(?=[{HAN}])")
_CLOSING = re.compile(r"[，。、；：？！”’）》」』】]")
_OPENING = re.compile(r"[“‘（《「『【]")
_RUN_IN = re.compile(
    rf"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{{1,2}}[.、．])[^。！？；\s]{{2,30}}(?={_BLANK}+\S)"
)
_CHINESE_ONE = re.compile(_CHINESE)
_HAN_ONE = re.compile(f"[{HAN}]")
_STREWN = frozenset("，。、；：？！“”‘’（）《》0123456789.%")
_WIDE = re.compile(f"[{HAN}\u3000-\u303f\uff01-\uff5e“”‘’—…]")
_COMMAS = 5  # lines that end with a comma from which every comma is taken to have been broken behind
_TORN = 3  # blanks inside words of two characters from which a text may count as strewn
_END = re.compile(r"[。！？!?；;：:…”’）)》】.]")
_WORK = re.compile(rf"[{_INVISIBLE}]|\s\s|[^\S \n]|(?<={_CHINESE}) (?={_CHINESE})|\A\s|\s\Z|.\n.*.\n.*.\n.*.\n")
_INDENT = re.compile(rf"{_BLANK}{{2,}}\Z|\u3000\Z")
_PROSE = 30  # characters from which a line with a comma counts as prose
_NEW = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+[章节条、]|\d{1,2}[.、．](?!\d)|[●■◆▲•·※]|附件"
)


def spaces(draft: Draft) -> list[Edit]:
    """Edits after which each paragraph is one line without blanks at its ends, and Chinese prose has no blanks inside."""
    text = draft.text
    if not _WORK.search(text):
        return []
    lead = _LEAD.match(text)
    low = lead.end() if lead else 0
    high = len(text)
    while high > low and (text[high - 1].isspace() or _UNSEEN.match(text, high - 1)):
        high -= 1
    edits = [Edit(start, end, "", STEP) for start, end in ((0, low), (high, len(text))) if start < end]
    if low >= high:
        return edits[:1]
    breaks = list(_BREAKS.finditer(text, low, high))
    wrapped = _wrapped(text, breaks, low, high)
    for match, joined in zip(breaks, wrapped, strict=True):
        new = "" if joined else "\n"
        if match[0] != new:
            edits.append(Edit(match.start(), match.end(), new, LINE_STEP if joined else STEP))
    everywhere = _is_strewn(text, low, high)
    start = low
    for end, after in [*((match.start(), match.end()) for match in breaks), (high, high)]:
        edits += _inside(text, start, end, everywhere)
        start = after
    return edits


def _is_strewn(text: str, low: int, high: int) -> bool:
    """Whether blanks stand inside words so often that those elsewhere mean nothing either; a table has them between words only."""
    between = list(_BETWEEN.finditer(text, low, high))
    if len(between) < _TORN:
        return False
    torn = sum(known_words(text[match.start() - 1] + text[match.end()]) for match in between)
    dense = len(_INSIDE.findall(text, low, high)) * 20 > high - low
    return torn >= _TORN and torn * (8 if dense else 4) >= len(between)


def _inside(text: str, start: int, end: int, everywhere: bool) -> list[Edit]:
    """Edits for one line: odd blanks become one space or nothing. `everywhere`: the whole text is strewn with blanks."""
    edits = []
    prose: bool | None = True if everywhere else None
    kept = -2
    for match in _GAP.finditer(text, start, end):
        if match[0] == " " and not (_is_chinese(text, match.start() - 1) and _is_chinese(text, match.end())) and not everywhere:
            continue
        if prose is None:
            line = text[start:end]
            prose = (len(line) >= _PROSE and ("，" in line or "。" in line)) or _spaced_out(text, start, end)
        if kept == -2:
            kept = _after_heading(text, start, end)
        new = "" if match.start() != kept and _is_nothing(text, match, prose, everywhere) else " "
        if not _UNSEEN.sub("", match[0]):
            new = ""
        if new != match[0]:
            edits.append(Edit(match.start(), match.end(), new, STEP))
    return edits


def _is_nothing(text: str, gap: re.Match[str], prose: bool, everywhere: bool) -> bool:
    """Whether a blank parts nothing: between Chinese characters of prose, before a closing sign, behind an opening one."""
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    if everywhere and (before in _STREWN or _HAN_ONE.match(before)) and (after in _STREWN or _HAN_ONE.match(after)):
        return True
    if not (_is_chinese(text, gap.start() - 1) and _is_chinese(text, gap.end())):
        return False
    return prose or bool(_CLOSING.match(after) or _OPENING.match(before))


def _is_chinese(text: str, at: int) -> bool:
    return at >= 0 and bool(_CHINESE_ONE.match(text, at))


def _after_heading(text: str, start: int, end: int) -> int:
    """Where the blank is that parts a numbered heading from the text behind it on the same line; -1 where there is none."""
    match = _RUN_IN.match(text, start, end)
    return match.end() if match else -1


def _spaced_out(text: str, start: int, end: int) -> bool:
    """Whether a line has a blank after nearly every character (基 层 治 理)."""
    gaps = len(_INSIDE.findall(text, start, end))
    return gaps >= 4 and gaps * 3 > end - start


def _wrapped(text: str, breaks: list[re.Match[str]], low: int, high: int) -> list[bool]:
    """For each line break whether it only wraps a paragraph."""
    starts = [low, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), high]
    single = [match[0].count("\n") <= 1 for match in breaks]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    full = _full(lengths, single)
    if full is None and not text.isascii():  # lines as wide as a screen: two columns a character, one a letter
        columns = [length + len(_WIDE.findall(text, start, end)) for length, start, end in zip(lengths, starts, ends, strict=True)]
        full = _full(columns, single, 2)
    commas = [text[end - 1 : end] in ("，", "、") for end in ends[:-1]]
    if sum(commas) < _COMMAS or sum(commas) * 5 < len(breaks) * 2:
        commas = [False] * len(breaks)
    if full is None:
        return [comma and alone for comma, alone in zip(commas, single, strict=True)]
    indented = [bool(_INDENT.search(match[0])) for match in breaks]
    by_indent = sum(indented) * 20 >= len(breaks)
    by_blank = (len(breaks) - sum(single)) * 10 >= len(breaks)  # paragraphs are parted by empty lines
    return [
        single[n]
        and (full[n] or commas[n])
        and not indented[n]
        and not _NEW.match(text, starts[n + 1])
        and (by_indent or by_blank or not _END.search(text, ends[n] - 1, ends[n]) or _goes_on(text, ends[n], starts[n + 1]))
        for n in range(len(breaks))
    ]


def _full(lengths: list[int], single: list[bool], unit: int = 1) -> list[bool] | None:
    """Which lines are as long as a line can be, where nearly all have one length and none is longer; else None."""
    width = sorted(lengths)[len(lengths) * 19 // 20]
    slack = max(2 * unit, width // 15)
    full = sum(alone and length >= width - slack for alone, length in zip(single, lengths, strict=False))
    if not 16 * unit <= width <= 100 * unit or full < 4 or full * 5 < len(lengths) * 2 or max(lengths) > width + slack:
        return None
    return [length >= width - slack for length in lengths]


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a line cannot end where it does: in the middle of a number, or before a sign that closes something."""
    return bool(_CLOSING.match(text, start)) or (
        text[end - 1] in ".．" and text[end - 2 : end - 1].isdigit() and text[start : start + 1].isdigit()
    )
