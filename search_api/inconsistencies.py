"""Figures of a case that do not agree with one another (数据不一致): parts that do not add up, a share or a change that its own numbers
do not give, one quantity with two values.

Rather none than a wrong one: only what the text itself ties together is compared (其中…其余…; 42户中39户…同意率; 由…增加到…增加了…;
总投资), only exact numbers are, and rounding is allowed for. What is found is a question to the reader; nothing here says which number
is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from corpus.model import Case, Fact, Reading

Kind = Literal["parts", "share", "change", "values"]

_MONEY = "元"
_OF_WHICH = re.compile("[^。；;\n0-9]{0,12}?[，,（(]其中[^。；;\n0-9]{0,12}$")
_AMONG = re.compile("[^，。；;\n0-9]{0,4}中[，,][^。；;\n0-9]{0,12}$")
_JOINED = re.compile("[^，。；;\n0-9]{0,12}(?:和|及|与|、)[^，。；;\n0-9]{0,4}$")
_ALTOGETHER = re.compile("[，,](?:合计|共计|总计|合起来|加起来)(?:共|为|是|达)?$")
_VOTED = re.compile("[^，。；\n0-9]{0,8}(?:参与|参加|投)[^，。；\n0-9]{0,4}(?:表决|投票|签字|了票|票)")
_PRESENT = re.compile("(?:实到|到会|收回|参加表决|参与表决|参加投票|参与投票)[^，。；\n0-9]{0,6}$")
_FOR, _AGAINST, _NEITHER = (re.compile(f"[^，。；\n0-9]{{0,3}}(?:{words})") for words in ("同意|赞成|支持", "反对|不同意", "弃权"))
_REST = re.compile("(?:其余|剩余|余下|剩下|其他|另外)的?[^，,。；;、\n0-9]{0,8}$")
_ENDS_LIST = re.compile("[。；;\n]|其中|合计|共计|总计|[一总]共|占|[每由从]|[增减升降]|[含包][括含]?|[（(]|[比较]")
_OUT_OF = re.compile("[^，。；\n0-9]{0,8}中[，,]?(?:已?有)?$")
_AGREED = re.compile("[^，。；\n0-9]{0,8}(?:同意|赞成|支持|签字|签了字|签约)")
_RATE = re.compile("[，,](?:同意|赞成|支持|签约|签字)率(?:达到?|为|是)?$|[，,]占(?:比|总户数的?|总数的?|全部的?)?$")
_ONCE = re.compile("(?P<what>总户数|总人口|总面积|建筑面积|占地面积|总投资|总投入|总造价|总费用)(?:共计?|为|是|达到?|：)?$")
_ANOTHER = re.compile("原|曾|预算|计划|预计|规划|设计|测算|估算|追加|新增|扩|调整|每|人均|户均|一期|二期|三期|第[一二三四]")
_BY = re.compile("[，,](?:共|净|总共|累计)?(?:增加|减少|下降|提高|上升|提升|降低|降|升|增|减)了$")
_ROUGH = re.compile("[约近超][有为达共计]{0,2}$|(?:大约|大概|将近|接近)[^，。；]{0,3}$")
_HALF_POINT = 0.6  # percentage points: what is lost where a share is rounded to whole numbers, and a little
_ROUNDED = 0.01  # of an amount of money: 万元 with one decimal


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Facts of the kind `measure` that do not agree, in the order of the text. `kind`: `parts` (the first is the whole), `share` (whole,
    part, rate), `change` (the figure with its comparison), `values` (the same quantity twice)."""

    kind: Kind
    facts: tuple[Fact, ...]


def inconsistencies(reading: Reading, case: Case) -> tuple[Inconsistency, ...]:
    """Those of the case, in the order of the text, each set of facts once."""
    return disagreeing(fact for fact in reading.facts if fact.case == case.id)


def disagreeing(facts: Iterable[Fact]) -> tuple[Inconsistency, ...]:
    """As `inconsistencies`, of any facts; those that are no exact asserted figures are passed over."""
    sentences: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    figures = sorted((fact for fact in facts if _exact(fact)), key=lambda fact: (fact.start, fact.end))
    for fact in figures:
        sentences[fact.sentence_start, fact.sentence_end].append(fact)
    found = [
        one
        for listed in sentences.values()
        for one in (*_parts(listed), *_votes(listed), *_sums(listed), *_shares(listed), *_changes(listed))
    ]
    found.extend(_values(figures))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.facts[0].start, one.kind)))


def _exact(fact: Fact) -> bool:
    return (
        fact.type == "measure"
        and fact.modality == "asserted"
        and isinstance(fact.value, int | float)
        and fact.value_max is None
        and not fact.qualifier
        and not fact.per
        and not _ROUGH.search(_before(fact))
    )


def _number(fact: Fact) -> float:
    return float(fact.value) if isinstance(fact.value, int | float) else 0.0


def _between(left: Fact, right: Fact) -> str:
    return left.sentence[left.end - left.sentence_start : right.start - left.sentence_start]


def _before(fact: Fact) -> str:
    return fact.sentence[: fact.start - fact.sentence_start]


