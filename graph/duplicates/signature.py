"""What is kept of a text so that others like it are found: keys that like texts share, and minima that tell whether two are of one kind.

The keys are hashes of clauses, whole, and of bands of its MinHash. Copied sentences have clauses in common however little they are of the
two texts; bands find texts that were recognised or typed with an error in every clause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.fold import fold
from corpus.identity import digest
from graph.duplicates.hashing import BANDS, ROWS, bands, keys, minima, mix, stretches
from graph.duplicates.letters import Letters

CLAUSE = 6
"""Letters of a clause from which on it is a key."""
ENOUGH = 24
"""Letters of shared clauses that make two texts worth comparing; a band is worth as much."""
LEAST = 10
"""Letters that a text must have to be compared at all."""
SKETCH = 2
_HEAVY = 255


@dataclass(frozen=True, slots=True)
class Signed:
    """`text`: hash of all letters; `keys` rising, without doubles, with their `weights` in letters; `sketch`: SKETCH minima of the text,
    then SKETCH of its title."""

    text: str
    letters: int
    keys: npt.NDArray[np.int64]
    weights: npt.NDArray[np.uint8]
    sketch: tuple[int, ...]


def sign(letters: Letters, title: str) -> Signed:
    least = minima(letters.shingles, BANDS * ROWS)
    clause_keys, weights = clauses(letters)
    long = weights >= CLAUSE
    found, at = clause_keys[long], weights[long]
    if len(letters) >= LEAST:
        found = np.concatenate((found, keys(bands(least))))
        at = np.concatenate((at, np.full(BANDS, ENOUGH, dtype=np.uint8)))
    else:
        found, at = found[:0], at[:0]
    unique, first = np.unique(found, return_index=True)
    sketch = keys(mix(least[:SKETCH]))
    return Signed(digest("letters", letters.string), len(letters), unique, at[first], (*map(int, sketch), *_title(title, sketch)))


def clauses(letters: Letters) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """The key of every clause of a text in order, and its length (255 for all that are longer)."""
    lengths = np.minimum(np.diff(letters.clauses), _HEAVY).astype(np.uint8)
    return keys(stretches(letters.points, letters.clauses)), lengths


def _title(title: str, instead: npt.NDArray[np.int64]) -> tuple[int, ...]:
    """Minima over pairs of letters of the title, so that a title and the same with a site's name behind it are mostly one."""
    points = np.array([ord(character) for character in fold(title) if character.isalnum()], dtype=np.uint32)
    if len(points) < 2:
        return tuple(map(int, instead))
    pairs = stretches(np.stack((points[:-1], points[1:]), axis=1).ravel(), np.arange(0, 2 * len(points) - 1, 2))
    return tuple(map(int, keys(mix(minima(pairs, SKETCH)))))
