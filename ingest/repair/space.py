"""White space: line ends, indents, odd spaces, spaces inside Chinese prose, lines broken at a fixed width."""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.characters import HAN
from ingest.draft import Draft

STEP = "space"
LINE_STEP = "line"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f"
_BLANK = rf"[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029{_INVISIBLE}]"
_BREAK = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_ANY = rf"(?:{_BLANK}|[{_INVISIBLE}])"
_BREAKS = re.compile(rf"{_ANY}*{_BREAK}(?:{_ANY}|{_BREAK})*")
_LEAD = re.compile(rf"(?:{_ANY}|{_BREAK})+")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_GAP = re.compile(rf"(?:{_ANY}{{2,}}|[^\S \n]|[{_INVISIBLE}])")
_CHINESE = f"[{HAN}，。、；：？！“”‘’（）《》]"
_INSIDE = re.compile(rf"(?<={_CHINESE}) (?={_CHINESE})")
_STREWN = re.compile(rf"(?<=[{HAN}，。、；：？！“”‘’（）《》\d.%]) (?=[{HAN}，。、；：？！“”‘’（）《》\d.%])")
_GLUED = re.compile(rf"(?<={_CHINESE})(?={_ANY}+{_CHINESE})")
_RUN_IN = re.compile(
    rf"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{{1,2}}[.、．])[^。！？；\s]{{2,30}}(?={_BLANK}+\S)"
)
_REPEATED = re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)")
_END = re.compile(r"[。！？!?；;：:…”’）)》】.]")
_WORK = re.compile(rf"[{_INVISIBLE}]|\s\s|[^\S \n]|(?<={_CHINESE}) (?={_CHINESE})|\A\s|\s\Z|([，、；：])\1|。。|.\n.*.\n.*.\n.*.\n")
_INDENT = re.compile(rf"{_BLANK}{{2,}}\Z|\u3000\Z")
_PROSE = 30  # characters from which a line with a comma counts as prose
_NEW = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+[章节条、]|\d{1,2}[.、．]|[●■◆▲•·※]|附件"
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
    everywhere = len(_INSIDE.findall(text)) * 20 > high - low
    start = low
    for end, after in [*((match.start(), match.end()) for match in breaks), (high, high)]:
        edits += _inside(text, start, end, everywhere)
        start = after
    return edits


def _inside(text: str, start: int, end: int, everywhere: bool) -> list[Edit]:
    """Edits for one line: odd blanks become one space or nothing, doubled punctuation one sign.

    `everywhere`: the whole text is strewn with blanks.
    """
    edits = []
    prose = everywhere or (end - start >= _PROSE and ("，" in text[start:end] or "。" in text[start:end])) or _spaced_out(text, start, end)
    kept = _after_heading(text, start, end)
    if prose:
        blanks = (_STREWN if everywhere else _INSIDE).finditer(text, start, end)
        edits = [Edit(match.start(), match.end(), "", STEP) for match in blanks if match.start() != kept]
    for match in _GAP.finditer(text, start, end):
        blank = match[0].strip("\u200b\u200c\u200d\u2060\ufeff\u00ad") or not match[0]
        glued = prose and match.start() != kept and _GLUED.match(text, match.start())
        edits.append(Edit(match.start(), match.end(), " " if blank and not glued else "", STEP))
    edits += [Edit(match.start() + 1, match.end(), "", "repeat") for match in _REPEATED.finditer(text, start, end)]
    return edits


def _after_heading(text: str, start: int, end: int) -> int:
    """Where the blank is that parts a numbered heading from the text behind it on the same line; -1 where there is none."""
    match = _RUN_IN.match(text, start, end)
    return match.end() if match else -1


def _spaced_out(text: str, start: int, end: int) -> bool:
    """Whether a line has a blank after nearly every character (基 层 治 理)."""
    gaps = len(_INSIDE.findall(text, start, end))
    return gaps >= 4 and gaps * 3 > end - start


def _wrapped(text: str, breaks: list[re.Match[str]], low: int, high: int) -> list[bool]:
    """For each line break whether it only wraps a paragraph: nearly all lines then have one length, and none is longer."""
    starts = [low, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), high]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    width = sorted(lengths)[len(lengths) * 19 // 20]
    slack = max(2, width // 15)
    single = [match[0].count("\n") <= 1 for match in breaks]
    full = sum(alone and length >= width - slack for alone, length in zip(single, lengths, strict=False))
    if not 16 <= width <= 100 or full < 4 or full * 5 < len(lengths) * 2 or max(lengths) > width + slack:
        return [False] * len(breaks)
    indented = [bool(_INDENT.search(match[0])) for match in breaks]
    by_indent = sum(indented) * 20 >= len(breaks)
    return [
        single[n]
        and lengths[n] >= width - slack
        and not indented[n]
        and not _NEW.match(text, starts[n + 1])
        and (by_indent or not _END.search(text, ends[n] - 1, ends[n]))
        for n in range(len(breaks))
    ]
