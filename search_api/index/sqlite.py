"""The index in a SQLite file: the catalogue's or one of its own.

FTS5 gives the candidates by words, over tokens that `corpus.fold` has made; a matrix in memory gives those by meaning; counting in the
texts of a pool is exact (`search_api.index.counting`).
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.connections import Connections
from corpus.errors import ModelMismatch, NotFound
from corpus.fold import encode
from search_api.index import schema, stored, writing
from search_api.index.base import (
    NO_FILTERS,
    Counts,
    Coverage,
    Document,
    Filters,
    Floats,
    Refused,
    Statistics,
    TermCounts,
    Unit,
    Update,
)
from search_api.index.pooled import PooledTexts
from search_api.index.resident import Resident, Snapshot, Stamp

_DOCUMENT = """p.id, r.id, r.reading, u.case_id, r.collection, r.source, r.title, u.title, u.place, u.year, r.sample,
p.path, p.text, p.first, p.last, p.hash"""


class SqliteIndex:
    """See `search_api.index.base.Index`. One object may serve many threads."""

    def __init__(self, path: Path, *, generation: int | None = None, connections: Connections | None = None) -> None:
        """Open the index in the file at `path`, making it where there is none of this version. Raises a StoreError where that fails."""
        self._connections = connections or Connections(path)
        self._generation = generation  # None: the live one, whichever that is by now
        self._resident = Resident()
        self._texts = PooledTexts()
        self._own = threading.local()  # a thread's `view`, and the last vector it asked about with its scores
        if generation is None:
            with self._connections.reading() as connection:
                current = schema.is_current(connection)
            if not current:
                with self._connections.writing() as connection:
                    if not schema.is_current(connection):
                        schema.create(connection)

    def close(self) -> None:
        self._connections.close()

    def apply(self, updates: Iterable[Update], mark: int) -> list[Refused]:
        with self._connections.writing() as connection:
            g = self._at(connection)
            refused = writing.take(connection, g, updates, mark)
            connection.execute("UPDATE index_generation SET mark = ? WHERE generation = ?", (mark, g))
        return refused

    def mark(self) -> int:
        with self._read() as (connection, g):
            return int(connection.execute("SELECT mark FROM index_generation WHERE generation = ?", (g,)).fetchone()[0])

    def refused(self) -> list[Refused]:
        with self._read() as (connection, g):
            return [Refused(*row) for row in connection.execute(f"SELECT id, number, reason FROM index_refused_{g} ORDER BY id")]

    def state(self) -> str:
        with self._snapshot() as (_, snapshot):
            stamp = snapshot.stamp
            return f"{stamp.generation}.{stamp.changes}.{stamp.model or 0}.{stamp.vectors}"

    @contextmanager
    def view(self) -> Iterator[None]:
        with self._snapshot() as seen:
            before = getattr(self._own, "view", None)
            self._own.view = seen
            try:
                yield
            finally:
                self._own.view = before

    def settle(self) -> None:
        with self._connections.reading() as connection:
            todo = {what for (what,) in connection.execute("SELECT what FROM index_unsettled")}
        if writing.SETTLE_TEXT in todo:
            with self._connections.writing() as connection:
                for g in schema.generations(connection):
                    connection.execute(f"INSERT INTO index_text_{g} (index_text_{g}) VALUES ('optimize')")
                connection.execute("DELETE FROM index_unsettled WHERE what = ?", (writing.SETTLE_TEXT,))
        if todo:
            connection = self._connections.get()
            with self._connections.errors():
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                with self._connections.writing() as connection:
                    connection.execute("DELETE FROM index_unsettled WHERE what = ?", (writing.SETTLE_LOG,))

    def stage(self) -> SqliteIndex:
        with self._connections.writing() as connection:
            for (left_over,) in connection.execute("SELECT generation FROM index_generation WHERE NOT live").fetchall():
                schema.drop_generation(connection, left_over)
            generation = schema.add_generation(connection, live=False)
        return SqliteIndex(self._connections.path, generation=generation, connections=self._connections)

    def promote(self) -> None:
        with self._connections.writing() as connection:
            generation = self._at(connection)
            for other in schema.generations(connection):
                if other != generation:
                    hashes = {key for (key,) in connection.execute(f"SELECT DISTINCT hash FROM index_passage_{other}")}
                    schema.drop_generation(connection, other)
                    writing.drop_vectors(connection, hashes)
            connection.execute("UPDATE index_generation SET live = 1")
            writing.unsettled(connection, writing.SETTLE_LOG)

    def put_vectors(self, model: str, vectors: Mapping[str, NDArray[np.floating]]) -> None:
        with self._connections.writing() as connection:
            stored.put(connection, model, vectors)

    def without_vector(self, model: str, limit: int) -> list[str]:
        with self._read() as (connection, g):
            return stored.missing(connection, g, model, limit)

    def coverage(self, model: str) -> Coverage:
        with self._read() as (connection, g):
            return stored.coverage(connection, g, model)

    def live_model(self) -> str | None:
        with self._read() as (connection, _):
            return stored.live_model(connection)

    def set_live_model(self, model: str) -> None:
        with self._connections.writing() as connection:
            stored.set_live_model(connection, model)
            writing.unsettled(connection, writing.SETTLE_LOG)

    def statistics(self) -> Statistics:
        with self._read() as (connection, g):
            sql = "SELECT passages, characters, bigrams FROM index_generation WHERE generation = ?"
            return Statistics(*connection.execute(sql, (g,)).fetchone())

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        with self._read() as (connection, g):
            sql = f"SELECT t.term, t.passages FROM json_each(?) j CROSS JOIN index_term_{g} t ON t.term = j.value"
            return dict(connection.execute(sql, (json.dumps(list(terms)),)).fetchall())

    def candidates(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        if not terms:
            return []
        match = " OR ".join(f'"{encode(term)}"' for term in terms)
        with self._snapshot() as (connection, snapshot):
            text = f"index_text_{snapshot.stamp.generation}"
            mask = snapshot.mask(connection, filters)
            order = f"ORDER BY bm25({text}), rowid"
            found = f"SELECT rowid, bm25({text}) FROM {text} WHERE {text} MATCH ?"
            allowed: tuple[str, ...] = ()
            if mask is not None:
                found += " AND rowid IN (SELECT value FROM json_each(?))"
                allowed = (json.dumps(snapshot.numbers[mask].tolist()),)
            rows = connection.execute(f"{found} {order} LIMIT ?", (match, *allowed, limit)).fetchall()
            places = snapshot.numbered([number for number, _ in rows]).tolist()
            best = sorted((score, snapshot.ids[at]) for (_, score), at in zip(rows, places, strict=True) if at >= 0)
            return [passage for _, passage in best]

    def nearest(self, model: str, vector: Floats, filters: Filters, limit: int) -> list[str]:
        with self._snapshot() as (connection, snapshot):
            _check(snapshot, model, vector)
            allowed = snapshot.vector >= 0
            mask = snapshot.mask(connection, filters)
            at = np.flatnonzero(allowed if mask is None else allowed & mask)
            scores = self._scores(snapshot, vector)[snapshot.vector[at]]
            if len(at) > limit:
                threshold = np.partition(scores, len(at) - limit)[len(at) - limit]
                best = scores >= threshold
                at, scores = at[best], scores[best]
            ordered = sorted(zip((-scores).tolist(), (snapshot.ids[int(position)] for position in at), strict=True))
            return [passage for _, passage in ordered[:limit]]

    def background(self, filters: Filters, limit: int) -> list[str]:
        with self._snapshot() as (connection, snapshot):
            return [snapshot.ids[at] for at in snapshot.smallest(connection, filters, limit, self._texts.keep)]

    def of_cases(self, cases: Sequence[str], filters: Filters, limit: int) -> list[str]:
        with self._snapshot() as (connection, snapshot):
            g = snapshot.stamp.generation
            wanted = json.dumps(list(cases))
            rows = connection.execute(
                f"""SELECT p.id FROM (
                    SELECT j.key, u.u FROM json_each(?) j CROSS JOIN index_unit_{g} u ON u.case_id = j.value
                    UNION ALL
                    SELECT j.key, u.u FROM json_each(?) j CROSS JOIN index_report_{g} r ON r.id = j.value
                    JOIN index_unit_{g} u ON u.r = r.r AND u.case_id IS NULL
                ) x JOIN index_passage_{g} p ON p.u = x.u ORDER BY x.key, p.ordinal, p.id""",
                (wanted, wanted),
            )
            passages = [passage for (passage,) in rows]
            mask = snapshot.mask(connection, filters)
            if mask is not None:
                passages = [one for one, at in zip(passages, self._positions(snapshot, passages), strict=True) if at >= 0 and mask[at]]
            return passages[:limit]

    def term_counts(self, passages: Sequence[str], terms: Sequence[str]) -> TermCounts:
        with self._snapshot() as (connection, snapshot):
            positions = self._positions(snapshot, passages)
            numbers = np.where(positions >= 0, snapshot.numbers[positions], -1) if snapshot.size else positions
            return self._texts.counts(connection, snapshot.stamp.generation, numbers.tolist(), terms)

    def vector_scores(self, model: str, vector: Floats, passages: Sequence[str]) -> Floats:
        with self._snapshot() as (_, snapshot):
            _check(snapshot, model, vector)
            positions = self._positions(snapshot, passages)
            scores = np.full(len(passages), np.nan, np.float32)
            known = np.flatnonzero(positions >= 0)
            rows = snapshot.vector[positions[known]]
            known, rows = known[rows >= 0], rows[rows >= 0]
            scores[known] = self._scores(snapshot, vector)[rows]
            return scores

    def _positions(self, snapshot: Snapshot, passages: Sequence[str]) -> NDArray[np.int64]:
        """As `Snapshot.positions`; those of a tuple are kept for the thread's next question: a pool is asked about several times."""
        last: tuple[Stamp, Sequence[str], NDArray[np.int64]] | None = getattr(self._own, "positions", None)
        if last is None or last[1] is not passages or last[0] != snapshot.stamp:
            last = (snapshot.stamp, passages, snapshot.positions(passages))
            self._own.positions = last if isinstance(passages, tuple) else None
        return last[2]

    def _scores(self, snapshot: Snapshot, vector: Floats) -> Floats:
        """Inner product of every row of the matrix with the vector, kept for the thread's next question, mostly about the same one."""
        if not snapshot.matrix.size:
            return np.zeros(0, np.float32)
        key = (snapshot.stamp, vector.tobytes())
        if getattr(self._own, "key", None) != key:
            self._own.key, self._own.scores = key, snapshot.matrix @ vector
        scores: Floats = self._own.scores
        return scores

    def units(self, passages: Sequence[str]) -> list[Unit | None]:
        with self._snapshot() as (connection, snapshot):
            return snapshot.unit_of(connection, self._positions(snapshot, passages))

    def documents(self, passages: Sequence[str]) -> list[Document]:
        with self._read() as (connection, g):
            rows = connection.execute(
                f"""SELECT {_DOCUMENT} FROM json_each(?) j CROSS JOIN index_passage_{g} p ON p.id = j.value
                JOIN index_unit_{g} u ON u.u = p.u JOIN index_report_{g} r ON r.r = p.r""",
                (json.dumps(list(passages)),),
            )
            return [replace(Document(*row), sample=bool(row[10])) for row in rows]

    def values_among(self, name: str, values: Sequence[str]) -> list[str]:
        with self._read() as (connection, g):
            sql = f"""SELECT DISTINCT j.value FROM json_each(?) j
                WHERE EXISTS (SELECT 1 FROM index_facet_{g} f WHERE f.name = ? AND f.value = j.value) ORDER BY j.value"""
            return [value for (value,) in connection.execute(sql, (json.dumps(list(values)), name))]

    def counts(self, filters: Filters = NO_FILTERS) -> Counts:
        with self._snapshot() as (connection, snapshot):
            g = snapshot.stamp.generation
            mask = snapshot.mask(connection, filters)
            units = np.unique(snapshot.units if mask is None else snapshot.units[mask])
            row = connection.execute(
                f"SELECT count(DISTINCT u.r), count(u.case_id) FROM json_each(?) j CROSS JOIN index_unit_{g} u ON u.u = j.value",
                (json.dumps(units.tolist()),),
            ).fetchone()
            return Counts(row[0], row[1], snapshot.size if mask is None else int(mask.sum()))

    @contextmanager
    def _read(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        seen: tuple[sqlite3.Connection, Snapshot] | None = getattr(self._own, "view", None)
        if seen is not None:
            with self._connections.errors():
                yield seen[0], seen[1].stamp.generation
            return
        with self._connections.reading() as connection:
            yield connection, self._at(connection)

    @contextmanager
    def _snapshot(self) -> Iterator[tuple[sqlite3.Connection, Snapshot]]:
        seen: tuple[sqlite3.Connection, Snapshot] | None = getattr(self._own, "view", None)
        with self._read() as (connection, g):
            yield seen or (connection, self._resident.snapshot(connection, g))

    def _at(self, connection: sqlite3.Connection) -> int:
        """The generation this object stands for, as the transaction sees it."""
        wanted = self._generation
        row = connection.execute(
            "SELECT generation FROM index_generation WHERE CASE WHEN ? IS NULL THEN live ELSE generation = ? END", (wanted, wanted)
        ).fetchone()
        if row is None:
            raise NotFound("这一代索引已被替换", where=str(self._connections.path), remedy="请重新运行 jindianzi sync --rebuild")
        return int(row[0])


def _check(snapshot: Snapshot, model: str, vector: Floats) -> None:
    if snapshot.model != model or (snapshot.matrix.size and snapshot.matrix.shape[1] != len(vector)):
        what = f"索引中的向量来自 {snapshot.model or '（还没有模型）'}，查询用的是 {model}"
        raise ModelMismatch(what, remedy="请运行 jindianzi sync，或改用索引所用的模型")
