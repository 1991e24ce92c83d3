"""Leaving no bytes of what was withdrawn in an SQLite file.

`secure_delete` overwrites a row where it lies, but when pages are balanced SQLite copies rows from one to the next and leaves old copies
in the unused middle of a page (seen with SQLite 3.40: of 300 reports withdrawn among 600, the path of one). Only VACUUM, which writes the
whole file anew, is sure to leave nothing. So a withdrawal asks for one, and a later checkpoint does it, in this process or another.

The wish is kept as the number of the change after which it may be granted: graph, index and entities lie in the same file, and what they
remove goes only when they have removed it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, select

from corpus.catalogue import schema
from corpus.catalogue.engine import Store
from corpus.catalogue.failures import failure
from corpus.catalogue.sql import upsert
from corpus.errors import StoreReadOnly

UNSCRUBBED: Final = "unscrubbed"
_wish = schema.meta.c.key == UNSCRUBBED


def wished(connection: Connection) -> bool:
    return connection.scalar(select(schema.meta.c.value).where(_wish)) is not None


def ask(connection: Connection, number: int) -> None:
    """Note, in the transaction whose last change has this number, that the file is to be written anew once all have followed it."""
    upsert(connection, schema.meta, [{"key": UNSCRUBBED, "value": str(number)}])


def checkpoint(store: Store, followed: int | None) -> bool:
    """Write the file anew where that was asked for, and empty the log into it. False where that has to wait."""
    if store.read_only:
        raise failure(StoreReadOnly, store.where)
    with store.reading() as connection:
        wish = connection.scalar(select(schema.meta.c.value).where(_wish))
    due = wish is not None and (followed is None or followed >= int(wish))
    if due:
        with store.raw() as raw:
            raw.execute("PRAGMA temp_store=FILE")  # as large as the store: not into memory
            try:
                raw.execute("VACUUM")
            finally:
                raw.execute("PRAGMA temp_store=MEMORY")
        with store.writing() as connection:  # a wish that was made meanwhile stays
            connection.execute(delete(schema.meta).where(_wish, schema.meta.c.value == wish))
    with store.raw() as raw:
        emptied: bool = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    return emptied and (due or wish is None)
