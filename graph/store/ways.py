"""The shortest ways between two nodes: breadth first from both ends at once, the smaller side first, until they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from graph.store.base import Link

Step = tuple[str, Link]
"""The node a step starts from, and the link it goes over."""


def strongest(link: Link) -> tuple[int, int, str, str, str]:
    """Sorting key: links that most reports and facts speak for first."""
    return (-link.reports, -link.count, link.relation, link.head, link.tail)


def shortest(links: Callable[[Sequence[str]], list[Link]], start: str, end: str, max_length: int, limit: int) -> list[list[Step]]:
    """At most `limit` of the shortest ways from `start` to `end`, those over the strongest links first; none longer than `max_length`.

    `links` gives the links at some nodes; where it leaves out links of a hub, ways over those are not found.
    """
    sides = (_Side(start), _Side(end))
    while sum(side.depth for side in sides) < max_length:
        side = min(sides, key=lambda one: len(one.frontier))
        if not side.frontier:
            return []
        side.grow(links)
        meeting = sorted(set(side.frontier) & (sides[1] if side is sides[0] else sides[0]).reached)
        if meeting:
            ways = (way for node in meeting for way in _joined(sides, node))
            return sorted(islice(ways, 20 * limit), key=lambda way: [strongest(link) for _, link in way])[:limit]
    return []


class _Side:
    def __init__(self, node: str) -> None:
        self.depth = 0
        self.frontier = [node]
        self.reached = {node}
        self._before: dict[str, list[Step]] = {node: []}

    def grow(self, links: Callable[[Sequence[str]], list[Link]]) -> None:
        inner = set(self.frontier)
        before: dict[str, list[Step]] = defaultdict(list)
        for link in sorted(links(self.frontier), key=strongest):
            for node, other in ((link.head, link.tail), (link.tail, link.head)):
                if node in inner and other not in self.reached:
                    before[other].append((node, link))
        self._before.update(before)
        self.reached.update(before)
        self.frontier = sorted(before)
        self.depth += 1

    def back(self, node: str) -> Iterator[list[tuple[str, Link, str]]]:
        """Ways from `node` back to where this side began, as (nearer the beginning, link, farther)."""
        if not self._before[node]:
            yield []
        for nearer, link in self._before[node]:
            for rest in self.back(nearer):
                yield [(nearer, link, node), *rest]


def _joined(sides: tuple[_Side, _Side], meeting: str) -> Iterator[list[Step]]:
    for first in sides[0].back(meeting):
        for second in sides[1].back(meeting):
            yield [(nearer, link) for nearer, link, _ in reversed(first)] + [(farther, link) for _, link, farther in second]
