"""Small helpers over SQLAlchemy Core that the modules of the catalogue share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 500
T = TypeVar("T")


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def is_storable(text: str) -> bool:
    """Whether every engine keeps this text: PostgreSQL no NUL, none half of a surrogate pair (as in a file name that is no UTF-8)."""
    return "\x00" not in text and text.encode("utf-8", "replace").decode() == text


def printable(text: str) -> str:
    """`text` with what cannot be kept written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def now() -> str:
    """The present moment as it is kept with judgements and revisions: UTC, to the second, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, replace: bool = True) -> None:
    """Insert rows; one whose primary key is there already replaces it, or with `replace=False` is left out."""
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    if replace and values:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=values)
    else:
        statement = statement.on_conflict_do_nothing()
    connection.execute(statement, list(rows))
