"""Issues and methods: two-level trees of concepts that people search and compare by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.errors import NotFound, SettingError
from corpus.vocabulary.cues import CUE_KEYS, Cue, Finder, distinct
from corpus.vocabulary.entry import Entry, load


@dataclass(frozen=True, slots=True)
class Concept(Cue):
    """`parent` is the id of the concept above, None at the top. `tree`: `resident` (what residents bring) or `governing` (what governing
    struggles with) for issues, `method` for methods. `steps` are the parts a method is known to have, for information only: no evidence."""

    parent: str | None = None
    tree: str = ""
    steps: tuple[str, ...] = ()


@cache
def issues() -> tuple[Concept, ...]:
    """All issues, each parent before its children."""
    file = load("issues.yaml")
    file.only("shared", "resident", "governing")
    return _checked(file, (*_tree(file, "resident", "resident"), *_tree(file, "governing", "governing")))


@cache
def methods() -> tuple[Concept, ...]:
    """All method families, each parent before its children."""
    file = load("methods.yaml")
    file.only("shared", "methods")
    return _checked(file, tuple(_tree(file, "methods", "method")))


@cache
def _by_id() -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for item in (*issues(), *methods()):
        if found.setdefault(item.id, item) is not item:
            raise SettingError(f"“{item.id}”既是问题又是做法", where="methods.yaml", remedy="请更正词表文件")
    return found


def concept(identifier: str) -> Concept:
    """The issue or method with this id. Raises NotFound."""
    found = _by_id().get(identifier)
    if found is None:
        raise NotFound(f"词表中没有“{identifier}”", remedy="请用 issues.yaml 或 methods.yaml 中的 id")
    return found


def lineage(identifier: str) -> tuple[str, ...]:
    """The id and those above it, from itself to the top. Raises NotFound."""
    found = concept(identifier)
    return (found.id,) if found.parent is None else (found.id, *lineage(found.parent))


def children(identifier: str) -> tuple[Concept, ...]:
    """The concepts directly below, in the order of the file; empty for a leaf. Raises NotFound for an unknown id."""
    parent = concept(identifier)
    return tuple(item for item in (methods() if parent.tree == "method" else issues()) if item.parent == parent.id)


@cache
def issue_finder() -> Finder[Concept]:
    """Finds issues in a text; the two trees do not hide each other's words."""
    return Finder(issues(), kind=lambda item: item.tree)


@cache
def method_finder() -> Finder[Concept]:
    """Finds methods in a text."""
    return Finder(methods())


def _tree(file: Entry, key: str, tree: str) -> Iterator[Concept]:
    for top in file.entries(key):
        parent = _concept(top, None, tree)
        yield parent
        for child in top.entries("children"):
            if not child.text("id").startswith(f"{parent.id}."):
                child.fail(f"id 应以“{parent.id}.”开头")
            if child.entries("children"):
                child.fail("词表只有两级")
            yield _concept(child, parent.id, tree)


def _concept(entry: Entry, parent: str | None, tree: str) -> Concept:
    entry.only(*CUE_KEYS, "steps", "children")
    return Concept(
        entry.text("id"),
        entry.text("label"),
        entry.texts("terms"),
        entry.patterns("patterns"),
        entry.texts("excludes"),
        entry.text("scope"),
        parent,
        tree,
        entry.texts("steps"),
    )


def _checked(file: Entry, concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Ids differ, labels differ, and a term stands under one concept unless the file declares it as shared."""
    distinct(file, (item.id for item in concepts), "id")
    distinct(file, (item.label for item in concepts), "label")
    shared = set(file.texts("shared"))
    distinct(file, (term for item in concepts for term in item.terms if term not in shared), "term")
    return concepts
