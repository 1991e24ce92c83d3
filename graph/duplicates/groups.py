"""Which reports are one in a list: what computed pairs and people's judgements join.

A pure function of pairs and judgements, whatever came first. Judgements come before what is computed, the later before the earlier: `same`
joins two reports, `different` keeps two apart, and one that contradicts a later one has no effect. Then computed pairs join, the strongest
first, as long as they bring no two reports into one group that are kept apart. So `different` about A and B leaves each with those that it
is tied to more strongly, and what lies between them goes with the stronger tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from corpus.catalogue import Pair
from corpus.model import Judgement
from graph.duplicates.kinds import GROUPING, strongest

JUDGED = ("same", "different")
_COPIES = 4


def copies(reports: Sequence[str]) -> list[tuple[str, str]]:
    """Ties between reports of one and the same text, so many that some of them may be cut: each with the first few by id."""
    ordered = sorted(reports)
    return [(first, second) for at, second in enumerate(ordered) for first in ordered[: min(at, _COPIES)]]


def groups(reports: Iterable[str], equal: Iterable[Sequence[str]], pairs: Iterable[Pair], said: Iterable[Judgement]) -> dict[str, str]:
    """Report -> its group, which is the smallest id in it; a report that is alone is left out.

    `equal`: lists of reports whose texts are equal. What is said about a report that is not among `reports` has no effect.
    """
    clusters = _Clusters(reports)
    for judgement in standing(said):
        clusters.judge(judgement)
    for some in equal:
        for one, other in copies(some):
            clusters.join(one, other)
    for pair in strongest([pair for pair in pairs if pair.kind in GROUPING]):
        clusters.join(pair.one, pair.other)
    return clusters.named()


def standing(said: Iterable[Judgement]) -> list[Judgement]:
    """Of what was said about each two reports the latest, the latest of all first."""
    latest: dict[frozenset[str], Judgement] = {}
    for one in sorted((one for one in said if one.kind in JUDGED), key=lambda one: (one.when, one.id), reverse=True):
        if one.target != one.value:
            latest.setdefault(frozenset((one.target, one.value)), one)
    return list(latest.values())


def closure(start: Collection[str], beside: Callable[[Sequence[str]], Mapping[str, Iterable[str]]]) -> set[str]:
    """All reports that can be reached from `start`; `beside` gives those that each of some reports is tied to."""
    seen: set[str] = set()
    new = set(start)
    while new:
        seen |= new
        found = beside(sorted(new))
        new = {other for others in found.values() for other in others} - seen
    return seen


class _Clusters:
    """Disjoint sets of reports with pairs that must stay apart."""

    def __init__(self, reports: Iterable[str]) -> None:
        self._of = {report: report for report in reports}
        self._members: dict[str, set[str]] = {report: {report} for report in self._of}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def judge(self, judgement: Judgement) -> None:
        one, other = judgement.target, judgement.value
        if one not in self._of or other not in self._of:
            return
        if judgement.kind == "same":
            self.join(one, other)
        elif self._of[one] != self._of[other]:
            self._apart[self._of[one]].add(other)
            self._apart[self._of[other]].add(one)

    def join(self, one: str, other: str) -> None:
        """Make the sets of the two one, unless something keeps them apart."""
        if one not in self._of or other not in self._of:
            return
        a, b = self._of[one], self._of[other]
        if a == b or self._apart[a] & self._members[b] or self._apart[b] & self._members[a]:
            return
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        for report in self._members[b]:
            self._of[report] = a
        self._members[a] |= self._members.pop(b)
        self._apart[a] |= self._apart.pop(b)

    def named(self) -> dict[str, str]:
        return {report: min(members) for members in self._members.values() if len(members) > 1 for report in members}
