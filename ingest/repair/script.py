"""Traditional to Simplified, phrase by phrase as OpenCC does it, character by character in the offset map; words of Taiwan and Hong Kong
become those of the mainland where a text is from there. The source keeps what was written."""

from __future__ import annotations

import re
from functools import cache

from corpus.offsets import Edit
from corpus.regional import is_regional, regional_words
from ingest.characters import HAN, simplified, simplifier
from ingest.draft import Draft

STEP = "script"
REGIONAL_STEP = "regional"
_SHARE = 0.06  # Traditional prose has 25 to 40 % of characters that Simplified text does not, Simplified prose under 1 %
_STRAY, _KINDS = 3, 2  # Traditional characters in a Simplified text, and different ones, from which a converter left them
_HAN = re.compile(f"[{HAN}]")
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?]*[，。；：！？、,;:!?]?")
_PARTICLE = re.compile("(?<![名显编土原论专巨译合卓昭遗拙新])著(?![作名称书者述录有])")  # t2s leaves 著 where Simplified has 着
# Characters that OpenCC changes but that Simplified text uses too (names, classical words, variants).
_BOTH = "乾於著瞭徵鍾藉甯薑昇昆夥睏曡閤崙沈誌穀麴隻祇甦濛"


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(set(simplified()) - set(_BOTH))) + "]")


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters, by the share of characters that only that script uses."""
    sample = text if len(text) < 4000 else text[:2000] + text[len(text) // 2 : len(text) // 2 + 2000]
    count = len(_traditional().findall(sample))
    return count > 0 and count >= _SHARE * len(_HAN.findall(sample))


def script(draft: Draft) -> list[Edit]:
    """Edits that make a Traditional text Simplified, and what a converter left of it in a text that is mostly Simplified.

    One such character or two, or one and the same in several places, are a name that somebody writes so.
    """
    text = draft.text
    if not _traditional().search(text):
        return []
    strays = _traditional().findall(text)
    whole = is_traditional(text)
    if not whole and (len(strays) < _STRAY or len(set(strays)) < _KINDS):
        return []
    edits: list[Edit] = []
    words = regional_words(text) if whole else []
    if words and is_regional(text, words):
        edits = [Edit(word.start, word.end, word.new, REGIONAL_STEP) for word in words]
    taken = bytearray(len(text) + 1)
    for edit in edits:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    at = 0
    for line in text.splitlines(keepends=True):
        if whole or _traditional().search(line):
            edits += [edit for edit in _convert(line, at) if taken.find(1, edit.start, edit.end) < 0]
        at += len(line)
    return edits


def simplify(text: str, *, regional: bool = False) -> str:
    """A Traditional text in Simplified characters, with `regional` also in the mainland's words."""
    if not regional:
        return _PARTICLE.sub("着", simplifier().convert(text))
    out, at = "", 0
    for word in regional_words(text):
        out += simplify(text[at : word.start]) + word.new
        at = word.end
    return out + simplify(text[at:])


def _convert(line: str, at: int) -> list[Edit]:
    new = simplify(line)
    if len(new) == len(line):
        return [Edit(at + n, at + n + 1, b, STEP) for n, (a, b) in enumerate(zip(line, new, strict=True)) if a != b]
    edits: list[Edit] = []
    for match in _CLAUSE.finditer(line):
        clause, start = match[0], at + match.start()
        changed = simplify(clause)
        if len(changed) == len(clause):
            edits += [Edit(start + n, start + n + 1, b, STEP) for n, (a, b) in enumerate(zip(clause, changed, strict=True)) if a != b]
        elif changed != clause:
            edits += _between(clause, changed, start)
    return edits


def _between(old: str, new: str, at: int) -> list[Edit]:
    """One edit for what differs between two clauses of different lengths, without what they share at both ends."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [Edit(at + head, at + len(old) - tail, new[head : len(new) - tail], STEP)]
