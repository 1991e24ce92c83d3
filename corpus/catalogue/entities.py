"""Mentions, the entities they belong to, and the ids that lead to them. Written by the one consumer of the feed that resolves entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, select, tuple_, update

from corpus.catalogue import codec, schema, scrub
from corpus.catalogue.feed import FEED_LOCK, Work, lock
from corpus.catalogue.sql import chunks, is_storable, upsert
from corpus.fold import fold
from corpus.model import Entity, Mention

_mention, _entity, _forward, _mark = schema.mention.c, schema.entity.c, schema.forward.c, schema.mark.c


def mark(connection: Connection, consumer: str) -> int:
    return connection.scalar(select(_mark.number).where(_mark.consumer == consumer)) or 0


def set_mark(connection: Connection, consumer: str, number: int) -> None:
    upsert(connection, schema.mark, [{"consumer": consumer, "number": number}])


@dataclass(frozen=True, slots=True)
class Joins:
    """What changed about entities whose other members stay.

    `described`: their name, kind and so on; `members`: entity of each mention that is new to it; `moved`: old id -> new id of an entity all
    of whose members go along; `forwards`: id -> the entity that it leads to now; `gone_forwards`: ids that lead nowhere any more.
    """

    described: Sequence[Entity] = ()
    members: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    forwards: Mapping[str, str] = field(default_factory=dict)
    gone_forwards: Sequence[str] = ()


Scoped = tuple[str, str, tuple[str, ...]]
"""Type, normalised name, and the scopes that are taken for one."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The mentions of one type and name and some scopes: the `first` of them by key, and `entity`, the one that holds all of them and no
    others (None where there is no such)."""

    first: tuple[Mention, ...]
    entity: str | None


def put(
    work: Work,
    *,
    entities: Sequence[Entity],
    gone: Sequence[str],
    mentions: Sequence[Mention],
    gone_mentions: Sequence[str],
    joins: Joins,
    links: Iterable[str],
    consumer: str,
    after: int,
    mark_at: int,
) -> bool:
    """Write what resolving found; False, and nothing written, where the consumer's mark is no longer at `after`."""
    connection = work.connection
    lock(connection, FEED_LOCK)
    if mark(connection, consumer) != after:
        return False
    for part in chunks(gone_mentions):
        connection.execute(delete(schema.mention).where(_mention.key.in_(part)))
    _put_mentions(connection, mentions)
    _join(connection, joins)
    _put_entities(connection, entities, gone)
    for entity in (*entities, *joins.described):
        work.changed("entity", entity.id)
    for id in gone:
        work.changed("entity", id, gone=True)
    for report in links:
        work.changed("links", report)
    set_mark(connection, consumer, mark_at)
    if scrub.wished(connection):  # the names that go here are part of what was withdrawn, and those that follow us have still to hear of it
        work.scrub()
    return True


def _put_mentions(connection: Connection, mentions: Sequence[Mention]) -> None:
    rows = [
        {
            "key": mention.key,
            "report": mention.report,
            "type": mention.type,
            "name": mention.name,
            "scope": mention.scope,
            "data": codec.encode_mention(mention),
        }
        for mention in mentions
    ]
    upsert(connection, schema.mention, rows)  # whom it belongs to is not among the columns: it stays


def _join(connection: Connection, joins: Joins) -> None:
    _describe(connection, joins.described)
    for part in chunks(joins.gone_forwards):
        connection.execute(delete(schema.forward).where(_forward.id.in_(part)))
    for old, new in joins.moved.items():
        for column in (_mention.entity, _forward.entity):
            connection.execute(update(column.table).where(column == old).values(entity=new))
    upsert(connection, schema.forward, [{"id": id, "entity": entity} for id, entity in joins.forwards.items()])
    _assign(connection, joins.members.items())


def _assign(connection: Connection, members: Iterable[tuple[str, str]]) -> None:
    rows = [{"of": entity, "member": key} for key, entity in members]
    if rows:
        connection.execute(update(schema.mention).where(_mention.key == bindparam("member")).values(entity=bindparam("of")), rows)


