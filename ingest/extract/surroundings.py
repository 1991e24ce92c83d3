"""The context that decides whether a case can be borrowed: kind of community, households, property service, owners' committee, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.vocabulary import Cue, contexts
from ingest.extract.cues import CONTEXT, Sighting
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_SCALES = {"万": 10_000.0, "千": 1_000.0, "亿": 100_000_000.0}
_UNITS = {"households": "户", "population": "人", "buildings": "栋", "age": "年", "elderly_share": "%"}
_COMMON = frozenset(["setting"])  # told by nearly every text: once a case is enough


def find(scene: Scene, sightings: Mapping[str, Sequence[Sighting]]) -> list[Finding]:
    """Facts of the kind `context`: `aspect` is its label, `kind` the label of what the text tells; figures stand in `value` and `unit`."""
    found: list[Finding] = []
    for aspect in contexts():
        seen: set[tuple[str | None, str, int]] = set()
        for start, end, cue in sightings.get(f"{CONTEXT}:{aspect.id}", ()):
            value = _figure(scene, start, end, cue)
            place = 0 if aspect.id in _COMMON else scene.paragraph(start)[0]
            key = (scene.case(start), cue.id, place)
            if value is None and (key in seen or (aspect.id in _UNITS and not cue.terms)):
                continue
            seen.add(key)
            unit = _UNITS.get(aspect.id) if value is not None else None
            confidence = 0.6 if aspect.id in _COMMON else 0.85
            found.append(
                Finding("context", start, end, f"context.{aspect.id}", confidence, aspect=aspect.label, kind=cue.label, value=value, unit=unit)
            )
    return found


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
