"""Sentences: they end at 。！？ and ……, with the closing quotes and parentheses behind these, and at the end of a paragraph.

Not at a sign inside 《》 or (), not where the text goes on after a closed quotation (“谁来管？”的难题), and not between a
quotation and the few words that say who spoke (`……。”张三说。`). A semicolon ends one only where it would get very long; a text without
signs is cut all the same, so that no sentence holds a whole file.
"""

from __future__ import annotations

import re

from ingest.segment.paragraphs import paragraphs

_QUOTES = "”’』」\"'"
# Any sign first, as a class, which is scanned for quickly; then how the sentence ends that has this sign.
_SIGN = "[。！？!?….．]"
_SIGNS = r"(?<=[。！？])[。！？]*[!?]*|(?<=[!?])[!?]*(?![0-9A-Za-z=&/#%])[。！？!?]*|(?<=…)…{0,2}[。！？]*"  # not the ? of an address
_END = re.compile(rf"{_SIGN}(?:{_SIGNS}|(?<=[\u4e00-\u9fff）”][.．])(?=\s|$))[{_QUOTES}]*")
_POINTED = re.compile(  # where a point stands for 。
    rf"{_SIGN}(?:{_SIGNS}|(?<=[\u4e00-\u9fff）”][.．])(?=\s|$|[\u4e00-\u9fff“]))[{_QUOTES}]*"
)
_CLOSED = re.compile(r"[）)】〕](?![，、；：,;:。！？的])")
_GOES_ON = re.compile(r"\s?[，、；：,;:）)》〉】]")
_GOES_ON_QUOTED = re.compile("[的地得等之]")
_SAYS = "说|道|称|表示|介绍|认为|回忆|坦言|感慨|解释|告诉|指出|强调|笑着|补充|透露|问|答"
_SPOKE = re.compile(rf"[^。！？!?…“”\n]{{1,40}}?(?:{_SAYS})[^。！？!?…“”\n]{{0,14}}[。！？!?]")
_SPEAKS_ON = re.compile(rf"[^。！？!?…“”\n]{{1,40}}?(?:{_SAYS})[^。！？!?…“”\n]{{0,10}}[，：:,]“")
_SEMICOLON = re.compile("[；;]")
_BRACKETS = re.compile("[《》（）()〈〉【】〔〕]")
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
    pattern = _END if text.find("。", low, high) >= 0 else _POINTED
    bracketed = _BRACKETS.search(text, low, high) is not None
    for match in pattern.finditer(text, low, high):
        if match.start() < start:
            continue
        stop = _stop(text, start, match, high, bracketed)
        if not stop:
            continue
        if text[stop - 1] in '”』」"' and (spoke := _SPOKE.match(text, stop, high)):
            stop = spoke.end()
        spans.extend(_pieces(text, start, stop))
        start = stop
    spans.extend(_pieces(text, start, high))
    return spans


def _stop(text: str, start: int, match: re.Match[str], high: int, bracketed: bool) -> int:
    """Where the sentence from `start` ends, given the sign that may end it; 0 where it goes on. `bracketed`: the paragraph has brackets."""
    end = match.end()
    sign = match[0][0]
    if sign == "…" and (match.start() == start or text[match.start() - 1] in "“‘「『（(：:"):
        return 0
    while text[end - 1] in "\"'" and text.count(text[end - 1], start, end) % 2:
        end -= 1  # a straight mark that opens the next quotation
    if sign == "。" and bracketed and (closed := _CLOSED.match(text, end, high)) and _depth(text, start, closed.end()) == 0:
        return closed.end()  # a sentence in brackets
    quoted = text[end - 1] in _QUOTES
    if end < high and (_GOES_ON.match(text, end, high) or (quoted and _GOES_ON_QUOTED.match(text, end, high))):
        return 0
    if quoted and _SPEAKS_ON.match(text, end, high):
        return 0
    return end if not bracketed or _depth(text, max(start, match.start() - _INSIDE), end) == 0 else 0


def _depth(text: str, low: int, end: int) -> int:
    depth = 0
    for bracket in _BRACKETS.finditer(text, low, end):
        depth += 1 if bracket[0] in "《（(〈【〔" else -1 if depth else 0
    return depth


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
