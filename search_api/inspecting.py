"""What `inspect` shows of a file that is read without being stored: a reading turned into rows, lists and counts for people.

All of it is made from the reading, whose texts are masked: no personal data comes here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from corpus.model import Location, Metadata, Reading
from corpus.offsets import Piece
from corpus.vocabulary import screen, screen_group
from corpus.vocabulary import screen_words as words
from ingest.draft import RawReport
from search_api.atlas import Atlas
from search_api.inspect_lines import CaseLine, Folded, SectionLine, Shown, beginning, label, lines
from search_api.sidebyside import Change, Note, attributed, rows

UNSURE = 0.8
"""Confidence of a recognised line below which it is shown as 待核实."""
PAGES = frozenset({"html", "mht"})
"""Media whose source text is a web page's code."""
_WORD = re.compile(r"\w")
_MASKED = re.compile("＊+")
_SAME = 6  # characters at the end of a line by which it is told to be the title's
_LISTED = 40  # characters of a stretch that is worth being listed
_MOST_LEFT_OUT = 12


@dataclass(frozen=True, slots=True)
class StepCount:
    """What one step did: in how many places, how many characters it took out or replaced, and how many it put in."""

    step: str
    label: str
    why: str
    count: int
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the source that should be looked at, with the words around it."""

    place: str
    before: str
    text: str
    after: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Inspection:
    """`steps` by how much they did; `personal` masked data by kind; `elsewhere` masked stretches in what was left out; `left_out` the
    longest stretches that were."""

    source: str
    media: str
    title: str
    reading: Reading
    metadata: tuple[tuple[str, str], ...]
    steps: tuple[StepCount, ...]
    lines: tuple[Shown | Folded, ...]
    sections: tuple[SectionLine, ...]
    cases: tuple[CaseLine, ...]
    personal: tuple[tuple[str, int], ...]
    elsewhere: int
    damaged: tuple[Spot, ...]
    unsure: tuple[Spot, ...]
    facts: tuple[tuple[str, int], ...]
    left_out: tuple[Change, ...]

    @property
    def media_words(self) -> str:
        return label("media", self.media)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change that is worth showing, in order."""
        rows = (shown.row for line in self.lines for shown in (line.rows if isinstance(line, Folded) else (line,)))
        return tuple(dict.fromkeys(change for row in rows for change in row.changes if not change.slight))


def inspection(raw: RawReport, reading: Reading) -> Inspection:
    """What there is to see of a reading of `raw`."""
    atlas = Atlas(reading.locations)
    unsure = [item for item in reading.locations if item.kind == "box" and item.confidence < UNSURE]
    doubted = {item.start for item in unsure}  # recognised lines of low confidence are marked as damaged, too
    damaged = [item for item in reading.locations if item.kind == "damaged" and (item.start not in doubted or item.start == item.end)]
    shown = rows(
        reading.text,
        reading.source,
        reading.offsets,
        _source_notes(reading, damaged, unsure),
        _text_notes(reading),
        page=raw.media in PAGES,
    )
    changes = [change for row in shown for change in row.changes]
    left_out = [change for change in dict.fromkeys(changes) if _is_left_out(change)]
    personal = Counter(item.kind for item in reading.personal)
    facts = Counter(str(fact.type) for fact in reading.facts)
    sections, cases = tuple(_sections(reading, atlas)), tuple(_cases(reading, atlas))
    return Inspection(
        source=raw.source,
        media=raw.media,
        title=reading.metadata.title or raw.source,
        reading=reading,
        metadata=tuple(metadata_lines(reading.metadata)),
        steps=tuple(_steps(attributed(reading.text, reading.source, reading.offsets, page=raw.media in PAGES))),
        lines=tuple(lines(shown, atlas, sections, cases if len(cases) > 1 else ())),
        sections=sections,
        cases=cases,
        personal=tuple(sorted(personal.items())),
        elsewhere=sum(_elsewhere(reading)),
        damaged=tuple(_spots(reading, damaged, atlas)),
        unsure=tuple(_spots(reading, unsure, atlas)),
        facts=tuple((kind, facts[kind]) for kind, _ in screen_group("fact") if kind in facts),
        left_out=tuple(sorted(left_out, key=lambda change: -len(change.before))[:_MOST_LEFT_OUT]),
    )


