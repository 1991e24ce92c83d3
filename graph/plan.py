"""What changes in mentions and entities when some reports have changed, worked out without looking at what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.catalogue import Catalogue, Joins
from corpus.model import Case, Entity, Judgement, Mention, Reading, Report
from graph.joining import Joining
from graph.mentions import mentions
from graph.resolve import affected, block_of, entities

_BATCH = 100  # reports whose readings are held at once


@dataclass(frozen=True, slots=True)
class Plan:
    """For `Catalogue.put_entities`."""

    entities: list[Entity]
    gone: list[str]
    mentions: list[Mention]
    gone_mentions: list[str]
    joins: Joins
    links: list[str]


def plan(catalogue: Catalogue, ids: Sequence[str]) -> Plan:
    """What changes now that these reports are as they are.

    Most things have a name that no person judged about: there only the mentions that come and go are handled (`graph.joining`). The rest is
    resolved anew, block by block.
    """
    old = {mention.key: mention for mention in catalogue.mentions(reports=ids)}
    new: dict[str, Mention] = {}
    present: set[str] = set()
    for part in parts(ids):
        for id, (_, reading) in judged_readings(catalogue, part).items():
            present.add(id)
            new |= {mention.key: mention for mention in mentions(id, reading)}
    judgements = [one for kind in ("same", "different", "name") for one in catalogue.judgements(kind)]
    joining = Joining(catalogue, old, new, judgements)
    rest = [{key: mention for key, mention in some.items() if block_of(mention) not in joining.done} for some in (old, new)]
    after, lost, relinked = _resolve(catalogue, rest[0], rest[1], judgements)
    return Plan(
        entities=after,
        gone=sorted([*joining.gone, *lost]),
        mentions=[new[key] for key in sorted(new) if old.get(key) != new[key]],
        gone_mentions=sorted(old.keys() - new.keys()),
        joins=joining.joins,
        links=sorted(present | relinked),
    )


def _resolve(
    catalogue: Catalogue, old: dict[str, Mention], new: dict[str, Mention], judgements: Sequence[Judgement]
) -> tuple[list[Entity], list[str], set[str]]:
    """Entities that are new or different, ids of those that are gone, and reports to build again because of them."""
    changed = {**old, **new}
    while True:
        found = affected(
            changed.values(),
            judgements,
            lambda blocks: catalogue.mentions(names=sorted({(type, name) for type, name, _ in blocks})),
            lambda keys: catalogue.mentions(keys=keys),
        )
        now = {key: mention for key, mention in found.items() if key not in old} | new
        owner = catalogue.membership(keys=sorted(found.keys() | old.keys()))
        before = {entity.id: entity for entity in catalogue.entities(ids=sorted(set(owner.values())))}
        outside = {key for entity in before.values() for key in entity.mentions} - found.keys() - changed.keys()
        if not outside:
            break
        changed |= {mention.key: mention for mention in catalogue.mentions(keys=sorted(outside))}
    after = entities(now.values(), judgements)
    current = {key: entity for entity in after for key in entity.mentions}
    return (
        [entity for entity in after if before.get(entity.id) != entity],
        sorted(before.keys() - {entity.id for entity in after}),
        _relinked(before.values(), current, now),
    )


def _relinked(before: Iterable[Entity], current: dict[str, Entity], mentions: dict[str, Mention]) -> set[str]:
    """Reports that must be built again because an entity they spoke of fell apart, or went where its id does not lead.

    An entity whose mentions all went to one other, which its id leads to, takes its edges along.
    """
    reports: set[str] = set()
    for entity in before:
        left = [key for key in entity.mentions if key in current]
        homes = {current[key].id: current[key] for key in left}
        if homes.keys() == {entity.id}:
            continue
        if len(homes) == 1 and entity.id in next(iter(homes.values())).forwards:
            continue
        reports.update(mentions[key].report for key in left)
    return reports


def judged_readings(catalogue: Catalogue, ids: Sequence[str]) -> dict[str, tuple[Report, Reading]]:
    """Reports that are there, each with its reading as people's judgements leave it: metadata and cases corrected, facts called wrong left
    out."""
    readings = catalogue.readings(ids)
    wrong = {judgement.target for judgement in catalogue.judgements("wrong")}
    found = {}
    for report in catalogue.reports(ids=ids):
        if reading := readings.get(report.id):
            facts = tuple(fact for fact in reading.facts if fact.id not in wrong)
            found[report.id] = (report, replace(reading, metadata=report.metadata, cases=_corrected(report, reading.cases), facts=facts))
    return found


def _corrected(report: Report, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """A kind that people set holds for all that a report tells; title, place and stage do where it tells of one case."""
    fields = ("kind", "title", "place", "stage") if len(cases) == 1 else ("kind",)
    said: dict[str, Any] = {field: getattr(report.metadata, field) for field in fields if field in report.corrected}
    return tuple(replace(case, **said) for case in cases) if said else cases


def parts(ids: Sequence[str], size: int = _BATCH) -> Iterator[Sequence[str]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
