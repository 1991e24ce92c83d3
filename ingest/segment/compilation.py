"""A compilation told from a single report, and the lines at which its cases begin.

Signs, in this order: a contents page whose entries stand in the text; numbers (案例一, 案例二); sub-headings that come again and again,
or a count that begins anew, each time under a title; headings of one level where the head of the text says that it collects cases.
A report with 一、二、三 has none of them: its headings are what reports consist of (背景, 做法), or slogans that nothing sets apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.segment.contents import Contents
from ingest.segment.matching import Match, found_again, texts_between
from ingest.segment.numbering import numbered, ordinal
from ingest.segment.repeating import by_repetition
from ingest.segment.signs import (
    EDGE,
    PART,
    STORIES,
    Begin,
    Line,
    bare,
    is_edge,
    is_part,
    is_role,
    is_story,
    share,
    sounds_like_part,
    with_others,
)
from ingest.segment.titling import Head, head, may_be_title, named, seat

COLLECTS = re.compile(
    r"汇编|选编|案例集|案例选|集锦|集萃|荟萃|案例(?:展播|展示|专辑|合集|选登|选介)|做法选登|经验选登"
    r"|(?:典型|优秀|创新|示范|入选|获奖|十大|十佳|百佳|实践|最佳)[^。\n]{0,16}(?:案例|事例|金点子|成果)[^。\n]{0,8}的?(?:通知|通报|公告|决定|名单)"
    r"|(?:[一二三四五六七八九十百两]{1,4}|\d{1,3})(?:大|个|则|例|篇|件|项)[^。，\n]{0,14}(?:案例|事例|金点子)"
    r"|第[一二三四五六七八九十\d]{1,3}批[^。，\n]{0,16}(?:案例|事例|金点子)"
    r"|(?:案例|事例|金点子)[（(](?:[一二三四五六七八九十百]{1,4}|\d{1,3})(?:个|则|例|篇)[）)]"
)
_COUNT = re.compile(r"(?P<n>[一二三四五六七八九十百两]{1,4}|\d{1,3})(?:则|例|篇|个|件|项)")
_COLLECTED = tuple("案例 事例 金点子 成果 汇编 选编 集锦 集萃 荟萃 选登".split())  # one of these every sign of a collection has
_ATTACHED = re.compile(r"^附件?\s?[一二三四五六七八九十\d]{0,2}[：:]?(?P<name>.{0,60})$")
_NAMING = frozenset("案项标题")  # what a line with the title of a form begins with
_HEAD = 600
_SHORT = 30  # characters under a title below which it is one of a list, or a part's
_STORY = 60
_PLACED = 0.5


def begins(lines: Sequence[str], headings: Mapping[int, Line], page: Contents | None, opening: str) -> list[Begin]:
    """Where the cases of a compilation begin, in order; empty for a single report.

    `headings` are the headings by line number, `opening` is the text before and in the first lines (title, notice).
    """
    above = opening[:_HEAD]
    collects = any(word in above for word in _COLLECTED) and COLLECTS.search(above) is not None
    start = page.last if page else 0
    found: list[Begin] = []
    if page is not None:
        found = _by_contents(lines, headings, page, collects)
    found = (
        found
        or _by_numbers(lines, start)
        or _by_names(lines, start)
        or by_repetition(lines, headings, start, collects)
        or (_by_count(lines, start, above) if collects else [])
        or (_by_level(lines, headings, start) if collects else [])
    )
    return [_with_label(lines, begin) if begin.case else begin for begin in found]


def _with_label(lines: Sequence[str], begin: Begin) -> Begin:
    """With the line above the title that says 案例二 and no more."""
    above = begin.head.first - 1
    own = numbered(lines[above]) if above >= 0 else None
    if own is None or own.style != "case" or own.rest.strip():
        return begin
    return replace(begin, head=replace(begin.head, first=above))


def _by_count(lines: Sequence[str], start: int, above: str) -> list[Begin]:
    """Titles numbered 1, 2, … or 一、二、… as many as the head of the text says that it collects (二则, 两例)."""
    said = _COUNT.search(above)
    wanted = ordinal(said["n"]) if said else 0
    if wanted < 2:
        return []
    for style in ("1", "一", "（一）", "1 "):
        told = [n for n in range(start, len(lines)) if numbered(lines[n]).style == style and may_be_title(lines[n])]
        if [numbered(lines[n]).number for n in told] != [*range(1, wanted + 1)]:
            continue
        heads = [head(lines, n) for n in told]
        ends = [*(item.first for item in heads[1:]), len(lines)]
        if all(sum(map(len, lines[item.last : end])) >= _SHORT for item, end in zip(heads, ends, strict=True)):
            parts = share(heads, lambda item: sounds_like_part(item.title)) > 0.3
            return [] if parts else with_others(lines, start, heads)
    return []


def _by_contents(lines: Sequence[str], headings: Mapping[int, Line], page: Contents, collects: bool) -> list[Begin]:
    entries = [entry for entry in page.entries[:500] if not is_role(numbered(entry.title).rest or entry.title)]
    matches = found_again(entries, lines, page.last)
    if len(matches) < 2 or 2 * len(matches) < len(entries):
        return []
    amount = texts_between(matches, lines)
    edges = {match.line for match in matches if EDGE.match(bare(match.entry.title))}
    parts = _parts([match for match in matches if match.line not in edges], amount, headings)
    told = [match for match in matches if match.line not in edges | parts]
    told = _one_level(told, headings, amount)
    heads = [head(lines, match.line, match.length) for match in told]
    if not _accepted(lines, heads, edges | parts, collects):
        return []
    cases = [Begin(item, True) for item in heads]
    others = [Begin(Head(n, n + 1, lines[n]), False) for n in sorted(edges | parts)]
    return sorted([*cases, *others], key=lambda begin: begin.head.first)


def _parts(matches: Sequence[Match], amount: Mapping[int, int], headings: Mapping[int, Line]) -> set[int]:
    """Lines of the entries that only hold others: 第一篇 党建引领."""
    styles = [numbered(match.entry.title).style or ("part" if PART.search(match.entry.title) else "") for match in matches]
    found = {match.line for match, style, following in zip(matches, styles, [*styles[1:], ""], strict=True) if style == "part" != following}
    if "case" in styles:
        return found | {match.line for match, style in zip(matches, styles, strict=True) if style != "case" and amount[match.line] < _STORY}
    for n, match in enumerate(matches[:-1]):
        if amount[match.line] < _SHORT and amount[matches[n + 1].line] >= _SHORT:
            found.add(match.line)
    return found


def _one_level(matches: Sequence[Match], headings: Mapping[int, Line], amount: Mapping[int, int]) -> list[Match]:
    """Of entries on two levels, both with text, those that are cases: numbered as such, else those that name places, else the upper."""
    order: list[str] = []
    for match in matches:
        style = numbered(match.entry.title).style
        if style not in order:
            order.append(style)
    if len(order) < 2:
        return list(matches)
    groups = {style: [match for match in matches if numbered(match.entry.title).style == style] for style in order}
    if "case" in groups:
        return groups["case"]
    placed = {style: sum(seat(bare(match.entry.title)) is not None for match in group) for style, group in groups.items()}
    best = max(order, key=lambda style: (2 * placed[style] >= len(groups[style]), -order.index(style)))
    rest = [match for style in order if style != best for match in groups[style]]
    if all(2 * placed[style] >= len(groups[style]) for style in order) or not rest:
        return list(matches)
    return groups[best]


def _by_numbers(lines: Sequence[str], start: int) -> list[Begin]:
    """案例一, 案例二, …: a list of them without text (in a notice) does not count where they come again."""
    found = [n for n in range(start, len(lines)) if _is_numbered_case(lines[n])]
    if len(found) < 2:
        return []
    heads = [head(lines, n) for n in found]
    ends = [*(item.first for item in heads[1:]), len(lines)]
    heads = [item for item, end in zip(heads, ends, strict=True) if sum(map(len, lines[item.last : end])) >= _SHORT]
    if len(heads) < 2:
        return []
    return with_others(lines, start, heads)


def _by_names(lines: Sequence[str], start: int) -> list[Begin]:
    """Forms one after the other, each with its `案例名称：…`."""
    found = [n for n in range(start, len(lines)) if lines[n][0] in _NAMING and named(lines[n])]
    if len(found) < 2 or len({named(lines[n]) for n in found}) < len(found):
        return []
    heads = [head(lines, n) for n in found]
    ends = [*(item.first for item in heads[1:]), len(lines)]
    enough = all(sum(map(len, lines[item.last : end])) >= 2 * _STORY for item, end in zip(heads, ends, strict=True))
    return [Begin(item, True) for item in heads] if enough else []


def _by_level(lines: Sequence[str], headings: Mapping[int, Line], start: int) -> list[Begin]:
    """The headings of the uppermost level that holds several with text, where the head of the text says that cases are collected."""
    start = _attachment(lines, start)
    order = sorted(n for n in headings if n >= start and not is_edge(lines[n]))
    levels = [[n for n in order if headings[n].level == level] for level in sorted({headings[n].level for n in order})]
    for at in [*levels, [n for n in range(start, len(lines)) if numbered(lines[n]).style == "1 " and may_be_title(lines[n])]]:
        told = [n for n in at if not is_part(lines[n]) and not is_role(bare(lines[n]))]
        if len(told) < 2 or len({numbered(lines[n]).style for n in told}) > 1 or 5 * (len(at) - len(told)) > 2 * len(at):
            continue
        heads = [head(lines, n) for n in told]
        ends = [*(item.first for item in heads[1:]), len(lines)]
        held = sum(sum(map(len, lines[item.last : end])) >= 2 * _STORY for item, end in zip(heads, ends, strict=True))
        if held < 0.8 * len(heads):
            continue
        return with_others(lines, start, heads) if _accepted(lines, heads, set(), collects=False) else []
    return []


def _attachment(lines: Sequence[str], start: int) -> int:
    """The line behind 附件 where that begins with the collection itself."""
    for n in range(start, len(lines) - 1):
        match = _ATTACHED.match(lines[n])
        if match and (COLLECTS.search(match["name"]) or not match["name"].strip()) and not _ATTACHED.match(lines[n + 1]):
            return n + 1
    return start


def _accepted(lines: Sequence[str], heads: Sequence[Head], others: set[int], collects: bool) -> bool:
    """Whether titles are those of cases: they say so, most name places, or most tell a problem with what was done."""
    if len(heads) < 2 or share(heads, lambda item: sounds_like_part(item.title)) > 0.3:
        return False
    if collects or any(numbered(lines[item.first]).style == "case" for item in heads):
        return True
    places = {item.place for item in heads if item.place}
    return len(places) >= max(2, _PLACED * len(heads)) or (
        len(heads) >= 3 and share(heads, lambda item: is_story(lines, item, heads, others)) >= STORIES
    )


def _is_numbered_case(line: str) -> bool:
    return len(line) <= 90 and numbered(line).style == "case" and (may_be_title(line) or len(line) < 8)
