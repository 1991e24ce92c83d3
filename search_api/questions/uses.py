"""What a method was used for, and with what results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import OUTCOME_UNKNOWN
from graph.store.base import Neighbour, NodeType
from search_api.questions.subjects import Subject, named, subject
from search_api.questions.told import Told, outcomes_of
from search_api.stores import Stores

_ALL = 10**9
_TYPES: Sequence[NodeType] = ("method", "platform", "programme")


@dataclass(frozen=True, slots=True)
class Use:
    """A case that uses it: the rows to it, and to the issues of the case, each with sentences."""

    told: Told
    methods: tuple[Neighbour, ...]
    issues: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """`total` cases use it; `states` and `issues` count over all of them, a case once for each of its issues; `uses` are those shown."""

    method: Subject
    total: int
    states: tuple[tuple[str, int], ...]
    issues: tuple[tuple[Subject, int], ...]
    uses: tuple[Use, ...]


def uses(stores: Stores, key: str, *, limit: int = 20, evidence: int = 1) -> Uses:
    """For a method (platform, programme): cases that more of their facts assert to use it come first, ties by id. Raises as `subject`."""
    method = subject(stores, key, _TYPES)
    graph = stores.graph
    with graph.snapshot():
        cases = list(graph.cases_of(method.ids, _ALL))
        nodes = graph.known(cases)
        spoken = graph.labels("issue", cases)
        shown = cases[:limit]
        methods = graph.proofs(shown, method.ids, evidence)
        issues = graph.proofs(shown, sorted({label for case in shown for label in spoken.get(case, ())}), evidence)
    states = Counter(nodes[case].state or OUTCOME_UNKNOWN for case in cases)
    counted = Counter(label for of in spoken.values() for label in of)
    names = named(stores, counted)
    told = outcomes_of(stores, (nodes[case] for case in shown))
    return Uses(
        method,
        len(cases),
        tuple(sorted(states.items(), key=lambda item: (item[0] == OUTCOME_UNKNOWN, -item[1], item[0]))),
        tuple((names[label], count) for label, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])) if label in names),
        tuple(
            Use(told[case], tuple(methods.get(case, ())), tuple(row for row in issues.get(case, ()) if row.asserted))
            for case in shown
            if case in told
        ),
    )
