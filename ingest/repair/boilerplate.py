"""What stands on the page but not in the text: navigation, image names, counters, share buttons, related reading, copyright, adverts.

Lines are judged by their words (corpus/vocabulary/boilerplate.yaml), their shape (lists, separators, no sentence) and their place: before
the first and after the last line of prose little stands without a reason; inside it goes only what names itself. An advertising tail is
also known by its vocabulary, which has nothing to do with the body's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from corpus.offsets import Edit
from corpus.vocabulary import boilerplate as words
from ingest.characters import HAN
from ingest.draft import Draft

STEP = "boilerplate"
_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")
_SENTENCE = re.compile(r"[。！？]|[；，].{4,}[；，]")
_IMAGE = re.compile(r"[\w\-./:%()（）@ ]{1,120}\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?)(?:\s*[(（][^()（）]{0,20}[)）])?", re.IGNORECASE)
_COUNTER = re.compile(
    r"[第共]?\s*\d{1,7}\s*(?:次|人|赞|页|条|评论|/\s*\d+)?|[xX×✕✖]|[<>《》«»‹›|/·.\-—]{1,5}|top|\d+\s*[/|]\s*\d+|\[\d+\]|(?:\d+\s+){2,}\d+",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"[^>＞»›]{1,16}(?:\s?[>＞»›]{1,2}\s?[^>＞»›]{1,24})+")
_URL = re.compile(r"(?:https?://|www\.)[\w\-./?=&%#:]+")
_BARS = re.compile(r"[|｜丨]")
_ITEM = re.compile(r"[\s|｜丨>＞»›·•/:：,，、\[\]【】()（）\-—#]+")
_NEIGHBOUR = re.compile(r"(?:上|下)一(?:篇|条|页|章|则)\s*[：:]")
_END_SIGN = re.compile(r"[\-—=*·\s]*(?:the\s*end|end|完|全文完|本文完|正文结束)[\-—=*·\s]*", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:附件?\d?[：:]|[（(].*[）)]$|注[：:释]|备注|参考文献|(?:19|20)\d\d年\d{1,2}月|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]"
    r"|第[一二三四五六七八九十]+|抄送|主送|联系人|编者按|点评|案例编写|参与撰写|撰写人|妥否|特此|以上|[“‘《]"
    r"|.{2,30}(?:委员会|办公室|人民政府|办事处|居委会|社区|局|部|中心|协会|党支部|党委|党工委)$)"
)
_PROSE = 26
_LEAD = 18
_SHIFT = 0.25  # share of a line's character pairs that the body has too, below which its vocabulary is foreign
_STREWN = 0.2  # share of a line's characters that are words of spam
_WORTH, _COST, _MANY = 150, 28, 8
_MOST = 0.6  # share of the prose that the stretch must hold
_GAP = 9  # lines that may lie between two parts of one text
_SAME = 0.35  # share of pairs above which a line speaks of the same as the body
_SAVED = 3  # lines with words of a web page from which a text counts as saved with all its lists


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a text, which of them are prose, and the first and last that are surely body."""

    lines: tuple[str, ...]
    prose: tuple[bool, ...]
    first: int
    last: int

    @property
    def body(self) -> str:
        return "\n".join(self.lines[self.first : self.last + 1])


def boilerplate(draft: Draft) -> list[Edit]:
    """Edits that take lines out. Lines that the format marks as headings or titles stay."""
    lines = tuple(draft.text.split("\n"))
    starts = _starts(lines)
    kept = {n for mark in draft.marks if mark.kind in ("title", "heading", "caption") for n in (_line_of(starts, mark.start),)}
    certain = {n for n, line in enumerate(lines) if n not in kept and _certain(line)}
    prose = tuple(map(_is_prose, lines))
    page = _page(lines, prose, certain)
    if page is None:
        return _edits(lines, starts, certain if _PAIR.search(draft.text) else set())
    gone = certain | _related(page, kept)
    page = _page(lines, prose, gone) or page
    gone |= _outside(page, gone) - kept
    page = _page(lines, prose, gone) or page
    gone |= (_tail(page, gone) | _head(page) | _repeats(page)) - kept
    return _edits(lines, starts, gone)


