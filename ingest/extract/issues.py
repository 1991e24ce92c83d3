"""Issues: what a text calls a problem, linked to the vocabulary. The problem a case is mainly about is found by whoever counts them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.vocabulary import Concept, Cue
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene


def find(scene: Scene, issues: Iterable[tuple[int, int, Cue]], actors: Sequence[Actor]) -> list[Finding]:
    """One fact a sentence and issue: its first words there. Names of bodies (垃圾分类办) tell of no issue."""
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    ends = [actor.end for actor in actors]
    for start, end, cue in issues:
        key = (scene.sentence(start)[0], cue.id)
        at = bisect_left(ends, end)
        inside = at < len(actors) and actors[at].start <= start and actors[at].end - actors[at].start > end - start
        if key in seen or inside or not isinstance(cue, Concept):
            continue
        seen.add(key)
        confidence = 0.85 if end - start <= 8 else 0.75
        found.append(Finding("issue", start, end, "issue.term", confidence, canonical=cue.label, concept=cue.id, kind=cue.tree))
    return found
