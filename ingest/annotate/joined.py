"""Whether a sentence tells a relation between two names the way round that a language model says it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from corpus.model import EntityType
from corpus.vocabulary import EdgeType, stances
from ingest.annotate.locating import Span
from ingest.annotate.reasons import Rejected
from ingest.extract import relations
from ingest.extract.ends import Item
from ingest.extract.scene import Scene

_BY = re.compile(r"[由经被](?:[^，。；由经被]{0,8}[、和与])?[“‘《]?$")
_PREPOSED = frozenset(["based_on", "uses"])
_WITHIN = 3  # characters between a verb and the tail that it stands right before (根据《…》，)
_PAIRS = 25  # of places of the two names that are looked at
_STANCES = {"demands": ("demand",), "objects_to": ("objection", "concern"), "proposes": ("option",)}
_MORE_VERBS = {"part_of": ("组成",)}  # 甲、乙组成丙


@dataclass(frozen=True, slots=True)
class Joined:
    """The two names where the relation is told of them, and the words that express it."""

    head: Span
    tail: Span
    words: Span


def joined(scene: Scene, edge: EdgeType, heads: Sequence[Span], tails: Sequence[Span], types: tuple[EntityType, EntityType]) -> Joined:
    """How the text tells the relation, given where the names of its ends stand. Raises Rejected where it does not, or the other way round.

    What our own rules read between the two decides; where they read nothing, a word of the relation must stand where its head is the one
    who does it: behind the head, not behind 由 and the tail, or right before the tail; or, with the tail first, by 由 or the like. What
    somebody wants or refuses may itself hold that word (不同意加装电梯).
    """
    pairs = [
        (head, tail)
        for head, tail in islice(product(heads, tails), _PAIRS)
        if (head[1] <= tail[0] or tail[1] <= head[0]) and scene.sentence(head[0]) == scene.sentence(tail[0])
    ]
    if not pairs:
        raise Rejected("ends")
    return _by_rule(scene, edge, pairs, types) or _by_word(scene, edge, pairs)


def _by_rule(scene: Scene, edge: EdgeType, pairs: Sequence[tuple[Span, Span]], types: tuple[EntityType, EntityType]) -> Joined | None:
    (head, tail) = pairs[0]
    names = scene.text[slice(*head)], scene.text[slice(*tail)]
    items = {Item(*span, kind, name) for pair in pairs for span, kind, name in zip(pair, types, names, strict=True)}
    found = [finding for finding in relations.find(scene, sorted(items, key=lambda item: item.start)) if finding.relation == edge.id]
    told = next((finding for finding in found if (finding.head, finding.tail) == names), None)
    if told is not None:
        words = told.evidence[0]
        return Joined(*min(pairs, key=lambda pair: abs(pair[0][0] - words[0]) + abs(pair[1][0] - words[1])), words)
    if found:
        raise Rejected("direction")
    return None


def _by_word(scene: Scene, edge: EdgeType, pairs: Sequence[tuple[Span, Span]]) -> Joined:
    for head, tail in pairs:
        words = _in_order(scene, edge, head, tail) if head[0] < tail[0] else _turned(scene, edge, head, tail)
        if words is not None:
            return Joined(head, tail, words)
    raise Rejected("direction")


@cache
def _verbs(edge: str, verbs: tuple[str, ...]) -> tuple[str, ...]:
    """The verbs of an edge with the words by which the vocabulary knows its stance."""
    cues = [cue for cue in stances().stances if cue.id in _STANCES.get(edge, ())]
    return (*verbs, *_MORE_VERBS.get(edge, ()), *(word for cue in cues for word in cue.terms))


def _in_order(scene: Scene, edge: EdgeType, head: Span, tail: Span) -> Span | None:
    """Head, then tail: 甲牵头乙, 甲为乙出资; not 甲由乙牵头."""
    if _BY.search(scene.text, max(0, tail[0] - 14), tail[0]) or (edge.id == "part_of" and "由" in scene.text[head[1] : tail[0]]):
        return None
    verbs = _verbs(edge.id, edge.verbs)
    between = _words(scene, verbs, head[1], tail[1] if edge.id in _STANCES else tail[0])
    return between or _words(scene, verbs, tail[1], min(scene.sentence(tail[0])[1], scene.clause(tail[0])[1]))


def _turned(scene: Scene, edge: EdgeType, head: Span, tail: Span) -> Span | None:
    """Tail, then head: 乙由甲牵头, 乙下设甲, 根据乙，甲……."""
    text = scene.text
    if edge.id == "part_of" and "由" in text[tail[1] : head[0]]:  # 乙由甲等组成
        return _words(scene, _MORE_VERBS[edge.id], head[1], scene.sentence(head[0])[1])
    if "由" in edge.passive or "经" in edge.passive:
        by = _BY.search(text, max(0, head[0] - 14), head[0])
        if by is not None and by.start() >= tail[1]:
            return _words(scene, edge.verbs, head[1], scene.clause(head[0])[1])
    if edge.id in _PREPOSED:
        before = _words(scene, edge.verbs, max(scene.sentence(tail[0])[0], tail[0] - 8), tail[0])
        if before is not None and tail[0] - before[1] <= _WITHIN:
            return before
    strong = tuple(word for word in edge.passive if len(word) > 1)
    return _words(scene, strong, tail[1], head[0])


def _words(scene: Scene, words: tuple[str, ...], low: int, high: int) -> Span | None:
    """The first of `words` in [low, high), of those that begin there the longest."""
    found = [(at, -len(word)) for word in words if (at := scene.text.find(word, low, max(low, high))) >= 0]
    if not found:
        return None
    at, negative = min(found)
    return at, at - negative
