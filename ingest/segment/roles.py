"""The role of a section: by its heading's words, else by what its sentences speak of and by what comes before and after it.

Paragraphs are read as a row: a report mostly tells how things were, what was wrong, who objected, what was weighed, what was done, what
came of it and what it teaches, in that order, and stays with each for a while. Of all rows of roles, weighed by the words in each paragraph
and by the steps between them, the share that gives a paragraph a role is computed (a hidden Markov model's forward and backward sums); the
role with the largest share is the paragraph's, and its share the confidence.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick
import numpy as np
import numpy.typing as npt

from corpus.fold import fold
from corpus.model import Role
from corpus.vocabulary import headings

UNSURE = 0.2  # confidence of a role that nothing in the text speaks for
_Table = npt.NDArray[np.float64]
_BY_WORDS = 0.69  # confidence of a role by words at most: what a heading says outright is surer
_AND = re.compile("以及|及其|及|与|和|、")
_ROLES: tuple[Role, ...] = ("background", "problem", "dispute", "options", "approach", "outcome", "insight", "other")
_HINT = 0.45  # what a hint counts beside a cue
# How much a word of the role says there, against each other: words of doing are everywhere.
_WEIGHT = (1.0, 0.9, 0.9, 1.2, 0.55, 1.0, 1.0, 1.2)
_SHARP = 1.1  # how much of the difference between two roles' words is believed
_FULL = 160  # characters from which a paragraph's words are set against its length
# Log of how likely each role is to open a report, and to follow another (rows: from, columns: to).
_OPENS = np.array([0.0, -0.6, -1.6, -2.5, -1.0, -1.4, -2.5, -3.0])
_STEPS = np.array((
    (0.0, -0.7, -1.5, -2.2, -0.8, -1.6, -2.4, -3.0),
    (-1.8, 0.0, -0.8, -1.5, -0.6, -2.0, -2.2, -3.0),
    (-2.2, -1.2, 0.0, -0.9, -0.7, -1.6, -2.0, -3.0),
    (-2.6, -1.8, -1.0, 0.0, -0.6, -1.8, -2.0, -3.0),
    (-2.4, -1.7, -1.5, -1.8, 0.0, -0.9, -1.3, -1.6),
    (-2.4, -1.7, -1.7, -2.4, -1.4, 0.0, -0.8, -1.4),
    (-2.8, -2.0, -2.2, -2.6, -2.0, -1.6, 0.0, -1.2),
    (-2.4, -2.0, -2.4, -2.6, -1.6, -1.6, -1.4, 0.0),
))  # fmt: skip
_FIRST, _TAKEN = np.exp(_OPENS), np.exp(_STEPS)
# What a place in the report adds: the beginning to how things were, the middle to what was done, the end to results and lessons.
_EARLY, _MIDDLE, _LATE, _END = 0.15, 0.35, 0.6, 0.85


def role_of_heading(words: str) -> tuple[Role, float] | None:
    """Role and confidence that a heading's words (without number) give; None for a slogan that says nothing.

    In `过程：先议后建` what stands before the colon counts first.
    """
    head, colon, tail = words.partition("：")
    if colon and head and tail:
        said = _role_of_words(tail)  # the second half is a slogan, and slogans sound like approaches
        return _role_of_words(head) or (said if said and said[0] != "approach" else None)
    return _role_of_words(words)


def is_known(words: str) -> bool:
    """Whether a heading's words are in the vocabulary, alone or joined (做法及成效)."""
    known = headings().words
    return words in known or (len(parts := _AND.split(words)) > 1 and all(part in known for part in parts))


@lru_cache(maxsize=4096)
def _role_of_words(words: str) -> tuple[Role, float] | None:
    known = headings()
    role = known.words.get(words)
    if role is not None:
        return _role(role), 1.0
    parts = _AND.split(words)
    if len(parts) > 1 and all(part in known.words for part in parts):  # 成效及启示: what is named first
        return _role(known.words[parts[0]]), 1.0
    said = words.rstrip("？?！!")
    for pattern, role in known.patterns:
        if pattern.search(said):
            return _role(role), 0.75
    if len(words) <= 14:
        inside = [found for _, found in _listed().iter(words)]
        if inside:
            return _role(max(inside)[1]), 0.6
    return None


@cache
def _listed() -> ahocorasick.Automaton:
    """The vocabulary's heading words as (length, role)."""
    automaton = ahocorasick.Automaton()
    for word, role in headings().words.items():
        if len(word) >= 2:
            automaton.add_word(word, (len(word), role))
    automaton.make_automaton()
    return automaton


