"""What a model found in a stretch, as the catalogue keeps it, and as facts of a reading.

Kept are places in the stretch, so what was found in a text holds wherever that text stands.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from corpus.catalogue import Catalogue
from corpus.identity import digest
from corpus.model import Fact, Reading, with_ids
from corpus.stretches import Stretch, stretches
from ingest.annotate import Checked
from ingest.annotate.reasons import Reason

UNVERIFIED = "模型提取、待核实"
"""How every fact by a model is marked where it is shown."""
RULE = "model:"
"""What the `rule` of a fact by a model begins with; the fingerprint of the model follows."""
_CELL = 256  # characters
_KEPT = tuple(
    (item.name, None if item.default is MISSING else item.default)
    for item in fields(Fact)
    if item.name not in ("id", "sentence", "case", "rule", "comparison")
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one stretch: facts by position in it, how many claims were thrown away, and what it cost in tokens."""

    facts: tuple[Fact, ...]
    rejected: Counter[Reason]
    read: int
    written: int


def encode(checked: Checked, read: int, written: int) -> str:
    rows = [{name: value for name, default in _KEPT if (value := getattr(fact, name)) != default} for fact in checked.facts]
    body = {"facts": rows, "rejected": dict(sorted(checked.rejected.items())), "tokens": [read, written]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(data: str) -> Found:
    body = json.loads(data)
    read, written = body["tokens"]
    return Found(tuple(map(_fact, body["facts"])), Counter(body["rejected"]), read, written)


def _fact(row: dict[str, Any]) -> Fact:
    row["evidence"] = tuple((start, end) for start, end in row.get("evidence", ()))
    return Fact(id="", sentence="", **row)


def model_facts(catalogue: Catalogue, reading: Reading) -> tuple[Fact, ...]:
    """The facts that models found in a reading and that no rule has read there, by position; without those that people called wrong.

    `rule` is `model:` and the fingerprint. Their ids are never those of facts by rule.
    """
    annotations = catalogue.annotations([reading.report])
    if not annotations:
        return ()
    parts: dict[str, list[Stretch]] = {}
    for stretch in stretches(reading.text, reading.passages):
        parts.setdefault(stretch.hash, []).append(stretch)
    by_model: dict[str, list[Fact]] = {}
    for annotation in annotations:
        for stretch in parts.get(annotation.hash, ()):
            found = decode(annotation.data).facts
            by_model.setdefault(annotation.model, []).extend(_placed(fact, stretch, reading.text, annotation.model) for fact in found)
    wrong = {judgement.target for judgement in catalogue.judgements("wrong")}
    known = _Known(reading.facts)
    new: list[Fact] = []
    for model, facts in by_model.items():
        for fact in with_ids(reading.report, facts):
            own = replace(fact, id=digest("fact by model", model, fact.id))
            if own.id not in wrong and not known.has(own):
                new.append(own)
    return tuple(sorted(new, key=lambda fact: (fact.start, fact.end, fact.type, fact.id)))


def _placed(fact: Fact, stretch: Stretch, text: str, model: str) -> Fact:
    by = stretch.start
    low, high = fact.sentence_start + by, fact.sentence_end + by
    return replace(
        fact,
        start=fact.start + by,
        end=fact.end + by,
        sentence_start=low,
        sentence_end=high,
        sentence=text[low:high],
        evidence=tuple((start + by, end + by) for start, end in fact.evidence),
        case=stretch.case,
        rule=f"{RULE}{model}",
    )


class _Known:
    """Facts by rule, looked up by type and place."""

    def __init__(self, by_rule: Iterable[Fact]) -> None:
        self._facts: dict[tuple[str, int], list[Fact]] = {}
        for fact in by_rule:
            for place in _places(fact):
                self._facts.setdefault((fact.type, place), []).append(fact)

    def has(self, fact: Fact) -> bool:
        """Whether a rule reads the same at the same place: then the fact by rule stands and this one is not told again."""
        near = (rule for place in _places(fact) for rule in self._facts.get((fact.type, place), ()))
        return any(rule.start < fact.end and fact.start < rule.end and _same(fact, rule) for rule in near)


def _places(fact: Fact) -> range:
    return range(fact.start // _CELL, (fact.end - 1) // _CELL + 1)


def _same(fact: Fact, rule: Fact) -> bool:
    if fact.type == "relation":
        return fact.relation == rule.relation and _alike(fact.head, rule.head) and _alike(fact.tail, rule.tail)
    if fact.type in ("measure", "date"):
        return (fact.value, fact.value_max) == (rule.value, rule.value_max) and (fact.subject is None or rule.subject is not None)
    told = ("aspect", "stance", "step", "state")
    return all(getattr(fact, name) == getattr(rule, name) for name in told)


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (str(one) in str(other) or str(other) in str(one))
