"""Tables of the index in SQLite. Each generation has tables of its own (`index_passage_3`, ...): one is filled beside another and swapped.
Vectors belong to no generation: they are kept by passage hash as long as any generation has the passage.

`index_text` is contentless: what FTS5 needs to forget a passage is made again from `folded`. `index_term` counts the passages that hold
a term.
"""

from __future__ import annotations

import sqlite3

from search_api.index.base import SCHEMA_VERSION

_STATE = """
CREATE TABLE index_schema (version INTEGER NOT NULL);
CREATE TABLE index_generation (
    generation INTEGER PRIMARY KEY AUTOINCREMENT, live INTEGER NOT NULL, mark INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0, removals INTEGER NOT NULL DEFAULT 0,
    passages INTEGER NOT NULL DEFAULT 0, characters INTEGER NOT NULL DEFAULT 0, bigrams INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE index_unsettled (what TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE index_model (
    m INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL, live INTEGER NOT NULL
);
CREATE TABLE index_vector (
    v INTEGER PRIMARY KEY AUTOINCREMENT, m INTEGER NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (m, hash)
)
"""

_GENERATION = """
CREATE TABLE index_report_{g} (
    r INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, reading TEXT NOT NULL, collection TEXT NOT NULL, source TEXT NOT NULL,
    title TEXT NOT NULL, sample INTEGER NOT NULL
);
CREATE TABLE index_unit_{g} (
    u INTEGER PRIMARY KEY AUTOINCREMENT, r INTEGER NOT NULL, case_id TEXT, title TEXT NOT NULL, place TEXT, year INTEGER,
    facets TEXT NOT NULL
);
CREATE INDEX index_unit_report_{g} ON index_unit_{g} (r);
CREATE INDEX index_unit_case_{g} ON index_unit_{g} (case_id) WHERE case_id IS NOT NULL;
CREATE TABLE index_facet_{g} (name TEXT NOT NULL, value TEXT NOT NULL, u INTEGER NOT NULL, PRIMARY KEY (name, value, u)) WITHOUT ROWID;
CREATE TABLE index_passage_{g} (
    p INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, u INTEGER NOT NULL, r INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL, characters INTEGER NOT NULL,
    bigrams INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL
);
CREATE INDEX index_passage_report_{g} ON index_passage_{g} (r);
CREATE INDEX index_passage_unit_{g} ON index_passage_{g} (u);
CREATE INDEX index_passage_hash_{g} ON index_passage_{g} (hash);
CREATE TABLE index_term_{g} (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE index_text_{g} USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE index_refused_{g} (id TEXT PRIMARY KEY, number INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID
"""

_TABLES = ("report", "unit", "facet", "passage", "term", "text", "refused")


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the file holds an index of this version."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'index_schema'").fetchone():
        return False
    return bool(connection.execute("SELECT version = ? FROM index_schema", (SCHEMA_VERSION,)).fetchone() == (1,))


def create(connection: sqlite3.Connection) -> None:
    """Drop whatever index there is and make an empty one. Runs inside the caller's transaction."""
    virtual = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'index_*' AND sql LIKE 'CREATE VIRTUAL%'"
    other = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'index_*'"
    for names in (virtual, other):
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
    _run(connection, _STATE)
    connection.execute("INSERT INTO index_schema VALUES (?)", (SCHEMA_VERSION,))
    add_generation(connection, live=True)


def add_generation(connection: sqlite3.Connection, *, live: bool) -> int:
    """Make the tables of a new, empty generation and return its number."""
    generation = connection.execute("INSERT INTO index_generation (live) VALUES (?)", (live,)).lastrowid
    if generation is None:
        raise RuntimeError("no row id after an insert")
    _run(connection, _GENERATION.format(g=generation))
    return generation


def drop_generation(connection: sqlite3.Connection, generation: int) -> None:
    for table in _TABLES:
        connection.execute(f"DROP TABLE index_{table}_{generation}")
    connection.execute("DELETE FROM index_generation WHERE generation = ?", (generation,))


def generations(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT generation FROM index_generation ORDER BY generation")]


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        connection.execute(statement)
