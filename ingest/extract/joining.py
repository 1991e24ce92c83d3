"""A relation between two things that a text names, as a finding."""

from __future__ import annotations

import re

from corpus.vocabulary import EdgeType, ontology
from ingest.extract.ends import Item
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene

_WANTED = re.compile("(?<![重主需只不首])要(?![求点素闻])|应当?(?![急对用邀])|必须|须|需要?(?!求)|建议|希望|可以|鼓励|原则上")
_SPEAKING = frozenset(["demands", "proposes", "objects_to"])


def fact(scene: Scene, edge: EdgeType, head: Item, tail: Item, verb: tuple[int, int], confidence: float) -> Finding:
    """A relation told by the words `verb`."""
    start, end = verb
    first, last = min(head.start, tail.start, start), max(head.end, tail.end, end)
    told = modality(scene, start, end)
    if told == "asserted" and edge.id not in _SPEAKING and _WANTED.search(scene.text, max(start - 80, min(head.end, start)), start):
        told = "planned"
    return Finding(
        "relation", first, last, f"relation.{edge.id}", confidence, relation=edge.id, head=head.name, tail=tail.name,
        head_type=head.type, tail_type=tail.type, modality=told, evidence=((start, end),),
    )  # fmt: skip


def edge(identifier: str) -> EdgeType:
    """The ontology's edge of this id."""
    return ontology().edges[identifier]
