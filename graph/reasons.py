"""Why mentions are taken for one thing: for people who confirm or part them.

Pure, and beside `graph.resolve`, not in it: what is said here is read off the entities, their mentions and the facts, and changes none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.bodies import short
from corpus.fold import fold
from corpus.model import Fact, Judgement, Mention
from corpus.vocabulary import Renaming, bodies
from graph.naming import normal
from graph.resolve import block_of, entities, merged_scopes, standing

_MOST = 5  # facts and mentions named with a reason

LABELS: Mapping[str, tuple[str, float]] = {
    "confirmed": ("人工确认", 1.0),
    "kept_apart": ("人工区分", 1.0),
    "alone": ("仅此一处提到", 1.0),
    "unique_name": ("全称唯一", 0.95),
    "concept": ("同一词表条目", 0.95),
    "same_name_same_place": ("同名同地", 0.95),
    "same_person_same_body": ("同名同单位", 0.9),
    "same_name_less_place": ("同名，一处所述地点较简", 0.85),
    "as_named": ("原文名称", 1.0),
    "typographic": ("写法差异（繁简、标点、空格、全半角）", 0.95),
    "introduced": ("简称（文中注明）", 0.95),
    "renamed": ("文中说明更名", 0.95),
    "usual_short": ("机构通用简称", 0.9),
    "place_completed": ("按上下文补全地点", 0.85),
    "short_in_report": ("全称与简称（文中仅一处相符）", 0.8),
    "pointing": ("文中指代", 0.8),
}
"""What each reason is called, and how sure it makes that two mentions are one."""

_POINTING = re.compile("(?:该|本|我们?|此|这家|这个|这位|上述)")
_RENAMED = re.compile("更名|改名|改称|易名|前身")
_CALLED = re.compile("简称|统称|下称|又称|也称|俗称|合称|并称")
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")
_RELATIVE = re.compile("(?:省|市|区|县|街道|镇|乡|社区|村|小区)")


@dataclass(frozen=True, slots=True)
class Reason:
    """`forms`: the names as read that it is about; `facts`: those that show it; `mentions`: others of the entity that it joins this one
    with (of both at most five, sorted); `judgement`: what a person said."""

    id: str
    label: str
    confidence: float
    forms: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    judgement: str | None = None


def reasons(
    mentions: Iterable[Mention], judgements: Iterable[Judgement] = (), facts: Mapping[str, Fact] | None = None
) -> dict[str, tuple[Reason, ...]]:
    """By mention key, why it is of its entity, the surest first: what joins it with others, and why the words of its report mean it.

    Entities are those that `graph.resolve.entities` makes of the same mentions and judgements. Without `facts` (by id) the words are
    explained by the names alone.
    """
    by_key = {mention.key: mention for mention in mentions}
    judged = standing(judgements, by_key)
    found: dict[str, list[Reason]] = {key: [] for key in by_key}
    entity_of: dict[str, int] = {}
    for number, entity in enumerate(entities(by_key.values(), judged)):
        entity_of.update(dict.fromkeys(entity.mentions, number))
    block: dict[str, list[str]] = {}
    for group in _groups(by_key.values()):
        for key in group:
            block[key] = group
            found[key].extend(_by_rule(by_key[key], [by_key[one] for one in group if one != key and entity_of[one] == entity_of[key]]))
    for one in judged:
        together = entity_of[one.target] == entity_of[one.value]
        for key, other in ((one.target, one.value), (one.value, one.target)):
            if one.kind == "same" and together:
                found[key].append(_reason("confirmed", mentions=(other,), judgement=one.id))
            elif one.kind == "different" and not together and other in block[key]:
                found[key].append(_reason("kept_apart", mentions=(other,), judgement=one.id))
    for key, mention in by_key.items():
        found[key].extend(_in_report(mention, facts or {}))
        if not any(one.mentions for one in found[key]):
            found[key].append(_reason("alone"))
    order = {id: number for number, id in enumerate(LABELS)}
    return {
        key: tuple(sorted(found[key], key=lambda one: (-one.confidence, order[one.id], one.forms, one.mentions))) for key in sorted(found)
    }


def succession(old: str, new: str) -> Renaming | None:
    """What the dated list says of two names of which the second may be a later name, or the heir to the duties, of the first: 某区安监局
    and 某区应急管理局. No reason to join them: the report must say so, or a person."""
    first, second = normal(old), normal(new)
    best: tuple[int, Renaming] | None = None
    for renaming in bodies():
        for before in map(normal, renaming.old):
            if not first.endswith(before):
                continue
            for after in map(normal, renaming.new):
                if second.endswith(after) and _same_stem(first.removesuffix(before), second.removesuffix(after)):
                    size = len(before) + len(after)
                    if best is None or size > best[0]:
                        best = size, renaming
    return best[1] if best else None


def _same_stem(one: str, other: str) -> bool:
    return one == other or bool(one and other and (one.endswith(other) or other.endswith(one)))


def _reason(id: str, *, label: str | None = None, forms: Iterable[str] = (), facts: Iterable[str] = (), mentions: Iterable[str] = (),
            judgement: str | None = None) -> Reason:  # fmt: skip
    text, confidence = LABELS[id]
    return Reason(
        id,
        label or text,
        confidence,
        tuple(sorted(set(forms))),
        tuple(sorted(set(facts))[:_MOST]),
        tuple(sorted(set(mentions))[:_MOST]),
        judgement,
    )


def _groups(mentions: Iterable[Mention]) -> list[list[str]]:
    """Keys that rules take for one thing."""
    blocks: dict[tuple[str, str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        blocks[block_of(mention)][mention.scope].append(mention.key)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for block, scopes in blocks.items():
        for scope, target in merged_scopes(scopes).items():
            groups[*block, target].extend(scopes[scope])
    return list(groups.values())


def _by_rule(mention: Mention, others: Sequence[Mention]) -> Iterator[Reason]:
    alike = [other.key for other in others if other.scope == mention.scope]
    if alike:
        yield _reason(_alike(mention), mentions=alike)
    elif others:
        yield _reason("same_name_less_place", mentions=[other.key for other in others])


def _alike(mention: Mention) -> str:
    if mention.concept is not None and mention.concept == mention.name:
        return "concept"
    if not mention.scope:
        return "unique_name"
    return "same_person_same_body" if "@" in mention.scope else "same_name_same_place"


def _in_report(mention: Mention, facts: Mapping[str, Fact]) -> Iterator[Reason]:
    """Why each form read in the report means this thing."""
    own = [facts[id] for id in mention.facts if id in facts]
    aliases = {normal(alias): fact for fact in own for alias in fact.aliases}
    forms: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for form in mention.names or (mention.name,):
        forms[_why(mention, form, [fact for fact in own if fact.name == form], aliases)].append(form)
    for (id, label), words in sorted(forms.items(), key=lambda item: item[0][0]):
        yield _reason(id, label=label, forms=words, facts=[fact.id for fact in own if fact.name in words or set(words) & set(fact.aliases)])


def _why(mention: Mention, form: str, facts: Sequence[Fact], aliases: Mapping[str, Fact]) -> tuple[str, str | None]:
    read = normal(form)
    if read != mention.name and read in aliases and (said := _introduced(aliases[read])):
        return said
    if _POINTING.match(form) or any(fact.rule.endswith(".pointing") for fact in facts):
        return "pointing", None
    if read == mention.name or (mention.concept is not None and mention.concept == mention.name):
        return ("as_named", None) if fold(form) == form or read != mention.name else ("typographic", None)
    if read.endswith(mention.name):
        return "as_named", None  # 杭州市上城区民政局 is kept under 上城区民政局 and its city
    if short(read) == mention.name or short(read).endswith(mention.name):
        return "usual_short", None
    if mention.name.endswith(short(read)) and (_RELATIVE.match(read) or mention.type == "place"):
        return "place_completed", None
    return "short_in_report", None


def _introduced(fact: Fact) -> tuple[str, str | None] | None:
    if _RENAMED.search(fact.sentence):
        year = _YEAR.search(fact.sentence)
        return "renamed", f"{LABELS['renamed'][0]}（{year[0]}）" if year else None
    return ("introduced", None) if _CALLED.search(fact.sentence) else None
