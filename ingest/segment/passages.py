"""Passages for search: sentences joined up to about 400 characters, never across a section or a case, never inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.identity import digest, passage_hash
from corpus.model import Case, Passage, Section
from ingest.segment.sentences import sentences

LONGEST = 400
WANTED = 200
_CONTENTS = re.compile(r"目\s*[录次]")
_SIGNS = re.compile(r"[\w]")


def passages(reading: str, text: str, sections: Sequence[Section], cases: Sequence[Case], paths: Mapping[int, str]) -> tuple[Passage, ...]:
    """Cut the sections into passages; `paths` holds the headings above a section by its start.

    Only a sentence over the limit is cut inside, at its last clause border before the limit.
    """
    out: list[Passage] = []
    path = ""
    for section in sections:
        path = paths.get(section.start, section.heading or path)
        if _CONTENTS.fullmatch(section.heading):
            continue  # what it lists stands further on
        for case, start, end in _stretches(section, cases):
            for low, high in _cut(text, start, end, section):
                part = text[low:high]
                if _SIGNS.search(part) and high > section.start + len(section.heading):  # a heading alone is in the path
                    ident = digest("passage", reading, str(low), str(high))
                    out.append(Passage(ident, case, low, high, part, passage_hash(part), path, section.role))
    return tuple(out)


def _stretches(section: Section, cases: Sequence[Case]) -> Iterator[tuple[str | None, int, int]]:
    """Parts of a section that lie in one case or in none."""
    at = section.start
    inside = sorted(
        (max(start, section.start), min(end, section.end), case.id)
        for case in cases
        for start, end in case.spans
        if start < section.end and section.start < end
    )
    for start, end, case in inside:
        if at < start:
            yield None, at, start
        yield case, start, end
        at = end
    if at < section.end:
        yield None, at, section.end


def _cut(text: str, start: int, end: int, section: Section) -> list[tuple[int, int]]:
    """Spans between natural borders; a heading is joined to what follows it."""
    units = _units(text, start, end)
    spans: list[tuple[int, int]] = []
    for low, high in units:
        if spans and _joins(text, spans[-1], (low, high), section):
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    if len(spans) > 1 and spans[-1][1] - spans[-1][0] < WANTED // 2 and spans[-1][1] - spans[-2][0] <= LONGEST:
        spans[-2:] = [(spans[-2][0], spans[-1][1])]
    return spans


def _joins(text: str, last: tuple[int, int], unit: tuple[int, int], section: Section) -> bool:
    if unit[1] - last[0] > LONGEST:
        return False
    if last[1] - last[0] < WANTED or last[1] <= section.start + len(section.heading):
        return True
    return "\n" not in text[last[1] : unit[0]]


def _units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    for low, high in sentences(text, start, end):
        while high - low > LONGEST:
            at = max(text.rfind(sign, low + LONGEST // 2, low + LONGEST) for sign in "；，、,; ")
            at = low + LONGEST if at < 0 else at + 1
            units.append((low, at))
            low = at
        units.append((low, high))
    return units
