"""The role of a section: by its heading's words, else by what its sentences speak of."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from corpus.model import Role
from corpus.vocabulary import Cue, Finder, headings

_PRIOR = 0.6
UNSURE = 0.2  # confidence of a role that nothing in the text speaks for
_FLOOR = 0.35
_LEAST = 0.8  # below this there are no signs: what stands in the middle of a report is most likely what was done
_ROLES: tuple[Role, ...] = ("background", "problem", "dispute", "options", "approach", "outcome", "insight", "other")
# How often a cue of the role stands in text of any role, against each other: approach words are everywhere.
_WEIGHT = {"background": 1.0, "problem": 1.0, "dispute": 1.1, "options": 1.2, "approach": 0.4, "outcome": 0.9, "insight": 0.8, "other": 0.8}


@cache
def _finder() -> Finder[Cue]:
    return Finder(headings().cues, kind=lambda cue: cue.id)


def role_of_heading(words: str) -> tuple[Role, float] | None:
    """Role and confidence that a heading's words (without number) give; None for a slogan that says nothing.

    In `过程：先议后建` what stands before the colon counts first.
    """
    head, colon, tail = words.partition("：")
    if colon and head and tail:
        said = _role_of_words(tail)  # the second half is a slogan, and slogans sound like approaches
        return _role_of_words(head) or (said if said and said[0] != "approach" else None)
    return _role_of_words(words)


def _role_of_words(words: str) -> tuple[Role, float] | None:
    known = headings()
    role = known.words.get(words)
    if role is not None:
        return _role(role), 1.0
    for pattern, role in known.patterns:
        if pattern.search(words):
            return _role(role), 0.75
    if len(words) <= 14:
        inside = [(len(word), role) for word, role in known.words.items() if len(word) >= 2 and word in words]
        if inside:
            return _role(max(inside)[1]), 0.6
    return None


@dataclass(frozen=True, slots=True)
class RoleCues:
    """Where in a text the cues of the roles stand, in order: found once for all its sections."""

    starts: tuple[int, ...]
    found: tuple[tuple[str, str], ...]  # role, words


def role_cues(text: str) -> RoleCues:
    """Find the cues of all roles in a text."""
    found = _finder().find(text)
    return RoleCues(tuple(start for start, _, _ in found), tuple((cue.id, text[start:end]) for start, end, cue in found))


def role_of_text(cues: RoleCues, start: int, end: int, place: float) -> tuple[Role, float]:
    """Role and confidence (below 0.7) of [start, end) by the cues in it; `place` is where it stands in the report, 0 to 1."""
    counts: dict[str, set[str]] = {}
    for role, words in cues.found[bisect_left(cues.starts, start) : bisect_left(cues.starts, end)]:
        counts.setdefault(role, set()).add(words)
    scores = {role: _WEIGHT[role] * len(counts.get(role, ())) for role in _ROLES}
    scores["background"] += _PRIOR if place < 0.15 else 0.0
    scores["outcome"] += _PRIOR if place > 0.6 else 0.0
    scores["insight"] += _PRIOR if place > 0.85 else 0.0
    if place < 0.5:
        scores["insight"] *= 0.5
        scores["other"] *= 0.5
    total = sum(scores.values())
    best = max(_ROLES, key=lambda role: scores[role])
    if scores[best] < _LEAST:
        return ("background" if place < 0.15 else "approach"), UNSURE
    return best, round(min(0.69, _FLOOR + 0.5 * (scores[best] / total - 0.3)), 2)


def cue_roles(text: str) -> set[str]:
    """Roles that any cue in a text speaks for."""
    return {cue.id for _, _, cue in _finder().find(text)}


def _role(name: str) -> Role:
    return next(role for role in _ROLES if role == name)
