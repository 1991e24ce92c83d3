"""Sources that could not be read, with the reason, until they are read well or forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, tuple_

from corpus.catalogue import schema
from corpus.catalogue.sql import chunks, now, printable, upsert
from corpus.identity import report_id
from corpus.model import SetAside

Place = tuple[str, str]  # collection, source
_table = schema.quarantine
_place = tuple_(_table.c.collection, _table.c.source)


def set_aside(connection: Connection, items: Sequence[SetAside]) -> None:
    """Note the sources; one noted before gets the newer reason. A withdrawn report's is not noted: its path is not to come back."""
    judgement = schema.judgement.c
    ids = {item: report_id(item.collection, item.source) for item in items}
    gone: set[str] = set()
    for part in chunks(sorted(set(ids.values()))):
        gone.update(connection.scalars(select(judgement.target).where(judgement.kind == "withdrawn", judgement.target.in_(part))))
    rows = {
        (item.collection, item.source): {
            "collection": item.collection,
            "source": printable(item.source),
            "code": item.code,
            "message": printable(item.message),
            "at": item.when or now(),
            "path": printable(item.path),
            "key": printable(item.key),
        }
        for item in items
        if ids[item] not in gone
    }
    upsert(connection, _table, [rows[place] for place in sorted(rows)])


def present(connection: Connection, places: Sequence[Place]) -> set[Place]:
    """Which of these sources are set aside at present."""
    found: set[Place] = set()
    for part in chunks(places):
        rows = connection.execute(select(_table.c.collection, _table.c.source).where(_place.in_(part)))
        found.update((collection, source) for collection, source in rows)
    return found


def clear(connection: Connection, places: Sequence[Place]) -> None:
    for place in sorted(present(connection, places)):
        connection.execute(delete(_table).where(_place == place))


def listed(connection: Connection, collection: str | None) -> list[SetAside]:
    """All that is set aside, by collection and source."""
    query = select(_table).order_by(_table.c.collection, _table.c.source)
    if collection is not None:
        query = query.where(_table.c.collection == collection)
    return [SetAside(row.collection, row.source, row.code, row.message, row.at, row.path, row.key) for row in connection.execute(query)]
