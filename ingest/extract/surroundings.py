"""The context that decides whether a case can be borrowed: kind of community, households, property service, owners' committee, money."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from corpus.vocabulary import contexts
from ingest.extract.actors import Actor
from ingest.extract.cues import CONTEXT, Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene

_UNITS = {"households": ("户",), "population": ("人",), "buildings": ("栋", "幢"), "age": ("年",), "elderly_share": ("%",)}
_WHOLE = re.compile("[共现住内里区栋幢楼院村街]$")
_WHO = re.compile("居民|住户|业主|人家|村民|家庭")
_DENIAL = re.compile("无|没|未|不|缺|失管|弃管|撤")
_COMMON = frozenset(["setting"])  # told by nearly every text: once a case is enough


def find(scene: Scene, sightings: Mapping[str, Sequence[Sighting]], actors: Sequence[Actor], figures: Sequence[Finding]) -> list[Finding]:
    """Facts of the kind `context`: `aspect` is its label, `kind` the label of what the text tells; figures stand in `value` and `unit`, and
    count only where a measure or a date (`figures`, by end) was read."""
    found: list[Finding] = []
    ends = [figure.end for figure in figures]
    bodies = {actor.start for actor in actors}
    for aspect in contexts():
        seen: set[tuple[str | None, str, int]] = set()
        units = _UNITS.get(aspect.id)
        for start, end, cue in sightings.get(f"{CONTEXT}:{aspect.id}", ()):
            numeric = units is not None and not cue.terms
            figure = _figure(scene, start, end, figures, ends, units) if numeric and units is not None else None
            if (numeric and figure is None) or (not numeric and _unsaid(scene, start, end, aspect.id, bodies)):
                continue
            place = 0 if aspect.id in _COMMON else scene.paragraph(start)[0]
            key = (scene.case(start), cue.id, start if numeric else place)
            if key in seen:
                continue
            seen.add(key)
            confidence = 0.6 if aspect.id in _COMMON else 0.85
            finding = Finding("context", start, end, f"context.{aspect.id}", confidence, aspect=aspect.label, kind=cue.label)
            if figure is not None:
                finding.value, finding.value_max, finding.unit = figure.value, figure.value_max, figure.unit
                finding.qualifier = figure.qualifier
            found.append(finding)
    return found


def _unsaid(scene: Scene, start: int, end: int, aspect: str, bodies: set[int]) -> bool:
    """Words of a body's name say nothing of town or country; nor does a denial say what it denies (没有|聘请物业)."""
    if aspect in _COMMON:
        return start in bodies
    return modality(scene, start, end, denial_is_part=bool(_DENIAL.search(scene.text[start:end]))) in ("negated", "planned", "conditional")


def _figure(scene: Scene, start: int, end: int, figures: Sequence[Finding], ends: Sequence[int], units: Sequence[str]) -> Finding | None:
    """The figure read inside the words, if it is one of the whole (小区有居民900户) rather than of some (有10户同意)."""
    if (
        scene.text.startswith("有", start)
        and not _WHOLE.search(scene.text, max(0, start - 4), start)
        and not _WHO.search(scene.text[start:end])
    ):
        return None
    at = bisect_right(ends, start)
    while at < len(figures) and figures[at].start < end:
        if figures[at].unit in units or (figures[at].type == "date" and "年" in units):
            return figures[at]
        at += 1
    return None
