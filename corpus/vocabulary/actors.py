"""Kinds of actors, posts, surnames and forms of address: what it takes to tell who is spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.vocabulary.cues import distinct
from corpus.vocabulary.entry import load


@dataclass(frozen=True, slots=True)
class ActorKind:
    """A kind of actor. A name that ends in one of `suffixes` is of this kind (the longest suffix of all kinds decides); `words` are whole
    expressions that name such an actor by themselves; `excludes` have such an ending and are no actors."""

    id: str
    label: str
    suffixes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posts:
    """`words`: posts (书记, 副局长), longest first. `before`: what stands before a post (原, 时任). `address`: what follows a surname
    (大伯, 阿姨, 先生), longest first."""

    words: tuple[str, ...]
    before: tuple[str, ...]
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surnames:
    single: frozenset[str]
    compound: frozenset[str]


@cache
def actor_kinds() -> tuple[ActorKind, ...]:
    """The kinds of actors, in the order of the file."""
    file = load("actors.yaml")
    file.only("kinds", "place_actors", "posts", "before_post", "address")
    kinds = []
    for entry in file.entries("kinds"):
        entry.only("id", "label", "suffixes", "words", "excludes")
        suffixes = tuple(sorted(entry.texts("suffixes"), key=_longest))
        kinds.append(ActorKind(entry.text("id"), entry.text("label"), suffixes, entry.texts("words"), entry.texts("excludes")))
    distinct(file, (kind.id for kind in kinds), "kinds id")
    distinct(file, (kind.label for kind in kinds), "kinds label")
    distinct(file, (suffix for kind in kinds for suffix in kind.suffixes), "suffix")
    distinct(file, (word for kind in kinds for word in kind.words), "word")
    return tuple(kinds)


@cache
def actor_suffixes() -> tuple[tuple[str, ActorKind], ...]:
    """(suffix, kind) over all kinds, longest first: the first that fits decides."""
    return tuple(sorted(((suffix, kind) for kind in actor_kinds() for suffix in kind.suffixes), key=lambda pair: _longest(pair[0])))


def actor_kind(name: str) -> ActorKind | None:
    """The kind of an actor called `name` (Simplified), or None where the words do not tell."""
    for kind in actor_kinds():
        if name in kind.words:
            return kind
    for suffix, kind in actor_suffixes():
        if name.endswith(suffix) and not name.endswith(kind.excludes):
            return kind
    return None


@cache
def place_actors() -> Mapping[str, ActorKind]:
    """Endings of place names that also act (街道, 社区), and the kind of actor such a place then stands for."""
    kinds = {kind.id: kind for kind in actor_kinds()}
    listed = load("actors.yaml").entry("place_actors")
    for suffix in listed:
        if listed.text(suffix) not in kinds:
            listed.fail(f"没有“{listed.text(suffix)}”这种主体")
    return MappingProxyType({suffix: kinds[listed.text(suffix)] for suffix in sorted(listed, key=_longest)})


@cache
def posts() -> Posts:
    file = load("actors.yaml")
    return Posts(
        tuple(sorted(file.texts("posts"), key=_longest)),
        file.texts("before_post"),
        tuple(sorted(file.texts("address"), key=_longest)),
    )


@cache
def surnames() -> Surnames:
    file = load("surnames.yaml")
    file.only("single", "compound")
    single = frozenset(character for line in file.texts("single") for character in line.split())
    compound = frozenset(name for line in file.texts("compound") for name in line.split())
    if any(len(name) != 1 for name in single) or any(len(name) != 2 for name in compound):
        file.fail("单姓应为一字、复姓应为两字")
    return Surnames(single, compound)


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text