def _parts(listed: Sequence[Fact]) -> Iterator[Inconsistency]:
    """共98户，其中甲60户、乙20户，其余20户: a part larger than the whole; parts and rest that give another sum; sums of money above it."""
    for place, (whole, first) in enumerate(pairwise(listed)):
        between = _between(whole, first)
        named = _OF_WHICH.match(between)
        if whole.unit != first.unit or whole.unit == "%" or not (named or _AMONG.match(between)):
            continue
        if place and listed[place - 1].unit == whole.unit and _JOINED.match(_between(listed[place - 1], whole)):
            continue  # 65名运动员和8名教练员，其中59名: of both
        if named and _number(first) > _number(whole):
            yield Inconsistency("parts", (whole, first))
            continue
        parts = [first]
        for fact in listed[place + 2 :]:
            if fact.unit != whole.unit or _ENDS_LIST.search(_between(parts[-1], fact)):
                break
            parts.append(fact)
        total = sum(map(_number, parts))
        off = total - _number(whole)
        allowed = _ROUNDED * _number(whole) if whole.unit == _MONEY else 0.001
        told_whole = len(parts) > 1 and _REST.search(_before(parts[-1])) is not None
        if (told_whole and abs(off) > allowed) or (named and whole.unit == _MONEY and len(parts) > 1 and off > allowed):
            yield Inconsistency("parts", (whole, *parts))


def _shares(listed: Sequence[Fact]) -> Iterator[Inconsistency]:
    """42户中39户同意，同意率95%: a rate that its own numbers do not give."""
    for whole, part, rate in zip(listed, listed[1:], listed[2:], strict=False):
        if rate.unit != "%" or whole.unit != part.unit or not _number(whole):
            continue
        said = _between(part, rate)
        out_of = _OUT_OF.match(_between(whole, part)) or _voters(whole, _between(whole, part))
        if not out_of or not _AGREED.match(said) or not _RATE.search(said):
            continue
        if abs(100 * _number(part) / _number(whole) - _number(rate)) > _HALF_POINT:
            yield Inconsistency("share", (whole, part, rate))


def _voters(fact: Fact, behind: str) -> bool:
    """Whether the figure says how many voted; `behind`: what follows it."""
    return bool(_VOTED.match(behind) or _PRESENT.search(_before(fact)))


def _votes(listed: Sequence[Fact]) -> Iterator[Inconsistency]:
    """实到58人，赞成47人，反对9人，弃权5人: more votes than voters."""
    for place, whole in enumerate(listed):
        rest = [fact for fact in listed[place + 1 :] if fact.unit == whole.unit]
        if len(rest) < 2 or not _voters(whole, _between(whole, rest[0])):
            continue
        cast: dict[re.Pattern[str], Fact] = {}
        for fact in rest:
            said = fact.sentence[fact.end - fact.sentence_start :]
            kind = next((kind for kind in (_FOR, _AGAINST, _NEITHER) if kind.match(said) or _named(kind, fact)), None)
            if kind is None or kind in cast:
                break
            cast[kind] = fact
        if len(cast) > 1 and sum(map(_number, cast.values())) > _number(whole):
            yield Inconsistency("parts", (whole, *cast.values()))


def _named(kind: re.Pattern[str], fact: Fact) -> bool:
    """Whether the vote stands before its number (赞成47人)."""
    word = re.split("[，,、。；;\n]", _before(fact))[-1]
    return len(word) <= 4 and kind.match(word) is not None


def _sums(listed: Sequence[Fact]) -> Iterator[Inconsistency]:
    """甲20万元、乙30万元，合计60万元: all the figures of the sentence before it, where they are of its unit."""
    for place, whole in enumerate(listed):
        parts = listed[:place]
        if len(parts) < 2 or not _ALTOGETHER.search(_before(whole)) or any(part.unit != whole.unit for part in parts):
            continue
        if whole.unit == "%" or any(_ENDS_LIST.search(_between(left, right)) for left, right in pairwise(parts)):
            continue
        allowed = _ROUNDED * _number(whole) if whole.unit == _MONEY else 0.001
        if abs(sum(map(_number, parts)) - _number(whole)) > allowed:
            yield Inconsistency("parts", (whole, *parts))


def _changes(listed: Sequence[Fact]) -> Iterator[Inconsistency]:
    """由20人增加到30人，增加了15人: the difference is not what the text says it is."""
    for fact, following in zip(listed, [*listed[1:], None], strict=True):
        told = fact.comparison
        if told is None or told.type not in ("increase", "decrease") or told.start is None or told.to is None:
            continue
        named: tuple[Fact, ...]
        if told.by is not None and told.by_unit in (None, fact.unit):
            by, named = told.by, (fact,)
        elif following is not None and following.unit == fact.unit and _BY.match(_between(fact, following)):
            by, named = _number(following), (fact, following)
        else:
            continue
        if abs(abs(told.to - told.start) - by) > max(_ROUNDED * max(abs(told.to), abs(told.start)), 0.11):
            yield Inconsistency("change", named)


def _values(figures: Sequence[Fact]) -> Iterator[Inconsistency]:
    """总投资48万元 and 总投资52万元 of one place and time: words that a thing has one value of (总投资85亿元的工厂 is
    one of several)."""
    told: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in figures:
        before = _before(fact)
        match = _ONCE.search(before)
        clause = re.split("[，。；;\n]", before)[-1]
        follows = fact.sentence[fact.end - fact.sentence_start :][:1]
        if match is not None and fact.place and follows in ("", *"，。；,;") and not _ANOTHER.search(clause):
            told[match["what"], fact.unit, fact.place, fact.time, fact.case].append(fact)
    for listed in told.values():
        for left, right in combinations(listed[:4], 2):
            if abs(_number(left) - _number(right)) > _ROUNDED * max(_number(left), _number(right)):
                yield Inconsistency("values", (left, right))