def _starts(lines: Iterable[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _line_of(starts: list[int], position: int) -> int:
    return next(n for n in range(len(starts) - 2, -1, -1) if starts[n] <= position)


def _page(lines: tuple[str, ...], prose: tuple[bool, ...], gone: set[int]) -> _Page | None:
    """None where no line is prose."""
    prose = tuple(is_prose and n not in gone for n, is_prose in enumerate(prose))
    numbers = [n for n, is_prose in enumerate(prose) if is_prose]
    while len(numbers) > 1 and _foreign(lines[numbers[-1]], "\n".join(lines[n] for n in numbers[:-1])):
        numbers.pop()
    return _Page(lines, prose, numbers[0], numbers[-1]) if numbers else None


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE and bool(_SENTENCE.search(line)) and not _is_list(line)


def _is_list(line: str) -> bool:
    """Many short items between bars, without sentences."""
    bars = len(_BARS.findall(line))
    return bars >= 3 and bars * 45 > len(line) and line.count("。") * 60 <= len(line)


@cache
def _vocabulary(*kinds: str) -> tuple[frozenset[str], re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The words of these kinds, a pattern that finds them, and the patterns of the kinds."""
    found = words()
    listed = frozenset(word.lower() for kind in kinds for word in found.words.get(kind, ()))
    anywhere = re.compile("|".join(map(re.escape, sorted(listed, key=lambda word: (-len(word), word)))) or "(?!)")
    return listed, anywhere, tuple(pattern for kind in kinds for pattern in found.patterns.get(kind, ()))


def _is_only(line: str, *kinds: str) -> bool:
    """Whether a line consists of nothing but such words, with separators and figures between them."""
    known = _vocabulary(*kinds)[0]
    if line.lower() in known:
        return True
    items = [item for item in _ITEM.split(line.lower()) if item and not item.isdigit()]
    return bool(items) and all(item in known for item in items)


def _matches(line: str, *kinds: str) -> bool:
    return any(pattern.search(line) for pattern in _vocabulary(*kinds)[2])


def _count(line: str, *kinds: str) -> int:
    """How many different words of these kinds a line has."""
    return len(set(_vocabulary(*kinds)[1].findall(line.lower())))


def _certain(line: str) -> bool:
    """Whether a line names itself as no part of the text, wherever it stands."""
    if not line or len(line) > 400 or (len(line) > 120 and not _BARS.search(line)):
        return False
    if _IMAGE.fullmatch(line) or _URL.fullmatch(line) or _END_SIGN.fullmatch(line) or _NEIGHBOUR.match(line):
        return True
    if len(line) <= 80 and _CRUMB.fullmatch(line) and _count(line, "navigation", "breadcrumb"):
        return True
    if len(line) <= 80 and not _SENTENCE.search(line):
        if _is_only(line, "navigation", "breadcrumb", "share", "counter", "copyright", "related", "advertising"):
            return line.lower() not in _vocabulary("related")[0]
        if len(line) <= 40 and _matches(line, "navigation", "breadcrumb", "share", "counter", "placeholder"):
            return True
    if len(line) <= 120 and not _is_prose(line) and (_matches(line, "copyright") or _count(line, "copyright") >= 2):
        return True
    return _is_list(line) and (_count(line, "spam", "advertising", "navigation") >= 1 or _matches(line, "spam"))


def _related(page: _Page, kept: set[int]) -> set[int]:
    """A heading such as 相关阅读 with the short lines under it."""
    gone: set[int] = set()
    headings = _vocabulary("related")[0]
    for n in range(page.first + 1, len(page.lines)):
        line = page.lines[n].strip(" ：:>》【】[]").lower()
        if n in gone or len(line) > 16 or line not in headings:
            continue
        gone.add(n)
        for m in range(n + 1, len(page.lines)):
            if page.prose[m] or len(page.lines[m]) > 60:
                break
            gone.add(m)
    return gone - kept if gone and max(gone) > page.first else set()


def _outside(page: _Page, gone: set[int]) -> set[int]:
    """In a page saved with all its lists: what lies outside the one stretch where prose prevails, but for the title above it.

    The stretch has the greatest sum of line values: prose counts its length, any other line costs as much as a short sentence brings.
    """
    if sum(n in gone or _is_only(line, "navigation", "share", "related") for n, line in enumerate(page.lines)) < _SAVED:
        return set()
    lines = [n for n, line in enumerate(page.lines) if line and n not in gone]
    total = best = 0
    start = 0
    stretch = (0, len(lines))
    for at, n in enumerate(lines):
        total += min(len(page.lines[n]), _WORTH) if page.prose[n] else -_COST
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, stretch = total, (start, at + 1)
    stretch = _grown(page, lines, stretch)
    prose = [(len(page.lines[n]), stretch[0] <= at < stretch[1]) for at, n in enumerate(lines) if page.prose[n]]
    if sum(size for size, inside in prose if inside) < _MOST * sum(size for size, _ in prose):
        return set()  # no stretch stands out: a text of short lines
    before, after = lines[: stretch[0]], lines[stretch[1] :]
    out: set[int] = set()
    if len(before) >= _MANY:
        title = next((n for n in reversed(before) if _is_title(page.lines[n])), None)
        out |= {n for n in before if title is None or n < title}
    if sum(not page.prose[n] for n in after) >= _MANY:
        out |= {n for n in after if not _CLOSING.match(page.lines[n])}
    return out


def _grown(page: _Page, lines: list[int], stretch: tuple[int, int]) -> tuple[int, int]:
    """The stretch with what lies between it and prose further on, or before, that speaks of the same things."""
    low, high = stretch
    pairs = {pair for n in lines[low:high] for pair in _PAIR.findall(page.lines[n])}
    while more := next((at for at in range(high, min(high + _GAP, len(lines))) if _speaks_of(page, lines[at], pairs)), None):
        high = more + 1
    while (more := next((at for at in range(low - 1, max(low - _GAP, 0) - 1, -1) if _speaks_of(page, lines[at], pairs)), None)) is not None:
        low = more
    return low, high


def _speaks_of(page: _Page, line: int, pairs: set[str]) -> bool:
    return page.prose[line] and _shared(page.lines[line], pairs) >= _SAME


def _shared(line: str, pairs: set[str]) -> float:
    own = _PAIR.findall(line)
    return sum(pair in pairs for pair in own) / len(own) if own else 0.0


def _is_title(line: str) -> bool:
    return 8 <= len(line) <= 60 and not _BARS.search(line) and not re.search(r"[。；]|(?:19|20)\d\d[-年/.]\d|[：:].*[：:]", line)


def _tail(page: _Page, gone: set[int]) -> set[int]:
    """Lines after the last prose: once one of them is certainly no text, the short ones beside and after it are none either."""
    after = [n for n in range(page.last + 1, len(page.lines)) if page.lines[n]]
    body = page.body
    hard = {
        n
        for n in after
        if n in gone or _foreign(page.lines[n], body) or _COUNTER.fullmatch(page.lines[n]) or _count(page.lines[n], "copyright")
    }
    if not hard:
        return set()
    return hard | {
        n for n in after if n >= min(hard) - 1 and not _CLOSING.match(page.lines[n]) and not re.search("[。！？；]", page.lines[n])
    }


def _head(page: _Page) -> set[int]:
    """Counters and lists of links before the first prose."""
    return {n for n in range(page.first) if _COUNTER.fullmatch(page.lines[n]) or _is_list(page.lines[n])}


def _foreign(line: str, body: str) -> bool:
    """Whether a line is a list of adverts, or prose that is strewn with their words, in words that the body does not use."""
    if len(line) < 16:
        return _count(line, "spam", "advertising") >= 2
    if not _is_list(line):
        found = _vocabulary("spam", "advertising")[1].findall(line.lower())
        strong = _count(line, "advertising") >= 2 or (_matches(line, "spam") and len(set(found)) >= 3)
        if not strong and sum(map(len, found)) < _STREWN * len(line):
            return False
    return _shared(line, set(_PAIR.findall(body))) < _SHIFT


def _repeats(page: _Page) -> set[int]:
    """A lead that the body says again, and paragraphs that stand twice word for word (short ones only one after the other)."""
    gone: set[int] = set()
    seen: set[str] = set()
    for n, line in enumerate(page.lines):
        if len(line) < _LEAD:
            continue
        again = page.prose[n] and (line in seen or (n <= page.first + 1 and any(line in other for other in page.lines[n + 1 : n + 12])))
        if again or (n and line == page.lines[n - 1]):
            gone.add(n)
        seen.add(line)
    return gone


def trailing_lists(draft: Draft) -> list[Edit]:
    """Edits that take a list of adverts off the end of a paragraph that it was saved on one line with."""
    edits = []
    at = 0
    for line in draft.text.split("\n"):
        if _is_list(line):
            cut = max(_BARS.split(line)[0].rfind(sign) for sign in "。！？”") + 1
            rest = line[cut:]
            if 0 < cut < len(line) and _is_prose(line[:cut]) and _is_list(rest) and _foreign(rest, draft.text.replace(rest, "")):
                edits.append(Edit(at + cut, at + len(line), "", STEP))
        at += len(line) + 1
    return edits


def _edits(lines: tuple[str, ...], starts: list[int], gone: set[int]) -> list[Edit]:
    """Take lines out, each with the break behind it; those at the end of the text with the break before the first of them."""
    last = max((n for n in range(len(lines)) if n not in gone), default=-1)
    edits = [Edit(starts[n], starts[n + 1], "", STEP) for n in sorted(gone) if n < last]
    end = starts[-1] - 1
    if last + 1 < len(lines):
        edits.append(Edit(max(0, starts[last + 1] - 1), end, "", STEP))
    return edits
