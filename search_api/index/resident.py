"""What a process keeps in memory of a SQLite index: which passages there are, the live model's vectors as one matrix, units, and filters.

It is brought up to date when it is asked for and the file has changed: what was added is appended, a removal reads the list of passages
again (not the vectors). Threads share it; what a thread was given stays as it is.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from search_api.index.base import Filters, Floats, Unit

_Key = tuple[tuple[str, tuple[str, ...]], ...]
_BATCH = 4096
_FILTERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file held when it was looked at. `added`: highest passage number, `vectors`: highest vector number, of the live `model`."""

    generation: int
    changes: int
    removals: int
    model: int | None
    vectors: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Positions 0 to `size` stand for passages, in the order of their numbers. `vector` is the row in `matrix`, -1 where there is none.

    `ids` and `position` are shared with later snapshots and may hold more: positions beyond `size` are not of this one.
    """

    stamp: Stamp
    size: int
    ids: list[str]
    position: dict[str, int]
    numbers: NDArray[np.int64]
    units: NDArray[np.int64]
    vector: NDArray[np.int32]
    matrix: Floats
    model: str | None
    masks: dict[_Key, NDArray[np.bool_]] = field(default_factory=dict)
    smallest_kept: dict[tuple[_Key, int], list[int]] = field(default_factory=dict)
    known_units: dict[int, Unit] = field(default_factory=dict)

    def positions(self, passages: Sequence[str]) -> NDArray[np.int64]:
        """Position of each passage, -1 for those that are not there."""
        found = np.fromiter(map(self.position.get, passages, repeat(-1)), np.int64, len(passages))
        found[found >= self.size] = -1
        return found

    def numbered(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        """Position of the passage with each number, -1 for those that are not there."""
        asked = np.asarray(numbers, np.int64)
        at = np.searchsorted(self.numbers, asked)
        there = at < self.size
        there[there] = self.numbers[at[there]] == asked[there]
        return np.where(there, at, -1)

    def mask(self, connection: sqlite3.Connection, filters: Filters) -> NDArray[np.bool_] | None:
        """Which positions the filters let through; None where all are."""
        key = _key(filters)
        if not key:
            return None
        if key not in self.masks:
            mask = np.ones(self.size, np.bool_)
            for name, values in key:
                units = np.array(_units_with(connection, self.stamp.generation, name, values), np.int64)
                table = np.zeros(max(int(self.units.max(initial=0)), int(units.max(initial=0))) + 1, np.bool_)
                table[units] = True
                mask &= table[self.units]
            if len(self.masks) >= _FILTERS_KEPT:
                self.masks.clear()
            self.masks[key] = mask
        return self.masks[key]

    def smallest(
        self, connection: sqlite3.Connection, filters: Filters, limit: int, keep: Callable[[sqlite3.Connection, int, Sequence[int]], None]
    ) -> list[int]:
        """Positions of the passages of the smallest ids that the filters let through. `keep` is told their numbers when they are new."""
        key = (_key(filters), limit)
        if key not in self.smallest_kept:
            mask = self.mask(connection, filters)
            inside = range(self.size) if mask is None else np.flatnonzero(mask).tolist()
            if len(self.smallest_kept) >= _FILTERS_KEPT:
                self.smallest_kept.clear()
            self.smallest_kept[key] = nsmallest(limit, inside, key=self.ids.__getitem__)
            keep(connection, self.stamp.generation, self.numbers[self.smallest_kept[key]].tolist())
        return self.smallest_kept[key]

    def unit_of(self, connection: sqlite3.Connection, positions: NDArray[np.int64]) -> list[Unit | None]:
        numbers = [int(self.units[at]) if at >= 0 else -1 for at in positions]
        missing = sorted({number for number in numbers if number >= 0 and number not in self.known_units})
        g = self.stamp.generation
        rows = connection.execute(
            f"""SELECT u.u, r.id, u.case_id, u.facets, r.collection, r.sample FROM json_each(?) j
            CROSS JOIN index_unit_{g} u ON u.u = j.value JOIN index_report_{g} r ON r.r = u.r""",
            (json.dumps(missing),),
        )
        for number, report, case, facets, collection, sample in rows if missing else ():
            values = {name: tuple(several) for name, several in json.loads(facets).items()}
            self.known_units[number] = Unit(report, case, {**values, "collection": (collection,), "sample": (str(sample),)})
        return [self.known_units.get(number) for number in numbers]


def _key(filters: Filters) -> _Key:
    return tuple(sorted((name, tuple(sorted(set(values)))) for name, values in filters.items() if values))


class Resident:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._rows: dict[str, int] = {}  # passage hash -> row of the matrix
        self._waiting: dict[str, list[int]] = {}  # passage hash -> positions that lack its vector
        self._store: Floats = np.zeros((0, 0), np.float32)
        self._filled = 0

    def snapshot(self, connection: sqlite3.Connection, generation: int) -> Snapshot:
        """The state that the connection's reading transaction sees, or a later one that another thread has seen."""
        stamp = _stamp(connection, generation)
        current = self._snapshot
        if current is not None and current.stamp == stamp:
            return current
        with self._lock:
            current = self._snapshot
            if current is None or (current.stamp != stamp and not _older(stamp, current.stamp)):
                self._snapshot = current = self._updated(connection, current, stamp)
            return current

    def _updated(self, connection: sqlite3.Connection, old: Snapshot | None, stamp: Stamp) -> Snapshot:
        fresh_vectors = old is None or old.stamp.model != stamp.model or self._mostly_dead(old)
        if fresh_vectors:
            self._rows, self._waiting, self._filled = {}, {}, 0
            self._store = np.zeros((0, 0), np.float32)
        self._load_vectors(connection, stamp, 0 if fresh_vectors or old is None else old.stamp.vectors)
        moved = old is None or (old.stamp.generation, old.stamp.removals) != (stamp.generation, stamp.removals)
        keep = None if moved or fresh_vectors else old
        ids, position = ([], {}) if keep is None else (keep.ids, keep.position)
        if keep is None:
            self._waiting = {}
        size = 0 if keep is None else keep.size
        after = int(keep.numbers[-1]) if keep is not None and keep.size else 0
        numbers, units, vector = [], [], []
        sql = f"SELECT p, id, u, hash FROM index_passage_{stamp.generation} WHERE p > ? ORDER BY p"
        for at, (number, passage, unit, key) in enumerate(connection.execute(sql, (after,)), size):
            ids.append(passage)
            position[passage] = at
            numbers.append(number)
            units.append(unit)
            row = self._rows.get(key, -1)
            vector.append(row)
            if row < 0:
                self._waiting.setdefault(key, []).append(at)
        old_vector = np.zeros(0, np.int32) if keep is None else keep.vector.copy()
        all_vectors = np.concatenate([old_vector, np.array(vector, np.int32)])
        for key in [key for key in self._waiting if key in self._rows]:
            all_vectors[self._waiting.pop(key)] = self._rows[key]
        model = connection.execute("SELECT model FROM index_model WHERE m = ?", (stamp.model,)).fetchone()
        return Snapshot(
            stamp,
            len(ids),
            ids,
            position,
            np.concatenate([np.zeros(0, np.int64) if keep is None else keep.numbers, np.array(numbers, np.int64)]),
            np.concatenate([np.zeros(0, np.int64) if keep is None else keep.units, np.array(units, np.int64)]),
            all_vectors,
            self._store[: self._filled],
            None if model is None else model[0],
            known_units={} if keep is None else keep.known_units,
        )

    def _mostly_dead(self, old: Snapshot) -> bool:
        """Whether most rows of the matrix belong to passages that are gone."""
        alive = len(np.unique(old.vector[old.vector >= 0]))
        return self._filled > _BATCH and alive * 2 < self._filled

    def _load_vectors(self, connection: sqlite3.Connection, stamp: Stamp, after: int) -> None:
        if stamp.model is None:
            return
        cursor = connection.execute("SELECT hash, vector FROM index_vector WHERE m = ? AND v > ? ORDER BY v", (stamp.model, after))
        while rows := cursor.fetchmany(_BATCH):
            block = np.frombuffer(b"".join(blob for _, blob in rows), np.float16).reshape(len(rows), -1)
            self._reserve(self._filled + len(rows), block.shape[1])
            self._store[self._filled : self._filled + len(rows)] = block
            for at, (key, _) in enumerate(rows, self._filled):
                self._rows[key] = at
            self._filled += len(rows)

    def _reserve(self, wanted: int, dimension: int) -> None:
        if wanted > len(self._store):
            grown = np.zeros((max(wanted, len(self._store) * 3 // 2), dimension), np.float32)
            if self._filled:
                grown[: self._filled] = self._store[: self._filled]
            self._store = grown


def _stamp(connection: sqlite3.Connection, generation: int) -> Stamp:
    row = connection.execute(
        """SELECT g.changes, g.removals, m.m, coalesce((SELECT max(v) FROM index_vector), 0)
        FROM index_generation g LEFT JOIN index_model m ON m.live WHERE g.generation = ?""",
        (generation,),
    ).fetchone()
    return Stamp(generation, *row)


def _older(one: Stamp, other: Stamp) -> bool:
    return one.generation == other.generation and one.model == other.model and (one.changes, one.vectors) < (other.changes, other.vectors)


def _units_with(connection: sqlite3.Connection, g: int, name: str, values: Sequence[str]) -> list[int]:
    wanted = json.dumps(values)
    if name in ("collection", "report", "sample"):
        column = "id" if name == "report" else name
        sql = f"""SELECT u.u FROM index_report_{g} r JOIN index_unit_{g} u ON u.r = r.r
            WHERE CAST(r.{column} AS TEXT) IN (SELECT value FROM json_each(?))"""
        rows = connection.execute(sql, (wanted,))
    else:
        sql = f"SELECT u FROM index_facet_{g} WHERE name = ? AND value IN (SELECT value FROM json_each(?))"
        rows = connection.execute(sql, (name, wanted))
    return [unit for (unit,) in rows]
