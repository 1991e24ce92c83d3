"""The words that a statement takes: its sentence, or a run of neighbouring clauses, without marks and labels at the edges."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ingest.extract.scene import Scene, Span

_STOPS = re.compile("[。！？；!?;\n]")
_ENDS_SPEECH = re.compile("[。！？!?…，,]$")
_LABEL = re.compile(
    r"(?:(?:[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、|[①-⑳•●◆■]|【[^】]{1,12}】)\s*)+"
    r"|(?:问|答|注|[\u4e00-\u9fff]{0,2}(?:效果|成效|结果|成果|不足|完成情况))[：:]"
)
_EDGE = " 　\t\r，,、：:。；;！!？?…—"
_SAYS = "：:，,说道"
_PAIRS = dict(zip("”’」』）)】》", "“‘「『（(【《", strict=True))
_CLOSED_BY = {opening: closing for closing, opening in _PAIRS.items()}


@lru_cache(maxsize=1)
def _borders(scene: Scene) -> list[int]:
    """Where sentences end: stops, line ends, and the marks around direct speech."""
    text = scene.text
    ends = {match.start() for match in _STOPS.finditer(text)}
    for item in scene.quoted:
        if item.depth == 0 and (
            _ENDS_SPEECH.search(text, max(item.start, item.end - 1), item.end)
            or (item.start > 1 and text[item.start - 2 : item.start - 1] in _SAYS and item.end - item.start > 6)
        ):
            ends.update((item.start - 1, item.end))
    return sorted(ends)


def sentence(scene: Scene, position: int) -> Span:
    """The sentence around `position` as a statement takes it: between stops, ；, line ends and the marks of direct speech."""
    ends = _borders(scene)
    at = bisect_left(ends, position)
    return trimmed(scene, ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(scene.text))


def clauses(scene: Scene, span: Span) -> Iterator[Span]:
    """The clauses of a sentence in order, without their marks."""
    start, end = span
    while start < end:
        low, high = scene.clause(start)
        if low > start or high <= start:  # `start` is a stop
            low, high = start, max(start + 1, high)
        part = trimmed(scene, max(low, span[0]), min(high, end))
        if part[0] < part[1]:
            yield part
        start = max(high, start) + 1


def trimmed(scene: Scene, start: int, end: int) -> Span:
    """[start, end) without labels before it, marks at its edges, and quotation marks or brackets whose partner lies outside."""
    text = scene.text
    partners = _Partners(text, end)
    changed = True
    while changed and start < end:
        changed = False
        while start < end and text[start] in _EDGE:
            start += 1
            changed = True
        while start < end and text[end - 1] in _EDGE:
            end -= 1
            changed = True
        label = _LABEL.match(text, start, end)
        if label is not None and label.end() < end:
            start = label.end()
            changed = True
        if start < end and text[start] in _PAIRS:
            start += 1
            changed = True
        if start < end and text[end - 1] in _CLOSED_BY:
            end -= 1
            changed = True
        first, last = text[start : start + 1], text[end - 1 : end]
        if first in _CLOSED_BY and not partners.inside(_CLOSED_BY[first], start + 1, end):
            start += 1
            changed = True
        if last in _PAIRS and not partners.inside(_PAIRS[last], start, end):
            end -= 1
            changed = True
    return start, end


class _Partners:
    """Where the partner of a mark stands in a stretch that only becomes shorter: looked up once as long as the answer holds."""

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end
        self._found: dict[str, int] = {}

    def inside(self, mark: str, start: int, end: int) -> bool:
        """Whether `mark` stands in [start, end)."""
        at = self._found.get(mark)
        if at is None or 0 <= at < start:
            at = self._found[mark] = self._text.find(mark, start, self._end)
        return 0 <= at < end


def index(spans: list[Span], position: int) -> int:
    """Index of the span that holds `position`, or of the last one before it."""
    return max(0, bisect_right(spans, (position, 1 << 60)) - 1)
