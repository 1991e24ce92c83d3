"""What the entity page shows: its neighbourhood by relation, what speaks of it, its mentions and what looks like it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Judgement, Report
from graph.reasons import Reason
from graph.store.base import Evidence, Neighbour
from search_api.bodies import relation_label
from search_api.likeness import LABELS, Candidate
from search_api.members import Member, Membership
from search_api.resolution import NAME
from search_api.web.render import entity_url, report_url
from search_api.web.words import UNSURE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a row rests on, the report it stands in, and the address of its place there."""

    text: str
    report: str
    title: str
    sample: bool
    url: str
    modality: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: the relation as it reads from the entity. `url` leads to the neighbour's own page."""

    label: str
    relation: str
    name: str
    kind: str
    url: str
    count: int
    reports: int
    asserted: int
    sentences: tuple[Sentence, ...]


def rows(neighbours: Sequence[Neighbour], reports: Mapping[str, Report]) -> tuple[list[Row], list[Row]]:
    """Rows to other entities, and rows to the cases and reports that speak of it; both in the order of the graph."""
    beside: list[Row] = []
    told: list[Row] = []
    for neighbour in neighbours:
        node = neighbour.node
        row = Row(
            label=relation_label(neighbour.relation, neighbour.direction),
            relation=neighbour.relation,
            name=node.name,
            kind=node.type,
            url=_url(neighbour),
            count=neighbour.count,
            reports=neighbour.reports,
            asserted=neighbour.asserted,
            sentences=tuple(_sentences(neighbour.evidence, reports)),
        )
        (told if node.type in ("report", "case") else beside).append(row)
    return beside, told


def _url(neighbour: Neighbour) -> str:
    node = neighbour.node
    if node.type == "case":
        return report_url(node.report or "", anchor=f"case-{node.id}")
    return report_url(node.id) if node.type == "report" else entity_url(node.id)


def _sentences(evidence: Iterable[Evidence], reports: Mapping[str, Report]) -> Iterable[Sentence]:
    for item in evidence:
        report = reports.get(item.report)
        if report is not None and item.sentence:
            yield Sentence(
                text=item.sentence,
                report=item.report,
                title=report.metadata.title or report.source,
                sample=report.sample,
                url=report_url(item.report, item.sentence_start, item.sentence_start + len(item.sentence)),
                modality=item.modality,
                unsure=item.confidence < UNSURE,
            )


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention: `url` leads to its sentence, or to its report where none is left of it."""

    key: str
    names: tuple[str, ...]
    text: str
    title: str
    sample: bool
    url: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A judgement in words. `standing`: no later one contradicts it."""

    id: str
    words: str
    who: str
    when: str
    why: str
    standing: bool


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """An entity that looks like this one, and by what."""

    id: str
    name: str
    about: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Judging:
    """`more`: how many mentions are not shown; `divisible`: whether there are several to split."""

    mentions: tuple[MentionRow, ...]
    more: int
    said: tuple[SaidRow, ...]
    alike: tuple[AlikeRow, ...]

    @property
    def divisible(self) -> bool:
        return len(self.mentions) + self.more > 1


def judging(held: Membership, alike: Iterable[Candidate], standing: Collection[str]) -> Judging:
    """`standing`: ids of the judgements about pairs that are in force."""
    own = {member.mention.key: (member.mention.names or (member.mention.name,))[0] for member in held.members}
    return Judging(
        mentions=tuple(map(_mention, held.members)),
        more=held.count - len(held.members),
        said=tuple(SaidRow(one.id, _words(one, own), one.who, one.when[:10], one.why, _stands(one, standing)) for one in held.said),
        alike=tuple(map(_alike, alike)),
    )


def _alike(one: Candidate) -> AlikeRow:
    return AlikeRow(one.entity.id, one.entity.name, one.entity.place or "", LABELS[one.likeness], entity_url(one.entity.id))


def _mention(member: Member) -> MentionRow:
    report, mention, stored = member.report, member.mention, member.cited
    at = (stored.fact.sentence_start, stored.fact.sentence_end) if stored else (None, None)
    return MentionRow(
        key=mention.key,
        names=mention.names or (mention.name,),
        text=stored.fact.sentence if stored else "",
        title=report.metadata.title or report.source,
        sample=report.sample,
        url=report_url(report.id, *at),
        reasons=tuple(_reason(reason) for reason in member.reasons),
    )


def _reason(reason: Reason) -> str:
    forms = f"：{'、'.join(reason.forms)}" if reason.forms else ""
    return f"{reason.label} {reason.confidence:.0%}{forms}"


def _words(one: Judgement, own: Mapping[str, str]) -> str:
    """What was said, as it reads on the page of the entity that one of the two mentions belongs to."""
    if one.kind == NAME:
        return f"名称改为“{one.value}”"
    ends = [f"“{own[end]}”" if end in own else "另一处提及" for end in (one.target, one.value)]
    return f"{ends[0]}与{ends[1]}{'是同一个' if one.kind == 'same' else '不是同一个'}"


def _stands(one: Judgement, standing: Collection[str]) -> bool:
    return one.kind == NAME or one.id in standing
