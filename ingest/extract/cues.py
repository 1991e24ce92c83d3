"""All cues of the vocabulary in one pass over the text: issues, methods, steps, outcomes, positions, context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from corpus.fold import fold
from corpus.vocabulary import Cue, contexts, issues, methods, outcomes, stances, steps
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.triggers import Triggers

Sighting = tuple[int, int, Cue]

ISSUE, METHOD, STEP, STATE, TOLD_BY, STAGE, STANCE, HOLDER, TOPIC, CONTEXT = (
    "issue", "method", "step", "state", "told_by", "stage", "stance", "holder", "topic", "context",
)  # fmt: skip


@cache
def _triggers() -> tuple[Triggers[Cue], dict[int, str]]:
    listed = list(_families())
    kinds = [f"{family}:{getattr(cue, 'tree', '')}" if family == ISSUE else family for family, cue in listed]
    return Triggers([cue for _, cue in listed], kinds=kinds), {id(cue): family for family, cue in listed}


def _families() -> Iterator[tuple[str, Cue]]:
    for family, cues in (
        (ISSUE, issues()), (METHOD, methods()), (STEP, steps()), (STATE, outcomes().states), (TOLD_BY, outcomes().told_by),
        (STAGE, outcomes().stages), (STANCE, stances().stances), (HOLDER, stances().holders), (TOPIC, stances().topics),
    ):  # fmt: skip
        for cue in cues:
            yield family, cue
    for aspect in contexts():
        for value in aspect.values:
            yield f"{CONTEXT}:{aspect.id}", value


def family() -> Family[Any]:
    """The words that cues are found by."""
    return _triggers()[0].family


def sightings(scene: Scene) -> dict[str, list[Sighting]]:
    """Where each family's cues stand, by start; those of the context under `context:` and the aspect's id."""
    triggers, families = _triggers()
    found: dict[str, list[Sighting]] = {}
    for start, end, cue in triggers.find(fold(scene.text), scene.hits):
        found.setdefault(families[id(cue)], []).append((start, end, cue))
    return found
