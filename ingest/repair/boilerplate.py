"""What stands on the page but not in the text: navigation, image names, counters, share buttons, related reading, copyright, adverts.

Lines are judged by their words (corpus/vocabulary/boilerplate.yaml), their shape (lists, separators, no sentence) and their place: before
the first or after the last line of prose little is left without a reason; inside only what names itself. A tail is also known by its
vocabulary, which has nothing to do with the body's.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.offsets import Edit
from corpus.vocabulary import boilerplate as words
from ingest.characters import HAN
from ingest.draft import Draft

STEP = "boilerplate"
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"[。！？]|[；，].{4,}[；，]")
_IMAGE = re.compile(r"[\w\-./:%()（）@ ]{1,120}\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?)(?:\s*[(（][^()（）]{0,20}[)）])?", re.IGNORECASE)
_COUNTER = re.compile(
    r"(?:[第共]?\s*\d{1,7}\s*(?:次|人|赞|页|条|评论|/\s*\d+)?|[xX×✕✖]|[<>《》«»‹›|/·.\-—]{1,5}|T[Oo][Pp]|\d+\s*[/|]\s*\d+|\[\d+\]|(?:\d+\s+){2,}\d+)"
)
_CRUMB = re.compile(r"[^>＞»›]{1,16}(?:\s?[>＞»›]{1,2}\s?[^>＞»›]{1,20}){1,}")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_SEPARATOR = re.compile(r"[|｜丨·•/]|\s{1,}|、(?=.{0,6}、)")
_RIGHTS = re.compile(
    r"(?:版权所有|copyright|©|ICP备|公网安备|All Rights Reserved|未经.{0,12}(?:授权|许可).{0,8}(?:转载|使用)|免责声明|技术支持)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:附件?[\d：:]|（.*）$|\(.*\)$|注[：:释]|备注|参考文献|(?:19|20)\d\d年\d{1,2}月|.{2,30}(?:委员会|办公室|人民政府|街道办事处|社区|村民委员会|局|部|室|中心|协会)$|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]|第[一二三四五六七八九十]+|抄送|主送|联系人|地址|电话|编者按|点评|案例编写|参与撰写|撰写人)"
)
_PROSE = 26
_LEAD = 18
_SHIFT = 0.25


def boilerplate(draft: Draft) -> list[Edit]:
    """Edits that take whole lines out. Lines with a mark (headings, cells, captions of a reader that knows) are kept."""
    text = draft.text
    lines = _lines(text)
    prose = [n for n, (start, end) in enumerate(lines) if _is_prose(text[start:end])]
    if not prose:
        return _edits(text, lines, [n for n, (start, end) in enumerate(lines) if _certain(text[start:end])])
    first, last = prose[0], prose[-1]
    marked = {
        n
        for n, (start, end) in enumerate(lines)
        if any(mark.start < end and start < mark.end for mark in draft.marks if mark.kind != "damaged")
    }
    gone = {n for n in range(len(lines)) if n not in marked and _certain(text[lines[n][0] : lines[n][1]])}
    gone |= _related(text, lines, first) - marked
    first, last = _shrunk(prose, gone, first, last)
    gone |= _tail(text, lines, last, gone, first) - marked
    gone |= _head(text, lines, first, gone) - marked
    gone |= _repeats(text, lines, first)
    return _edits(text, lines, sorted(gone))


def _shrunk(prose: list[int], gone: set[int], first: int, last: int) -> tuple[int, int]:
    kept = [n for n in prose if n not in gone]
    return (kept[0], kept[-1]) if kept else (first, last)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE and bool(_SENTENCE.search(line)) and not _is_list(line)


def _is_list(line: str) -> bool:
    """Many short items between bars, dots or blanks, without sentences."""
    if line.count("。") > len(line) / 60:
        return False
    bars = len(re.findall(r"[|｜丨]", line))
    return bars >= 3 and bars * 45 > len(line)


@cache
def _vocabulary(kind: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    found = words()
    return frozenset(word.lower() for word in found.words.get(kind, ())), tuple(found.patterns.get(kind, ()))


def _is_only(line: str, *kinds: str) -> bool:
    """Whether a line consists of nothing but such words, with separators and figures between them."""
    items = [item for item in re.split(r"[\s|｜丨>＞»›·•/:：,，、\[\]【】()（）\-—]+", line.lower()) if item and not item.isdigit()]
    known = frozenset().union(*(_vocabulary(kind)[0] for kind in kinds))
    return bool(items) and all(item in known for item in items)


def _matches(line: str, *kinds: str) -> bool:
    return any(pattern.search(line) for kind in kinds for pattern in _vocabulary(kind)[1])


def _count(line: str, *kinds: str) -> int:
    lowered = line.lower()
    return sum(word in lowered for kind in kinds for word in _vocabulary(kind)[0])


def _certain(line: str) -> bool:
    """Whether a line names itself as no part of the text, wherever it stands."""
    if not line:
        return False
    if _IMAGE.fullmatch(line) or _URL.fullmatch(line):
        return True
    if len(line) <= 80 and _CRUMB.fullmatch(line) and _count(line, "navigation", "breadcrumb"):
        return True
    if len(line) <= 60 and _is_only(line, "navigation", "breadcrumb", "share", "counter"):
        return True
    if len(line) <= 40 and _matches(line, "navigation", "breadcrumb", "share", "counter") and not _SENTENCE.search(line):
        return True
    if len(line) <= 120 and _RIGHTS.search(line) and not _is_prose(line):
        return True
    return _is_list(line) and (_count(line, "spam", "advertising", "navigation") >= 1 or _matches(line, "spam", "advertising"))


def _related(text: str, lines: list[tuple[int, int]], first: int) -> set[int]:
    """A heading such as 相关阅读 with the short lines under it."""
    gone: set[int] = set()
    for n, (start, end) in enumerate(lines):
        line = text[start:end].strip(" ：:>【】[]")
        if n <= first or len(line) > 16 or line.lower() not in _vocabulary("related")[0]:
            continue
        gone.add(n)
        for m in range(n + 1, len(lines)):
            item = text[lines[m][0] : lines[m][1]]
            if _is_prose(item) or len(item) > 60:
                break
            gone.add(m)
    return gone


def _tail(text: str, lines: list[tuple[int, int]], last: int, gone: set[int], first: int) -> set[int]:
    """Lines after the last prose: once one of them is certainly no text, the short ones beside it are none either."""
    after = [n for n in range(last + 1, len(lines)) if lines[n][0] < lines[n][1]]
    body = text[lines[first][0] : lines[last][1]]
    spam = {n for n in after if n not in gone and _foreign(text[lines[n][0] : lines[n][1]], body)}
    hard = {n for n in after if n in gone or n in spam or _COUNTER.fullmatch(text[lines[n][0] : lines[n][1]])}
    if not hard:
        return set()
    out = set(hard)
    for n in after:
        line = text[lines[n][0] : lines[n][1]]
        if n > min(hard) - 2 and not _CLOSING.match(line) and not re.search("[。！？；]", line):
            out.add(n)
    return out


def _head(text: str, lines: list[tuple[int, int]], first: int, gone: set[int]) -> set[int]:
    """Lines before the first prose: counters and lists of links, and everything above them."""
    out: set[int] = set()
    for n in range(first):
        line = text[lines[n][0] : lines[n][1]]
        if _COUNTER.fullmatch(line) or _is_list(line):
            out.add(n)
    return out - gone


def _foreign(line: str, body: str) -> bool:
    """Whether a line is a list, or speaks of spam or advertising, in words that the body does not use."""
    if len(line) < 16:
        return _count(line, "spam") >= 1
    listed = _is_list(line)
    cues = _count(line, "spam", "advertising") + (2 if _matches(line, "spam", "advertising") else 0)
    if not listed and cues < 2:
        return False
    pairs = [line[at : at + 2] for at in range(len(line) - 1) if _HAN.match(line[at]) and _HAN.match(line[at + 1])]
    shared = sum(pair in body for pair in pairs) / len(pairs) if pairs else 0.0
    return shared < _SHIFT or (cues >= 2 and shared < 0.5)


def _repeats(text: str, lines: list[tuple[int, int]], first: int) -> set[int]:
    """A lead that the body says again, and paragraphs that stand twice word for word (short ones only one after the other)."""
    bodies = [text[start:end] for start, end in lines]
    gone: set[int] = set()
    seen: set[str] = set()
    for n, line in enumerate(bodies):
        if len(line) < _LEAD:
            continue
        prose = _is_prose(line)
        if (prose and line in seen) or (n and line == bodies[n - 1]) or (prose and n <= first + 1 and any(line in other for other in bodies[n + 1 : n + 12])):
            gone.add(n)
        seen.add(line)
    return gone


def _edits(text: str, lines: list[tuple[int, int]], gone: list[int]) -> list[Edit]:
    """Take lines out with the break behind them; at the end of the text with the break before."""
    edits: list[Edit] = []
    for n in gone:
        start, end = lines[n]
        if end < len(text):
            edits.append(Edit(start, end + 1, "", STEP))
            continue
        before = edits[-1].end if edits else 0
        edits.append(Edit(max(before, start - 1), end, "", STEP))
    kept_last = max((n for n in range(len(lines)) if n not in set(gone)), default=-1)
    if (
        kept_last >= 0
        and edits
        and edits[-1].end == len(text)
        and lines[kept_last][1] < len(text)
        and edits[-1].start > lines[kept_last][1]
    ):
        low = lines[kept_last][1]
        edits = [edit for edit in edits if edit.end <= low] + [Edit(low, len(text), "", STEP)]
    return edits
