"""Mentions, the entities they belong to, and the ids that lead to them. Written by the one consumer of the feed that resolves entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, select, tuple_, update

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


def put(
    work: Work,
    *,
    entities: Sequence[Entity],
    gone: Sequence[str],
    mentions: Sequence[Mention],
    gone_mentions: Sequence[str],
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
    _put_entities(connection, entities, gone)
    for entity in entities:
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


def _put_entities(connection: Connection, entities: Sequence[Entity], gone: Sequence[str]) -> None:
    touched = [*gone, *(entity.id for entity in entities)]
    for part in chunks(touched):
        connection.execute(delete(schema.forward).where(_forward.entity.in_(part)))
        connection.execute(update(schema.mention).where(_mention.entity.in_(part)).values(entity=None))
    for part in chunks(gone):
        connection.execute(delete(schema.entity).where(_entity.id.in_(part)))
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
    upsert(
        connection, schema.forward, [{"id": id, "entity": entity.id} for entity in entities for id in entity.forwards if id != entity.id]
    )
    members = [{"of": entity.id, "member": key} for entity in entities for key in entity.mentions]
    if members:
        statement = update(schema.mention).where(_mention.key == bindparam("member")).values(entity=bindparam("of"))
        connection.execute(statement, members)


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


def entity(connection: Connection, id: str, *, follow: bool) -> Entity | None:
    found = _load(connection, select(schema.entity).where(_entity.id == id))
    if not found and follow:
        target = select(_forward.entity).where(_forward.id == id).scalar_subquery()
        found = _load(connection, select(schema.entity).where(_entity.id == target))
    return found[0] if found else None


def entities(
    connection: Connection, *, type: str | None, query: str, ids: Sequence[str] | None, after: str, limit: int | None
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
        return _load(connection, statement.limit(limit))
    found = [item for part in chunks(sorted(set(ids))) for item in _load(connection, statement.where(_entity.id.in_(part)))]
    return found[:limit]


def _load(connection: Connection, query: Select[Any]) -> list[Entity]:
    rows = connection.execute(query).all()
    keys: dict[str, list[str]] = {row.id: [] for row in rows}
    reports: dict[str, set[str]] = {row.id: set() for row in rows}
    forwards: dict[str, list[str]] = {row.id: [] for row in rows}
    for part in chunks(list(keys)):
        members = select(_mention.entity, _mention.key, _mention.report).where(_mention.entity.in_(part)).order_by(_mention.key)
        for id, key, report in connection.execute(members):
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
