"""Cases by repetition: titles under which the same sub-headings come again and again, or under which 一、二、三 begin anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.segment.numbering import numbered
from ingest.segment.roles import role_of_heading
from ingest.segment.signs import STORIES, Begin, Line, bare, is_edge, is_part, is_role, is_story, share, sounds_like_part, with_others
from ingest.segment.titling import Head, head, is_cover, may_be_title


def by_repetition(lines: Sequence[str], headings: Mapping[int, Line], start: int, collects: bool) -> list[Begin]:
    """Titles under which the same sub-headings come again, or 一、二、三 begin anew."""
    order = sorted(n for n in headings if n >= start)
    rounds, shared = _rounds([(n, headings[n].words) for n in order if is_role(headings[n].words)])
    if shared < 2:
        rounds = _restarts(lines, order)
        if len(rounds) < (2 if collects else 3):
            return []
    found: list[Head] = []
    low = start
    for first in rounds:
        title = _title_above(lines, headings, low, first)
        if title is not None:
            found.append(head(lines, title))
        low = first + 1
    found = [item for item in found if numbered(lines[item.first]).style != "part"]
    if len(found) < 2 or 3 * len(found) < 2 * len(rounds):
        return []
    if shared < 2 and not (collects or share(found, lambda item: is_story(lines, item, found)) >= STORIES):
        return []
    found = _alike(lines, headings, start, found)
    return with_others(lines, start, found)


def _alike(lines: Sequence[str], headings: Mapping[int, Line], start: int, found: list[Head]) -> list[Head]:
    """With the titles around those found that look the same (by their mark, or numbered in one row with them) but have no sub-headings."""
    looks = {_look(lines, headings, item.first) for item in found}
    if len(looks) != 1 or None in looks:
        return found
    look = looks.pop()
    known = {n for item in found for n in range(item.first, item.last)}
    more = [
        n
        for n in range(start, len(lines))
        if n not in known and len(lines[n]) <= 90 and _look(lines, headings, n) == look and may_be_title(lines[n])
        and not (is_edge(lines[n]) or is_part(lines[n]) or sounds_like_part(bare(lines[n])))
    ]  # fmt: skip
    together = sorted([*found, *(head(lines, n) for n in more)], key=lambda item: item.first)
    numbers = [numbered(lines[item.first]).number for item in together]
    return together if not numbers[0] or all(after == before + 1 for before, after in pairwise(numbers)) else found


def _look(lines: Sequence[str], headings: Mapping[int, Line], n: int) -> tuple[str, int | None] | None:
    line = headings.get(n)
    mark = line.mark if line else None
    style = numbered(lines[n]).style
    return (style, mark) if style or mark is not None else None


def _rounds(order: Sequence[tuple[int, str]]) -> tuple[list[int], int]:
    """The lines at which known headings begin again (背景, 做法, 成效, 背景, …), and how many of them come again."""
    counts: dict[str, int] = {}
    for _, words in order:
        counts[words] = counts.get(words, 0) + 1
    again = {words for words, count in counts.items() if count > 1}
    rounds: list[int] = []
    seen: set[str] = set()
    told = True
    for n, words in order:
        found = role_of_heading(words)
        role = found[0] if found else "other"
        if (words in again and (not rounds or words in seen)) or (told and role in ("background", "problem")):
            rounds.append(n)
            seen, told = set(), False
        seen.add(words)
        told = told or role in ("approach", "outcome", "insight")
    return rounds, len(again)


def _restarts(lines: Sequence[str], order: Sequence[int]) -> list[int]:
    """The lines at which 一、 begins anew after it had got to 二、 at least."""
    rounds: list[int] = []
    reached = 0
    for n in order:
        own = numbered(lines[n])
        if own.style != "一":
            continue
        if own.number == 1 and (not rounds or reached >= 2):
            rounds.append(n)
        reached = own.number
    return rounds


def _title_above(lines: Sequence[str], headings: Mapping[int, Line], low: int, first: int) -> int | None:
    """The line of the title that stands above sub-heading `first`, after line `low`: right above it (with whoever handed the case in, and
    a second half of the title), else above an introduction, the nearest heading of a higher level or short line."""
    at = first - 1
    while at >= low and _may_stand_under_title(lines[at]):
        at -= 1
    top = first
    for n in range(at, low - 1, -1):
        if not _is_free(lines[n], lines[first]):
            break
        top = n
        if numbered(lines[n]).style:
            break  # what stands above a numbered title is the cover, or the end of the case before
    if top < first:
        above = [n for n in range(top, first) if _stands_above(headings, n, first)]
        return above[0] if above else top
    above = [n for n in range(max(low, first - 12), first) if _stands_above(headings, n, first) and not is_edge(lines[n])]
    if above:
        return above[-1]
    short = [n for n in range(max(low, first - 5), first) if _is_free(lines[n], lines[first])]
    return short[0] if short else None


def _stands_above(headings: Mapping[int, Line], n: int, first: int) -> bool:
    """Whether line `n` is a heading of a higher level than `first`, as the format or its number says."""
    own, sub = headings.get(n), headings[first]
    if own is None or sounds_like_part(own.words):
        return False
    return own.mark != sub.mark if own.mark is not None and sub.mark is not None else 0 < own.level < sub.level


def _is_free(line: str, below: str) -> bool:
    """Whether a line may be a title above the sub-heading `below`."""
    style = numbered(line).style
    if is_cover(line):
        return False
    if style not in ("", "case", "1", "1 ", "一") and (style != "（一）" or numbered(below).style == style):
        return False
    return may_be_title(line) and not (is_edge(line) or is_part(line) or sounds_like_part(bare(line)))


def _may_stand_under_title(line: str) -> bool:
    return len(line) <= 40 and re.match("——|[（(][^（）()]{4,}[）)]$", line) is not None
