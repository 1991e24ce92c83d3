"""Texts of a pool, counted. Those of the background are asked for with every query, so they stay prepared in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_api.index.base import TermCounts
from search_api.index.counting import TextBlock

_KEPT = 4  # backgrounds of different filters


@dataclass(frozen=True, slots=True)
class _Texts:
    """Passages by number, with the row each has in the block, and their numbers of tokens."""

    row: dict[int, int]
    block: TextBlock
    characters: NDArray[np.float32]
    bigrams: NDArray[np.float32]


class PooledTexts:
    """Numbers are those of `index_passage`; they are never given twice, so what was prepared stays right for as long as it is asked for."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, tuple[int, ...]], _Texts] = {}

    def keep(self, connection: sqlite3.Connection, generation: int, numbers: Sequence[int]) -> None:
        """Prepare these passages, in place of the background kept longest where there are too many."""
        key = (generation, tuple(numbers))
        if key not in self._kept:
            kept = dict(list(self._kept.items())[1 - _KEPT :])
            kept[key] = _load(connection, generation, numbers)
            self._kept = kept

    def counts(self, connection: sqlite3.Connection, generation: int, numbers: Sequence[int], terms: Sequence[str]) -> TermCounts:
        """A number that is not there (-1 too) counts nothing and has one token."""
        asked = np.asarray(numbers, np.int64)
        result = TermCounts(
            np.zeros((len(asked), len(terms)), np.float32), np.ones(len(asked), np.float32), np.ones(len(asked), np.float32)
        )
        open_places = np.arange(len(asked))
        for (kept_generation, _), texts in reversed(self._kept.items()):
            if kept_generation == generation and len(open_places):
                open_places = _fill(result, asked, open_places, texts, terms)
        if len(open_places):
            _fill(result, asked, open_places, _load(connection, generation, asked[open_places].tolist()), terms)
        return result


def _fill(result: TermCounts, asked: NDArray[np.int64], places: NDArray[np.intp], texts: _Texts, terms: Sequence[str]) -> NDArray[np.intp]:
    """Fill in what `texts` has of the passages at `places` and return the other places."""
    rows = np.fromiter((texts.row.get(number, -1) for number in asked[places].tolist()), np.int64, len(places))
    here, rows, rest = places[rows >= 0], rows[rows >= 0], places[rows < 0]
    if len(here):
        result.counts[here] = texts.block.counts(terms)[rows]
        result.characters[here] = texts.characters[rows]
        result.bigrams[here] = texts.bigrams[rows]
    return rest


def _load(connection: sqlite3.Connection, generation: int, numbers: Sequence[int]) -> _Texts:
    sql = f"SELECT p.p, p.characters, p.bigrams, p.folded FROM json_each(?) j CROSS JOIN index_passage_{generation} p ON p.p = j.value"
    rows = connection.execute(sql, (json.dumps(list(numbers)),)).fetchall()
    return _Texts(
        {row[0]: at for at, row in enumerate(rows)},
        TextBlock([row[3] for row in rows]),
        np.array([row[1] for row in rows], np.float32),
        np.array([row[2] for row in rows], np.float32),
    )
