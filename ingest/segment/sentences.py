"""Sentences: they end at 。！？ and ……, with the closing quotes and parentheses behind these, and at the end of a paragraph.

Not at a sign inside 《》 or (), not where the text goes on after a closed quotation (“谁来管？”的难题), and not between a
quotation and the few words that say who spoke (`……。”张三说。`). A semicolon ends one only where it would get very long; a text without
signs is cut all the same, so that no sentence holds a whole file.
"""

from __future__ import annotations

import re

from ingest.segment.paragraphs import paragraphs

_QUOTES = "”’』」\"'"
_END = re.compile(rf"(?:[。！？!?]+|…{{1,3}}|(?<=[\u4e00-\u9fff）”])\.(?=\s|$))[{_QUOTES}]*")
_GOES_ON = re.compile(r"\s?[，、；：,;:）)》〉】]")
_GOES_ON_QUOTED = re.compile("[的地得等之]")
_SAYS = "说|道|称|表示|介绍|认为|回忆|坦言|感慨|解释|告诉|指出|强调|笑着|补充|透露|问|答"
_SPOKE = re.compile(rf"[^。！？!?…“”\n]{{1,40}}?(?:{_SAYS})[^。！？!?…“”\n]{{0,14}}[。！？!?]")
_SPEAKS_ON = re.compile(rf"[^。！？!?…“”\n]{{1,40}}?(?:{_SAYS})[^。！？!?…“”\n]{{0,10}}[，：:,]“")
_SEMICOLON = re.compile("[；;]")
_BRACKETS = re.compile("[《》（）()〈〉]")
_INSIDE = 120  # characters within which an open bracket must be closed to count
_LONG = 240
_LONGEST = 1000


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`; together they hold every character but blanks and line breaks between them."""
    spans: list[tuple[int, int]] = []
    for low, high in paragraphs(text, start, end):
        spans.extend(_in_paragraph(text, low, high))
    return spans


def _in_paragraph(text: str, low: int, high: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = low
    for match in _END.finditer(text, low, high):
        if match.start() < start or not _is_end(text, start, match, high):
            continue
        stop = match.end()
        if match[0][-1] in '”』」"' and (spoke := _SPOKE.match(text, stop, high)):
            stop = spoke.end()
        spans.extend(_pieces(text, start, stop))
        start = stop
    spans.extend(_pieces(text, start, high))
    return spans


def _is_end(text: str, start: int, match: re.Match[str], high: int) -> bool:
    end = match.end()
    if end < high and (_GOES_ON.match(text, end, high) or (match[0][-1] in _QUOTES and _GOES_ON_QUOTED.match(text, end, high))):
        return False
    if match[0][-1] in _QUOTES and _SPEAKS_ON.match(text, end, high):
        return False
    depth = 0
    for bracket in _BRACKETS.finditer(text, max(start, match.start() - _INSIDE), end):
        depth += 1 if bracket[0] in "《（(〈" else -1 if depth else 0
    return depth == 0


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence [start, end) without blanks at its ends, cut at semicolons where it is very long."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if end - start <= _LONG:
        return [(start, end)] if start < end else []
    spans = []
    for match in _SEMICOLON.finditer(text, start, end):
        if match.end() - start >= _LONG // 4 and end - match.end() >= 20:
            spans.append((start, match.end()))
            start = match.end()
    return [piece for low, high in (*spans, (start, end)) for piece in _bounded(text, low, high)]


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """[start, end) in pieces of at most `_LONGEST` characters, cut behind a comma or blank where there is one."""
    spans = []
    while end - start > _LONGEST:
        stop = max(text.rfind(sign, start + _LONGEST // 2, start + _LONGEST) for sign in "，、：, \u3000") + 1 or start + _LONGEST
        spans.append((start, stop))
        start = stop
    return [*spans, (start, end)]
