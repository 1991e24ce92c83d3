"""Words for the pages that belong to no vocabulary, and the small filters with which templates put values into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from corpus.errors import NotFound
from corpus.model import Fact
from corpus.vocabulary import actor_kinds, concept, contexts, ontology, screen_group


@cache
def table(group: str) -> Mapping[str, str]:
    """A group of the screen words by key, in the order of display: `fact`, `role`, `facet_name`..."""
    return dict(screen_group(group))


OUTCOMES: Mapping[str, str] = {
    "已解决": "good",
    "部分解决": "part",
    "未解决": "bad",
    "反弹": "bad",
    "中止": "bad",
    "未记载": "none",
}
"""How a case ended, and the colour it is told in."""

EXAMPLES: tuple[str, ...] = (
    "一楼业主反对加装电梯，各地怎么谈成的",
    "农贸市场整治后又回潮",
    "物业撤场以后小区怎么办",
    "电动自行车飞线充电",
    "群租房清理后租客去向",
    "垃圾分类积分制能不能长久",
)

UNSURE = 0.6
"""Confidence below which a fact is shown as 待核实."""


def label(group: str) -> Callable[[str], str]:
    """A filter that looks a key up; one that is not in the group stays as it is."""
    return lambda key: table(group).get(key, key)


def entity_type(key: str) -> str:
    node = ontology().nodes.get(key)
    return node.zh if node else key


def place_words(place: str | None) -> str:
    """A chain of places (区>街道>社区) as one says it."""
    return (place or "").replace(">", "")


def concept_label(identifier: str) -> str:
    """The vocabulary's word for a concept; an id it does not know stays as it is."""
    try:
        return concept(identifier).label
    except NotFound:
        return identifier


def relation(identifier: str | None) -> str:
    edge = ontology().edges.get(identifier or "")
    return edge.zh if edge else identifier or ""


def policy_words(key: str, **values: str) -> str:
    """The fixed words on a basis that may be out of date."""
    return table("policy")[key].format(**values)


def figure_words(key: str) -> str:
    """The fixed words on figures that do not agree."""
    return table("figures")[key]


def amount(value: object) -> str:
    """A number as people write it: no needless zeros, thousands parted."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,g}" if abs(value) < 1e6 else f"{value:,.2f}"
    return str(value)


def reading_of(fact: Fact) -> list[tuple[str, str]]:
    """What was understood of a fact beside its words: (label, value) pairs, those that apply."""
    told: list[tuple[str, Any]] = [
        ("方面", fact.aspect and _aspect(fact.aspect)),
        ("态度", fact.stance and table("stance").get(fact.stance, fact.stance)),
        ("谁", fact.holder),
        ("环节", fact.step),
        ("结果", fact.state),
        ("谁说的", fact.told_by or fact.speaker),
        ("类别", fact.kind and _kind(fact.kind)),
        ("职务", fact.post),
        ("单位", fact.organisation),
        ("归类", fact.concept and concept_label(fact.concept)),
        ("数值", _value(fact)),
        ("对象", fact.subject),
        ("时间", fact.time if fact.type != "date" else None),
        ("地点", place_words(fact.place) if fact.type != "place" else None),
        ("语气", table("modality").get(fact.modality) if fact.modality != "asserted" else None),
    ]
    return [(name, str(value)) for name, value in told if value]


def _aspect(identifier: str) -> str:
    return next((aspect.label for aspect in contexts() if aspect.id == identifier), identifier)


def _kind(identifier: str) -> str:
    return next((kind.label for kind in actor_kinds() if kind.id == identifier), identifier)


def _value(fact: Fact) -> str | None:
    if fact.value is None:
        return None
    text = amount(fact.value) if fact.value_max is None else f"{amount(fact.value)}—{amount(fact.value_max)}"
    if fact.type == "date":
        return text
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{text}{unit}{'／' + fact.per if fact.per else ''}{'（' + fact.qualifier + '）' if fact.qualifier else ''}"


def fact_words(fact: Fact) -> str:
    """A fact in a few words: what was read, as written; a relation as head, relation, tail."""
    if fact.type == "relation":
        return f"{fact.head} {relation(fact.relation)} {fact.tail}"
    return fact.name


FILTERS: Mapping[str, Callable[..., object]] = {
    "fact_type": label("fact"),
    "entity_type": entity_type,
    "role": label("role"),
    "kind": label("kind"),
    "channel": label("channel"),
    "modality": label("modality"),
    "card_line": label("card"),
    "lens": label("lens"),
    "policy_words": policy_words,
    "figure_words": figure_words,
    "outcome_tone": lambda outcome: OUTCOMES.get(outcome, "none"),
    "actor_kind": _kind,
    "place": place_words,
    "concept": concept_label,
    "relation": relation,
    "amount": amount,
    "fact_words": fact_words,
    "reading_of": reading_of,
}
