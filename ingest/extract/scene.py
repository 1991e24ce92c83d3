"""The text as every kind of fact sees it: words with their parts of speech, clauses, sentences, quotations, sections and cases."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

import rjieba

from corpus.model import Case, Metadata, Role, Section
from corpus.vocabulary import actor_kinds
from ingest.extract.sweep import Hits, Sweep
from ingest.extract.wordlist import word_set
from ingest.segment import sentences

_CLAUSE_END = re.compile(r"[，；;。！？!?：…\n]|,(?!\d{3}(?!\d))|:(?!\d)")
_QUOTE = re.compile(r"[“”‘’「」『』\"\n]")
_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_OPENING = frozenset(_PAIRS.values())

# Compounds that the segmenter's own dictionary cuts in two or takes for verbs.
_COMPOUNDS = word_set(
    "社会组织 社会工作 社会力量 社会资金 社会资本 三社联动 五社联动 公共服务 志愿服务 矛盾纠纷 基层治理 社区治理 社会治理 公益创投 "
    "农贸市场 邻里中心 老旧小区 安置小区 电梯加装 加装电梯 垃圾分类 网格化",
    "物业费 停车位 充电桩 充电车棚 邻里纠纷 民生实事 议事协商 居民自治 协商资金 微心愿 群租房 出租房 出租屋 楼道堆物 飞线充电 "
    "同意率 满意率 满意度 参与率 解决率 签约率 覆盖率 知晓率 办结率 好评率",
    "收缴率 红色物业 维修资金 维修基金 公共收益",
)

_SUMMARY = re.compile("摘要|提要|概要|简介|导语")
_OPENING_ROLES: frozenset[Role] = frozenset(["background", "problem", "dispute", "options"])

_DEEPEST = 12

Span = tuple[int, int]


@cache
def _segmenter() -> rjieba.Jieba:
    """The segmenter with the words of the field added as nouns."""
    segmenter = rjieba.Jieba()
    bodies = {word for kind in actor_kinds() for word in kind.words if len(word) > 2}
    for word in sorted(bodies | _COMPOUNDS):
        segmenter.add_word(word, None, "n")
    return segmenter


def tag(text: str) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (ICTCLAS letters); joined they give `text` again."""
    tagged: list[tuple[str, str]] = _segmenter().tag(text)
    return tagged


def in_dictionary(word: str) -> bool:
    """Whether the segmenter knows `word`; words that it does not know it makes up from how likely characters stand together."""
    known: bool = _segmenter().has_word(word)
    return known


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between a pair of quotation marks; `depth` 0 is the outermost, `parent` the index of the pair around it."""

    start: int
    end: int
    depth: int
    parent: int | None


class Borders:
    """Consecutive spans that are looked up by position."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]

    def index(self, position: int) -> int:
        """Index of the last span that starts at or before `position` (0 where there is none)."""
        at = bisect_right(self._starts, position)
        return at - 1 if at else 0

    def around(self, position: int) -> Span | None:
        """The span that holds `position`."""
        if not self.spans:
            return None
        start, end = self.spans[self.index(position)]
        return (start, end) if start <= position < end else None


