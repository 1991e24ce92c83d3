"""White space: line ends, indents, odd spaces, spaces inside Chinese prose, lines broken at a fixed width."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from corpus.offsets import Edit
from ingest.characters import HAN, known_words
from ingest.draft import Draft
from ingest.scan import sought

STEP = "space"
LINE_STEP = "line"
# Zero-width, bidirectional and annotation controls, the soft hyphen, fillers, and control characters of both sets but line ends.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff0-\ufffb"
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
)
# Each by itself: `re` scans quickly for a class of characters, and tries one with \s in it at each of them.
_BLANKS = "\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_BLANK = f"[{_BLANKS}]"
_ANY = f"[{_BLANKS}{_INVISIBLE}]"
_BREAK = re.compile(f"[{_LINE_ENDS}]")
_SPACE = re.compile(f"[{_BLANKS}{_INVISIBLE}{_LINE_ENDS}]+")  # line breaks with what stands around them, and other gaps
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_GAP = re.compile(f"{_ANY}+")
_CHINESE = f"[{HAN}，。、；：？！“”‘’（）《》]"
_INSIDE = re.compile(rf"{_ANY}(?<={_CHINESE}.){_ANY}*(?={_CHINESE})")
_BETWEEN = re.compile(rf"{_BLANK}(?<=[{HAN}].){_BLANK}{{0,2}}(?=[{HAN}])")
_CLOSING = re.compile(r"[，。、；：？！”’）》」』】]")
_OPENING = re.compile(r"[“‘（《「『【]")
_RUN_IN = re.compile(
    rf"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{{1,2}}[.、．])[^。！？；\s]{{2,30}}(?={_BLANK}+\S)"
)
_NEXT_LABEL = re.compile(rf"[{HAN}]{{2,10}}[：:]|(?:[2-9]|1\d)[.．、](?!\d)")
_WIDE_GAP = re.compile(r"[\u2003\u3000\t]|\s\s")
_CHINESE_ONE = re.compile(_CHINESE)
_HAN_ONE = re.compile(f"[{HAN}]")
_STREWN = frozenset("，。、；：？！“”‘’（）《》0123456789.%")
_WIDE = re.compile(f"[{HAN}\u3000-\u303f\uff01-\uff5e“”‘’—…]+")
_COMMAS = 5  # lines that end with a comma from which every comma is taken to have been broken behind
_TORN = 3  # blanks inside words of two characters from which a text may count as strewn
_END = re.compile(r"[。！？!?；;：:…”’）)》】.]")
_WORK = sought(
    f"{_BLANKS}{_LINE_ENDS}\x1c-\x1e{_INVISIBLE}",
    rf"[{_INVISIBLE}]|\s\s|[^\S \n]|(?<={_CHINESE}) (?={_CHINESE})|\A\s|\s\Z|(?<=.)\n.*.\n.*.\n.*.\n",
)
_INDENT = re.compile(rf"{_BLANK}{{2,}}\Z|\u3000\Z")
_MARGIN = re.compile(rf"{_BLANK}+\Z")
_FIRST = re.compile(r"(?:[A-Za-z0-9.%]{1,12}|[“‘（《「『【]*.)[，。、；：？！”’）》」』】]?")  # what a line end does not part
_SENTENCE = re.compile("[。！？；：”）]")
_CELLS = re.compile(rf"(?<=\S){_BLANK}{{2,}}(?=\S)|(?<=\S)\t(?=\S)")
_PAUSE = re.compile("[，。、；：？！,;]")
_SIGNED = 3  # one in so many full lines has a sign of punctuation in it
_FEW = 2  # exact full lines that prove a width
_WIDEST = 100  # characters of the longest line that is broken at a fixed width
_PROSE = 30  # characters from which a line with a comma counts as prose
_NEW = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+[章节条、]|\d{1,2}[.、．](?!\d)|[●■◆▲•·※]|附件"
)


def spaces(draft: Draft) -> list[Edit]:
    """Edits after which each paragraph is one line without blanks at its ends, and Chinese prose has no blanks inside.

    Tabs between the cells of a table stay.
    """
    text = draft.text
    if not _WORK.search(text):
        return []
    lead = _SPACE.match(text)
    low = lead.end() if lead else 0
    high = len(text)
    while high > low and (text[high - 1].isspace() or _UNSEEN.match(text, high - 1)):
        high -= 1
    edits = [Edit(start, end, "", STEP) for start, end in ((0, low), (high, len(text))) if start < end]
    if low >= high:
        return edits[:1]
    breaks = [gap for gap in _SPACE.finditer(text, low, high) if _BREAK.search(gap[0])]
    wrapped = _wrapped(text, breaks, low, high)
    for match, joined in zip(breaks, wrapped, strict=True):
        new = "" if joined else "\n"
        if match[0] != new:
            edits.append(Edit(match.start(), match.end(), new, LINE_STEP if joined else STEP))
    everywhere = _is_strewn(text, low, high)
    rows = _rows(draft)
    start = low
    for end, after in [*((match.start(), match.end()) for match in breaks), (high, high)]:
        found = _inside(text, start, end, everywhere)
        if "\t" in text[start:end] and rows(start, end):
            found = [edit for edit in found if "\t" not in text[edit.start : edit.end]] + _cells(text, start, end)
            found.sort(key=lambda edit: edit.start)
        edits += found
        start = after
    return edits


def _rows(draft: Draft) -> Callable[[int, int], bool]:
    """Whether a line is a row of a table, as its reader marks it (`cell`) or says where it stands (`row`): its tabs part cells."""
    marked = sorted(mark.start for mark in draft.marks if mark.kind == "cell")
    places = sorted(item.start for item in draft.locations if item.kind == "row")

    def is_row(start: int, end: int) -> bool:
        if bisect_left(marked, start) < bisect_left(marked, end):
            return True
        low, high = draft.offsets.to_source(start, end) if places else (0, 0)
        return bisect_left(places, low) < bisect_left(places, high)

    return is_row


def _cells(text: str, start: int, end: int) -> list[Edit]:
    """Edits after which each break between two cells is one tab."""
    return [
        Edit(match.start(), match.end(), "\t", STEP) for match in _GAP.finditer(text, start, end) if "\t" in match[0] and match[0] != "\t"
    ]


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
        parts = match.start() == kept or _before_label(text, start, match)
        new = "" if not parts and _is_nothing(text, match, prose, everywhere) else " "
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


def _before_label(text: str, start: int, gap: re.Match[str]) -> bool:
    """Whether a wide blank parts a field of a form, or an item of a list, from the next one on the line: 编号：012　　填报日期：…"""
    if not _WIDE_GAP.search(gap[0]) or not _NEXT_LABEL.match(text, gap.end()):
        return False
    return any(text.find(colon, start, gap.start()) >= 0 for colon in "：:")


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
    full = _full_lines(text, starts, ends, single)
    commas = [text[end - 1 : end] in ("，", "、") for end in ends[:-1]]
    even = len({end - start for start, end, comma in zip(starts, ends, commas, strict=False) if comma}) <= 2  # verse
    if sum(commas) < _COMMAS or sum(commas) * 5 < len(breaks) * 2 or even:
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
        and not (_is_row(text, starts[n], ends[n]) or _is_row(text, starts[n + 1], ends[n + 1]))
        and (by_indent or by_blank or not _END.search(text, ends[n] - 1, ends[n]) or _goes_on(text, ends[n], starts[n + 1]))
        for n in range(len(breaks))
    ]


def _full_lines(text: str, starts: list[int], ends: list[int], single: list[bool]) -> list[bool] | None:
    """Which lines are as long as a line can be, in characters or in columns of a screen (two a character, one a letter), else None.

    Indents count or do not: the measure holds by which most lines that finish no sentence are full. A few are enough where they are exact.
    """
    spans = list(zip(starts, ends, strict=True))
    lengths = [end - start for start, end in spans]
    if max(lengths) > 2 * _WIDEST + _slack(2 * _WIDEST, 2):  # paragraphs
        return None
    margins = [_MARGIN.search(text, text.rfind("\n", 0, start) + 1, start) for start in starts]
    indents = [match[0] if match else "" for match in margins]
    measures = [(lengths, 1), ([n + len(indent) for n, indent in zip(lengths, indents, strict=True)], 1)]
    if not text.isascii():
        columns = [n + sum(map(len, _WIDE.findall(text, start, end))) for n, (start, end) in zip(lengths, spans, strict=True)]
        whole = [n + _columns(indent) for n, indent in zip(columns, indents, strict=True)]
        measures += [(columns, 2), (whole, 2)]
    found = [full for widths, unit in measures if (full := _full(widths, single, unit)) is not None]
    found += [full for widths, unit in measures[1::2] if (full := _exact(text, spans, single, widths, indents, unit)) is not None]
    if not found:
        return None
    open_ends = [
        at
        for at, (end, following) in enumerate(zip(ends, starts[1:], strict=False))
        if single[at] and not indents[at + 1] and not _END.match(text, end - 1) and not _NEW.match(text, following)
    ]
    best = max(found, key=lambda full: (sum(full[at] for at in open_ends), sum(full)))
    signs = sum(bool(_PAUSE.search(text, *span)) for span, full in zip(spans, best, strict=True) if full)
    return best if signs * _SIGNED >= sum(best) else None  # a list of addresses is no prose


def _exact(
    text: str, spans: list[tuple[int, int]], single: list[bool], widths: list[int], indents: list[str], unit: int
) -> list[bool] | None:
    """Which lines stop where the next character had no room, where paragraphs are told apart by indents or empty lines.

    Most of them must be unfinished sentences, and all must end in lines that finish one; else None.
    """
    limit = max(widths)
    if not 20 * unit <= limit <= 60 * unit:
        return None
    full = [False] * len(widths)
    unfinished = 0
    for at in range(len(widths) - 1):
        end, following = spans[at][1], spans[at + 1][0]
        head = _FIRST.match(text, following)
        room = (len(head[0]) if unit == 1 else _columns(head[0])) if head else unit
        full[at] = single[at] and not indents[at + 1] and widths[at] + room > limit - unit and not _NEW.match(text, following)
        unfinished += full[at] and not _END.match(text, end - 1, end)
    last = [at for at in range(1, len(full)) if full[at - 1] and not full[at]]
    if unfinished < max(_FEW, sum(full) * (2 if any(indents) else 3) // 3) or not (any(indents) or not all(single)):
        return None
    return full if all(_SENTENCE.match(text, spans[at][1] - 1) for at in last) else None


def _full(lengths: list[int], single: list[bool], unit: int = 1) -> list[bool] | None:
    """Which lines are as long as a line can be, where nearly all have one length and none is longer; else None."""
    width = sorted(lengths)[len(lengths) * 19 // 20]
    slack = _slack(width, unit)
    full = sum(alone and length >= width - slack for alone, length in zip(single, lengths, strict=False))
    if not 16 * unit <= width <= _WIDEST * unit or full < 4 or full * 5 < len(lengths) * 2 or max(lengths) > width + slack:
        return None
    return [length >= width - slack for length in lengths]


def _columns(text: str) -> int:
    """How wide a text is on a screen."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


def _slack(width: int, unit: int) -> int:
    """How much shorter or longer than the others a full line may be."""
    return max(2 * unit, width // 15)


def _is_row(text: str, start: int, end: int) -> bool:
    """Whether a line is one of a table set with blanks: three wide gaps and no sentence."""
    gaps = _CELLS.findall(text, start, end)
    return len(gaps) >= 3 and "，" not in text[start:end] and "。" not in text[start:end]


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a line cannot end where it does: in the middle of a number, or before a sign that closes something."""
    return bool(_CLOSING.match(text, start)) or (
        text[end - 1] in ".．" and text[end - 2 : end - 1].isdigit() and text[start : start + 1].isdigit()
    )
