"""What is asked of a graph, written once over four primitives, so that every back end gives the same answers in the same order.

A back end supplies `_links` (edges at some nodes, added up), `_load` (nodes by id), `_carriers` (nodes labelled with a concept) and
`_evidence` (the evidence of some links).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Literal, final

from graph.store.base import Evidence, Link, Neighbour, Node, NodeType, Path, Shared
from graph.store.ways import shortest, strongest

CASE_RELATIONS = ("about_issue", "in_place", "mentions", "uses_method")
"""Edges from a case, or a report outside its cases, to what it speaks of."""

Side = Literal["head", "tail", "both"]
LinkKey = tuple[str, str, str]
_MOST_LINKS = 20_000  # links looked at for one question: bounds the time that a hub takes
_LINKS_A_ROW = 10  # links looked at for each row of a neighbourhood
_LINKS_A_STEP = 5_000  # links that each step of a search for paths may follow
_PASSED = 300  # nodes of other types that each step towards some types may go over


def key_of(link: Link) -> LinkKey:
    return (link.head, link.relation, link.tail)


def strength(asserted: int) -> float:
    """How surely a case speaks of what so many of its facts assert: 1/2, 2/3, 3/4 ... so that repeating oneself soon adds nothing."""
    return asserted / (asserted + 1)


class Adjacency(ABC):
    """Template of the questions of `GraphStore`."""

    @abstractmethod
    def _links(self, ids: Sequence[str], side: Side, relations: Sequence[str] | None, most: int) -> list[Link]:
        """Links with one of `ids` at that side, in any order. Where there are more than `most`, those that most facts speak for, ties by
        head, type and tail."""

    @abstractmethod
    def _load(self, ids: Iterable[str]) -> dict[str, Node]: ...

    @abstractmethod
    def _carriers(self, concepts: Sequence[str]) -> list[tuple[str, str]]:
        """(node id, concept) of each node that carries one of these vocabulary concepts."""

    @abstractmethod
    def _evidence(self, keys: Sequence[LinkKey], most: int) -> dict[LinkKey, tuple[Evidence, ...]]:
        """At most `most` pieces of evidence for each link: asserted before others, then the surest, then by report and place."""

    @final
    def neighbours(
        self,
        node_id: str,
        relations: Sequence[str] | None = None,
        depth: int = 1,
        limit: int = 150,
        evidence: int = 3,
        types: Sequence[NodeType] | None = None,
    ) -> list[Neighbour]:
        chosen = {node_id}
        found: set[str] = set()  # those of the chosen that are of the wanted types
        frontier = [node_id]
        rows: list[tuple[Link, str, int]] = []
        seen: set[LinkKey] = set()
        most = max(1, _LINKS_A_ROW * limit)
        for step in range(1, depth + 1):
            # A link to be passed over weighs nothing for the limit, so more of them are looked at where types are asked for.
            links = self._links(frontier, "both", relations, most if types is None else max(most, _LINKS_A_STEP))
            links = [link for link in links if key_of(link) not in seen]
            reached, passed = self._reached(_by_weight(links, chosen), types, max(0, limit - len(found)))
            inner = set(frontier)
            found.update(reached)
            chosen.update(reached, passed if step < depth else ())
            for link in links:
                if link.head in chosen and link.tail in chosen and link.head != link.tail:
                    seen.add(key_of(link))
                    rows.append((link, link.head if link.head in inner else link.tail, step))
            frontier = sorted({*reached, *passed})
            if not frontier:
                break
        if types is not None:
            rows = _leading(rows, found)
        rows.sort(key=lambda row: (row[2], -row[0].reports, -row[0].count, row[0].relation, row[0].head, row[0].tail))
        return self._rows(rows, evidence)

    @final
    def shared(self, first: str, second: str, limit: int = 50, evidence: int = 1) -> list[Shared]:
        sides = []
        for node_id in (first, second):
            at: dict[str, list[Link]] = defaultdict(list)
            for link in self._links([node_id], "both", None, _MOST_LINKS):
                at[_other(link, node_id)].append(link)
            sides.append(at)
        common = (set(sides[0]) & set(sides[1])) - {first, second}
        weight = {
            node: (min(sum(link.count for link in side[node]) for side in sides), sum(link.count for side in sides for link in side[node]))
            for node in common
        }
        best = sorted(common, key=lambda node: (-weight[node][0], -weight[node][1], node))[:limit]
        found = []
        for node in best:
            rows = [
                self._rows([(link, start, 1) for link in sorted(side[node], key=strongest)], evidence)
                for start, side in zip((first, second), sides, strict=True)
            ]
            found.append(Shared(rows[0][0].node, tuple(rows[0]), tuple(rows[1])))
        return found

    @final
    def paths(self, start: str, end: str, max_length: int = 4, limit: int = 5, evidence: int = 1) -> list[Path]:
        nodes = self._load([start, end])
        if start == end or len(nodes) < 2:
            return []
        ways = shortest(lambda frontier: self._links(frontier, "both", None, _LINKS_A_STEP), start, end, max_length, limit)
        steps = [[(link, source, step) for step, (source, link) in enumerate(way, 1)] for way in ways]
        return [Path(nodes[start], tuple(self._rows(way, evidence))) for way in steps]

    @final
    def cases_of(self, ids: Sequence[str], limit: int = 500) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for case, node_id, asserted in self._case_links(ids):
            found[case][node_id] += asserted
        matches = {case: {i: strength(n) for i, n in sorted(of.items()) if n} for case, of in found.items()}
        spread: dict[str, int] = defaultdict(int)
        for of in matches.values():
            for node_id in of:
                spread[node_id] += 1
        rarity = {node_id: 1 / log(2 + n) for node_id, n in spread.items()}
        scores = {case: sum(value * rarity[i] for i, value in of.items()) for case, of in matches.items() if of}
        return {case: matches[case] for case in sorted(scores, key=lambda case: (-scores[case], case))[:limit]}

    @final
    def concepts_of(self, cases: Sequence[str]) -> dict[str, dict[str, float]]:
        spoken = self._links(sorted(set(cases)), "head", CASE_RELATIONS, _MOST_LINKS)
        nodes = self._load({link.tail for link in spoken})
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for link in spoken:
            if concept := nodes[link.tail].concept:
                found[link.head][concept] += link.asserted
        return {case: {c: strength(n) for c, n in sorted(found[case].items()) if n} for case in sorted(found)}

    @final
    def spread(self, ids: Sequence[str]) -> dict[str, int]:
        cases: dict[str, set[str]] = defaultdict(set)
        for case, node_id, _ in self._case_links(ids):
            cases[node_id].add(case)
        return {node_id: len(of) for node_id, of in sorted(cases.items())}

    def _reached(self, ordered: list[str], types: Sequence[NodeType] | None, room: int) -> tuple[list[str], list[str]]:
        """Of the nodes next in turn those that are wanted, as far as there is room, and others over which the way may go on."""
        if types is None:
            return ordered[:room], []
        nodes = self._load(ordered)
        wanted = [node for node in ordered if nodes[node].type in types]
        others = [node for node in ordered if nodes[node].type not in types]
        return wanted[:room], others[:_PASSED]

    def _case_links(self, ids: Sequence[str]) -> list[tuple[str, str, int]]:
        """(case, id, facts that assert it) for each case that speaks of one of `ids`, itself or through what carries that concept."""
        wanted = sorted(set(ids))
        stands_for: dict[str, set[str]] = defaultdict(set)
        for node_id, concept in self._carriers(wanted):
            stands_for[node_id].add(concept)
        for node_id in wanted:
            stands_for[node_id].add(node_id)
        links = self._links(sorted(stands_for), "tail", CASE_RELATIONS, 10 * _MOST_LINKS)
        return [(link.head, node_id, link.asserted) for link in links for node_id in sorted(stands_for[link.tail])]

    def _rows(self, links: Sequence[tuple[Link, str, int]], evidence: int) -> list[Neighbour]:
        nodes = self._load({_other(link, source) for link, source, _ in links})
        proofs = self._evidence([key_of(link) for link, _, _ in links], evidence) if evidence else {}
        return [
            Neighbour(
                node=nodes[_other(link, source)],
                source=source,
                relation=link.relation,
                direction="out" if link.head == source else "in",
                depth=depth,
                count=link.count,
                reports=link.reports,
                asserted=link.asserted,
                evidence=proofs.get(key_of(link), ()),
            )
            for link, source, depth in links
        ]


def _other(link: Link, node_id: str) -> str:
    return link.tail if link.head == node_id else link.head


def _leading(rows: Iterable[tuple[Link, str, int]], found: set[str]) -> list[tuple[Link, str, int]]:
    """The rows that reach what was found, and those on the way to it."""
    wanted = set(found)
    kept = []
    for link, source, step in sorted(rows, key=lambda row: -row[2]):
        if _other(link, source) in wanted:
            wanted.add(source)
            kept.append((link, source, step))
    return kept


def _by_weight(links: Iterable[Link], known: set[str]) -> list[str]:
    """Ends of the links that are not known yet: those that most reports and facts speak for first."""
    weight: dict[str, tuple[int, int]] = {}
    for link in links:
        for end in (link.head, link.tail):
            if end not in known:
                reports, count = weight.get(end, (0, 0))
                weight[end] = (reports + link.reports, count + link.count)
    return sorted(weight, key=lambda node: (-weight[node][0], -weight[node][1], node))
