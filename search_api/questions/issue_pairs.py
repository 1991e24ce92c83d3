"""Which issues are told of in the same cases: counts, and nothing about causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from corpus.model import Report
from graph.store.base import Neighbour, Node
from search_api.questions.subjects import Subject, Where, named, related, subject, top, where
from search_api.stores import Stores

_EXAMPLES = 2  # cases shown of a pair


@dataclass(frozen=True, slots=True)
class Example:
    case: Node
    first: tuple[Neighbour, ...]
    second: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class IssuePair:
    """`cases` tell of both, `of_first` and `of_second` of each. `lift`: how many times more often both are in one case than they would be
    if cases told of them independently (1: as often)."""

    first: Subject
    second: Subject
    cases: int
    of_first: int
    of_second: int
    lift: float
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class IssuePairs:
    """`cases`: those that assert any issue, which lift counts from; `total` pairs are together in at least `least` cases."""

    issue: Subject | None
    place: Where | None
    cases: int
    least: int
    total: int
    pairs: tuple[IssuePair, ...]
    reports: Mapping[str, Report]


def issue_pairs(
    stores: Stores,
    *,
    issue: str | None = None,
    place: str | None = None,
    broad: bool = False,
    least: int = 2,
    limit: int = 50,
    evidence: int = 1,
) -> IssuePairs:
    """Pairs that most cases tell of first, then those of the higher lift. `issue`: only pairs with it or what is below it; `broad`: count
    by the upper level of the vocabulary. A concept is not paired with the one above it. Raises as `subject` and `where`."""
    about = subject(stores, issue, ("issue",)) if issue else None
    graph = stores.graph
    with graph.snapshot():
        within = where(stores, place) if place else None
        spoken = graph.labels("issue", sorted(within.cases) if within else None)
        labels = {case: sorted({top(label) for label in of} if broad else of) for case, of in spoken.items()}
        wanted = {top(id) if broad else id for id in about.ids} if about else None
        single = Counter(label for of in labels.values() for label in of)
        held: dict[tuple[str, str], list[str]] = {}
        for case, of in labels.items():
            for pair in combinations(of, 2):
                if (wanted is None or wanted.intersection(pair)) and not related(*pair):
                    held.setdefault(pair, []).append(case)
        lift = {pair: len(cases) * len(labels) / (single[pair[0]] * single[pair[1]]) for pair, cases in held.items()}
        pairs = [pair for pair in held if len(held[pair]) >= least]
        pairs.sort(key=lambda pair: (-len(held[pair]), -lift[pair], pair))
        shown = pairs[: max(0, limit)]
        names = named(stores, {label for pair in shown for label in pair})
        found = []
        for pair in shown:
            if pair[0] in names and pair[1] in names:
                examples = _examples(stores, held[pair][:_EXAMPLES], spoken, pair, broad=broad, evidence=evidence)
                counts = (len(held[pair]), single[pair[0]], single[pair[1]], round(lift[pair], 2))
                found.append(IssuePair(names[pair[0]], names[pair[1]], *counts, tuple(examples)))
    rows = [row for pair in found for example in pair.examples for row in (*example.first, *example.second)]
    reports = sorted({proof.report for row in rows for proof in row.evidence})
    return IssuePairs(
        about, within, len(labels), least, len(pairs), tuple(found), {one.id: one for one in stores.catalogue.reports(ids=reports)}
    )


def _examples(
    stores: Stores, cases: list[str], spoken: Mapping[str, Mapping[str, int]], pair: tuple[str, str], *, broad: bool, evidence: int
) -> list[Example]:
    nodes = stores.graph.known(cases)
    found = []
    for case in cases:
        sides = []
        for label in pair:
            ids = [id for id in spoken[case] if (top(id) if broad else id) == label]
            rows = stores.graph.proofs([case], ids, evidence).get(case, [])
            sides.append(tuple(row for row in rows if row.asserted))
        found.append(Example(nodes[case], sides[0], sides[1]))
    return found
