"""Families of methods: those that names belong to, and those that a text describes and never names (deeds that earn points, points that buy
goods)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.fold import fold
from corpus.vocabulary import Concept, Cue, concept
from ingest.extract import namewords
from ingest.extract.nameforms import Name
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, in_title, local, meant, weighed

_DELIBERATES = re.compile("[议商谈]|圆桌|碰头|听证|同桌|票决")
_DELIBERATION = "deliberation"


def find(scene: Scene, methods: Iterable[tuple[int, int, Cue]], names: Sequence[Name]) -> list[Name]:
    """The first description of each family in a case that no name in the case belongs to: the words from the verb on, as the patterns of
    the vocabulary find them. What is only wanted, was weighed, or is so in the whole country is none."""
    named = _named(scene, names)
    near = {scene.sentence(name.start) for name in names}  # what is told beside a name explains it
    found: list[Name] = []
    for start, end, cue in methods:
        if not isinstance(cue, Concept) or fold(scene.text[start:end]) in _terms(cue):
            continue
        case = scene.case(start)
        if {(case, cue.id), (case, cue.parent)} & named:
            continue
        if scene.sentence(start) in near or not scene.word_starts_at(start) or in_title(scene, start, end) or in_heading(scene, start):
            continue
        if meant(scene, start, end) or weighed(scene, start, end) or everywhere(scene, start) or not local(scene, start):
            continue
        named.add((case, cue.id))
        found.append(Name(start, end, "method", "method.described", 0.65, concept=cue.id, described=True))
    return found


def link(scene: Scene, methods: Iterable[tuple[int, int, Cue]], names: Sequence[Name]) -> None:
    """Give each name without a family the one whose longest term or pattern stands inside it (“和乐居民自治”工作法: 居民自治)."""
    starts = [name.start for name in names]
    best: dict[int, tuple[int, str]] = {}
    for start, end, cue in methods:
        at = bisect_right(starts, start) - 1
        if at < 0 or end > names[at].end or (names[at].type == "programme" and scene.text[start:end] in namewords.HEAD_TYPES):
            continue  # 某某专项行动: the last word tells what kind of thing it is
        if isinstance(cue, Concept) and end - start > best.get(at, (0, ""))[0]:
            best[at] = (end - start, cue.id)
    for at, (_, family) in best.items():
        names[at].concept = names[at].concept or family


@cache
def _terms(cue: Concept) -> frozenset[str]:
    """A concept's own names, folded; what else is found of it are descriptions."""
    return frozenset(map(fold, cue.terms))


def _named(scene: Scene, names: Iterable[Name]) -> set[tuple[str | None, str | None]]:
    """The families, and those above them, that names in each case belong to."""
    named: set[tuple[str | None, str | None]] = set()
    for name in names:
        case = scene.case(name.start)
        if name.concept is not None:
            named |= {(case, name.concept), (case, concept(name.concept).parent)}
        if name.type == "method" and _DELIBERATES.search(scene.text, name.start, name.end):
            named.add((case, _DELIBERATION))
    return named - {(case, None) for case, _ in named}
