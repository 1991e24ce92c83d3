"""What a query speaks of: concepts of the vocabulary, and things that the collection knows by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from corpus.catalogue import Catalogue
from corpus.model import ENTITY_TYPES, EntityType
from corpus.vocabulary import issue_finder, method_finder
from graph.naming import normal
from search_api.index.base import Index

NAMED = "named"
"""Facet of a unit's names, in the form of `graph.naming.normal`: for looking up, not for counting."""
_LONGEST_NAME = 24  # characters
_MOST_WORDS = 8  # of a name
_READ = 500  # characters of a query that are searched for names
_NAMED: tuple[EntityType, ...] = tuple(kind for kind in ENTITY_TYPES if kind not in ("issue", "method"))


@dataclass(frozen=True, slots=True)
class Recognised:
    """`id`: of the concept or entity; `kind`: issue, method, or the entity's type; `start`, `end`: where it stands first in the query."""

    id: str
    kind: str
    label: str
    start: int
    end: int


def recognised(text: str, index: Index, catalogue: Catalogue) -> tuple[Recognised, ...]:
    """Concepts and names in the query, by place. Names are those that the index holds under the facet `named`."""
    found: dict[str, Recognised] = {}
    for kind, finder in (("issue", issue_finder()), ("method", method_finder())):
        for start, end, concept in finder.find(text):
            found.setdefault(concept.id, Recognised(concept.id, kind, concept.label, start, end))
    for item in _names(text[:_READ], index, catalogue):
        found.setdefault(item.id, item)
    return tuple(sorted(found.values(), key=lambda item: (item.start, -item.end, item.id)))


def _names(text: str, index: Index, catalogue: Catalogue) -> Iterable[Recognised]:
    """Names in the text that a report has mentioned, the longest where several overlap."""
    places: dict[str, tuple[int, int]] = {}
    for start, end in _runs(text):
        places.setdefault(normal(text[start:end]), (start, end))
    pairs = [(kind, name) for name in index.values_among(NAMED, sorted(places)) for kind in _NAMED]
    mentions = catalogue.mentions(names=pairs) if pairs else []
    entities = catalogue.membership(keys=[mention.key for mention in mentions]) if mentions else {}
    known: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for mention in mentions:
        if mention.key in entities:
            known.setdefault(mention.name, set()).add(entities[mention.key])
            kinds[entities[mention.key]] = mention.type
    taken: list[tuple[int, int]] = []
    for name in sorted(known, key=lambda name: (-len(name), name)):
        start, end = places[name]
        if all(end <= low or high <= start for low, high in taken):
            taken.append((start, end))
            for entity in sorted(known[name]):
                yield Recognised(entity, kinds[entity], text[start:end], start, end)


def _runs(text: str) -> Iterable[tuple[int, int]]:
    """Spans of one to eight words next to each other: a name begins and ends at a word's border."""
    borders = [0]
    for word in rjieba.cut(text):
        borders.append(borders[-1] + len(word))
    for first, start in enumerate(borders):
        for end in borders[first + 1 : first + 1 + _MOST_WORDS]:
            if 2 <= end - start <= _LONGEST_NAME:
                yield start, end
