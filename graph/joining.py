"""Mentions that come and go in things that stay what they are, however many mentions those have.

A *group* is what rules take for one thing in a block: the mentions of one scope, or of scopes that are taken for one. As long as no person
judged about a block and its scopes stay the same, its groups stay, and each group is one entity. Then it takes no more than the first
mentions of the group to know what the entity is called, and no member but those that come and go is touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.catalogue import Catalogue, Joins, Namesakes
from corpus.model import Entity, Judgement, Mention
from graph.resolve import DESCRIBING, Block, block_for, block_of, describe, entity_id, is_local, merged_scopes, ties

_Group = tuple[str, str, tuple[str, ...]]


@dataclass(slots=True)
class _Change:
    """Mentions that are new or different, and keys of those that go."""

    coming: list[Mention] = field(default_factory=list)
    leaving: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Joined:
    """What becomes of one group: the entity it is now (None: nothing is left), and the one it was."""

    change: _Change
    now: Entity | None
    before: Entity | None


class Joining:
    """`old` and `new`: the mentions of the changed reports as they were and as they are, by key. `done`: the blocks that were handled; for
    them `joins` and `gone` (ids of entities) say all that changes."""

    def __init__(
        self, catalogue: Catalogue, old: Mapping[str, Mention], new: Mapping[str, Mention], judgements: Sequence[Judgement]
    ) -> None:
        self.done: set[Block] = set()
        joined: list[_Joined] = []
        groups = _groups(catalogue, old, new, judgements)
        most = DESCRIBING + max((len(change.leaving) for of in groups.values() for change in of.values()), default=0)
        known = catalogue.namesakes(sorted({group for of in groups.values() for group in of}), most)
        entities = catalogue.entities(ids=sorted({found.entity for found in known.values() if found.entity}), members=False)
        by_id = {entity.id: entity for entity in entities}
        for block, changes in groups.items():
            of_block = [_join(known[group], by_id.get(known[group].entity or ""), change) for group, change in changes.items()]
            if all(of_block):
                self.done.add(block)
                joined.extend(one for one in of_block if one)
        self.joins = _joins(joined)
        self.gone = sorted(self.joins.moved)


def _groups(
    catalogue: Catalogue, old: Mapping[str, Mention], new: Mapping[str, Mention], judgements: Sequence[Judgement]
) -> dict[Block, dict[_Group, _Change]]:
    """The groups of the changed mentions, in blocks that no person judged about and whose groups stay."""
    tied = ties(judgements)
    judged = {block_of(mention) for mention in catalogue.mentions(keys=sorted(tied))} if tied else set()
    judged |= {block_of(mention) for key, mention in (*old.items(), *new.items()) if key in tied}
    blocks: dict[Block, list[Mention]] = defaultdict(list)
    for mention in (*(old[key] for key in sorted(old.keys() - new.keys())), *(new[key] for key in sorted(new))):
        if not is_local(mention) and block_of(mention) not in judged:
            blocks[block_of(mention)].append(mention)
    counts = catalogue.scopes(sorted({(type, name) for type, name, _ in blocks}))
    groups: dict[Block, dict[_Group, _Change]] = {}
    for block, mentions in sorted(blocks.items()):
        type, name, _ = block
        before = {scope: count for scope, count in counts[type, name].items() if block_for(type, name, scope) == block}
        after = Counter(before)
        for mention in mentions:
            after[mention.scope] += (mention.key not in old) - (mention.key not in new)
        if (len(before) > 1 and before.keys() != (+after).keys()) or (before and (+after).keys() - before.keys()):
            continue
        merged = merged_scopes(before or after)
        changes: dict[_Group, _Change] = defaultdict(_Change)
        for mention in mentions:
            together = sorted(scope for scope, full in merged.items() if full == merged[mention.scope])
            change = changes[type, name, tuple(together)]
            if mention.key not in new:
                change.leaving.add(mention.key)
            elif old.get(mention.key) != mention:
                change.coming.append(mention)
        groups[block] = changes
    return groups


def _joins(joined: Sequence[_Joined]) -> Joins:
    described: list[Entity] = []
    members: dict[str, str] = {}
    moved: dict[str, str] = {}
    forwards: dict[str, str] = {}
    gone_forwards: list[str] = []
    for one in joined:
        gone_forwards.extend(sorted(entity_id(key) for key in one.change.leaving))
        if one.now is None:
            continue
        if one.before != one.now:
            described.append(one.now)
        for mention in one.change.coming:
            members[mention.key] = one.now.id
            if entity_id(mention.key) != one.now.id:
                forwards[entity_id(mention.key)] = one.now.id
        if one.before and one.before.id != one.now.id:
            moved[one.before.id] = forwards[one.before.id] = one.now.id
    return Joins(described, members, moved, forwards, gone_forwards)


def _join(known: Namesakes, entity: Entity | None, change: _Change) -> _Joined | None:
    """What becomes of a group. None where it is not one entity, or where the mention that gave the entity its id leaves: then nothing leads
    from the old id to the new."""
    if (known.first and entity is None) or (entity and entity.id in {entity_id(key) for key in change.leaving}):
        return None
    now = {mention.key: mention for mention in (*known.first, *change.coming) if mention.key not in change.leaving}
    if not now:
        return _Joined(change, None, entity)
    found = describe([now[key] for key in sorted(now)[:DESCRIBING]])
    return _Joined(change, replace(found, mentions=(), reports=(), forwards=()), entity)
