"""The Chinese for the identifiers that facts and edges carry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from corpus.vocabulary.actors import actor_kinds
from corpus.vocabulary.concepts import issues, methods
from corpus.vocabulary.narrative import contexts, stances, steps
from corpus.vocabulary.ontology import ontology


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Identifier -> Chinese, by what it identifies: issue, method, actor_kind, step, stance, holder, topic, aspect, relation.

    The identifiers of different lists may be the same, but those of issues and methods are not (`concept` looks up both).
    """
    found: dict[str, dict[str, str]] = {
        "issue": {item.id: item.label for item in issues()},
        "method": {item.id: item.label for item in methods()},
        "actor_kind": {item.id: item.label for item in actor_kinds()},
        "step": {item.id: item.label for item in steps()},
        "stance": {item.id: item.label for item in stances().stances},
        "holder": {item.id: item.label for item in stances().holders},
        "topic": {item.id: item.label for item in stances().topics},
        "aspect": {item.id: item.label for item in contexts()},
        "relation": {edge.id: edge.zh for edge in ontology().edges.values()},
    }
    return MappingProxyType({kind: MappingProxyType(words) for kind, words in found.items()})


def label(kind: str, identifier: str) -> str:
    """The Chinese for `identifier` as a `kind` of `labels`; an identifier that is not in the list stays as it is."""
    return labels()[kind].get(identifier, identifier)
