"""What lines are by their look: title, headings with levels, captions, lines of a contents page, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.readers.layout.joins import Habits, ended, reaches
from ingest.readers.layout.lines import Line, Page

_CONTENTS = re.compile(r"(?:目\s*[录錄次]|contents)\s*", re.IGNORECASE)
LEADER = re.compile(r"\s*(?:[.．·•…⋯・‥。_\-—]\s?){3,}\s*(?=[（(]?\s*(\d{1,4})\s*[)）]?\s*$)|[\s\t]+(?=[（(]?\s*(\d{1,4})\s*[)）]?\s*$)")
_DOTS = re.compile(r"(?:[.．·•…⋯・‥]\s?){3,}")
_CAPTION = re.compile(
    r"(?:[附]?[图圖表]\s?(?:\d{1,2}(?:[-—–.．]\d{1,2})?|[一二三四五六七八九十]{1,2})(?:[\s：:.、．]|(?=[^\d\s，。]))|[图圖][为爲為][：:]?|▲).{2,60}"
)
_NOTE = re.compile(r"[①-⑳]|[\[［〔【]\d{1,3}[\]］〕】]|\d{1,2}(?=[\s.．、\u4e00-\u9fff“])|[*＊※†]|注[：:\d①-⑳]")
_SENTENCE = re.compile(r"[。！？；]")
_DISPLAY = re.compile(
    "simhei|heiti|黑体|kaiti|楷体|xiaobiaosong|小标宋|FZXBS|FZHei|FZKai|SourceHanSans|NotoSans|YaHei|Arial", re.IGNORECASE
)
_LONGEST = 45
_DEPTHS = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?:部分|章|篇|编|单元)")),
    (1, re.compile(r"[【（(]?(?:典型|优秀)?(?:案例|事例)之?[一二三四五六七八九十百\d]{1,4}")),
    (2, re.compile("[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\\d]{1,3}节")),
    (3, re.compile("[（(][一二三四五六七八九十]{1,3}[）)]")),
    (4, re.compile(r"\d{1,2}[、.．](?!\d)")),
    (5, re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]")),
)
_UNNUMBERED = 6


def find_notes(pages: Sequence[Page], habits: Habits) -> None:
    """Set the role of footnotes: smaller lines at the foot of a column, the first of them with a sign."""
    for page in pages:
        for block in {line.block for line in page.lines}:
            lines = [line for line in page.lines if line.block == block and line.role == "" and not line.cell]
            at = len(lines)
            while at and lines[at - 1].size < 0.93 * habits.size:
                at -= 1
            while at < len(lines) and not _NOTE.match(lines[at].text):
                at += 1
            if at and at < len(lines) and lines[at].y0 > 0.4 * page.height:
                for line in lines[at:]:
                    line.role = "note"


def find_contents(pages: Sequence[Page]) -> None:
    """Set the role of lines of contents pages: with leaders or a number at the right edge, below 目录 or many on one page."""
    inside = False
    for page in pages:
        lines = [line for line in page.lines if line.role == ""]
        dotted = [line for line in lines if (match := LEADER.search(line.text)) and _DOTS.search(match[0]) and match.start() > 1]
        starts = next((n for n, line in enumerate(lines) if _CONTENTS.fullmatch(line.text.strip())), None)
        if starts is not None:
            lines[starts].role = "contents"
            lines = lines[starts + 1 :]
        elif not inside and len(dotted) < 3:
            continue
        elif not inside:
            first = next(n for n, line in enumerate(lines) if line is dotted[0])
            lines = lines[first:]
        entries = [n for n, line in enumerate(lines) if _entry(line)]
        inside = len(entries) * 2 >= len(lines) > 0
        last = -1
        for n in entries:
            if n - last > 3:
                break
            for line in lines[last + 1 : n + 1]:
                line.role = "contents"
            last = n
        inside = inside and last >= len(lines) - 2


def _entry(line: Line) -> bool:
    match = LEADER.search(line.text)
    return match is not None and match.start() > 1 and (bool(_DOTS.search(match[0])) or "\t" in match[0])


def contents_page(text: str) -> int | None:
    """The page that a line of a contents page names."""
    match = LEADER.search(text)
    return int(match[1] or match[2]) if match else None


def find_captions(lines: Sequence[Line]) -> None:
    """Set the role of captions of pictures and tables."""
    for line in lines:
        if line.role == "" and _CAPTION.fullmatch(line.text.strip()) and not re.search("[，；]$|。.", line.text.strip()):
            line.role = "caption"


def find_headings(pages: Sequence[Page], habits: Habits, outline: Mapping[tuple[int, str], int]) -> None:
    """Set the level of headings by their look, or by the outline ((page, plain text) to level) of the file; 0 for the title."""
    lines = [line for page in pages for line in page.lines if line.role == "" and not line.cell]
    first = next((page for page in pages if any(line in page.lines for line in lines[:1])), None)
    title = _title(first, habits) if first is not None else []
    found: list[Line] = []
    for n, line in enumerate(lines):
        if any(line is part for part in title):
            line.level = 0
        elif (line.page, plain(line.text)) not in outline and _is_heading(lines, n, habits):
            found.append(line)
    ranks = {key: rank for rank, key in enumerate(sorted({_class(line) for line in found}), 1)}
    for line in found:
        line.level = min(ranks[_class(line)], 6)
    for line in lines:
        if line.level != 0 and (level := outline.get((line.page, plain(line.text)))):
            line.level = min(level, 6)
    _continue(lines, habits)


def _continue(lines: Sequence[Line], habits: Habits) -> None:
    """Give second and further lines of headings their level: of the same look, and close below a full line or both in the middle."""
    for a, b in pairwise(lines):
        if a.level is None or b.level is not None or len(b.text) > _LONGEST or depth(b.text) != _UNNUMBERED:
            continue
        like = abs(a.size - b.size) < 0.03 * a.size and (a.bold, a.font, a.page, a.block) == (b.bold, b.font, b.page, b.block)
        apart = a.size > 1.1 * habits.size or a.bold != habits.bold or a.font != habits.font
        near = 0 < b.y1 - a.y1 < 2.1 * b.size and (reaches(a, b, 1.5) or (_centred(a) and _centred(b)))
        if like and apart and near:
            b.level = a.level


def plain(text: str) -> str:
    """A heading without blanks and punctuation, to be found again elsewhere."""
    return re.sub(r"[\W_]+", "", text).lower()


def _class(line: Line) -> tuple[float, int]:
    """What headings of one level have in common: size (larger first) and kind of number."""
    return -round(2 * line.size) / 2, depth(line.text)


def depth(text: str) -> int:
    return next((level for level, pattern in _DEPTHS if pattern.match(text)), _UNNUMBERED)


def _title(page: Page, habits: Habits) -> list[Line]:
    """The lines of the title: the largest of the first page that has text, in its upper part."""
    top = [line for line in page.lines if line.role == "" and not line.cell and line.y0 < 0.7 * page.height][:12]
    top = [
        line for line in top if 2 <= len(line.text.strip()) <= _LONGEST and not _SENTENCE.search(line.text) and re.search("\\w", line.text)
    ]
    if not top:
        return []
    largest = max(line.size for line in top)
    if largest < 1.2 * habits.size:
        strong = [line for line in top[:3] if line.bold and not habits.bold and _centred(line) and depth(line.text) == _UNNUMBERED]
        return strong[:1]
    start = next(n for n, line in enumerate(top) if line.size >= 0.97 * largest)
    found = [top[start]]
    for line in top[start + 1 :]:
        if abs(line.size - largest) > 0.04 * largest or line.y0 - found[-1].y1 > 1.5 * largest or depth(line.text) != _UNNUMBERED:
            break
        found.append(line)
    return found if sum(len(line.text) for line in found) <= 2 * _LONGEST and depth(found[0].text) in (1, _UNNUMBERED) else []


def _centred(line: Line) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 2 * line.size and abs(before - after) < 0.25 * (before + after)


def _is_heading(lines: Sequence[Line], n: int, habits: Habits) -> bool:
    line = lines[n]
    text = line.text.strip()
    if not 2 <= len(text) <= _LONGEST or _SENTENCE.search(text) or text.endswith(("，", "、", "：", ":", ",")) or "\t" in text:
        return False
    if not re.search("[\u3400-\u9fffA-Za-z]{2}", text):
        return False
    larger = line.size > 1.12 * habits.size and not habits.scan
    larger = larger or (habits.scan and line.size > 1.3 * habits.size)
    bold = line.bold and not habits.bold
    display = bool(_DISPLAY.search(line.font)) and line.font != habits.font and not _DISPLAY.search(habits.font)
    if larger:
        return True
    if not (bold or display) or line.size < 0.93 * habits.size:
        return False
    following = lines[n + 1] if n + 1 < len(lines) else None
    full = line.right - line.x1 < 1.5 * line.size
    if full and following is not None and following.bold != line.bold and following.font != line.font:
        return False
    before = lines[n - 1] if n else None
    runs_on = before is not None and before.block == line.block and before.level is None and not ended(before.text)
    return depth(text) != _UNNUMBERED or not (runs_on and before is not None and before.right - before.x1 < 1.5 * before.size)


def offset_of_numbers(pages: Sequence[Page]) -> int | None:
    """What to add to a printed page number to have the number of the page in the file; None where no numbers are printed."""
    steps: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            digits = re.findall(r"\d{1,4}", line.text) if line.role == "number" else []
            if digits:
                steps[page.number - int(digits[0])] += 1
    return steps.most_common(1)[0][0] if steps else None
