"""The case card (案例卡): the fixed shape in which a case is shown.

Each line is a list of sentences of the report, cited by their place, or empty (文中未记载); no line is written by the program. Which
sentences stand in a line is decided by the facts read in them, in an order of preference that the line names: a heuristic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Case, Fact, Reading, Role

_MOST = 3  # sentences a line
_MOST_OF = {"steps": 5}
_NEXT = 6  # characters behind an actor in which it may be said to lead
_LED = re.compile("(?:共同|负责|具体|统一)?牵头|主导|挂帅|发起")
_RESTS = re.compile("依据|依照|按照|根据|遵照|对照|参照|适用|符合|达到|依|按|落实|贯彻|执行|规定|援引|印发|出台")
_SHORTEST = 10  # characters: what is shorter is a heading or a label and tells nothing
_TIMES = ("天", "日", "周", "个月", "月", "年", "小时")
_SPENT = re.compile("投入|投资|造价|出资|筹|补助|补贴|补偿|分摊|均摊|每户|拨|经费|资金|费用|预算|花了|成本")
_TOOK = re.compile("历时|用了|用时|耗时|历经|经过|前后|为期|花了|走了|之久|终于")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of the report: `start` and `end` in its cleaned text, and the ids of the facts for which it is cited."""

    start: int
    end: int
    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: `key` is stable, its label is in the screen words; no sentences means 文中未记载."""

    key: str
    sentences: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Card:
    case: Case
    lines: tuple[Line, ...]

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.key == key)


Wanted = Callable[[Fact, Role], bool]
"""Whether a fact, standing in a section of this role, belongs in the line."""


def _leading(fact: Fact, role: Role) -> bool:
    """An actor that the sentence says took the lead, where nothing is named that it led."""
    following = fact.sentence[fact.end - fact.sentence_start :][:_NEXT]
    return fact.type == "actor" and fact.modality == "asserted" and bool(_LED.match(following))


def _basis(fact: Fact, role: Role) -> bool:
    """A document in a sentence that rests something on it; one that the case itself brought forth is none."""
    return fact.type == "policy" and bool(_RESTS.search(fact.sentence[: fact.start - fact.sentence_start]))


def _problem(fact: Fact, role: Role) -> bool:
    return fact.type == "issue" and role not in ("outcome", "insight")


def _type(*types: str) -> Wanted:
    return lambda fact, role: fact.type in types


def _relation(*relations: str) -> Wanted:
    return lambda fact, role: fact.type == "relation" and fact.relation in relations and fact.modality == "asserted"


def _stance(*stances: str) -> Wanted:
    return lambda fact, role: fact.type == "position" and fact.stance in stances


def _in(role: Role, *types: str) -> Wanted:
    return lambda fact, where: where == role and fact.type in types


def _context(fact: Fact, role: Role) -> bool:
    return fact.type == "context"


def _money(fact: Fact, role: Role) -> bool:
    """An amount in a sentence on what the case cost; a fine or a price of goods is none."""
    return fact.type == "measure" and fact.unit == "元" and bool(_SPENT.search(fact.sentence))


def _duration(fact: Fact, role: Role) -> bool:
    """A length of time in a sentence that says how long it took; an age or a term of contract is none."""
    return fact.type == "measure" and fact.unit in _TIMES and not fact.per and bool(_TOOK.search(fact.sentence))


def _span(fact: Fact, role: Role) -> bool:
    return fact.type == "date" and fact.value_max is not None


def _done(*, raised: bool) -> Wanted:
    """A step that was taken. What is asked first is what was done about the problem, and then how it was raised (提出)."""
    return lambda fact, role: fact.type == "step" and fact.modality == "asserted" and (fact.step == "提出") == raised


def _left_open(fact: Fact, role: Role) -> bool:
    """What failed, came back or stopped, and what a partial success leaves (not the figures by which something became better)."""
    partly = fact.state == "部分解决" and fact.rule != "outcome.figure"
    return fact.type == "outcome" and fact.modality == "asserted" and (partly or fact.state in ("未解决", "反弹", "中止"))


LINES: tuple[tuple[str, tuple[Wanted, ...]], ...] = (
    ("place", (_context, _type("place"))),
    ("issue", (_in("problem", "issue"), _in("background", "issue"), _problem, _type("issue"))),
    ("dispute", (_stance("objection", "concern"), _stance("demand", "option"), _in("dispute", "issue"))),
    ("lead", (_relation("leads"), _leading)),
    ("participants", (_relation("takes_part_in", "assists", "cooperates_with", "mediates", "leads"), _in("approach", "actor"))),
    ("steps", (_done(raised=False), _in("approach", "method"), _in("approach", "platform"), _done(raised=True))),
    ("policy", (_basis,)),
    ("input", (_relation("funds"), _money)),
    ("duration", (_duration, _span)),
    ("outcome", (_type("outcome"), _in("outcome", "measure"), _in("outcome", "award"))),
    ("unresolved", (_left_open,)),
)
"""Lines in order, each with what is wanted in it: the first kind that is found comes first, later ones fill up what is left.
The last line of a card, 出处, is the report's metadata and is added where it is shown."""


def cards(reading: Reading) -> tuple[Card, ...]:
    """One card a case, in the order of the text. A report without a case has none."""
    return tuple(card(reading, case) for case in reading.cases)


def card(reading: Reading, case: Case) -> Card:
    facts = [(fact, role_at(reading, fact.start)) for fact in told(reading) if fact.case == case.id]
    return Card(case, tuple(Line(key, _sentences(reading, facts, wanted, _MOST_OF.get(key, _MOST))) for key, wanted in LINES))


def told(reading: Reading) -> list[Fact]:
    """The facts whose sentence tells something: not those of titles, headings and labels."""
    headings = {section.heading.strip() for section in reading.sections}
    body = min((section.start for section in reading.sections), default=0)
    return [
        fact for fact in reading.facts if fact.start >= body and len(fact.sentence) >= _SHORTEST and fact.sentence.strip() not in headings
    ]


def role_at(reading: Reading, position: int) -> Role:
    return next((section.role for section in reading.sections if section.start <= position < section.end), "other")


def _sentences(reading: Reading, facts: Sequence[tuple[Fact, Role]], preferences: Iterable[Wanted], most: int) -> tuple[Cited, ...]:
    chosen: dict[tuple[int, int], list[str]] = {}
    for wanted in preferences:
        for fact, role in facts:
            place = (fact.sentence_start, fact.sentence_end)
            if wanted(fact, role) and (place in chosen or len(chosen) < most):
                chosen.setdefault(place, []).append(fact.id)
    return tuple(Cited(start, end, reading.text[start:end], tuple(ids)) for (start, end), ids in sorted(chosen.items()))
