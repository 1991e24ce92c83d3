"""Vectors in the file: one row for a model and a passage's hash, as float16, kept while any generation has the passage."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMismatch
from search_api.index.base import Coverage
from search_api.index.writing import has_passage


def put(connection: sqlite3.Connection, model: str, vectors: Mapping[str, NDArray[np.floating]]) -> None:
    """See `Index.put_vectors`. Runs inside the caller's writing transaction."""
    wanted = [key for key in sorted(vectors) if has_passage(connection, key)]
    if not wanted:
        return
    size = len(vectors[wanted[0]])
    connection.execute("INSERT OR IGNORE INTO index_model (model, dimension, live) VALUES (?, ?, 0)", (model, size))
    connection.execute("UPDATE index_model SET dimension = ? WHERE model = ? AND dimension = 0", (size, model))
    number, dimension = connection.execute("SELECT m, dimension FROM index_model WHERE model = ?", (model,)).fetchone()
    for key in wanted:
        if vectors[key].shape != (dimension,):
            what = f"向量的维数是 {vectors[key].shape}，这个模型已有的是 {dimension}"
            raise ModelMismatch(what, where=model, remedy="请用 jindianzi sync --rebuild 重建")
    rows = [(number, key, vectors[key].astype("<f2").tobytes()) for key in wanted]
    connection.executemany("INSERT OR IGNORE INTO index_vector (m, hash, vector) VALUES (?, ?, ?)", rows)


def missing(connection: sqlite3.Connection, generation: int, model: str, limit: int) -> list[str]:
    rows = connection.execute(
        f"""SELECT DISTINCT p.hash FROM index_passage_{generation} p WHERE NOT EXISTS (
            SELECT 1 FROM index_vector v WHERE v.m = (SELECT m FROM index_model WHERE model = ?) AND v.hash = p.hash
        ) ORDER BY p.hash LIMIT ?""",
        (model, limit),
    )
    return [key for (key,) in rows]


def coverage(connection: sqlite3.Connection, generation: int, model: str) -> Coverage:
    row = connection.execute(
        f"""SELECT count(v.hash), count(*) FROM (SELECT DISTINCT hash FROM index_passage_{generation}) p
        LEFT JOIN index_vector v ON v.m = (SELECT m FROM index_model WHERE model = ?) AND v.hash = p.hash""",
        (model,),
    ).fetchone()
    return Coverage(*row)


def live_model(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT model FROM index_model WHERE live").fetchone()
    return None if row is None else str(row[0])


def set_live_model(connection: sqlite3.Connection, model: str) -> None:
    """See `Index.set_live_model`. Runs inside the caller's writing transaction."""
    connection.execute("INSERT OR IGNORE INTO index_model (model, dimension, live) VALUES (?, 0, 0)", (model,))
    connection.execute("DELETE FROM index_vector WHERE m IN (SELECT m FROM index_model WHERE model <> ?)", (model,))
    connection.execute("DELETE FROM index_model WHERE model <> ?", (model,))
    connection.execute("UPDATE index_model SET live = 1")
