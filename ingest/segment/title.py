"""The title of a report and where its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft import Mark
from ingest.segment.numbering import numbered
from ingest.segment.paragraphs import paragraphs

_SENTENCE = re.compile(r"[。！；…]|[，].{12,}[，]")
_LONGEST = 60
_ZONE = 8
_SUBTITLE = re.compile(r"^(?:——|--|—)\s?")
_NO_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(]|第[一二三四五六七八九十]+|目录$|附件?\d?[：:]?$|案例\d*[：:]?$|摘要|[^\u4e00-\u9fff]*$)"
)
_ISSUE = re.compile(
    r"^(?:工作|情况|社情民意|信息|调研|决策|政务|党建|基层治理|社会治理)*(?:简报|专报|快报|内参|动态|专刊|要情)$|^[（(]?(?:20\d\d年)?第\d+期"
)
_BODY = re.compile("(?:人民政府|办事处|委员会|办公室|[局委部厅院会]|党工委|中心)$")
_ABOUT = re.compile("关于|.{4,50}(?:汇报|报告|通知|通报|意见|方案|总结)$")
_CONTENTS = re.compile(r"[【\[]?(?:总\s?)?目\s*[录錄次][】\]]?|.*(?:…{2,}|[.．·]{4,})\s*\d{1,4}")
_LABEL = re.compile(r"^(?:案例名称|案例题目|项目名称|标题|题目|建议名称|提案名称)[：:]\s*")


def title(text: str, known: str, marks: Sequence[Mark], fallback: str) -> tuple[str, int]:
    """Return the title and the position at which the body starts (behind the title where it stands in the text).

    `known` is what the format says; `fallback` (a file's name) is used where the text shows none. The first short line before the prose is
    the title; a line `——…` behind it is its second half. A text that is nothing but a title is its own body.
    """
    name, body = _found(text, known, marks, fallback)
    return name, body if text[body:].strip() else 0


def _found(text: str, known: str, marks: Sequence[Mark], fallback: str) -> tuple[str, int]:
    lines = paragraphs(text)
    if not lines:
        return known or fallback, 0
    marked = next((mark for mark in marks if mark.kind == "title"), None)
    if marked:
        at = max(n for n, (low, _) in enumerate(lines) if low <= marked.start)
        following = text[lines[at + 1][0] : lines[at + 1][1]] if at + 1 < len(lines) else ""
        name, body = _with_subtitle(text[marked.start : marked.end].strip(), following, lines, at, text)
        return known or name, body
    if known:
        same = next((high for low, high in lines[:_ZONE] if _same(text[low:high], known)), None)
        return known, 0 if same is None else _behind(lines, same, text)
    for n in range(_masthead(text, lines), min(len(lines), _ZONE)):
        low, high = lines[n]
        line = _LABEL.sub("", text[low:high])
        if len(line) > _LONGEST or _SENTENCE.search(line) or _CONTENTS.fullmatch(line) or _is_one_of_several(text, line):
            break
        if len(line) < 4 or _NO_TITLE.match(line) or n + 1 == len(lines):
            continue
        following = text[lines[n + 1][0] : lines[n + 1][1]]
        if _BODY.search(line) and _ABOUT.match(following) and len(following) <= _LONGEST:
            continue
        return _with_subtitle(line, following, lines, n, text)
    return fallback or _first_clause(text, lines[0]), 0


def _is_one_of_several(text: str, line: str) -> bool:
    """Whether a line is the title of the first of several cases (案例一 …, with 案例二 further on), and not of them all."""
    first = numbered(line)
    if first.style != "case" or first.number != 1:
        return False
    return any(numbered(other).style == "case" and numbered(other).number == 2 for other in text.split("\n"))


def _masthead(text: str, lines: list[tuple[int, int]]) -> int:
    """Number of lines that are the head of a bulletin (office, 工作简报, 第37期), not its title."""
    head = 0
    for n, (low, high) in enumerate(lines[:_ZONE]):
        line = re.sub(r"\s+", "", text[low:high])
        if _ISSUE.search(line) or (head == n > 0 and re.fullmatch("[（(].*[）)]", line)):
            head = n + 1
    return head


def _with_subtitle(line: str, following: str, lines: list[tuple[int, int]], n: int, text: str) -> tuple[str, int]:
    """A title with its second half, if the next line is one (`——…`)."""
    if _SUBTITLE.match(following) and len(following) <= _LONGEST:
        return line + following, _behind(lines, lines[n + 1][1], text)
    return line, _behind(lines, lines[n][1], text)


def _behind(lines: list[tuple[int, int]], end: int, text: str) -> int:
    return next((low for low, _ in lines if low >= end), len(text))


def _same(line: str, known: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", part) for part in (line, known))
    return bool(a) and (a == b or (len(a) >= 8 and (a in b or b in a) and min(len(a), len(b)) * 10 >= 7 * max(len(a), len(b))))


def _first_clause(text: str, line: tuple[int, int]) -> str:
    """What stands for a title where there is none: the beginning of the text, to a clause border."""
    start = text[line[0] : min(line[1], line[0] + 40)]
    clause = re.match(r"[^。！？；]{6,40}?(?=[，。！？；：])", start)
    return clause[0] if clause else start
