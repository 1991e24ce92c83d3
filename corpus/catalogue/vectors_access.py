"""The methods of `Catalogue` about vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import schema
from corpus.catalogue import vectors as rows
from corpus.catalogue.access import Access
from corpus.catalogue.sql import upsert


class VectorsAccess(Access):
    def passages_without_vector(self, model: str, limit: int, after: str = "") -> list[tuple[str, str]]:
        """The work list of `model`: (hash, text) of texts without a vector, equal texts once, by hash from behind `after`."""
        with self._store.reading() as connection:
            return rows.missing(connection, model, limit, after)

    def put_vectors(self, model: str, found: Mapping[str, NDArray[np.floating]]) -> int:
        """Keep vectors by hash as float16; those of texts that are gone are dropped. Returns how many were of a text that is there."""
        with self._store.writing() as connection:
            return rows.put(connection, model, found)

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, rows.Vector]:
        with self._store.reading() as connection:
            return rows.get(connection, model, hashes)

    def vector_page(self, model: str, after: str = "", limit: int = 4096) -> tuple[list[str], rows.Vector]:
        """All vectors of `model` by hash, a page at a time: hashes, and an array (number, length); ([], empty) at the end."""
        with self._store.reading() as connection:
            return rows.page(connection, model, after, limit)

    def vector_counts(self, model: str) -> tuple[int, int]:
        """(texts that have a vector of `model`, texts)."""
        with self._store.reading() as connection:
            return rows.counts(connection, model)

    def vector_models(self) -> dict[str, int]:
        with self._store.reading() as connection:
            return rows.models(connection)

    def drop_vectors(self, model: str) -> None:
        with self._store.writing() as connection:
            rows.drop(connection, model)

    def use_model(self, model: str) -> None:
        """Make `model` the one that answers, and say so in the feed (kind `model`)."""
        with self._work() as work:
            upsert(work.connection, schema.meta, [{"key": "model", "value": model}])
            work.changed("model", model)
