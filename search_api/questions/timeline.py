"""What is dated of a report, a case, an entity or a place, in order of date; what only its publication dates is said so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.errors import NotFound, UsageError
from corpus.model import Fact, Reading, Report
from graph.mentions import links
from graph.plan import judged_readings
from graph.store.base import Node
from search_api.card import told
from search_api.neighbourhood import node_of
from search_api.questions.subjects import Where, where
from search_api.stores import Stores

MOST_REPORTS = 300
"""Reports read for one timeline: of an entity or a place with more, those published last."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
DatedBy = Literal["text", "publication"]
_Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence, the date that it tells (`until`: the end of a span), and the facts that go by that date. `dated_by` publication: the text
    dates nothing here, and `date` is when the report was published."""

    date: str
    until: str | None
    dated_by: DatedBy
    report: Report
    reading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`total` entries, of which `entries` are shown, from the earliest; `reports` were read, `unread` were not, being too many."""

    of: Node | None
    place: Where | None
    reports: int
    unread: int
    undated: int
    total: int
    entries: tuple[Entry, ...]


def timeline(
    stores: Stores, *, report: str | None = None, entity: str | None = None, place: str | None = None, limit: int = 200
) -> Timeline:
    """Of a report (or case, by its id), an entity, or a place. An entity's are the sentences that speak of it. `undated`: reports in which
    nothing is dated, and which tell no date of publication either. Raises NotFound, UsageError where not exactly one is given."""
    if sum(key is not None for key in (report, entity, place)) != 1:
        raise UsageError("要么给出报告，要么给出主体，要么给出地点", where="timeline", remedy="只给出其中一个", en="give one of them")
    node, within = None, None
    if place is not None:
        within = where(stores, place)
        homes = set(within.cases)
        found = _published_last(stores, {item.report for item in stores.graph.known(sorted(homes)).values() if item.report})
        parts = _of_homes(stores, found[:MOST_REPORTS], homes)
    elif entity is not None:
        node = node_of(stores, entity)
        if node.type in ("report", "case"):
            raise UsageError(f"“{node.name}”是报告或案例", where=entity, remedy="请作为报告给出", en="this is a report or a case")
        found = _published_last(stores, set(stores.graph.contributors(node.id)))
        parts = _of_entity(stores, found[:MOST_REPORTS], node.id)
    else:
        node = _told_by(stores, report or "")
        found = [node.report] if node.report else []
        parts = _of_homes(stores, found, None if node.type == "report" else {node.id})
    entries: list[Entry] = []
    undated = 0
    for whose, reading, facts in parts:
        mine = list(_entries(whose, reading, facts))
        entries.extend(mine)
        undated += not mine
    entries.sort(key=lambda entry: (entry.date, entry.until or "", entry.report.id, entry.facts[0].sentence_start))
    read = min(len(found), MOST_REPORTS)
    return Timeline(node, within, read, len(found) - read, undated, len(entries), tuple(entries[: max(0, limit)]))


def _told_by(stores: Stores, key: str) -> Node:
    node = stores.graph.node(key)
    if node is not None and node.type in ("report", "case"):
        return node
    report = stores.catalogue.find_report(key)
    found = stores.graph.node(report.id)
    if found is None:
        raise NotFound("图谱里还没有这份报告", where=report.source, remedy="请先运行 jindianzi sync", en="not in the graph yet")
    return found


def _published_last(stores: Stores, reports: Iterable[str]) -> list[str]:
    nodes = stores.graph.known(sorted(reports))
    return sorted(nodes, key=lambda id: (nodes[id].time or "", id), reverse=True)


_Part = tuple[Report, Reading, list[Fact]]


def _of_homes(stores: Stores, reports: Sequence[str], homes: set[str] | None) -> Iterator[_Part]:
    """The facts of these cases, or of these reports outside their cases; of the whole of them for None."""
    for id, (report, reading) in sorted(judged_readings(stores.catalogue, reports).items()):
        yield report, reading, [fact for fact in told(reading) if homes is None or (fact.case or id) in homes]


def _of_entity(stores: Stores, reports: Sequence[str], entity: str) -> Iterator[_Part]:
    """The facts of the sentences that speak of the entity."""
    keys = {key for key, id in stores.catalogue.membership(reports=reports).items() if id == entity}
    for id, (report, reading) in sorted(judged_readings(stores.catalogue, reports).items()):
        found = links(id, reading)
        speaking = {fact for ends in (found.of, found.heads, found.tails) for fact, key in ends.items() if key in keys}
        sentences = {fact.sentence_start for fact in reading.facts if fact.id in speaking}
        yield report, reading, [fact for fact in told(reading) if fact.sentence_start in sentences]


def _entries(report: Report, reading: Reading, facts: Sequence[Fact]) -> Iterator[Entry]:
    """One entry for each date of each sentence; where nothing is dated, one for the first sentence, by publication."""
    dated: dict[tuple[int, _Key], list[Fact]] = {}
    for fact in facts:
        if when := _when(fact):
            dated.setdefault((fact.sentence_start, when), []).append(fact)
    for (_, (date, until)), of in dated.items():
        yield Entry(date, until, "text", report, reading.id, tuple(of))
    published = report.metadata.published
    if facts and not dated and published and _DATE.fullmatch(published):
        first = facts[0].sentence_start
        yield Entry(published, None, "publication", report, reading.id, tuple(fact for fact in facts if fact.sentence_start == first))


def _when(fact: Fact) -> _Key | None:
    """The date that a fact tells or goes by, where the year is known."""
    if fact.type == "date":
        start, end = str(fact.value), fact.value_max and str(fact.value_max)
    else:
        start, _, end = (fact.time or "").partition("/")
    if not _DATE.fullmatch(start):
        return None
    return start, end if end and _DATE.fullmatch(end) and end != start else None