class Scene:
    """A text with everything that the rules look at; positions are code points of `text`. Look-ups cost a binary search."""

    def __init__(
        self, text: str, sections: Sequence[Section], cases: Sequence[Case], metadata: Metadata, sweep: Sweep | None = None
    ) -> None:
        self.text = text
        self.sections = tuple(sections)
        self.cases = tuple(cases)
        self.metadata = metadata
        self.hits = sweep.over(text) if sweep is not None else Hits(text, {})
        tagged = tag(text)
        self.words: list[str] = [word for word, _ in tagged]
        self.flags: list[str] = [flag for _, flag in tagged]
        self.starts: list[int] = [*accumulate(map(len, self.words), initial=0)]
        self._word_starts = frozenset(self.starts)
        self.sentences = Borders(sentences(text, 0, len(text)))
        self._section_borders = Borders([(section.start, section.end) for section in self.sections])
        parts = sorted((start, end, case.id) for case in self.cases for start, end in case.spans)
        self._case_borders = Borders([(start, end) for start, end, _ in parts])
        self._case_ids = [identifier for _, _, identifier in parts]

    # words

    def token(self, position: int) -> int:
        """Index of the word that holds `position`."""
        at = bisect_right(self.starts, position)
        return at - 1 if 0 < at < len(self.starts) else max(0, len(self.words) - 1) if at else 0

    def word_starts_at(self, position: int) -> bool:
        return position in self._word_starts

    # stretches of text

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [match.start() for match in _CLAUSE_END.finditer(self.text)]

    def clause(self, position: int) -> Span:
        """The stretch around `position` without commas and stops; a position on a stop belongs to the clause before it."""
        ends = self._clause_ends
        at = bisect_left(ends, position)
        return (ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(self.text))

    def sentence(self, position: int) -> Span:
        """The sentence around `position`; between sentences the stretch from the last one's start to the next one's."""
        spans = self.sentences.spans
        if not spans:
            return 0, len(self.text)
        at = self.sentences.index(position)
        start, end = spans[at]
        if position < end:
            return start, end
        return self.paragraph(position)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def paragraph(self, position: int) -> Span:
        """The line around `position`, without its end."""
        ends = self._line_ends
        at = bisect_left(ends, position)
        return (ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(self.text))

    def case(self, position: int) -> str | None:
        """Id of the case that tells this place of the text; None for the background."""
        if not self._case_ids or self._case_borders.around(position) is None:
            return None
        return self._case_ids[self._case_borders.index(position)]

    def section(self, position: int) -> Section | None:
        """The section that holds this place."""
        if not self.sections or self._section_borders.around(position) is None:
            return None
        return self.sections[self._section_borders.index(position)]

    def role(self, position: int) -> Role:
        section = self.section(position)
        return "other" if section is None else section.role

    def opens(self, position: int) -> bool:
        """Whether what stands here comes before the results: in a part that tells how things were, what was at issue or what was weighed.
        Where no heading says so, the role of a part was guessed, and only what begins in the first half of the text is taken for that."""
        section = self.section(position)
        return (
            section is not None
            and section.role in _OPENING_ROLES
            and not _SUMMARY.search(section.heading)
            and (bool(section.heading) or 2 * section.start < len(self.text))
        )

    # quotations

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """Balanced pairs of quotation marks, ordered by start; a mark without its partner in the paragraph is left out."""
        found: list[Span] = []
        open_marks: list[tuple[str, int]] = []
        places: dict[str, list[int]] = defaultdict(list)  # per mark, where in `open_marks` it stands
        for match in _QUOTE.finditer(self.text):
            mark = match.group()
            if mark == "\n":
                open_marks.clear()
                places.clear()
                continue
            opener = _PAIRS.get(mark, mark)
            if mark in _OPENING or not places[opener]:
                if mark not in _PAIRS:
                    places[mark].append(len(open_marks))
                    open_marks.append((mark, match.end()))
                continue
            at = places[opener][-1]
            start = open_marks[at][1]
            for closed, _ in open_marks[at:]:
                places[closed].pop()
            del open_marks[at:]
            if start < match.start():
                found.append((start, match.start()))
        return _nested(sorted((start, -end) for start, end in found))

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [item.start for item in self.quoted]

    def quotes_around(self, start: int, end: int) -> list[Quoted]:
        """The pairs of marks around [start, end), innermost first; no more than `_DEEPEST` are looked at."""
        at: int | None = bisect_right(self._quoted_starts, start) - 1
        around = []
        for _ in range(_DEEPEST):
            if at is None or at < 0:
                break
            item = self.quoted[at]
            if item.end >= end:
                around.append(item)
            at = item.parent
        return around


def _nested(spans: list[tuple[int, int]]) -> tuple[Quoted, ...]:
    """Give each pair, ordered by start and longest first, its depth and the pair around it."""
    items: list[Quoted] = []
    around: list[int] = []
    for start, negative_end in spans:
        end = -negative_end
        while around and items[around[-1]].end <= start:
            around.pop()
        items.append(Quoted(start, end, len(around), around[-1] if around else None))
        around.append(len(items) - 1)
    return tuple(items)
