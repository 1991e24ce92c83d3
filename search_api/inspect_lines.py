"""The lines of an inspection: rows of text with what is said beside them, and what has not changed folded together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.model import Case, Section
from corpus.vocabulary import screen_words
from search_api.atlas import Atlas
from search_api.sidebyside import Row

_SHORT = 60  # characters that are not worth folding
_FIRST = 40  # characters shown of a text that is only named


@dataclass(frozen=True, slots=True)
class SectionLine:
    section: Section
    role: str
    heading: str
    place: str
    characters: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the split, before it is accepted. `place` is where it happened, `pages` where it stands in the file."""

    number: int
    case: Case
    title: str
    place: str
    pages: str
    characters: int
    first: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with what is said beside it. `place` in the file is set where it is another than that of the row before; `section` and `case`
    where one begins (cases only where there are several); `reasons` are (step, label, number of places)."""

    row: Row
    place: str
    section: SectionLine | None
    case: CaseLine | None
    reasons: tuple[tuple[str, str, int], ...]

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(step for step, _, _ in self.reasons)

    @property
    def is_heading(self) -> bool:
        """Whether it is nothing but the heading of the section that begins with it, as it was."""
        heading = "".join(self.section.section.heading.split()) if self.section and not self.row.changed else ""
        return bool(heading) and heading == "".join("".join(bit.text for bit in self.row.after).split())


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows in which nothing but blanks has changed."""

    rows: tuple[Shown, ...]
    characters: int

    @property
    def opening(self) -> str:
        return beginning("".join(bit.text for bit in self.rows[0].row.after))


def lines(found: Iterable[Row], atlas: Atlas, sections: Sequence[SectionLine], cases: Sequence[CaseLine]) -> Iterator[Shown | Folded]:
    """The rows as they are shown, in order."""
    return _folded(_shown(found, atlas, sections, cases))


def label(group: str, key: str) -> str:
    """The word on screen for a step, kind or media; what has none is shown by its own name."""
    return screen_words().get(f"{group}.{key}", key)


def beginning(text: str, length: int = _FIRST) -> str:
    """The first words of a text on one line."""
    line = " ".join(text[: length * 4].split())
    return line if len(line) <= length and len(text) <= length * 4 else f"{line[:length]}…"


def _shown(found: Iterable[Row], atlas: Atlas, sections: Sequence[SectionLine], cases: Sequence[CaseLine]) -> Iterator[Shown]:
    section_at = {line.section.start: line for line in sections}
    case_at = {line.case.start: line for line in cases}
    last = ""
    for row in found:
        place = atlas.between(row.source_start, row.source_end)
        counts = Counter(step for change in row.changes if not change.slight for step in change.steps)
        reasons = tuple((step, label("step", step), count) for step, count in counts.items())
        yield Shown(row, place if place != last else "", _within(section_at, row), _within(case_at, row), reasons)
        last = place or last


T = TypeVar("T")


def _within(starts: Mapping[int, T], row: Row) -> T | None:
    """What begins in a row of the cleaned text."""
    return next((starts[at] for at in range(row.start, row.end) if at in starts), None)


def _folded(found: Iterable[Shown]) -> Iterator[Shown | Folded]:
    """Rows without a change that is worth showing are put together, up to the next heading, case or note."""
    run: list[Shown] = []
    for shown in found:
        noted = any(bit.note for bit in (*shown.row.before, *shown.row.after))
        if run and (shown.row.changed or noted or shown.section or shown.case or shown.place):
            yield from _run(run)
            run = []
        if shown.row.changed or noted:
            yield shown
        else:
            run.append(shown)
    yield from _run(run)


def _run(run: Sequence[Shown]) -> Iterator[Shown | Folded]:
    """The first row stays where something begins with it; what is too short to be worth folding stays as well."""
    if run and (run[0].section or run[0].case) and run[0].row.end - run[0].row.start <= _SHORT:
        yield run[0]
        run = run[1:]
    characters = sum(len(bit.text.strip()) for shown in run for bit in shown.row.after)
    if characters > _SHORT:
        yield Folded(tuple(run), characters)
    else:
        yield from run
