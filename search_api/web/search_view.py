"""What the search page shows: hits with their chips and marked passages, facets as links, the links of every page and mode."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from markupsafe import Markup

from corpus.model import OUTCOME_UNKNOWN
from search_api.answers import Answer, FacetValue, FoundPassage, SearchHit
from search_api.index.base import Facets, Unit
from search_api.ranking import facets
from search_api.web import words
from search_api.web.marking import Range, marked
from search_api.web.render import report_url

_EXCERPT = 220  # characters of a passage that are shown
_SENTENCE = re.compile(r"[。！？!?；\n]+[”’」』）]*")
_CHIPS = {"issue": 3, "method": 2}  # at most of a kind
_VALUES = 8  # of a facet that are shown at once
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Address:
    """The page's address as (name, value) pairs; each method gives that of another page. A change of anything but the page itself goes back
    to the first page."""

    pairs: tuple[tuple[str, str], ...]

    def put(self, name: str, value: str) -> Address:
        return Address((*self._without(name), (name, value)) if value else self._without(name))

    def add(self, name: str, value: str) -> Address:
        return Address((*self._without("cursor"), (name, value)))

    def drop(self, name: str, value: str) -> Address:
        return Address(tuple(pair for pair in self._without("cursor") if pair != (name, value)))

    def page(self, cursor: str | None) -> Address:
        kept = self._without("cursor")
        return Address((*kept, ("cursor", cursor)) if cursor else kept)

    def only(self, *names: str) -> Address:
        return Address(tuple(pair for pair in self.pairs if pair[0] in names))

    def _without(self, *names: str) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[0] not in (*names, "cursor"))

    def __str__(self) -> str:
        return f"/?{urlencode(self.pairs)}" if self.pairs else "/"


@dataclass(frozen=True, slots=True)
class Chip:
    """`tone`: the colour it is told in; `url`: the search narrowed to it."""

    label: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownPassage:
    text: Markup
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownHit:
    hit: SearchHit
    url: str
    title: str
    subtitle: str
    chips: tuple[Chip, ...]
    best: ShownPassage
    others: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int | None
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


def shown_hits(answer: Answer, units: Mapping[str, Unit], address: Address) -> list[ShownHit]:
    """`units`: of each hit's first passage, by its id; a hit without one has no chips."""
    shown = []
    asked = {item.id for item in answer.recognised}
    for hit in answer.hits:
        unit = units.get(hit.passages[0].id)
        passages = [_passage(hit.report, passage) for passage in hit.passages]
        title = hit.title or hit.source
        shown.append(
            ShownHit(
                hit=hit,
                url=passages[0].url,
                title=title,
                subtitle=hit.case_title if hit.case_title not in ("", title) else "",
                chips=tuple(_chips(unit.facets, asked, address)) if unit else (),
                best=passages[0],
                others=tuple(passages[1:]),
            )
        )
    return shown


def _passage(report: str, passage: FoundPassage) -> ShownPassage:
    start, end = excerpt(passage.text, passage.highlights)
    text = marked(passage.text, (Range(low, high, "mark") for low, high in passage.highlights), start, end)
    dots = ("…" if start else "", "…" if end < len(passage.text) else "")
    return ShownPassage(text.join(dots), passage.path, report_url(report, passage.start + start, passage.start + end))


def excerpt(text: str, highlights: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentences next to each other, of at most `_EXCERPT` characters together, that hold most of what is highlighted; among
    those the longest. A sentence that is longer stands alone."""
    borders = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    sentences = [(low, high) for low, high in pairwise(borders) if text[low:high].strip()]
    best, most = (0, len(text)), (-1, 0)
    for first, (start, _) in enumerate(sentences):
        for at in range(first, len(sentences)):
            end = sentences[at][1]
            if end - start > _EXCERPT and at > first:
                break
            held = sum(min(end, high) - max(start, low) for low, high in highlights if low < end and high > start)
            if (held, end - start) > most:
                best, most = (start, end), (held, end - start)
    return best


def _chips(of_unit: Facets, asked: Collection[str], address: Address) -> Iterable[Chip]:
    for value in of_unit.get("outcome", ()):
        label = "结果未记载" if value == OUTCOME_UNKNOWN else value
        yield Chip(label, words.OUTCOMES.get(value, "none"), str(address.put("outcome", value)))
    for value in of_unit.get("kind", ()):
        if value != "case":
            yield Chip(words.table("kind").get(value, value), "plain", str(address.put("kind", value)))
    for name, most in _CHIPS.items():
        narrow = _narrowest(of_unit.get(name, ()))
        for value in sorted(narrow, key=lambda concept: concept not in asked)[:most]:
            yield Chip(words.concept_label(value), name, str(address.put(name, value)))


def _narrowest(concepts: Sequence[str]) -> list[str]:
    """Without those that only stand there because a narrower one under them does: ids of the vocabulary are paths with dots."""
    return [one for one in concepts if not any(other.startswith(f"{one}.") for other in concepts)]


def shown_facets(answer: Answer, address: Address) -> list[Facet]:
    """Facets with something to choose: those in use, and those with more than one value or that narrow what was found."""
    shown = []
    for name, label in words.table("facet_name").items():
        values, chosen = answer.facets.get(name, ()), answer.filters.get(name, ())
        choices = [*_chosen(name, chosen, values, address), *_offered(name, chosen, values, answer.total, address)]
        if choices:
            shown.append(Facet(name, label, tuple(choices[:_VALUES]), tuple(choices[_VALUES:])))
    return shown


def _chosen(name: str, chosen: Sequence[str], values: Sequence[FacetValue], address: Address) -> Iterable[Choice]:
    known = {item.value: item for item in values}
    for value in chosen:
        count = known[value].count if value in known else None
        yield Choice(_word(name, facets.label(name, value)), count, True, str(address.drop(name, value)))


def _offered(name: str, chosen: Sequence[str], values: Sequence[FacetValue], total: int, address: Address) -> Iterable[Choice]:
    offered = [item for item in values if item.value not in chosen]
    if not chosen and len(offered) == 1 and offered[0].count >= total:
        return  # all have it: nothing to choose
    for item in offered:
        yield Choice(_word(name, item.label), item.count, False, str(address.add(name, item.value)))


def _word(name: str, label: str) -> str:
    return words.place_words(label) if name == "place" else label
