"""What stands on the page but not in the text: navigation, image names, counters, share buttons, related reading, copyright, adverts.

Lines are judged by their words (corpus/vocabulary/boilerplate.yaml), their shape (lists, separators, no sentence) and their place: before
the first and after the last line of prose little stands without a reason; inside it goes only what names itself. An advertising tail is
also known by its vocabulary, which has nothing to do with the body's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from corpus.offsets import Edit
from ingest.characters import HAN
from ingest.draft import Draft
from ingest.repair.boilerplate_lines import (
    BARS,
    count,
    is_bare,
    is_certain,
    is_closing,
    is_counter,
    is_dated_title,
    is_itemised,
    is_list,
    is_menu,
    is_menu_after,
    is_path,
    is_prompt,
    is_prose,
    is_related,
    is_row,
    matches,
    reaches,
    selling,
    vocabulary,
)
from ingest.repair.boilerplate_page import PAIR, Page, counts, outside, shared
from ingest.repair.boilerplate_tables import cell_lines, table_lines
from ingest.repair.form import is_label

STEP = "boilerplate"
_LEAD = 18  # characters of a line that does not stand twice by chance
_NEAR = 12  # lines from a lead within which the text says it again
_SHIFT = 0.25  # share of a line's character pairs that the body has too, below which its vocabulary is foreign
_FAR = 0.12  # the same for prose that only sells
_ALIEN = 0.08  # share of pairs below which a line has nothing to do with the body
_HARDLY = 0.2  # the same for one short line among several, where a single pair is much
_ODD = 3  # lines after the text that have nothing to do with it, from which they are no part of it
_SELLS = 3  # words and addresses of selling from which a foreign line is an advert after the text
_TELLING = 120  # pairs of a body from which its vocabulary says what it does not speak of
_SELLS_INSIDE = 5  # the same inside the text
_STREWN = 0.2  # share of a line's characters that are words of spam
_PITCHES = 5  # paragraphs that only sell, taken off the end one after the other
_RUN = 4  # lines of a menu, one under the other, outside of the prose
_TITLES = 2  # dated titles, one under the other
_OWN = 0.35  # share of pairs from which such lines are the text's own dates
_WORD = re.compile(f"[{HAN}]{{2}}|[a-zA-Z]{{3}}")


def boilerplate(draft: Draft) -> list[Edit]:
    """Edits that take lines out. Lines that the format marks as headings, titles, captions, fields or cells stay, and rows of tables."""
    lines = tuple(draft.text.split("\n"))
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    marked = {bisect_right(starts, mark.start) - 1 for mark in draft.marks if mark.kind in ("title", "heading", "caption", "field")}
    wide, narrow = table_lines(lines)
    kept = frozenset(marked | wide | cell_lines(draft, starts, len(lines)))
    prose = tuple(map(is_prose, lines))
    page = _page(lines, prose, kept, set())
    more = {n for n in narrow - kept if page is None or page.first < n < page.last}
    kept |= more
    certain = {n for n, line in enumerate(lines) if n not in kept and is_certain(line)}
    page = _page(lines, prose, kept, certain) if more or page is None else _without(page, certain)
    if page is None:
        return _edits(lines, starts, certain if PAIR.search(draft.text) else set())
    gone = certain | _related(page)
    page = _without(page, gone) or page
    gone |= outside(page, gone) - kept
    page = _without(page, gone) or page
    for _ in range(_PITCHES):
        tail = _tail(page, gone)
        gone |= tail
        if page.last not in tail:
            break
        page = _without(page, gone) or page
    gone |= (_head(page) | _adverts(page) | _repeats(page, gone)) - kept
    return _edits(lines, starts, gone | _alone(page, gone))


def _page(lines: tuple[str, ...], prose: tuple[bool, ...], kept: frozenset[int], gone: set[int]) -> Page | None:
    """None where no line is prose."""
    prose = tuple(is_prose and n not in gone for n, is_prose in enumerate(prose))
    numbers = [n for n, is_prose in enumerate(prose) if is_prose]
    ends = len(numbers)
    while ends > max(1, len(numbers) // 2) and _may_be_foreign(lines[numbers[ends - 1]]):
        ends -= 1
    if ends < len(numbers):  # adverts are alike, so they are held against what stands before all of them
        words = counts(lines[n] for n in numbers[:ends])
        while len(numbers) > ends and _foreign(lines[numbers[-1]], words):
            numbers.pop()
    return Page(lines, prose, numbers[0], numbers[-1], kept) if numbers else None


def _without(page: Page, gone: set[int]) -> Page | None:
    """The page seen again without lines that are gone: the same one, where none of them was prose."""
    return _page(page.lines, page.prose, page.kept, gone) if any(page.prose[n] for n in gone) else page


def _related(page: Page) -> set[int]:
    """A heading such as 相关阅读 with the short lines under it."""
    gone: set[int] = set()
    for n in range(page.first + 1, len(page.lines)):
        if n in gone or n in page.kept or not is_related(page.lines[n]):
            continue
        gone.add(n)
        for m in range(n + 1, len(page.lines)):
            if page.prose[m] or m in page.kept or len(page.lines[m]) > 60:
                break
            gone.add(m)
    return gone if gone and max(gone) > page.first else set()


def _tail(page: Page, gone: set[int]) -> set[int]:
    """Lines after the last prose: once one of them is certainly no text, the short ones beside and after it are none either.

    Certain are also several lines of which none uses the words of the text and none is of the kinds that close one.
    """
    after = [n for n in range(page.last + 1, len(page.lines)) if page.lines[n] and n not in page.kept]
    if not after:
        return set()
    hard = {n for n in after if n in gone or _is_hard(page.lines[n], page.pairs)}
    menu = _runs(page, after, is_menu_after, _RUN)
    if _is_strange("\n".join(page.lines[n] for n in sorted(menu)), page.pairs, _HARDLY):
        hard |= menu
    dated = _runs(page, after, is_dated_title, _TITLES)
    if shared("\n".join(page.lines[n] for n in sorted(dated)), page.pairs) < _OWN:
        hard |= dated
    strange = {n for n in after if not _closes(page.lines[n]) and _is_strange(page.lines[n], page.pairs, _HARDLY)}
    together = "\n".join(page.lines[n] for n in sorted(strange))
    if hard or (len(strange) >= _ODD and _is_strange(together, page.pairs)):
        hard |= strange
    if not hard:
        return set()
    first, last = min(hard), max(hard)
    if first == after[0] and _is_pitch(page):
        hard.add(page.last)
    return hard | {
        n
        for n in after
        if (n > first or (n == first - 1 and (n in strange or is_bare(page.lines[n]))))
        and not is_closing(page.lines[n])
        and not re.search("[。！？；]", page.lines[n])
        and (not is_itemised(page.lines[n]) or (first < n < last and _is_strange(page.lines[n], page.pairs)))
    }


def _is_hard(line: str, body: Counter[str]) -> bool:
    return _foreign(line, body) or is_counter(line) or is_prompt(line, after=True) or count(line, "copyright", "contact") > 0


def _is_pitch(page: Page) -> bool:
    """Whether the last prose, with adverts right after it, is the first of them."""
    line = page.lines[page.last]
    own = Counter(PAIR.findall(line))
    others = sum(number for pair, number in own.items() if page.pairs[pair] > number)
    strange = page.pairs.total() - own.total() >= _TELLING and others < _ALIEN / 2 * own.total()
    return strange and (selling(line) > 0 or line[-1] not in "。”）")


def _closes(line: str) -> bool:
    return is_closing(line) or is_itemised(line)


def _is_strange(line: str, body: Counter[str], most: float = _ALIEN) -> bool:
    """Whether next to nothing of a line stands in the body; figures alone say nothing."""
    return len(line) >= 4 and bool(_WORD.search(line)) and body.total() >= _TELLING and shared(line, body) < most


def _runs(page: Page, numbers: list[int], wanted: Callable[[str], bool], least: int) -> set[int]:
    """Lines of one kind that stand one under the other, at least so many."""
    found: set[int] = set()
    run: list[int] = []
    for n in numbers:
        if wanted(page.lines[n]):
            run.append(n)
            if len(run) >= least:
                found.update(run)
        else:
            run = []
    return found


def _head(page: Page) -> set[int]:
    """Counters, lists of links, paths and menus before the first prose; the last line of a menu may be the title and stays."""
    before = [n for n in range(page.first) if page.lines[n]]
    found = {n for n in before if is_counter(page.lines[n]) or is_list(page.lines[n]) or is_path(page.lines[n])}
    bare = [n for n in before if n not in page.kept and is_bare(page.lines[n])]
    if len(bare) == 1 and not (bare[0] and is_label(page.lines[bare[0] - 1])):  # several are the cells of a table
        found.update(bare)
    found |= {n for n in before if is_row(page.lines[n]) and _is_strange(page.lines[n], page.pairs)}
    menu = _runs(page, before, is_menu, _RUN)
    if (
        menu and shared("\n".join(page.lines[n] for n in sorted(menu)), page.pairs) >= _OWN
    ):  # of the places or parties that the text is about
        menu = set()
    return found | {n for n in menu if n + 1 in menu}


def _alone(page: Page, gone: set[int]) -> set[int]:
    """Bare figures between two paragraphs, or behind the last: numbers of pages."""
    left = [n for n, line in enumerate(page.lines) if line and n not in gone]
    return {
        n
        for before, n, after in zip(left, left[1:], [*left[2:], -1], strict=False)
        if n not in page.kept and is_bare(page.lines[n]) and page.prose[before] and (after < 0 or page.prose[after])
    }


def _adverts(page: Page) -> set[int]:
    """Adverts between the paragraphs: they sell, say where, and in words that the rest does not use."""
    found = set()
    for n in range(page.first + 1, page.last):
        line = page.lines[n]
        if 0 < len(line) <= 400 and n not in page.kept and reaches(line) and selling(line) >= _SELLS_INSIDE:
            own = Counter(PAIR.findall(line))
            others = sum(number for pair, number in own.items() if page.pairs[pair] > number)
            if others < _FAR * own.total():
                found.add(n)
    return found


def _may_be_foreign(line: str) -> bool:
    """Quick look before vocabularies are compared."""
    return is_list(line) or selling(line) > 0


def _foreign(line: str, body: Counter[str]) -> bool:
    """Whether a line is a list of adverts, or prose that sells or is strewn with words of selling, in words that the body does not use."""
    if len(line) < 16:
        return count(line, "spam", "advertising") >= 2
    if is_list(line):
        return shared(line, body) < _SHIFT
    found = vocabulary("spam", "advertising")[1].findall(line.lower())
    strong = count(line, "advertising") >= 2 or (matches(line, "spam") and len(set(found)) >= 3)
    if strong or sum(map(len, found)) >= _STREWN * len(line):
        return shared(line, body) < _SHIFT
    sells = selling(line)
    if sells < _SELLS - 1 or body.total() < _TELLING:
        return False
    return shared(line, body) < (_FAR if sells >= _SELLS else _ALIEN / 2)


def _repeats(page: Page, gone: set[int]) -> set[int]:
    """A lead above the text that its first paragraph says again, or a longer one soon after; lines that stand twice at the head of a page.

    What is said again further on is no copy: the cases of a compilation share their sentences.
    """
    head = page.lines[: page.first + 2]
    found = {n for n, line in enumerate(head) if n and len(line) >= _LEAD and line == head[n - 1]}
    lead = page.lines[page.first]
    near = range(page.first + 1, min(page.first + _NEAR, len(page.lines)))
    body = [n for n in near if page.prose[n] and n not in gone]
    if any(lead in page.lines[n] and (n == body[0] or lead != page.lines[n]) for n in body):
        found.add(page.first)
    return found


def trailing_lists(draft: Draft) -> list[Edit]:
    """Edits that take a list of adverts off the end of a paragraph that it was saved on one line with."""
    edits = []
    at = 0
    for line in draft.text.split("\n"):
        if "|" in line or "｜" in line or "丨" in line:
            cut = max(BARS.split(line)[0].rfind(sign) for sign in "。！？”）") + 1
            rest = line[cut:]
            if _LEAD < cut < len(line) and is_list(rest) and _foreign(rest, counts([draft.text[: at + cut]])):
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
