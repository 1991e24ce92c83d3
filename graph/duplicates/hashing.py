"""Hashes of stretches of letters, and MinHash: the same on every machine and with every version, for they are kept.

All is arithmetic modulo 2^64. A stretch is hashed as a polynomial in an odd base over its mixed letters, which can be had for all shingles,
and for all clauses, of a text at once. MinHash: A. Broder, On the resemblance and containment of documents, 1997; the share of equal minima
estimates how many of all the shingles two texts have in common.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

SHINGLE = 5
"""Letters of a shingle."""
BITS = 47
"""Of a key: SQLite keeps so much in six bytes, and of ten million keys less than one in a million falls on another."""
BANDS, ROWS = 12, 3
"""Texts that share half of their shingles have a band in common eight times in ten, of those that share seven tenths all but one in 150."""

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 2**64)
_U = np.uint64


def mix(values: npt.NDArray[np.unsignedinteger]) -> Hashes:
    """The finaliser of SplitMix64: spreads every bit over all (Steele, Lea, Flood 2014)."""
    value = values.astype(np.uint64)
    value = (value ^ (value >> _U(30))) * _U(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> _U(27))) * _U(0x94D049BB133111EB)
    return np.asarray(value ^ (value >> _U(31)), dtype=np.uint64)


@cache
def _powers(base: int, length: int) -> Hashes:
    """1, base, base^2, ... modulo 2^64."""
    factors = np.concatenate((np.ones(1, dtype=np.uint64), np.full(length - 1, base, dtype=np.uint64)))
    return np.multiply.accumulate(factors)


def powers(base: int, number: int) -> Hashes:
    return _powers(base, 1 << max(10, number.bit_length()))[:number]


def shingles(points: npt.NDArray[np.uint32]) -> Hashes:
    """A hash of each run of SHINGLE letters; none where there are fewer."""
    if len(points) < SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    letters = mix(points + np.uint32(1))
    count = len(points) - SHINGLE + 1
    found = np.zeros(count, dtype=np.uint64)
    for at, power in enumerate(powers(_BASE, SHINGLE)):
        found += letters[at : at + count] * power
    return mix(found)


def stretches(points: npt.NDArray[np.uint32], begins: npt.NDArray[np.int64]) -> Hashes:
    """A hash of each stretch of letters from one of `begins` to the next (the last of them is the end)."""
    if len(begins) < 2:
        return np.zeros(0, dtype=np.uint64)
    terms = mix(points + np.uint32(1)) * powers(_BASE, len(points))
    sums = np.add.reduceat(terms, begins[:-1])
    return mix(sums * powers(_INVERSE, len(points))[begins[:-1]] + np.diff(begins).astype(np.uint64))


@cache
def _seeds(number: int) -> tuple[Hashes, Hashes]:
    numbers = np.arange(1, number + 1, dtype=np.uint64)
    return mix(numbers) | _U(1), mix(numbers + _U(1 << 32))


def minima(values: Hashes, number: int) -> Hashes:
    """The least of the values under each of `number` orders; all zero where there are none."""
    if not len(values):
        return np.zeros(number, dtype=np.uint64)
    factors, terms = _seeds(number)
    return np.array([(values * factor + term).min() for factor, term in zip(factors, terms, strict=True)], dtype=np.uint64)


def bands(least: Hashes) -> Hashes:
    """One hash of every ROWS of the BANDS * ROWS minima, different from band to band."""
    rows = mix(least).reshape(BANDS, ROWS)
    numbers = np.arange(1, BANDS + 1, dtype=np.uint64)
    return mix((rows * powers(_BASE, ROWS)).sum(axis=1, dtype=np.uint64) + mix(numbers))


def keys(hashes: Hashes) -> npt.NDArray[np.int64]:
    """The first BITS of each hash, as the database keeps them."""
    return (hashes >> _U(64 - BITS)).astype(np.int64)
