"""What is asked of a graph about its cases together, written once over primitives like `graph.store.adjacency`.

A back end supplies two more: `_told` (edges of some types, each with the case it belongs to) and `_placed` (where cases and reports are).
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple, final

from graph import regions
from graph.store.adjacency import CASE_RELATIONS, Adjacency
from graph.store.base import Evidence, Neighbour, Node, NodeType, Partners, Tie

TOGETHER = ("assists", "cooperates_with")
"""Relations that say of two actors that they work together."""
HAVING_A_PART = ("carries_out", "leads", "takes_part_in")
"""Relations that say of an actor that it has a part in what a case tells."""
_ABOUT = {"issue": "about_issue", "method": "uses_method"}
_ALL = 10**9
_PAGE = 5000
_PROOFS = 500  # pieces of evidence of a link that are looked through for those of one case
_TIES = 10  # ties shown of a pair
_ENDINGS = ("省", "市", "区", "县", "街道", "镇", "乡", "社区", "村", "自治区", "自治州", "特别行政区")


class Said(NamedTuple):
    """An edge without its words: `home` is the case it belongs to, or the report where it belongs to none."""

    head: str
    relation: str
    tail: str
    home: str


class Casework(Adjacency):
    """Template of the questions of `GraphStore` about cases."""

    @abstractmethod
    def nodes(self, type: NodeType | None = None, query: str = "", after: str = "", limit: int = 100) -> list[Node]: ...

    @abstractmethod
    def _told(self, relations: Sequence[str], homes: Sequence[str] | None) -> list[Said]:
        """The asserted edges of these types that belong to these cases or reports (None: all), in any order."""

    @abstractmethod
    def _placed(self) -> list[tuple[str, str]]:
        """(id, place) of each case and report whose place is known."""

    @final
    def labels(self, type: Literal["issue", "method"], cases: Sequence[str] | None = None) -> dict[str, dict[str, int]]:
        if cases is None:
            of = {node.id: node for node in self._all(type)}
            links = self._links(sorted(of), "tail", (_ABOUT[type],), _ALL)
        else:
            links = self._links(sorted(set(cases)), "head", (_ABOUT[type],), _ALL)
            of = self._load({link.tail for link in links})
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for link in links:
            if link.asserted:
                found[link.head][of[link.tail].concept or link.tail] += link.asserted
        return {case: dict(sorted(found[case].items())) for case in sorted(found)}

    @final
    def proofs(self, cases: Sequence[str], ids: Sequence[str], evidence: int = 1) -> dict[str, list[Neighbour]]:
        wanted = sorted(set(ids))
        nodes = {*wanted, *(node for node, _ in self._carriers(wanted))}
        links = [link for link in self._links(sorted(set(cases)), "head", CASE_RELATIONS, _ALL) if link.tail in nodes]
        links.sort(key=lambda link: (link.head, -link.asserted, -link.count, link.relation, link.tail))
        found: dict[str, list[Neighbour]] = defaultdict(list)
        for row in self._rows([(link, link.head, 1) for link in links], evidence):
            found[row.source].append(row)
        return dict(found)

    @final
    def cases_in(self, place: str) -> dict[str, str]:
        wanted = _units(place)
        matches: dict[str, bool] = {}  # there are far fewer places than cases
        found = {}
        for id, where in sorted(self._placed()):
            if where not in matches:
                matches[where] = _lies_in(_units(where), wanted)
            if matches[where]:
                found[id] = where
        return found

    @final
    def partners(
        self, cases: Sequence[str] | None = None, actor: str | None = None, limit: int = 50, evidence: int = 1
    ) -> tuple[int, list[Partners]]:
        told = sorted(set(self._told((*TOGETHER, *HAVING_A_PART), cases)))
        nodes = self._load({said.head for said in told} | {said.tail for said in told if said.relation in TOGETHER})
        joined: dict[tuple[str, str], list[Said]] = defaultdict(list)
        parts: dict[str, dict[str, Said]] = defaultdict(dict)
        for said in told:
            if nodes[said.head].type != "actor":
                continue
            if said.relation in HAVING_A_PART:
                parts[said.home].setdefault(said.head, said)
            elif nodes[said.tail].type == "actor":
                joined[_pair(said.head, said.tail)].append(said)
        beside: dict[tuple[str, str], list[str]] = defaultdict(list)
        for home, of in parts.items():
            for pair in combinations(sorted(of), 2):
                beside[pair].append(home)
        pairs = [pair for pair in {*joined, *beside} if actor is None or actor in pair]
        weight = {pair: len({*(said.home for said in joined[pair]), *beside[pair]}) for pair in pairs}
        pairs.sort(key=lambda pair: (-weight[pair], -len(joined[pair]), pair))
        found = []
        for first, second in pairs[: max(0, limit)]:
            direct = {said.home for said in joined[first, second]}
            apart = [home for home in sorted(beside[first, second]) if home not in direct]
            ties = [self._joining(said, evidence) for said in joined[first, second][:_TIES]]
            ties += [self._beside(parts[home][first], parts[home][second], evidence) for home in apart[: _TIES - len(ties)]]
            found.append(Partners(nodes[first], nodes[second], weight[first, second], tuple(ties)))
        return len(pairs), found

    def _joining(self, said: Said, evidence: int) -> Tie:
        return Tie(said.relation, said.head, said.tail, said.home, self._of_case(said, evidence))

    def _beside(self, one: Said, other: Said, evidence: int) -> Tie:
        proofs = (*self._of_case(one, evidence), *self._of_case(other, evidence))
        return Tie(None, one.head, other.head, one.home, proofs)

    def _of_case(self, said: Said, most: int) -> tuple[Evidence, ...]:
        """Evidence that the case itself gives."""
        if most <= 0:
            return ()
        key = (said.head, said.relation, said.tail)
        proofs = self._evidence([key], _PROOFS).get(key, ())
        return tuple(proof for proof in proofs if (proof.case or proof.report) == said.home)[:most]

    def _all(self, type: NodeType) -> list[Node]:
        found: list[Node] = []
        while page := self.nodes(type, after=found[-1].id if found else "", limit=_PAGE):
            found.extend(page)
        return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _units(place: str) -> tuple[str, ...]:
    """The names of a place's units from the top; of a place that its ending does not tell, the name itself."""
    if ">" in place:
        return tuple(place.split(">"))
    units, rest = regions.leading(place)
    names = tuple(dict.fromkeys(unit.name for unit in units))
    return (*names, rest) if rest else names


def _lies_in(units: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether all the wanted units are among these, in that order."""
    at = iter(units)
    return bool(wanted) and all(any(unit == name or unit in _with_ending(name) for unit in at) for name in wanted)


def _with_ending(name: str) -> tuple[str, ...]:
    """上城 as 上城区; a name that has an ending already stays what it is."""
    return () if name.endswith(_ENDINGS) or len(name) < 2 else tuple(name + ending for ending in _ENDINGS)