def _describe(connection: Connection, entities: Sequence[Entity]) -> None:
    rows = [
        {
            "id": entity.id,
            "type": entity.type,
            "name": entity.name,
            "words": "\n".join(dict.fromkeys(fold(name) for name in (entity.name, *entity.aliases))),
            "data": codec.encode_entity(entity),
        }
        for entity in entities
    ]
    upsert(connection, schema.entity, rows)


def _put_entities(connection: Connection, entities: Sequence[Entity], gone: Sequence[str]) -> None:
    touched = [*gone, *(entity.id for entity in entities)]
    for part in chunks(touched):
        connection.execute(delete(schema.forward).where(_forward.entity.in_(part)))
        connection.execute(update(schema.mention).where(_mention.entity.in_(part)).values(entity=None))
    for part in chunks(gone):
        connection.execute(delete(schema.entity).where(_entity.id.in_(part)))
    _describe(connection, entities)
    upsert(
        connection, schema.forward, [{"id": id, "entity": entity.id} for entity in entities for id in entity.forwards if id != entity.id]
    )
    _assign(connection, ((key, entity.id) for entity in entities for key in entity.mentions))


def scopes(connection: Connection, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {name: {} for name in names}
    of = (_mention.type, _mention.name)
    for part in chunks(names):
        query = select(*of, _mention.scope, func.count()).where(tuple_(*of).in_(part)).group_by(*of, _mention.scope)
        for type, name, scope, count in connection.execute(query):
            found[type, name][scope] = count
    return found


def namesakes(connection: Connection, groups: Sequence[Scoped], first: int) -> dict[Scoped, Namesakes]:
    """Asked for many groups at once, since there are some for each report that comes: a query each would take longer than all else."""
    of = (_mention.type, _mention.name, _mention.scope)
    mentions: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    owners: dict[tuple[str, str, str], dict[str | None, int]] = defaultdict(dict)
    whole: dict[str, int] = {}
    for part in chunks(sorted({(type, name, scope) for type, name, scopes in groups for scope in scopes})):
        ranked = select(_mention.key, func.row_number().over(partition_by=of, order_by=_mention.key).label("rank"))
        ranks = ranked.where(tuple_(*of).in_(part)).subquery()
        query = select(schema.mention).join(ranks, ranks.c.key == _mention.key).where(ranks.c.rank <= first).order_by(_mention.key)
        for row in connection.execute(query):
            mentions[row.type, row.name, row.scope].append(_mention_of(row))
        counted = select(*of, _mention.entity, func.count()).where(tuple_(*of).in_(part)).group_by(*of, _mention.entity)
        for type, name, scope, entity, count in connection.execute(counted):
            owners[type, name, scope][entity] = count
    for ids in chunks(sorted({entity for counts in owners.values() for entity in counts if entity})):
        sizes = select(_mention.entity, func.count()).where(_mention.entity.in_(ids)).group_by(_mention.entity)
        whole.update((entity, count) for entity, count in connection.execute(sizes))
    found = {}
    for group in groups:
        keys = [(group[0], group[1], scope) for scope in group[2]]
        held: Counter[str | None] = Counter()
        for key in keys:
            held.update(owners.get(key, {}))
        entity = next(iter(held)) if len(held) == 1 else None
        together = sorted((mention for key in keys for mention in mentions.get(key, ())), key=lambda mention: mention.key)
        found[group] = Namesakes(tuple(together[:first]), entity if entity and whole[entity] == held[entity] else None)
    return found


def mentions(
    connection: Connection,
    *,
    keys: Sequence[str] | None,
    reports: Sequence[str] | None,
    names: Sequence[tuple[str, str]] | None,
    entities: Sequence[str] | None,
) -> list[Mention]:
    """Mentions with one of the keys, in one of the reports, with one of the (type, name) pairs, or of one of the entities; by key."""
    given: list[tuple[Any, Sequence[Any]]] = [
        (column, wanted)
        for column, wanted in (
            (_mention.key, keys),
            (_mention.report, reports),
            (tuple_(_mention.type, _mention.name), names),
            (_mention.entity, entities),
        )
        if wanted is not None
    ]
    if not given:
        return [_mention_of(row) for row in connection.execute(select(schema.mention).order_by(_mention.key))]
    found: dict[str, Mention] = {}
    for column, wanted in given:
        for part in chunks(list(wanted)):
            found.update((row.key, _mention_of(row)) for row in connection.execute(select(schema.mention).where(column.in_(part))))
    return [found[key] for key in sorted(found)]


def beginning(connection: Connection, digits: str, limit: int) -> list[str]:
    """Keys of mentions that begin so, in order."""
    query = select(_mention.key).where(_mention.key.startswith(digits, autoescape=True)).order_by(_mention.key)
    return list(connection.scalars(query.limit(limit)))


def _mention_of(row: Any) -> Mention:
    return codec.decode_mention(row.data, key=row.key, report=row.report, type=row.type, name=row.name, scope=row.scope)


def membership(connection: Connection, keys: Sequence[str] | None, reports: Sequence[str] | None) -> dict[str, str]:
    """Entity of each mention that has one: of these keys, of these reports, or of all."""
    conditions: list[ColumnElement[bool]] = []
    if keys is not None:
        conditions += [_mention.key.in_(part) for part in chunks(keys)]
    if reports is not None:
        conditions += [_mention.report.in_(part) for part in chunks(reports)]
    query = select(_mention.key, _mention.entity).where(_mention.entity.is_not(None)).order_by(_mention.key)
    queries = [query.where(condition) for condition in conditions] if keys is not None or reports is not None else [query]
    return {key: entity for one in queries for key, entity in connection.execute(one)}


def entity(connection: Connection, id: str, *, follow: bool, members: bool) -> Entity | None:
    found = _load(connection, select(schema.entity).where(_entity.id == id), members=members)
    if not found and follow:
        target = select(_forward.entity).where(_forward.id == id).scalar_subquery()
        found = _load(connection, select(schema.entity).where(_entity.id == target), members=members)
    return found[0] if found else None


def entities(
    connection: Connection, *, type: str | None, query: str, ids: Sequence[str] | None, after: str, limit: int | None, members: bool
) -> list[Entity]:
    """Entities by id; `query`: a part of the name or an alias, whatever its script and width."""
    statement = select(schema.entity).order_by(_entity.id)
    if type is not None:
        statement = statement.where(_entity.type == type)
    if not is_storable(query):
        return []
    if query:
        statement = statement.where(_entity.words.contains(fold(query), autoescape=True))
    if after:
        statement = statement.where(_entity.id > after)
    if ids is None:
        return _load(connection, statement.limit(limit), members=members)
    found = [
        item for part in chunks(sorted(set(ids))) for item in _load(connection, statement.where(_entity.id.in_(part)), members=members)
    ]
    return found[:limit]


def _load(connection: Connection, query: Select[Any], *, members: bool) -> list[Entity]:
    rows = connection.execute(query).all()
    keys: dict[str, list[str]] = {row.id: [] for row in rows}
    reports: dict[str, set[str]] = {row.id: set() for row in rows}
    forwards: dict[str, list[str]] = {row.id: [] for row in rows}
    for part in chunks(list(keys) if members else []):
        held = select(_mention.entity, _mention.key, _mention.report).where(_mention.entity.in_(part)).order_by(_mention.key)
        for id, key, report in connection.execute(held):
            keys[id].append(key)
            reports[id].add(report)
        leading = select(_forward.entity, _forward.id).where(_forward.entity.in_(part)).order_by(_forward.id)
        for id, old in connection.execute(leading):
            forwards[id].append(old)
    return [
        codec.decode_entity(
            row.data,
            id=row.id,
            type=row.type,
            name=row.name,
            mentions=tuple(keys[row.id]),
            reports=tuple(sorted(reports[row.id])),
            forwards=tuple(forwards[row.id]),
        )
        for row in rows
    ]


def reset(connection: Connection, consumer: str) -> None:
    """Forget all mentions and entities, and begin with the feed from the start."""
    for table in (schema.mention, schema.entity, schema.forward):
        connection.execute(delete(table))
    connection.execute(delete(schema.mark).where(_mark.consumer == consumer))
