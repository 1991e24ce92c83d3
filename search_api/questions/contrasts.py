"""Cases that share issue and method but differ in outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import OUTCOME_UNKNOWN
from graph.store.base import Neighbour, NodeType
from search_api.questions.subjects import Subject, named, subject
from search_api.questions.told import Told, outcomes_of
from search_api.stores import Stores

STATES = ("已解决", "部分解决", "未解决", "反弹", "中止")
_ALL = 10**9
_Labels = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Compared:
    told: Told
    issues: tuple[Neighbour, ...]
    methods: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """So many cases ended in this state; `cases` are those shown."""

    state: str
    total: int
    cases: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """An issue and a method of which cases ended in two states or more, in the order of STATES; of `untold` cases the text tells none."""

    issue: Subject
    method: Subject
    ended: tuple[Ended, ...]
    untold: int


@dataclass(frozen=True, slots=True)
class Contrasts:
    issue: Subject | None
    method: Subject | None
    total: int
    contrasts: tuple[Contrast, ...]


def contrasts(
    stores: Stores, *, issue: str | None = None, method: str | None = None, limit: int = 20, cases: int = 3, evidence: int = 1
) -> Contrasts:
    """Of one issue (with what is below it), one method, both or any; those with most cases whose outcome is told first, and of each state
    at most `cases`. A plain observation: what else differs between the cases is not known. Raises as `subject`."""
    about = subject(stores, issue, ("issue",)) if issue else None
    by = subject(stores, method, ("method",)) if method else None
    graph = stores.graph
    with graph.snapshot():
        issues, methods = _labels(stores, about, "issue"), _labels(stores, by, "method")
        nodes = graph.known(sorted(issues.keys() & methods.keys()))
        ended: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for case in sorted(nodes):
            for pair in ((one, other) for one in issues[case] for other in methods[case]):
                ended[pair][nodes[case].state or OUTCOME_UNKNOWN].append(case)
        told = {pair: sum(len(of) for state, of in states.items() if state in STATES) for pair, states in ended.items()}
        pairs = [pair for pair, states in ended.items() if len(states.keys() & set(STATES)) > 1]
        pairs.sort(key=lambda pair: (-told[pair], pair))
        shown = pairs[: max(0, limit)]
        names = named(stores, {label for pair in shown for label in pair}) | {one.id: one for one in (about, by) if one}
        wanted = sorted({case for pair in shown for state in STATES for case in ended[pair].get(state, ())[:cases]})
        looked_for = {label: names[label].ids for pair in shown for label in pair if label in names}
        proofs = {label: graph.proofs(wanted, ids, evidence) for label, ids in looked_for.items()}
    outcomes = outcomes_of(stores, (nodes[case] for case in wanted))
    found = []
    for pair in shown:
        if pair[0] in names and pair[1] in names:
            states = ended[pair]
            ends = tuple(
                Ended(state, len(states[state]), tuple(_compared(states[state][:cases], pair, outcomes, proofs)))
                for state in STATES
                if state in states
            )
            found.append(Contrast(names[pair[0]], names[pair[1]], ends, len(states.get(OUTCOME_UNKNOWN, ()))))
    return Contrasts(about, by, len(pairs), tuple(found))


def _labels(stores: Stores, of: Subject | None, type: NodeType) -> _Labels:
    """The labels of each case; where one was asked for, that one for the cases that assert it or what is below it."""
    if of is not None:
        return {case: {of.id: 1} for case in stores.graph.cases_of(of.ids, _ALL)}
    return stores.graph.labels("issue" if type == "issue" else "method")


def _compared(
    cases: Sequence[str], pair: tuple[str, str], outcomes: Mapping[str, Told], proofs: Mapping[str, Mapping[str, Sequence[Neighbour]]]
) -> list[Compared]:
    issue, method = pair
    return [
        Compared(outcomes[case], tuple(proofs[issue].get(case, ())), tuple(proofs[method].get(case, ())))
        for case in cases
        if case in outcomes
    ]
