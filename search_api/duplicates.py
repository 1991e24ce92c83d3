"""Reports with text in common, as they are listed and shown: groups, what is beside one report, two texts side by side, and judgements.

What is computed comes from the catalogue (`graph.duplicates`); what people said wins and is kept for good. Nothing is merged: every report
stays one of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.catalogue import Catalogue, Pair
from corpus.errors import UsageError
from corpus.identity import digest
from corpus.model import Judgement, Report
from graph.duplicates import GROUPING
from graph.duplicates.groups import JUDGED, standing
from graph.duplicates.kinds import strongest

Verdict = Literal["same", "different"]
PASSAGES = ("part", "shared")
"""Kinds of pairs that do not make a group."""
LABELS: Mapping[str, str] = {
    "exact": "文字相同",
    "reprint": "转载",
    "version": "同一稿件的不同版本",
    "near": "文字大部分相同",
    "part": "一份收入另一份",
    "shared": "部分段落相同",
    "same": "归在一组",
}
"""What people read for a kind, `same` for what only a judgement ties: about texts only, never about what anybody did."""


@dataclass(frozen=True, slots=True)
class Related:
    """A report that has text in common with another (the first).

    Shares as in `corpus.catalogue.Pair`, of the first (`mine`) and of this one (`theirs`). `together`: both are in one group; `said`: what
    a person said about the two. `kind` is None where only that ties them.
    """

    report: Report
    kind: str | None
    sentences: int
    letters: int
    mine: float
    theirs: float
    own_mine: float
    own_theirs: float
    together: bool
    said: Judgement | None


@dataclass(frozen=True, slots=True)
class GroupOf:
    """Reports that are one in a list, the earliest published first, and what was found between two of them."""

    id: str
    reports: tuple[Report, ...]
    pairs: tuple[Pair, ...]
    said: tuple[Judgement, ...]


def groups(catalogue: Catalogue, collection: str | None = None, after: str = "", limit: int = 50) -> list[GroupOf]:
    """Groups by id, from behind `after`; with a collection, those that have a report of it."""
    found = []
    for id in catalogue.duplicate_group_page(collection, after, limit):
        members = [item.report for item in catalogue.signatures(joined=[id])]
        reports = _by_date(catalogue.reports(ids=members))
        if len(reports) > 1:
            here = {report.id for report in reports}
            said = [one for one in _said(catalogue, here) if {one.target, one.value} <= here]
            found.append(GroupOf(id, tuple(reports), tuple(strongest(_among(catalogue, here))), tuple(said)))
    return found


def passages(catalogue: Catalogue, after: Pair | None = None, limit: int = 50) -> list[tuple[Pair, Report, Report]]:
    """Pairs that have passages in common and are in no group for that, those with most own letters in common first."""
    pairs = catalogue.duplicate_pair_page(PASSAGES, after, limit)
    reports = {report.id: report for report in catalogue.reports(ids=sorted({id for pair in pairs for id in (pair.one, pair.other)}))}
    return [(pair, reports[pair.one], reports[pair.other]) for pair in pairs if pair.one in reports and pair.other in reports]


def related(catalogue: Catalogue, report: Report) -> list[Related]:
    """All that has text in common with a report, or is in its group: the strongest first."""
    pairs = {pair.beside(report.id): pair for pair in _pairs_of(catalogue, report.id)}
    said = {(one.value if one.target == report.id else one.target): one for one in _said(catalogue, {report.id})}
    group = catalogue.duplicate_groups([report.id]).get(report.id)
    members = {item.report for item in catalogue.signatures(joined=[group])} if group else set()
    found = []
    for other in catalogue.reports(ids=sorted((pairs.keys() | members | said.keys()) - {report.id})):
        pair = pairs.get(other.id)
        found.append(_related(report, other, pair, other.id in members, said.get(other.id)))
    order = {pair.beside(report.id): at for at, pair in enumerate(strongest(list(pairs.values())))}
    return sorted(found, key=lambda item: (order.get(item.report.id, len(order)), item.report.id))


def _related(report: Report, other: Report, pair: Pair | None, together: bool, said: Judgement | None) -> Related:
    if pair is None:
        return Related(other, None, 0, 0, 0.0, 0.0, 0.0, 0.0, together, said)
    shares = (pair.share(report.id), pair.share(other.id), pair.own(report.id), pair.own(other.id))
    return Related(other, pair.kind, pair.sentences, pair.letters, *shares, together, said)


def judge(catalogue: Catalogue, one: Report, other: Report, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Keep that two reports are one text (`same`) or are not (`different`); of several judgements about the same two the latest counts.

    Raises UsageError where the two are one report, or nobody signs.
    """
    if one.id == other.id:
        raise UsageError("这是同一份报告", where=one.source, remedy="请给出两份不同的报告", en="that is one and the same report")
    if not who.strip() or not why.strip():
        raise UsageError("判断要写明谁、为什么", where="as, why", remedy="例如 --as 张三 --why 同一稿件", en="say who, and why")
    first, second = sorted((one.id, other.id))
    said = Judgement(digest("judgement", "duplicate", first, second), verdict, first, second, who.strip(), "", why.strip())
    catalogue.judge(said)
    return next(found for found in catalogue.judgements(verdict, targets=[first]) if found.id == said.id)


