"""What a question is about: a concept of the vocabulary with those below it, or one entity; and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import NotFound, UsageError
from corpus.vocabulary import children, issues, lineage, methods, ontology
from graph.naming import concept_of
from graph.store.base import NodeType
from search_api.neighbourhood import node_of
from search_api.stores import Stores


@dataclass(frozen=True, slots=True)
class Subject:
    """`id`: of a concept or an entity, `ids`: what is looked for, the concept with those below it."""

    id: str
    type: NodeType
    name: str
    ids: tuple[str, ...]
    broader: str | None = None  # the concept above


def subject(stores: Stores, key: str, types: Sequence[NodeType]) -> Subject:
    """For the id or label of a concept, or the id or exact name of an entity. Raises NotFound, UsageError where it is of another type."""
    for item in (*issues(), *methods()):
        if key in (item.id, item.label):
            found = Subject(item.id, _type(item.tree), item.label, (item.id, *(below.id for below in children(item.id))), item.parent)
            break
    else:
        node = node_of(stores, key)
        found = Subject(node.id, node.type, node.name, (node.id,), node.concept)
    if found.type not in types:
        names = "、".join(ontology().nodes[type].zh for type in types)
        raise UsageError(
            f"“{found.name}”是{ontology().nodes[found.type].zh}，这里要的是{names}", where=key, remedy="请换一个，或用 neighbours 查看它"
        )
    return found


def named(stores: Stores, ids: Iterable[str]) -> dict[str, Subject]:
    """Concepts and entities by id; one that is neither, having just gone, is left out."""
    found: dict[str, Subject] = {}
    others = []
    for id in sorted(set(ids)):
        if item := concept_of(id):
            found[id] = Subject(id, _type(item.tree), item.label, (id,), item.parent)
        else:
            others.append(id)
    for id, node in stores.graph.known(others).items():
        found[id] = Subject(id, node.type, node.name, (id,), node.concept)
    return found


def _type(tree: str) -> NodeType:
    return "method" if tree == "method" else "issue"


def top(label: str) -> str:
    """The broadest concept above a concept; an entity that belongs to none stays what it is."""
    return lineage(label)[-1] if concept_of(label) else label


def related(one: str, other: str) -> bool:
    """Whether one is the concept above the other."""
    first, second = concept_of(one), concept_of(other)
    return bool(first and second and (first.parent == second.id or second.parent == first.id))


@dataclass(frozen=True, slots=True)
class Where:
    """A place that was asked for: its cases with where each is, and how many at each place, so that namesakes show."""

    name: str
    cases: Mapping[str, str]

    @property
    def places(self) -> list[tuple[str, int]]:
        counted = Counter(self.cases.values())
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def where(stores: Stores, place: str) -> Where:
    """The cases in a place, given by name, chain, or the id of its entity. Raises NotFound where there are none."""
    node = stores.graph.node(place)
    name = f"{node.place or ''}{node.name}" if node and node.type == "place" else place
    cases = stores.graph.cases_in(name)
    if not cases:
        raise NotFound(f"没有发生在“{name}”的案例", where=place, remedy="请换上级地名，或写明全称（如 杭州市上城区）", en="no case there")
    return Where(name, cases)
