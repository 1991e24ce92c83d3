"""The change feed: what a transaction changed, as numbered rows that are written last and become visible in the order of their numbers.

SQLite has one writer at a time. On PostgreSQL a transaction takes one advisory lock before it asks for numbers and holds it until it has
committed, so a reader that has seen number N never meets a smaller one later. Holes are allowed: a rolled-back number is not used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

from sqlalchemy import Connection, delete, exists, func, select, text

from corpus.catalogue import schema, scrub
from corpus.catalogue.sql import chunks
from corpus.model import Change

MIGRATION_LOCK: Final = 1
FEED_LOCK: Final = 2
_LOCKS: Final = 0x4A44  # first half of our advisory lock numbers
_REPORT_LOCKS: Final = 0x4A45
_BUCKETS: Final = 64


def lock(connection: Connection, number: int) -> None:
    """Take an advisory lock until the transaction ends; on SQLite the writing transaction is that lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :number)"), {"space": _LOCKS, "number": number})


def lock_reports(connection: Connection, ids: Iterable[str] | None) -> None:
    """Keep other writers off these reports (None: off every report) until the transaction ends. Locks are taken in one order by all."""
    if connection.dialect.name == "postgresql":
        buckets = range(_BUCKETS) if ids is None else sorted({crc32(id.encode()) % _BUCKETS for id in ids})
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:space, b) FROM unnest(CAST(:buckets AS integer[])) AS b"),
            {"space": _REPORT_LOCKS, "buckets": list(buckets)},
        )


@dataclass(slots=True)
class Work:
    """A writing transaction with what it has changed so far; `finish` is called once, just before the commit."""

    connection: Connection
    _changes: dict[tuple[str, str], bool] = field(default_factory=dict)
    _loose: set[str] = field(default_factory=set)
    _scrub: bool = False

    def changed(self, kind: str, id: str, *, gone: bool = False) -> None:
        """Tell the feed; of several changes of one thing in a transaction only the last is told."""
        self._changes.pop((kind, id), None)
        self._changes[kind, id] = gone

    def loosened(self, hashes: Iterable[str]) -> None:
        """Passages with these hashes were removed: where they were the last of their text, its vectors go too."""
        self._loose.update(hashes)

    def scrub(self) -> None:
        """What this transaction removes is to leave no bytes in the file (see `corpus.catalogue.scrub`)."""
        self._scrub = self.connection.dialect.name == "sqlite"

    def finish(self) -> None:
        if not self._changes and not self._loose:
            return
        lock(self.connection, FEED_LOCK)
        for part in chunks(sorted(self._loose)):
            used = exists().where(schema.passage.c.hash == schema.vector.c.hash)
            self.connection.execute(delete(schema.vector).where(schema.vector.c.hash.in_(part), ~used))
        if self._changes:
            rows = [{"kind": kind, "id": id, "gone": gone} for (kind, id), gone in self._changes.items()]
            self.connection.execute(schema.feed.insert(), rows)
        if self._scrub:
            scrub.ask(self.connection, head(self.connection))


def changes(connection: Connection, after: int, limit: int) -> list[Change]:
    feed = schema.feed.c
    rows = connection.execute(
        select(feed.number, feed.kind, feed.id, feed.gone).where(feed.number > after).order_by(feed.number).limit(limit)
    )
    return [Change(number, kind, id, gone) for number, kind, id, gone in rows]


def head(connection: Connection) -> int:
    return connection.scalar(select(func.max(schema.feed.c.number))) or 0
