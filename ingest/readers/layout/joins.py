"""Which printed lines are one paragraph: by how far a line reaches, where the next one begins, and how far below it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TypeVar

from ingest.characters import HAN
from ingest.readers.layout.lines import Line, wide

NEW = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|案例[一二三四五六七八九十\d]"
    r"|\d{1,2}[、．.](?!\d)|[①-⑳●■◆▲▶•·※★○□☆➢]|附件"
)
_CLOSING = "，。、；：？！”’）》】〉」』％%…,.;:?!)]}"
_NO_BEGINNING = "，。、；：？！”’）》】〉」』％%,;!?)]}"  # no paragraph begins with these
_BRACKETED = re.compile(r"【[\u4e00-\u9fff]{2,12}】")  # a heading at the beginning of its paragraph, whatever the line above ends with
_OPENING = "“‘（《【〈「『〔([{"
_LABEL = re.compile(r"[\u4e00-\u9fff]{1,6}[：:]")
_ENDED = re.compile(rf"[。！？!?；;：:…][”’」』）)]*$|[.](?<![A-Za-z\d{HAN}].)$")
_LATIN = re.compile(r"[^\s\u2e80-\uffef]+")
_T = TypeVar("_T")
_SAME = 0.6  # sizes by which the left edge of lines of one paragraph may differ
_SHORT = 8  # letters of a line from which recognition sees their size by the width, too
_ASIDE = 4.2  # sizes from the left edge from which a line is not indented but a byline or set in the middle
_SPACED = 1.3  # times the usual distance of lines from which a gap parts paragraphs


@dataclass(slots=True)
class Habits:
    """How a document sets its text: size of the body, whether paragraphs are indented, the distance of lines in each column."""

    size: float = 1.0
    font: str = ""
    bold: bool = False
    indented: bool = False
    spaced: bool = False  # paragraphs are told by the distance between them
    scan: bool = False
    pitch: dict[tuple[int, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line], scan: bool) -> Habits:
        text = [line for line in lines if line.role == "" and line.level is None and not line.cell]
        text = text or [line for line in lines if line.role == ""] or list(lines)
        if not text:
            return cls(scan=scan)
        size = _heaviest((round(line.size, 1), len(line.text)) for line in text)
        body = [line for line in text if abs(line.size - size) <= 0.1 * size]
        indents = sum(1.2 <= (line.x0 - line.left) / line.size <= 4.2 for line in body)
        base = sum(line.x0 - line.left < _SAME * line.size for line in body)
        habits = cls(size, _heaviest((line.font, len(line.text)) for line in body), scan=scan)
        habits.bold = sum(len(line.text) for line in body if line.bold) * 2 > sum(len(line.text) for line in body)
        habits.indented = indents >= 2 and indents * 12 >= len(body) and base >= 2
        gaps: dict[tuple[int, int], list[float]] = defaultdict(list)
        for a, b in pairwise(body):
            if (a.page, a.block) == (b.page, b.block) and 0.5 * size < b.y1 - a.y1 < 3.5 * size:
                gaps[a.page, a.block].append(b.y1 - a.y1)
        apart = [gap > _SPACED * min(found) for found in gaps.values() for gap in found]
        habits.spaced = not habits.indented and 0.04 * len(apart) <= sum(apart) <= 0.8 * len(apart)
        usual = median(gap for found in gaps.values() for gap in found) if gaps else 1.6 * size
        for key, found in gaps.items():
            ordered = sorted(found)
            habits.pitch[key] = ordered[len(ordered) // 4] if len(ordered) >= 4 else min(usual, ordered[0])
        habits.pitch[0, 0] = usual
        return habits


def _heaviest(weighed: Iterable[tuple[_T, int]]) -> _T:
    weights: dict[_T, int] = {}
    for key, weight in weighed:
        weights[key] = weights.get(key, 0) + weight
    return max(weights, key=lambda key: weights[key])


def ended(text: str) -> bool:
    """Whether a line ends where a sentence or a clause with a colon ends."""
    return bool(_ENDED.search(text.rstrip()))


def reaches(line: Line, following: Line, slack: float) -> bool:
    """Whether a line is full: what the next one begins with would not have fitted in."""
    left = line.right - line.x1
    return left < (_first(following.text) + slack) * line.size


def _first(text: str) -> float:
    """Width in letter sizes of what cannot be parted at the beginning of a text."""
    width, at = 0.0, 0
    while at < len(text) - 1 and text[at] in _OPENING and at < 3:
        width, at = width + 1.0, at + 1
    word = _LATIN.match(text, at)
    if word and not wide(text[at]):
        width, at = width + 0.55 * min(len(word[0]), 40), word.end()
    else:
        width, at = width + 1.0, at + 1
    for sign in text[at : at + 3]:
        if sign not in _CLOSING:
            break
        width, at = width + 1.0, at + 1
    if at < len(text) - 1 and text[at] in "“‘":  # many programs part a line neither before nor after such quotes
        width += 1.5
    return width


def _slack(a: Line, b: Line, habits: Habits) -> float:
    """How many letters a full line may lack, by what else says that the next one goes on."""
    if a.cell:
        return 1.2
    if habits.indented:
        at_base = b.x0 - b.left < _SAME * b.size and a.x1 - a.left > 0.5 * (a.right - a.left)
        return 3.0 if at_base else 1.2 if habits.scan else 0.6
    if habits.spaced and (a.page, a.block) == (b.page, b.block):
        return 3.0 if ended(a.text) else 6.0
    return 1.2 if habits.scan else 0.6


def follows(start: Line, a: Line, b: Line, habits: Habits) -> bool:
    """Whether line `b` goes on with the paragraph that began at line `start` and has come to line `a`."""
    if a.level is not None or b.level is not None:
        return _heading(start, a, b, habits)
    if a.role != b.role or a.cell != b.cell or a.role not in ("", "note") or not a.text or not b.text:
        return False
    if abs(a.size - b.size) > _unlike(b, habits) * max(a.size, b.size):
        return False
    if b.text[0] in _NO_BEGINNING and (a.page, a.block) == (b.page, b.block):
        return True
    if not reaches(a, b, _slack(a, b, habits)):
        return False
    indent = (b.x0 - b.left) / b.size
    if _BRACKETED.match(b.text):
        return False
    labels = a is start and bool(_LABEL.match(a.text) and _LABEL.match(b.text))
    labels = labels and ((a.page, a.block) != (b.page, b.block) or abs(a.x0 - b.x0) < _SAME * b.size)
    new = labels or bool(NEW.match(b.text))
    if (a.page, a.block) != (b.page, b.block):
        if a is start and a.x0 - a.left > _ASIDE * a.size and not a.cell:
            return False
        if habits.indented and not a.cell:
            return indent < _SAME and not (new and ended(a.text))
        return not ended(a.text) and not new
    pitch = habits.pitch.get((a.page, a.block), habits.pitch.get((0, 0), 1.6 * b.size))
    if b.y1 - a.y1 > max(_SPACED * pitch, 1.15 * b.size) and not a.cell:
        return False
    hanging = bool(NEW.match(start.text)) and b.x0 - start.x0 > _SAME * b.size and (a is start or abs(b.x0 - a.x0) < _SAME * b.size)
    if hanging and not new:
        return True
    if habits.indented and not a.cell:
        if indent < _SAME:
            return not (new and (ended(a.text) or bool(_LABEL.match(b.text))))
        return abs(b.x0 - a.x0) < _SAME * b.size and not ended(a.text) and not new
    return b.x0 - a.x0 < 1.2 * b.size and not (new and (ended(a.text) or b.x0 > b.left + _SAME * b.size))


def _unlike(line: Line, habits: Habits) -> float:
    """Share of its size by which a line may differ from the one above: recognition sees the size of a few letters by the height of their
    box alone, which is loose; an end of a sentence says that they are no heading."""
    if not habits.scan:
        return 0.08
    return 0.5 if len(line.text) < _SHORT and ended(line.text) else 0.25


def _heading(start: Line, a: Line, b: Line, habits: Habits) -> bool:
    """Whether a heading goes on in the next line: of the same look, close, and no heading of its own by its number."""
    if a.level != b.level or a.page != b.page or a.block != b.block or abs(a.size - b.size) > 0.06 * a.size or NEW.match(b.text):
        return False
    if b.y1 - a.y1 > 2.1 * b.size or ended(a.text) or re.match("——|—|--", b.text):
        return False
    centred = abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 2 * b.size and a.x0 - a.left > b.size
    return centred or a.level == 0 or reaches(a, b, 1.5) or (b.x0 - start.x0 > habits.size and bool(NEW.match(start.text)))


def glue(before: str, after: str) -> tuple[int, str]:
    """How two printed lines are joined: how many characters of the first one's end go, and what comes between."""
    if wide(before[-1]) or wide(after[0]):
        return 0, ""
    if re.search(r"[A-Za-z]-$", before) and re.match("[a-z]", after):
        return 1, ""
    if before[-1] in "-/_" or re.search(r"(?:https?:|www\.)\S*$", before):
        return 0, ""
    return 0, " "
