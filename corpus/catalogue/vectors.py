"""Vectors of passages, one row per text and model: a work list of texts that lack one, and the vectors of those that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, select

from corpus.catalogue import schema
from corpus.catalogue.feed import FEED_LOCK, lock
from corpus.catalogue.sql import chunks, upsert

Vector = NDArray[np.float16]
_STORED = np.dtype("<f2")
_vector, _passage = schema.vector.c, schema.passage.c


def missing(connection: Connection, model: str, limit: int, after: str) -> list[tuple[str, str]]:
    """Texts that have no vector of `model`, as (hash, text), equal texts once, by hash, from the first hash behind `after`."""
    reading = schema.reading.c
    hashes = (
        select(_passage.hash, func.min(_passage.id).label("id"))
        .outerjoin(schema.vector, (_vector.hash == _passage.hash) & (_vector.model == model))
        .where(_vector.hash.is_(None), _passage.hash > after)
        .group_by(_passage.hash)
        .order_by(_passage.hash)
        .limit(limit)
        .subquery()
    )
    here = func.substr(reading.text, _passage.start + 1, _passage.end - _passage.start)
    query = (
        select(hashes.c.hash, func.coalesce(_passage.text, here))
        .join(schema.passage, _passage.id == hashes.c.id)
        .join(schema.reading, reading.id == _passage.reading)
        .order_by(hashes.c.hash)
    )
    return [(hash, text) for hash, text in connection.execute(query)]


def put(connection: Connection, model: str, vectors: Mapping[str, NDArray[np.floating]]) -> int:
    """Keep vectors of texts that still stand in a passage, and tell how many those were. One that is there already stays as it is."""
    sizes = {vector.shape for vector in vectors.values()}
    if len(sizes) > 1 or any(len(size) != 1 for size in sizes):
        raise ValueError(f"vectors of one model have one length, not {sorted(sizes)}")
    lock(connection, FEED_LOCK)  # a text that another transaction is removing is gone, or still there, when we look
    kept = 0
    for part in chunks(sorted(vectors)):
        present = set(connection.scalars(select(_passage.hash).where(_passage.hash.in_(part)).distinct()))
        rows = [
            {"hash": hash, "model": model, "data": np.asarray(vectors[hash], dtype=_STORED).tobytes()} for hash in part if hash in present
        ]
        upsert(connection, schema.vector, rows, replace=False)
        kept += len(rows)
    return kept


def get(connection: Connection, model: str, hashes: Sequence[str]) -> dict[str, Vector]:
    """The vectors of those of `hashes` that have one; read-only arrays."""
    found: dict[str, Vector] = {}
    for part in chunks(hashes):
        rows = connection.execute(select(_vector.hash, _vector.data).where(_vector.model == model, _vector.hash.in_(part)))
        found.update((hash, np.frombuffer(data, dtype=_STORED)) for hash, data in rows)
    return found


def page(connection: Connection, model: str, after: str, limit: int) -> tuple[list[str], Vector]:
    """Vectors by hash, from the first behind `after`: their hashes, and an array of shape (number, length)."""
    query = select(_vector.hash, _vector.data).where(_vector.model == model, _vector.hash > after).order_by(_vector.hash).limit(limit)
    rows = connection.execute(query).all()
    if not rows:
        return [], np.empty((0, 0), dtype=_STORED)
    joined = np.frombuffer(b"".join(data for _, data in rows), dtype=_STORED)
    return [hash for hash, _ in rows], joined.reshape(len(rows), -1)


def counts(connection: Connection, model: str) -> tuple[int, int]:
    """How many different texts have a vector of `model`, and how many texts there are."""
    done = connection.scalar(select(func.count()).select_from(schema.vector).where(_vector.model == model)) or 0
    return done, connection.scalar(select(func.count(_passage.hash.distinct()))) or 0


def models(connection: Connection) -> dict[str, int]:
    """Fingerprints of the models that vectors are of, with how many."""
    query = select(_vector.model, func.count()).group_by(_vector.model).order_by(_vector.model)
    return {row[0]: row[1] for row in connection.execute(query)}


def drop(connection: Connection, model: str) -> None:
    connection.execute(delete(schema.vector).where(_vector.model == model))
