"""Tables of the graph in SQLite. Each generation has tables of its own (`graph_node_3`, ...): one is filled beside another and swapped."""

from __future__ import annotations

import sqlite3

from graph.store.base import SCHEMA_VERSION

_STATE = """
CREATE TABLE graph_schema (version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE graph_generation (generation INTEGER PRIMARY KEY AUTOINCREMENT, live INTEGER NOT NULL, mark INTEGER NOT NULL)
"""

_GENERATION = """
CREATE TABLE graph_node_{g} (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL, kind TEXT, place TEXT, concept TEXT,
    report TEXT, state TEXT, time TEXT
);
CREATE INDEX graph_node_concept_{g} ON graph_node_{g} (concept) WHERE concept IS NOT NULL;
CREATE INDEX graph_node_report_{g} ON graph_node_{g} (report) WHERE report IS NOT NULL;
CREATE INDEX graph_node_type_{g} ON graph_node_{g} (type, id);
CREATE TABLE graph_report_{g} (r INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, reading TEXT NOT NULL);
CREATE TABLE graph_sentence_{g} (s INTEGER PRIMARY KEY, r INTEGER NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX graph_sentence_report_{g} ON graph_sentence_{g} (r);
CREATE TABLE graph_edge_{g} (
    e INTEGER PRIMARY KEY, head INTEGER NOT NULL, type TEXT NOT NULL, tail INTEGER NOT NULL, r INTEGER NOT NULL, s INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, fact TEXT NOT NULL, "case" TEXT, time TEXT, confidence REAL NOT NULL,
    modality TEXT NOT NULL
);
CREATE INDEX graph_edge_head_{g} ON graph_edge_{g} (head, type, tail, r, modality);
CREATE INDEX graph_edge_tail_{g} ON graph_edge_{g} (tail, type, head, r, modality);
CREATE INDEX graph_edge_report_{g} ON graph_edge_{g} (r, type);
CREATE TABLE graph_refused_{g} (id TEXT PRIMARY KEY, number INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID
"""


def is_shared(connection: sqlite3.Connection) -> bool:
    """Whether the file holds more than the graph: then who owns it sees to it that nothing deleted stays in it."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name NOT GLOB 'graph_*' AND name NOT GLOB 'sqlite_*' LIMIT 1").fetchone()
    return found is not None


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the file holds a graph of this version."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'graph_schema'").fetchone():
        return False
    return bool(connection.execute("SELECT version = ? FROM graph_schema", (SCHEMA_VERSION,)).fetchone() == (1,))


def create(connection: sqlite3.Connection) -> None:
    """Drop whatever graph there is and make an empty one. Runs inside the caller's transaction."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'graph_*'").fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    _run(connection, _STATE)
    connection.execute("INSERT INTO graph_schema (version) VALUES (?)", (SCHEMA_VERSION,))
    add_generation(connection, live=True)


def add_generation(connection: sqlite3.Connection, *, live: bool) -> int:
    """Make the tables of a new, empty generation and return its number, which none had before."""
    generation = connection.execute("INSERT INTO graph_generation (live, mark) VALUES (?, 0)", (live,)).lastrowid or 0
    _run(connection, _GENERATION.format(g=generation))
    return generation


def drop_generation(connection: sqlite3.Connection, generation: int) -> None:
    for table in ("node", "report", "sentence", "edge", "refused"):
        connection.execute(f"DROP TABLE graph_{table}_{generation}")
    connection.execute("DELETE FROM graph_generation WHERE generation = ?", (generation,))


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        connection.execute(statement)
