"""Two lenses on a case: which steps of the process are told as done, and who of 三社 and 五社 is told to have taken part.

Each row is cited sentences of the report, or none: 文中未记载, which is no defect and enters no ranking. A sentence that only names a
method or an actor is no evidence: a step counts by a step fact that the text asserts, a participant by being the one who does something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from corpus.model import Case, Fact, Reading
from corpus.vocabulary import ontology, participants, steps
from search_api.card import Cited, told

_MOST = 3  # sentences a row
_ACTS = frozenset(
    {
        "takes_part_in", "leads", "carries_out", "proposes", "decides", "funds", "addresses", "uses", "assists", "cooperates_with",
        "demands", "objects_to", "mediates", "supervises", "evaluates",
    }
)  # fmt: skip
"""Relations whose head does something."""
_BETWEEN = 4  # characters at most between an actor and its verb: 也积极, 先后多次


@dataclass(frozen=True, slots=True)
class Row:
    """`label` in Chinese; `schemes`: the lenses that the row belongs to (三社, 五社), none for a step."""

    key: str
    label: str
    sentences: tuple[Cited, ...]
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lenses:
    steps: tuple[Row, ...]
    participants: tuple[Row, ...]


def lenses(reading: Reading, case: Case) -> Lenses:
    facts = [fact for fact in told(reading) if fact.case == case.id and fact.modality == "asserted"]
    done = [fact for fact in facts if fact.type == "step"]
    acting = _Acting(facts)

    def by_step(label: str) -> Callable[[Fact], bool]:
        return lambda fact: fact.step == label

    return Lenses(
        steps=tuple(Row(step.id, step.label, _cited(reading, filter(by_step(step.label), done))) for step in steps()),
        participants=tuple(
            Row(one.id, one.label, _cited(reading, acting.of(one.id)), one.schemes)
            for one in sorted(participants(), key=lambda one: one.order)
        ),
    )


class _Acting:
    """The actors that do something: named in a step that was taken, the head of a relation that says so, or followed by a verb of one. A
    heuristic, as the verb may be denied farther on."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        facts = list(facts)
        deeds = [fact for fact in facts if fact.type == "step"]
        heads = {(fact.head, fact.sentence_start) for fact in facts if fact.type == "relation" and fact.relation in _ACTS}
        self._facts = [
            (_party(fact), fact)
            for fact in facts
            if fact.type == "actor"
            and (
                (fact.name, fact.sentence_start) in heads
                or any(deed.start <= fact.start < deed.end for deed in deeds)
                or _verbs().match(fact.sentence, fact.end - fact.sentence_start)
            )
        ]

    def of(self, party: str) -> Iterable[Fact]:
        return [fact for one, fact in self._facts if one == party]


@cache
def _verbs() -> re.Pattern[str]:
    """What may follow an actor that acts: a verb of two characters or more of the relations above."""
    verbs = {verb for relation in _ACTS for verb in ontology().edges[relation].verbs if len(verb) > 1}
    listed = "|".join(map(re.escape, sorted(verbs, key=lambda verb: (-len(verb), verb))))
    return re.compile(rf"[^，。；、：！？\n不未没将拟]{{0,{_BETWEEN}}}(?:{listed})")


def _party(fact: Fact) -> str | None:
    return next((one.id for one in participants() if one.fits(fact.name, fact.kind)), None)


def _cited(reading: Reading, facts: Iterable[Fact]) -> tuple[Cited, ...]:
    chosen: dict[tuple[int, int], list[str]] = {}
    for fact in facts:
        place = (fact.sentence_start, fact.sentence_end)
        if place in chosen or len(chosen) < _MOST:
            chosen.setdefault(place, []).append(fact.id)
    return tuple(Cited(start, end, reading.text[start:end], tuple(ids)) for (start, end), ids in sorted(chosen.items()))
