"""The checks measured on the annotated texts: a model that says what people read is believed, one that bends it is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.model import ENTITY_TYPES
from corpus.vocabulary import ontology
from ingest.annotate import Answer, check
from ingest.segment import sentences

GOLD = Path(__file__).parent.parent / "data" / "gold" / "open"
FIELDS = "type post organisation stance holder step state told_by aspect unit subject speaker modality value value_max".split()
AROUND = 400


@cache
def claims() -> list[tuple[str, dict[str, Any]]]:
    """Each row as a claim that quotes its sentence, with the stretch of text around it."""
    found = []
    for path in sorted(GOLD.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
        spans = sentences(text)
        kinds = {row["quote"]: row["type"] for row in rows if row["type"] in ENTITY_TYPES}
        for row in rows:
            start = -1
            for _ in range(row.get("n", 1)):
                start = text.find(row["quote"], start + 1)
            around = [span for span in spans if span[0] < start + len(row["quote"]) and start < span[1]]
            low, high = around[0][0], around[-1][1]
            claim = {name: row[name] for name in FIELDS if name in row} | {"quote": text[low : min(high, low + 590)]}
            if row["type"] == "relation":
                claim |= {name: row[name] for name in ("relation", "head", "tail")} | types(row, kinds)
            else:
                claim["name"] = row["quote"]
            found.append((text[max(0, low - AROUND) : high + AROUND], claim))
    return found


def types(row: dict[str, Any], kinds: dict[str, str]) -> dict[str, str]:
    """Types of the two ends that the ontology lets them have: those of the rows that name them, where there are such."""
    edge = ontology().edges[row["relation"]]
    heads = [kinds[row["head"]]] if row["head"] in kinds else list(edge.heads)
    tails = [kinds[row["tail"]]] if row["tail"] in kinds else list(edge.tails)
    return next(({"head_type": head, "tail_type": tail} for head in heads for tail in tails if edge.allows(head, tail)), {})


def of(*kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((text, claim) for text, claim in claims() if claim["type"] in kinds)


def kept(text: str, claim: dict[str, Any]) -> bool:
    return bool(check(text, Answer((claim,))).facts)


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("actor", 0.99), ("person", 0.99), ("place", 0.99), ("context", 0.95), ("issue", 0.99), ("position", 0.97), ("method", 0.99),
        ("platform", 0.99), ("programme", 0.99), ("step", 0.97), ("policy", 0.95), ("measure", 0.88), ("outcome", 0.95), ("quote", 0.93),
        ("date", 0.65), ("relation", 0.5),
    ],
)  # fmt: skip
def test_what_people_read_is_believed(kind: str, share: float) -> None:
    """Of dates, those that count from the report's own date are not; of relations, those that no word of the vocabulary tells."""
    told = [kept(text, claim) for text, claim in of(kind)]
    assert sum(told) >= share * len(told) > 0


def test_relations_told_the_other_way_round_are_not() -> None:
    bent = Counter[bool]()
    for text, claim in of("relation"):
        edge = ontology().edges[claim["relation"]]
        if "head_type" in claim and edge.id != "cooperates_with" and edge.allows(claim["tail_type"], claim["head_type"]):
            turned = {"head": claim["tail"], "tail": claim["head"], "head_type": claim["tail_type"], "tail_type": claim["head_type"]}
            bent[kept(text, claim | turned)] += 1
    assert bent[False] >= 40
    assert bent[True] <= 1


def test_other_numbers_and_dates_are_not() -> None:
    numbers = [kept(text, claim | {"value": claim["value"] * 10 + 7}) for text, claim in of("measure") if "value" in claim]
    assert len(numbers) > 500
    assert not any(numbers)
    dates = [kept(text, claim | {"value": "1871-03-18"}) for text, claim in of("date")]
    assert len(dates) > 100
    assert not any(dates)


def test_quotations_that_are_not_in_the_text_are_not() -> None:
    assert not any(kept(text, claim | {"quote": f"{claim['quote'][:5]}据悉{claim['quote'][5:]}"}) for text, claim in claims()[::7])