def said_about(catalogue: Catalogue, one: Report, other: Report) -> Judgement | None:
    """What counts of what people said about two reports."""
    return next((said for said in _said(catalogue, {one.id}) if {said.target, said.value} == {one.id, other.id}), None)


def _pairs_of(catalogue: Catalogue, report: str) -> list[Pair]:
    """The pairs of a report: its exact copies, and what was found of the one of them that stands for all, with every copy of the others."""
    (mine,) = catalogue.signatures(reports=[report]) or (None,)
    if mine is None:
        return []
    copies = [item for item in catalogue.signatures(texts=[mine.text]) if item.report != report]
    found = [_exact(report, item.report, mine.letters) for item in copies]
    leader = report if mine.leads else next((item.report for item in copies if item.leads), report)
    pairs = catalogue.duplicate_pairs([leader])
    leaders = catalogue.signatures(reports=sorted({pair.beside(leader) for pair in pairs}))
    texts = {item.report: item.text for item in leaders}
    same = catalogue.signatures(texts=sorted(set(texts.values())))
    for pair in pairs:
        text = texts.get(pair.beside(leader))
        found += [_standing(pair, leader, report, item.report) for item in same if item.text == text]
    return found


def _standing(pair: Pair, leader: str, report: str, other: str) -> Pair:
    """The pair of two leaders as one of a copy of each."""
    beside = pair.beside(leader)
    shares = (pair.share(leader), pair.share(beside), pair.own(leader), pair.own(beside))
    if report < other:
        return replace(pair, one=report, other=other, share_one=shares[0], share_other=shares[1], own_one=shares[2], own_other=shares[3])
    return replace(pair, one=other, other=report, share_one=shares[1], share_other=shares[0], own_one=shares[3], own_other=shares[2])


def _exact(one: str, other: str, letters: int) -> Pair:
    return Pair(min(one, other), max(one, other), "exact", 0, letters, 1.0, 1.0, 1.0, 1.0)


def _among(catalogue: Catalogue, reports: set[str]) -> list[Pair]:
    """Pairs of a group: computed ones of its leaders that make groups, and exact copies with the one that stands for them."""
    found = [pair for pair in catalogue.duplicate_pairs(sorted(reports), among=True) if pair.kind in GROUPING]
    classes: dict[str, list[str]] = {}
    letters: dict[str, int] = {}
    for item in catalogue.signatures(reports=sorted(reports)):
        classes.setdefault(item.text, []).append(item.report)
        letters[item.text] = item.letters
    for text, members in classes.items():
        found += [_exact(members[0], other, letters[text]) for other in members[1:]]
    return found


def _said(catalogue: Catalogue, reports: Iterable[str]) -> list[Judgement]:
    """What people said about one of these reports and another: the latest about each two."""
    wanted = set(reports)
    every = [one for kind in JUDGED for one in catalogue.judgements(kind)]
    return [one for one in standing(every) if {one.target, one.value} & wanted]


def _by_date(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (report.metadata.published or "9999", report.id))
