"""Which mentions are the same thing. Pure: the same mentions and judgements give the same entities, whatever came first.

Rules join mentions of one type and name whose scopes agree: equal, or one is told with fewer units (杭州市) than the only longer one it
fits (杭州市/上城区). What they may join is a *block*. People's judgements come before rules, later ones before earlier ones: `same` joins,
`different` keeps apart, also what rules would join; `name` says what a thing is called. Only the blocks of changed mentions, and blocks
tied to them by judgements, are resolved again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from corpus.identity import digest
from corpus.model import Entity, Judgement, Mention
from graph.mentions import Links, links, mention_key, mentions
from graph.naming import concept_of

__all__ = [
    "DESCRIBING",
    "Block",
    "Links",
    "affected",
    "block_for",
    "block_of",
    "describe",
    "entities",
    "entity_id",
    "is_local",
    "links",
    "mention_key",
    "mentions",
    "merged_scopes",
    "standing",
    "ties",
]

Block = tuple[str, str, str]
"""Type and normalised name, and the scope where it must be equal: what rules may join lies within one."""


DESCRIBING = 40  # mentions that an entity takes its name, aliases, kind and place from


def block_of(mention: Mention) -> Block:
    return block_for(mention.type, mention.name, mention.scope)


def block_for(type: str, name: str, scope: str) -> Block:
    return (type, name, scope if _is_exact(scope) else "/")


def is_local(mention: Mention) -> bool:
    """Whether the mention stays in its report: it has no namesakes."""
    return _is_local(mention.scope)


def _is_exact(scope: str) -> bool:
    """Whether a scope is not one of units above, of which fewer or more may be told: none, a person's organisation, a report or case."""
    return not scope or "@" in scope or _is_local(scope)


def _is_local(scope: str) -> bool:
    return ":" in scope


def entity_id(key: str) -> str:
    """Id of the entity whose smallest mention key is `key`."""
    return digest("entity", key)