@cache
def _words() -> ahocorasick.Automaton:
    """Cues and hints by the role they speak for: (length, role, weight)."""
    known = headings()
    automaton = ahocorasick.Automaton()
    for role, words in known.hints.items():
        for word in words:
            automaton.add_word(fold(word), (len(word), _number(role), _HINT))
    for cue in known.cues:
        for term in cue.terms:
            automaton.add_word(fold(term), (len(term), _number(cue.id), 1.0))
    automaton.make_automaton()
    return automaton


@dataclass(frozen=True, slots=True)
class RoleCues:
    """Where in a text the words of the roles stand, in order: found once for all its sections. `found`: role, weight, words."""

    starts: Sequence[int]
    found: Sequence[tuple[int, float, str]]

    def between(self, start: int, end: int) -> Sequence[tuple[int, float, str]]:
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def speaks(self, start: int, end: int, roles: Sequence[Role]) -> bool:
        """Whether any word there speaks for one of the `roles`."""
        numbers = {_number(role) for role in roles}
        return any(role in numbers for role, _, _ in self.between(start, end))


def role_cues(text: str) -> RoleCues:
    """Find the words of all roles in a text; of words inside each other the longest counts."""
    folded = fold(text)
    starts: list[int] = []
    found: list[tuple[int, float, str]] = []
    for last, (length, role, weight) in _words().iter_long(folded):
        start = last + 1 - length
        starts.append(start)
        found.append((role, weight, folded[start : last + 1]))
    return RoleCues(starts, found)


def roles_of(
    cues: RoleCues, spans: Sequence[tuple[int, int]], report: tuple[int, int], known: Sequence[tuple[Role, float] | None] = ()
) -> list[tuple[Role, float]]:
    """Role and confidence (0.2 to 0.69) of each of the `spans`, which follow each other inside `report`; what is `known` of one (from its
    heading) stays and tells on its neighbours."""
    if not spans:
        return []
    size = max(1, report[1] - report[0])
    said = [cues.between(start, end) for start, end in spans]
    seen = [_seen(words, end - start, (start - report[0]) / size) for words, (start, end) in zip(said, spans, strict=True)]
    for n, role in enumerate(known):
        if role is not None:
            seen[n] = [0.0 if name == role[0] else -1e9 for name in _ROLES]
    shares = _shares(np.array(seen))
    out: list[tuple[Role, float]] = []
    for n, best in enumerate(shares.argmax(axis=1).tolist()):
        fixed = known[n] if n < len(known) else None
        confidence = round(max(UNSURE, _BY_WORDS * float(shares[n, best])), 2)
        out.append(fixed or (_ROLES[best], confidence if said[n] else min(confidence, UNSURE)))
    return out


def _seen(words: Sequence[tuple[int, float, str]], length: int, place: float) -> list[float]:
    """How well each role fits the words of a paragraph, as a logarithm up to a constant; each word counts once."""
    scores = [0.0] * len(_ROLES)
    for role, weight, _ in set(words):
        scores[role] += weight * _WEIGHT[role]
    scale = _SHARP * math.sqrt(_FULL / max(_FULL, length))
    scores = [scale * score for score in scores]
    scores[0] += 0.7 if place < _EARLY else -0.7 if place > _MIDDLE else 0.0
    scores[4] += 0.5 if _EARLY < place < _END else 0.0
    scores[5] += 0.3 if place > _LATE else 0.0
    scores[6] += 0.6 if place > _END else -0.5 if place < 0.5 else 0.0
    scores[7] += 0.4 if place > _END else -0.8 if place < 0.5 else 0.0
    return scores


def _shares(seen: _Table) -> _Table:
    """The share of each role at each place among all rows of roles (places by roles)."""
    odds = np.exp(np.maximum(seen - seen.max(axis=1, keepdims=True), -60.0))
    ahead = np.empty_like(odds)
    behind = np.ones_like(odds)
    told = _FIRST * odds[0]
    for n in range(len(odds)):
        if n:
            told = (told @ _TAKEN) * odds[n]
        told /= told.sum()
        ahead[n] = told
    told = behind[-1]
    for n in range(len(odds) - 1, 0, -1):
        told = _TAKEN @ (odds[n] * told)
        told /= told.sum()
        behind[n - 1] = told
    both = ahead * behind
    shares: _Table = both / both.sum(axis=1, keepdims=True)
    return shares


def cue_roles(text: str) -> set[str]:
    """Roles that any cue in a text speaks for (hints are not enough)."""
    return {_ROLES[role] for role, weight, _ in role_cues(text).found if weight == 1.0}


def _role(name: str) -> Role:
    return _ROLES[_number(name)]


def _number(name: str) -> int:
    return _ROLES.index(next(role for role in _ROLES if role == name))
