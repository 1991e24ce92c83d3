"""The title of a report and where its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft import Mark
from ingest.repair.official_lines import is_masthead, is_red
from ingest.secrecy import handling
from ingest.segment.numbering import numbered
from ingest.segment.official_title import official_title
from ingest.segment.paragraphs import paragraphs

_SENTENCE = re.compile(r"[。！；…]|[，].{12,}[，]")
_LONGEST = 60
_ZONE = 8
_KNOWN_LONGEST = 200
_SAID_ALONE = 8  # characters of a title that is known from which it is one without what is named behind it
_WRAPPED = 4  # lines that one title may go over
_SUBTITLE = re.compile(r"^(?:——|--|—)\s?")
_NO_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(]|第[一二三四五六七八九十]+|目录$|附件?\d?[：:]?$|案例\d*[：:]?$|摘要|[^\u4e00-\u9fff]*$)"
)
_EDITED = re.compile(r".{2,30}(?:编|编印|编发|主办|印)(?:(?:19|20)\d\d年.*)?")
_CONTENTS = re.compile(r"[【\[]?(?:总\s?)?目\s*[录錄次][】\]]?|.*(?:…{2,}|[.．·]{4,})\s*\d{1,4}")
_SITE = re.compile(r"(?P<name>.{6,}?)\s*(?:[_|｜丨]|(?<!—)[-–—](?!—))\s*(?P<site>[^_|｜丨—–]{2,30})$")
_OF_SITE = re.compile("(?:人民政府|门户|[官]?网站?|网页|在线|频道|客户端|日报社?|晚报|晨报|新闻网?|融媒体?|政务网|首页|公众号)$")
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
    words = [text[low:high] for low, high in lines[: _ZONE + _WRAPPED]]
    known = _without_site(known, words)
    found = _marked(text, marks, lines, words)
    if found:
        return known or found[0], found[1]
    if known:
        return known, _behind_known(text, known, lines, words)
    for n in range(_masthead(words), min(len(lines), _ZONE)):
        line = _LABEL.sub("", words[n])
        if len(line) > _LONGEST or _SENTENCE.search(line) or _CONTENTS.fullmatch(line) or _is_one_of_several(text, line):
            break
        name, size = official_title(words, n)
        if size > 1:
            return _with_subtitle(name, lines, n + size - 1, text)
        if len(line) < 4 or _NO_TITLE.match(line) or handling(line) or n + 1 == len(lines):
            continue
        return _with_subtitle(line, lines, n, text)
    return fallback or _first_clause(text, lines[0]), 0


def _without_site(known: str, words: Sequence[str]) -> str:
    """A title that is known, without the columns and the site named behind it (…_镇街动态_某区人民政府门户网站): if the text has it so."""
    if not known:
        return known
    shown = {_bare(word) for word in words if word}
    if _bare(known) in shown or len(known) > _KNOWN_LONGEST:
        return known
    known = re.sub(r"\s+", " ", known)
    while match := _SITE.fullmatch(known):
        if _bare(match["name"]) not in shown and not (_OF_SITE.search(match["site"]) and len(_bare(match["name"])) >= _SAID_ALONE):
            break
        known = match["name"].strip()
    return known


def _marked(text: str, marks: Sequence[Mark], lines: list[tuple[int, int]], words: list[str]) -> tuple[str, int] | None:
    """The title that the format marks, with the lines before and behind it that an official title goes over; mastheads are none."""
    for mark in marks:
        if mark.kind != "title":
            continue
        at = max((n for n, (low, _) in enumerate(lines) if low <= mark.start), default=0)
        if at < len(words) and (is_masthead(words, at) or is_red(words[at])):
            continue
        for first in range(max(0, at - _WRAPPED), min(at + 1, len(words))):
            name, size = official_title(words, first)
            if size > 1 and first + size > at:
                return _with_subtitle(name, lines, first + size - 1, text)
        return _with_subtitle(text[mark.start : mark.end].strip(), lines, at, text)
    return None


def _behind_known(text: str, known: str, lines: list[tuple[int, int]], words: list[str]) -> int:
    """Where the body begins behind a title that is known and may stand in the text, on one line or on several."""
    stretches = [(n, size) for n in range(min(len(words), _ZONE)) for size in range(1, min(_WRAPPED, len(words) - n) + 1)]
    for alike in (_equal, _same):
        for n, size in stretches:
            if alike("".join(words[n : n + size]), known):
                return _behind(lines, lines[n + size - 1][1], text)
    return 0


def _is_one_of_several(text: str, line: str) -> bool:
    """Whether a line is the title of the first of several cases (案例一 …, with 案例二 further on), and not of them all."""
    first = numbered(line)
    if first.style != "case" or first.number != 1:
        return False
    return any(numbered(other).style == "case" and numbered(other).number == 2 for other in text.split("\n"))


def _masthead(words: Sequence[str]) -> int:
    """Number of lines that are the head of a bulletin (office, 工作简报, 第37期, who edits it), not its title."""
    head = 0
    for n, word in enumerate(words[:_ZONE]):
        if is_masthead(words, n):
            head = n + 1
        elif head == n > 0:
            line = re.sub(r"\s+", "", word)
            if re.fullmatch("[（(].*[）)]", line) or _EDITED.fullmatch(line):
                head = n + 1
    return head


def _with_subtitle(line: str, lines: list[tuple[int, int]], n: int, text: str) -> tuple[str, int]:
    """A title that ends on line `n` with its second half, if the next line is one (`——…`)."""
    following = text[lines[n + 1][0] : lines[n + 1][1]] if n + 1 < len(lines) else ""
    if _SUBTITLE.match(following) and len(following) <= _LONGEST:
        return line + following, _behind(lines, lines[n + 1][1], text)
    return line, _behind(lines, lines[n][1], text)


def _behind(lines: list[tuple[int, int]], end: int, text: str) -> int:
    return next((low for low, _ in lines if low >= end), len(text))


def _equal(line: str, known: str) -> bool:
    a, b = _bare(line), _bare(known)
    return a == b != ""


def _same(line: str, known: str) -> bool:
    a, b = _bare(line), _bare(known)
    return len(a) >= 8 and (a in b or b in a) and min(len(a), len(b)) * 10 >= 7 * max(len(a), len(b))


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


def _first_clause(text: str, line: tuple[int, int]) -> str:
    """What stands for a title where there is none: the beginning of the text, to a clause border."""
    start = text[line[0] : min(line[1], line[0] + 40)]
    clause = re.match(r"[^。！？；]{6,40}?(?=[，。！？；：])", start)
    return clause[0] if clause else start
