"""What people say of the things that mentions speak of: these two are one, are not, those mentions are another, this is its name.

A judgement is about mentions, which last when a report is read again, goes and returns, or all is built anew. Every id of an entity is that
of one of its mentions (`graph.resolve.entity_id`), so an id names a mention, too: an old one that leads on, the mention that had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.errors import NotFound, UsageError
from corpus.identity import digest
from corpus.model import Entity, Judgement, Mention
from graph.resolve import block_of, entity_id
from search_api.partition import PAIRS, joined, pair_judgement, parted

NAME = "name"
ABOUT_MENTIONS = (*PAIRS, NAME)
LONGEST_NAME = 100  # characters
_DIGITS = frozenset("0123456789abcdef")
_PREFIX = 4
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, and the one of its mentions that it was named by."""

    entity: Entity
    mention: Mention


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said, as it is kept; earlier judgements that it took the force from; and the entities that its mentions belong to now."""

    said: tuple[Judgement, ...]
    overruled: tuple[Judgement, ...]
    entities: tuple[Entity, ...]


def thing(catalogue: Catalogue, key: str) -> Thing:
    """What an id of an entity or the key of a mention (each whole, or its first digits) or an exact name stands for.

    Raises NotFound, and UsageError where it stands for several.
    """
    key = key.strip()
    if found := thing_by_id(catalogue, key):
        return found
    if len(key) >= _PREFIX and set(key) <= _DIGITS:
        near = catalogue.entities(after=key, limit=_LISTED, members=False)
        ids = {entity.id for entity in near if entity.id.startswith(key)}
        ids |= set(catalogue.mentions_beginning(key, _LISTED))
        if found := thing_by_id(catalogue, next(iter(ids))) if len(ids) == 1 else None:
            return found
        if ids:
            raise UsageError(f"“{key}”开头的不止一个：{'、'.join(sorted(ids))}", where=key, remedy="请写出完整的编号", en="several match")
    return _named(catalogue, key)


def thing_by_id(catalogue: Catalogue, id: str) -> Thing | None:
    """What a whole id or mention key stands for; None where it is none."""
    if not id or not set(id) <= _DIGITS:
        return None
    mentions = catalogue.mentions(keys=[id])
    if mentions:
        owner = catalogue.entity_of(id)
        return None if owner is None else Thing(catalogue.entity(owner), mentions[0])
    try:
        entity = catalogue.entity(id)
    except NotFound:
        return None
    key = next((key for key in entity.mentions if entity_id(key) == id), None)
    mentions = catalogue.mentions(keys=[key]) if key else []
    return Thing(entity, mentions[0]) if mentions else None


def _named(catalogue: Catalogue, name: str) -> Thing:
    found = catalogue.entities(query=name, limit=50, members=False) if name else []
    named = [entity for entity in found if name == entity.name or name in entity.aliases]
    if len(named) > 1:
        listed = "；".join(f"{entity.name}（{entity.place or entity.type}）{entity.id[:12]}" for entity in named[:_LISTED])
        raise UsageError(f"“{name}”有 {len(named)} 个：{listed}", where=name, remedy="请用编号", en="several entities match")
    only = thing_by_id(catalogue, named[0].id) if named else None
    if only is None:
        raise NotFound("没有这个主体、条目或提及", where=name, remedy="请用 jindianzi resolve list 或页面上看到的编号", en="no such entity")
    return only


def confirmed(catalogue: Catalogue, one: Thing, other: Thing, *, who: str, why: str) -> list[Judgement]:
    """That two things are one, with all their mentions, whatever was said of some of these before.

    Raises UsageError where both are one mention, where the types differ, or nobody signs.
    """
    _signed(who, why)
    _two(one, other)
    return joined(catalogue, one.entity, other.entity, (one.mention.key, other.mention.key), who, why)


def rejected(catalogue: Catalogue, one: Thing, other: Thing, *, who: str, why: str) -> list[Judgement]:
    """That two mentions do not speak of one thing. Where they do by now, the second leaves with those of its name and place, unless the
    first is one of them. Raises as `confirmed`."""
    _signed(who, why)
    _two(one, other)
    if one.entity.id != other.entity.id:
        return [pair_judgement("different", one.mention.key, other.mention.key, who, why)]
    block = block_of(other.mention)
    leaving = {other.mention.key}
    if block_of(one.mention) != block:
        leaving |= {mention.key for mention in catalogue.mentions(entities=[one.entity.id]) if block_of(mention) == block}
    return parted(catalogue, one.entity, leaving, one.mention.key, who, why)


def split(catalogue: Catalogue, entity: Entity, keys: Iterable[str], *, who: str, why: str) -> list[Judgement]:
    """That some mentions of an entity (keys, their first digits, or old ids) are another thing, one together; the rest stays one.

    Raises NotFound for a mention that is not the entity's, UsageError where all of them or none is named, or nobody signs.
    """
    _signed(who, why)
    leaving = {_member(entity, key.strip()) for key in keys}
    if not leaving or leaving >= set(entity.mentions):
        raise UsageError(
            "要拆出的应是其中一部分提及", where=entity.name, remedy="至少拆出一处，也至少留下一处", en="name some of its mentions"
        )
    return parted(catalogue, entity, leaving, min(set(entity.mentions) - leaving), who, why)


def _member(entity: Entity, key: str) -> str:
    found = [mention for mention in entity.mentions if key in (mention, entity_id(mention))]
    if not found and len(key) >= _PREFIX:
        found = [mention for mention in entity.mentions if mention.startswith(key)]
    if len(found) != 1:
        remedy = "请用 jindianzi resolve 列出的提及编号"
        raise NotFound(f"“{key}”不是“{entity.name}”的一处提及", where=key, remedy=remedy, en="no mention of this entity")
    return found[0]


def renamed(of: Thing, name: str, *, who: str, why: str) -> list[Judgement]:
    """That a thing is to be called so wherever it is shown. Raises UsageError for what is no name, or where nobody signs."""
    _signed(who, why)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or any(ord(character) < 32 for character in name):
        raise UsageError(f"名称应是一行 1 到 {LONGEST_NAME} 个字", where=name[:LONGEST_NAME], remedy="请改写", en="no name")
    id = digest("judgement", NAME, of.mention.key)
    return [Judgement(id, NAME, of.mention.key, name, who.strip(), "", why.strip())]


def undone(catalogue: Catalogue, key: str) -> Judgement:
    """The judgement with this id (or its first digits), of a kind that is taken back by its id. Raises NotFound, UsageError."""
    key = key.strip()
    found = [one for one in catalogue.judgements() if one.id == key]
    if not found and len(key) >= _PREFIX:
        found = [one for one in catalogue.judgements() if one.id.startswith(key)]
    if not found:
        raise NotFound("没有这条判断", where=key, remedy="用 jindianzi judgements 查看编号", en="no such judgement")
    if len(found) > 1:
        raise UsageError(f"“{key}”开头的判断不止一条", where=key, remedy="请写出完整的编号", en="several judgements match")
    if found[0].kind not in ABOUT_MENTIONS:
        raise UsageError(
            "这一类判断不这样收回", where=found[0].kind, remedy="撤下的用 ingest --restore，更正的再更正一次", en="not this kind"
        )
    return found[0]


def keep(catalogue: Catalogue, said: Sequence[Judgement], follow: Callable[[], None]) -> Judged:
    """Keep judgements, call `follow` to have them resolved, and tell what came of it."""
    before = {one.id for one in in_force(catalogue)}
    catalogue.judge(*said)
    follow()
    present = about_mentions(catalogue)
    standing, new = {one.id for one in in_force(catalogue, present)}, {one.id for one in said}
    keys = [end for one in said for end in ((one.target, one.value) if one.kind in PAIRS else (one.target,))]
    owners = sorted(set(catalogue.membership(keys=sorted(set(keys))).values()))
    return Judged(
        said=tuple(one for one in present if one.id in new),
        overruled=tuple(one for one in present if one.id in before - standing - new),
        entities=tuple(catalogue.entities(ids=owners)),
    )


def about_mentions(catalogue: Catalogue, keys: Iterable[str] | None = None) -> list[Judgement]:
    """What people said about mentions that are there (`same`, `different`, `name`), in order; with `keys`, about one of these."""
    every = sorted((one for kind in ABOUT_MENTIONS for one in catalogue.judgements(kind)), key=lambda one: (one.when, one.id))
    wanted = None if keys is None else set(keys)
    some = [one for one in every if wanted is None or wanted & {one.target, one.value}]
    known = {mention.key for mention in catalogue.mentions(keys=sorted({end for one in some for end in (one.target, one.value)}))}
    return [one for one in some if one.target in known and (one.kind == NAME or one.value in known)]


def in_force(catalogue: Catalogue, said: Sequence[Judgement] | None = None) -> list[Judgement]:
    """Those of the judgements about pairs of mentions that what was resolved agrees with; a later one may contradict the others."""
    pairs = [one for one in (about_mentions(catalogue) if said is None else said) if one.kind in PAIRS]
    owner = catalogue.membership(keys=sorted({end for one in pairs for end in (one.target, one.value)}))
    return [one for one in pairs if _agrees(one, owner)]


def _agrees(one: Judgement, owner: Mapping[str, str]) -> bool:
    together = one.target in owner and owner.get(one.target) == owner.get(one.value)
    return together == (one.kind == "same")


def _two(one: Thing, other: Thing) -> None:
    if one.mention.key == other.mention.key:
        raise UsageError("这是同一个条目的同一处提及", where=one.entity.name, remedy="请给出两个不同的编号", en="that is one and the same")
    if one.mention.type != other.mention.type:
        raise UsageError(
            "两者不是同一类，不能作这样的判断",
            where=f"{one.entity.name}、{other.entity.name}",
            remedy="请给出同一类的两个",
            en="of two types",
        )


def _signed(who: str, why: str) -> None:
    if not who.strip() or not why.strip() or "\0" in who + why:
        raise UsageError("判断要写明谁、为什么", where="as, why", remedy="例如 --as 张三 --why 同一个单位", en="say who, and why")
