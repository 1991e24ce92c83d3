"""Words that speak of something: the shape most vocabulary files share, and the search for them in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.fold import fold
from corpus.lexicon import Lexicon, leftmost_longest, outside
from corpus.vocabulary.entry import Entry

CUE_KEYS = ("id", "label", "terms", "patterns", "excludes", "scope")


@dataclass(frozen=True, slots=True)
class Cue:
    """A thing with the words it is spoken of.

    `terms` are literal, in Simplified Chinese; `patterns` are expressions for phrases that are split in the text. A term that stands wholly
    inside one of `excludes` does not count, nor does a pattern's match that touches one. `scope` is a note for people.
    """

    id: str
    label: str
    terms: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    excludes: tuple[str, ...] = ()
    scope: str = ""


C = TypeVar("C", bound=Cue)


def read_cue(entry: Entry) -> Cue:
    """The cue of an entry without further keys; its id is its label where none is given."""
    entry.only(*CUE_KEYS)
    label = entry.text("label")
    return Cue(
        entry.text("id", label),
        label,
        entry.texts("terms"),
        entry.patterns("patterns"),
        entry.texts("excludes"),
        entry.text("scope", ""),
    )


def read_cues(entry: Entry, key: str) -> tuple[Cue, ...]:
    """The list of cues under `key`; ids and labels must differ."""
    cues = tuple(read_cue(item) for item in entry.entries(key))
    if not cues:
        entry.fail(f"“{key}”为空")
    distinct(entry, (cue.id for cue in cues), f"{key} id")
    distinct(entry, (cue.label for cue in cues), f"{key} label")
    return cues


def distinct(entry: Entry, values: Iterable[str], what: str) -> None:
    """Raise SettingError where a value stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            entry.fail(f"{what} 重复：{value}")
        seen.add(value)


class Finder(Generic[C]):
    """Finds cues in texts. `kind` says which cues compete for the same characters (by default all of them).

    Terms: leftmost-longest within a kind. A pattern is added where its cue has no term at an overlapping place; it hides nothing.
    """

    def __init__(self, cues: Iterable[C], *, kind: Callable[[C], Hashable] | None = None) -> None:
        self._cues = tuple(cues)
        self._kinds: tuple[Hashable, ...] = tuple(None if kind is None else kind(cue) for cue in self._cues)
        self._terms = Lexicon([(term, number) for number, cue in enumerate(self._cues) for term in cue.terms], fold=fold)
        self._excludes = Lexicon([(term, number) for number, cue in enumerate(self._cues) for term in cue.excludes], fold=fold)
        self._patterns = tuple((number, pattern) for number, cue in enumerate(self._cues) for pattern in cue.patterns)

    def find(self, text: str) -> list[tuple[int, int, C]]:
        """Where cues stand in `text`, as (start, end, cue), ordered by start and end."""
        folded = fold(text)
        blocked = self._excludes.all(text)
        barred: dict[int, list[tuple[int, int]]] = {}
        for start, end, number in blocked:
            barred.setdefault(number, []).append((start, end))
        found = leftmost_longest(outside(self._terms.all(text), blocked), self._kinds.__getitem__)
        taken: dict[int, list[tuple[int, int]]] = {}
        for start, end, number in found:
            taken.setdefault(number, []).append((start, end))
        for number, pattern in self._patterns:
            matches = [match.span() for match in pattern.finditer(folded)]
            if not matches:
                continue
            free = _apart(matches, sorted((*taken.get(number, ()), *barred.get(number, ()))))
            taken.setdefault(number, []).extend(free)
            found.extend((start, end, number) for start, end in free)
        return [(start, end, self._cues[number]) for start, end, number in sorted(found)]


def _apart(spans: Iterable[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that touch none of `others`; both in order, `spans` without overlap, so that one pass is enough."""
    apart = []
    at = reach = 0
    for start, end in spans:
        while at < len(others) and others[at][0] < end:
            reach = max(reach, others[at][1])
            at += 1
        if reach <= start:
            apart.append((start, end))
    return apart