def gone(steps: Iterable[str]) -> str:
    """What became of a stretch that the cleaned text has nothing of."""
    return next((words()[f"step_gone.{step}"] for step in steps if f"step_gone.{step}" in words()), screen("inspect.gone"))


def reason(change: Change) -> str:
    """Why a change was made, in words."""
    return "；".join(label("step", step) for step in change.steps)


def metadata_lines(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """(label, value) of what is known of a report."""
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.name == "kind":
            value = screen(f"kind.{value}")
        elif field.name == "place" and value:
            value = value.replace(">", "")
        if value:
            yield label("metadata", field.name), "、".join(value) if isinstance(value, tuple) else str(value)


def _steps(pieces: Iterable[Piece]) -> Iterator[StepCount]:
    count, removed, added = Counter[str](), Counter[str](), Counter[str]()
    for piece in pieces:
        if piece.operation != "copied":
            count[piece.step] += 1
            removed[piece.step] += piece.source_end - piece.source_start
            added[piece.step] += piece.end - piece.start
    for step in sorted(count, key=lambda step: (-removed[step], step)):
        yield StepCount(step, label("step", step), words().get(f"step_why.{step}", ""), count[step], removed[step], added[step])


def _sections(reading: Reading, atlas: Atlas) -> Iterator[SectionLine]:
    for section in reading.sections:
        place = atlas.between(*reading.offsets.to_source(section.start, section.end), whole=True)
        heading = section.heading or beginning(reading.text[section.start : section.end])
        yield SectionLine(section, screen(f"role.{section.role}"), heading, place, section.end - section.start)


def _cases(reading: Reading, atlas: Atlas) -> Iterator[CaseLine]:
    for number, case in enumerate(reading.cases, 1):
        text = "".join(reading.text[start:end] for start, end in case.spans)
        pages = atlas.between(*reading.offsets.to_source(case.start, case.end), whole=True)
        place = (case.place or "").replace(">", "")
        yield CaseLine(number, case, case.title or reading.metadata.title, place, pages, len(text), _first(text, case.title))


def _is_left_out(change: Change) -> bool:
    """Whether it is a longer stretch of words of which nothing stayed."""
    return len(change.before.strip()) > _LISTED and not change.after.strip() and len(_WORD.findall(change.before)) > _LISTED // 2


def _first(text: str, title: str) -> str:
    """The first words below the lines of the title."""
    bare = "".join(title.split())
    rest = text
    while "\n" in rest:
        line, _, below = rest.partition("\n")
        said = "".join(line.split())
        if said not in bare and said[-_SAME:] not in bare:
            break
        rest = below
    return beginning(rest)


def _elsewhere(reading: Reading) -> Iterator[int]:
    for piece in reading.offsets.pieces:
        if piece.start == piece.end:
            yield len(_MASKED.findall(reading.source, piece.source_start, piece.source_end))


def _spots(reading: Reading, locations: Iterable[Location], atlas: Atlas) -> Iterator[Spot]:
    source = reading.source
    for item in locations:
        before, after = source[max(0, item.start - 15) : item.start], source[item.end : item.end + 15]
        if item.start == item.end:  # a page that could not be read
            yield Spot(screen("inspect.place.page", value=item.value), "", screen("inspect.unread"), "")
            continue
        text = " ".join(source[item.start : item.end].split())
        yield Spot(atlas.between(item.start, item.end), before.rpartition("\n")[2], text, after.partition("\n")[0], item.confidence)


def _source_notes(reading: Reading, damaged: Iterable[Location], unsure: Iterable[Location]) -> list[Note]:
    return _apart(
        [
            *(Note(item.source_start, item.source_end, f"masked.{item.kind}") for item in reading.personal),
            *(Note(item.start, item.end, "damaged") for item in damaged),
            *(Note(item.start, item.end, "unsure") for item in unsure),
        ]
    )


def _text_notes(reading: Reading) -> list[Note]:
    return _apart([Note(item.start, item.end, f"masked.{item.kind}") for item in reading.personal])


def _apart(notes: Sequence[Note]) -> list[Note]:
    """Notes in order, none over another: the one that begins first keeps its place."""
    out: list[Note] = []
    at = 0
    for note in sorted(notes, key=lambda note: (note.start, note.end)):
        if max(note.start, at) < note.end:
            out.append(Note(max(note.start, at), note.end, note.kind))
            at = note.end
    return out