def ties(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    """Mention keys that people spoke of: each with those that they spoke of together with it."""
    tied: dict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        if judgement.kind in ("same", "different"):
            tied[judgement.target].add(judgement.value)
            tied[judgement.value].add(judgement.target)
        elif judgement.kind == "name":
            tied.setdefault(judgement.target, set())
    return dict(tied)


def affected(
    changed: Iterable[Mention],
    judgements: Iterable[Judgement],
    of_blocks: Callable[[Sequence[Block]], Iterable[Mention]],
    of_keys: Callable[[Sequence[str]], Iterable[Mention]],
) -> dict[str, Mention]:
    """All mentions, by key, that must be resolved together when those of `changed` came, changed or went.

    They are those of the same blocks, and of blocks that judgements tie to any of them, however far. The callables look up by block (more
    than asked for does no harm) and by key the mentions that there are now. What stays in its report is not looked up: it has no namesakes.
    """
    tied = ties(judgements)
    found: dict[str, Mention] = {}
    seen: set[str] = set()
    done: set[Block] = set()
    new = {mention.key: mention for mention in changed}
    blocks = {block_of(mention) for mention in new.values() if not _is_local(mention.scope)}
    while new or blocks:
        if blocks:
            members = {mention.key: mention for mention in of_blocks(sorted(blocks)) if block_of(mention) in blocks}
            found |= members
            new |= members
            done |= blocks
        seen |= new.keys()
        beyond = sorted({other for key in new if key in tied for other in tied[key]} - seen)
        new = {mention.key: mention for mention in of_keys(beyond)} if beyond else {}
        found |= new
        blocks = {block_of(mention) for mention in new.values() if not _is_local(mention.scope)} - done
    return found


def entities(mentions: Iterable[Mention], judgements: Iterable[Judgement] = ()) -> tuple[Entity, ...]:
    """The things that the mentions speak of, by id. Each mention belongs to exactly one."""
    judgements = tuple(judgements)
    by_key = {mention.key: mention for mention in mentions}
    clusters = _Clusters(by_key)
    clusters.judge(standing(judgements, by_key))
    for group in sorted(_rule_groups(by_key.values())):
        clusters.join_all(group)
    named = _named(judgements)
    return tuple(sorted((describe([by_key[key] for key in keys], named) for keys in clusters.groups()), key=lambda entity: entity.id))


def _named(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The latest word on what the thing of each mention is called, by the mention's key."""
    return {one.target: one for one in sorted((one for one in judgements if one.kind == "name"), key=lambda one: (one.when, one.id))}


def standing(judgements: Iterable[Judgement], known: Mapping[str, Mention]) -> list[Judgement]:
    """Judgements about mentions that are there, the latest first, and only the latest about each pair."""
    said = [one for one in judgements if one.kind in ("same", "different") and one.target in known and one.value in known]
    said.sort(key=lambda one: (one.when, one.id), reverse=True)
    latest: dict[frozenset[str], Judgement] = {}
    for one in said:
        if one.target != one.value:
            latest.setdefault(frozenset((one.target, one.value)), one)
    return list(latest.values())


class _Clusters:
    """Disjoint sets of mention keys with pairs that must stay apart."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._of = {key: key for key in keys}  # key -> root
        self._members: dict[str, set[str]] = {key: {key} for key in self._of}
        self._apart: dict[str, set[str]] = defaultdict(set)  # root -> keys that may not join it
        self._split_off: set[str] = set()

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Apply judgements in order: one that contradicts those before it has no effect."""
        for one in judgements:
            if one.kind == "same":
                self._join(one.target, one.value)
            elif self._of[one.target] != self._of[one.value]:
                self._apart[self._of[one.target]].add(one.value)
                self._apart[self._of[one.value]].add(one.target)
                self._split_off.add(one.value)

    def join_all(self, keys: Sequence[str]) -> None:
        """Join the keys as far as nothing keeps them apart: each goes to the first set it may join. What was said to be different from
        another comes last, so it leaves the others and not they it."""
        begun: list[str] = []
        for key in sorted(keys, key=lambda key: (key in self._split_off, key)):
            if not any(self._join(first, key) for first in begun):
                begun.append(key)

    def groups(self) -> list[list[str]]:
        return [sorted(members) for members in self._members.values()]

    def _join(self, first: str, second: str) -> bool:
        a, b = self._of[first], self._of[second]
        if a == b:
            return True
        if self._apart[a] & self._members[b] or self._apart[b] & self._members[a]:
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        for key in self._members[b]:
            self._of[key] = a
        self._members[a] |= self._members.pop(b)
        self._apart[a] |= self._apart.pop(b, set())
        return True


def _rule_groups(mentions: Iterable[Mention]) -> list[list[str]]:
    """Keys that rules take for one thing, each list sorted."""
    blocks: dict[Block, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        blocks[block_of(mention)][mention.scope].append(mention.key)
    groups: list[list[str]] = []
    for scopes in blocks.values():
        merged: dict[str, list[str]] = defaultdict(list)
        for scope, target in merged_scopes(scopes).items():
            merged[target].extend(scopes[scope])
        groups.extend(sorted(keys) for keys in merged.values())
    return groups


def merged_scopes(scopes: Collection[str]) -> dict[str, str]:
    """Each scope with the one it is taken for: the only fullest one that holds all its units, else itself."""
    if len(scopes) == 1:
        return {scope: scope for scope in scopes}
    units = {scope: frozenset(scope.split("/")) for scope in scopes if not _is_exact(scope)}
    fullest = [scope for scope, own in units.items() if not any(own < other for other in units.values())]
    merged = {scope: scope for scope in scopes}
    for scope, own in units.items():
        holders = [full for full in fullest if own < units[full]]
        if len(holders) == 1:
            merged[scope] = holders[0]
    return merged


def describe(mentions: Sequence[Mention], named: Mapping[str, Judgement] = MappingProxyType({})) -> Entity:
    """The entity that these mentions, in order of their keys, are of. What thousands are called is told from the first of them: as good as
    drawn by lot, and always the same. `named`: what people said that the things of some mentions are called; the latest counts."""
    keys = [mention.key for mention in mentions]
    reports = tuple(sorted({mention.report for mention in mentions}))
    mentions = mentions[:DESCRIBING]
    type = mentions[0].type
    forms = Counter(name for mention in mentions for name in (mention.names or (mention.name,)))
    label = _label(mentions)
    own = label or _commonest(forms) or mentions[0].name
    wanted = max((named[key] for key in keys if key in named), key=lambda one: (one.when, one.id), default=None)
    name = wanted.value if wanted else own
    return Entity(
        id=entity_id(keys[0]),
        type=type,
        name=name,
        kind=_commonest(Counter(mention.kind for mention in mentions if mention.kind)),
        aliases=tuple(sorted({*forms, own} - {name})),
        place=_commonest(Counter(mention.place for mention in mentions if mention.place)),
        concept=_commonest(Counter(mention.concept for mention in mentions if mention.concept)),
        mentions=tuple(keys),
        reports=reports,
        forwards=tuple(sorted(entity_id(key) for key in keys[1:])),
    )


def _label(mentions: Sequence[Mention]) -> str | None:
    """The vocabulary's label where the mentions are of a concept itself."""
    identifiers = {mention.concept for mention in mentions if mention.concept == mention.name}
    labels = sorted(of.label for identifier in identifiers if (of := concept_of(identifier)))
    return labels[0] if labels else None


def _commonest(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda value: (-counted[value], -len(value), value), default=None)
