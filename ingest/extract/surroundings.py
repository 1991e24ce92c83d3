"""The context that decides whether a case can be borrowed: kind of community, households, property service, owners' committee, money."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from corpus.vocabulary import Cue, contexts
from ingest.extract.actors import Actor
from ingest.extract.cues import CONTEXT, Sighting
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_SCALES = {"万": 10_000.0, "千": 1_000.0, "亿": 100_000_000.0}
_UNITS = {"households": "户", "population": "人", "buildings": "栋", "age": "年", "elderly_share": "%"}
_WHOLE = re.compile("[共现住内里区栋幢楼院村街]$")
_WHO = re.compile("居民|住户|业主|人家|村民|家庭")
_COMMON = frozenset(["setting"])  # told by nearly every text: once a case is enough


def find(scene: Scene, sightings: Mapping[str, Sequence[Sighting]], actors: Sequence[Actor], figures: Sequence[Finding]) -> list[Finding]:
    """Facts of the kind `context`: `aspect` is its label, `kind` the label of what the text tells; figures stand in `value` and `unit`, and
    count only where a measure or a date (`figures`, by start) was read."""
    found: list[Finding] = []
    ends = [figure.end for figure in figures]
    bodies = {actor.start for actor in actors}
    for aspect in contexts():
        seen: set[tuple[str | None, str, int]] = set()
        for start, end, cue in sightings.get(f"{CONTEXT}:{aspect.id}", ()):
            if aspect.id in _COMMON and start in bodies:
                continue
            value = _figure(scene, start, end, cue, figures, ends)
            if value is not None and not _sound(scene, start, end, figures, ends):
                continue
            if value is None and _denied(scene, start, end):
                continue
            place = 0 if aspect.id in _COMMON else scene.paragraph(start)[0]
            key = (scene.case(start), cue.id, place)
            if value is None and (key in seen or (aspect.id in _UNITS and not cue.terms)):
                continue
            seen.add(key)
            unit = _UNITS.get(aspect.id) if value is not None else None
            confidence = 0.6 if aspect.id in _COMMON else 0.85
            found.append(
                Finding(
                    "context", start, end, f"context.{aspect.id}", confidence, aspect=aspect.label, kind=cue.label, value=value, unit=unit
                )
            )
    return found


def _sound(scene: Scene, start: int, end: int, figures: Sequence[Finding], ends: Sequence[int]) -> bool:
    """Whether the number is a figure of its own, and one of the whole (小区有居民900户) rather than of some (有10户同意)."""
    at = bisect_right(ends, start)
    if at >= len(figures) or figures[at].start >= end:
        return False
    return (
        not scene.text.startswith("有", start)
        or bool(_WHOLE.search(scene.text, max(0, start - 4), start))
        or bool(_WHO.search(scene.text[start:end]))
    )


def _figure(scene: Scene, start: int, end: int, cue: Cue) -> float | None:
    """The number that the cue's own pattern holds as the group `value`."""
    words = scene.text[start:end]
    for pattern in cue.patterns:
        if "value" not in pattern.groupindex:
            continue
        match = pattern.fullmatch(words)
        if match is not None and match["value"]:
            scale = match["scale"] if "scale" in pattern.groupindex else None
            try:
                return round(float(match["value"]) * _SCALES.get(scale or "", 1.0), 6)
            except ValueError:
                return None
    return None
