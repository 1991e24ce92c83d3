"""What cases tell of their outcome: the state that the text gives them, the sentences that say so, and the figures that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Fact, Reading, Report
from graph.plan import judged_readings
from graph.store.base import Node
from search_api.card import role_at, told
from search_api.stores import Stores


@dataclass(frozen=True, slots=True)
class Told:
    """`case` is the node of a case, or of a report for what it tells outside its cases. Empty lists: 文中未记载."""

    case: Node
    report: Report
    reading: Reading
    outcomes: tuple[Fact, ...]
    results: tuple[Fact, ...]


def outcomes_of(stores: Stores, cases: Iterable[Node]) -> dict[str, Told]:
    """For each case by id; one whose report has just gone is left out."""
    nodes = list(cases)
    readings = judged_readings(stores.catalogue, sorted({node.report for node in nodes if node.report}))
    found = {}
    for node in nodes:
        if node.report in readings:
            report, reading = readings[node.report]
            facts = [fact for fact in told(reading) if fact.case == (node.id if node.type == "case" else None)]
            outcomes = [fact for fact in facts if fact.type == "outcome" and fact.modality == "asserted"]
            found[node.id] = Told(node, report, reading, tuple(outcomes), tuple(_results(reading, facts, outcomes)))
    return found


def _results(reading: Reading, facts: Iterable[Fact], outcomes: Sequence[Fact]) -> list[Fact]:
    """Measured results: figures of the section on outcomes or of a sentence that tells one, and those that compare."""
    sentences = {fact.sentence_start for fact in outcomes}
    return [
        fact
        for fact in facts
        if fact.type == "measure"
        and fact.modality == "asserted"
        and (fact.comparison is not None or fact.sentence_start in sentences or role_at(reading, fact.start) == "outcome")
    ]
