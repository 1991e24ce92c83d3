"""Judgements about mentions by which whole entities become one, or fall into the parts that a person named.

Rules and earlier judgements tie mentions together in more ways than one, so one word about two of them need not be enough. What is still
needed is found by trying: the judgements so far are put last, and all that is resolved together is resolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.catalogue import Catalogue
from corpus.identity import digest
from corpus.model import Entity, Judgement
from graph.resolve import affected, entities

PAIRS = ("same", "different")
_LAST = "9999"  # sorts behind every moment


def joined(catalogue: Catalogue, one: Entity, other: Entity, ends: tuple[str, str], who: str, why: str) -> list[Judgement]:
    """Judgements by which two entities become one with all their mentions, first of all that the two in `ends` are the same."""
    world = World(catalogue, [one.id, other.id])
    said = Said(who, why)
    said.add("same", *ends)
    while said.join(ends[0], world.groups(said.pairs)):
        pass
    return said.pairs


def parted(catalogue: Catalogue, entity: Entity, leaving: set[str], anchor: str, who: str, why: str) -> list[Judgement]:
    """Judgements by which the mentions in `leaving` become one thing and the others of the entity another.

    Each of the leaving is said to be different from `anchor`, and from whatever else would still tie it to the rest; where either
    side would fall to pieces, since it was only tied through the other, its pieces are said to be the same.
    """
    world = World(catalogue, [entity.id])
    staying = world.keys - leaving
    said = Said(who, why)
    for key in sorted(leaving):
        said.add("different", anchor, key)
    for one in world.said:
        ends = (one.target, one.value) if one.target in staying else (one.value, one.target)
        if one.kind == "same" and ends[0] in staying and ends[1] in leaving:
            said.add("different", *ends)
    while True:
        groups = world.groups(said.pairs)
        mixed = [(min(group & staying), key) for group in groups if group & staying for key in sorted(group & leaving)]
        added = [said.add("different", *pair) for pair in mixed]
        if any(added):
            continue
        stays = said.join(anchor, [group & staying for group in groups])
        if not said.join(min(leaving), [group & leaving for group in groups]) and not stays:
            return said.pairs


def pair_judgement(kind: str, one: str, other: str, who: str, why: str) -> Judgement:
    """`other` is what leaves where the two are different. The later of two judgements about one pair takes the place of the earlier."""
    return Judgement(digest("judgement", "mention", *sorted((one, other))), kind, one, other, who.strip(), "", why.strip())


class Said:
    """Judgements of one person in one breath, at most one about each two mentions."""

    def __init__(self, who: str, why: str) -> None:
        self._who, self._why = who, why
        self._by_pair: dict[frozenset[str], Judgement] = {}

    @property
    def pairs(self) -> list[Judgement]:
        return list(self._by_pair.values())

    def add(self, kind: str, one: str, other: str) -> bool:
        """Whether that was not said yet."""
        pair = frozenset((one, other))
        new = pair not in self._by_pair
        self._by_pair[pair] = pair_judgement(kind, one, other, self._who, self._why)
        return new

    def join(self, first: str, groups: Iterable[set[str]]) -> bool:
        """Say of one more mention of each group without `first` that it is the same; whether there was any."""
        new = [
            min((key for key in group if frozenset((first, key)) not in self._by_pair), default="")
            for group in groups
            if first not in group
        ]
        added = [self.add("same", first, key) for key in new if key]
        return any(added)


class World:
    """The mentions of some entities (`keys`) with all that is resolved together with them, to try judgements before they are kept."""

    def __init__(self, catalogue: Catalogue, ids: Sequence[str]) -> None:
        mentions = catalogue.mentions(entities=ids)
        self.keys = {mention.key for mention in mentions}
        self.said = [one for kind in PAIRS for one in catalogue.judgements(kind)]
        self._mentions = affected(
            mentions,
            self.said,
            lambda blocks: catalogue.mentions(names=sorted({(type, name) for type, name, _ in blocks})),
            lambda keys: catalogue.mentions(keys=keys),
        ) | {mention.key: mention for mention in mentions}

    def groups(self, said: Iterable[Judgement]) -> list[set[str]]:
        """The keys by the entities that they would belong to if these judgements were the latest."""
        later = [replace(one, when=_LAST) for one in said]
        found = (self.keys.intersection(entity.mentions) for entity in entities(self._mentions.values(), [*self.said, *later]))
        return [group for group in found if group]
