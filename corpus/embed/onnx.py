"""Encoders of the BERT kind on ONNX Runtime: the first token's last hidden state, at unit length.

An int8 model is quantised anew in each run by the largest value in the batch, so a text's vector would depend on its neighbours (cosine
down to .99 between batches of one and of four). Each text is therefore a run of its own, on one thread, as many runs at a time as there are
cores. On two cores that is also the quickest way (passages of 330 / 120 / 30 characters a second): 54 / 185 / 663, against 30 / 159 / 542
for one at a time on two threads, and 43 / 180 / 680 for padded batches of eight on two threads.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.embed.base import Vectors, pooled, prepare, unit, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


def cores() -> int:
    """Number of processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on Windows or macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class OnnxEmbedder:
    """A model file and its tokenizer.json. Nothing is loaded before the first text; safe to use from several threads."""

    def __init__(
        self,
        name: str,
        model: Path,
        tokenizer: Path,
        *,
        fingerprint: str,
        dimension: int,
        most_tokens: int,
        notice: str = "",
        threads: int | None = None,
    ) -> None:
        """`most_tokens` counts the two special tokens. `threads`: texts embedded at a time, by default one a core."""
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.notice = notice
        self._model = model
        self._tokenizer = tokenizer
        self._window = most_tokens - 2
        self._threads = threads or cores()
        self._lock = Lock()
        self._engine: _Engine | None = None

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        engine = self._loaded()
        pool = ThreadPoolExecutor(self._threads)
        try:
            cuts = list(pool.map(engine.cut, texts))
            rows = pool.map(engine.run, chain.from_iterable(cuts))
            return np.stack([_joined(list(islice(rows, len(cut))), cut) for cut in cuts])
        finally:
            pool.shutdown(cancel_futures=True)  # Ctrl+C does not wait for the texts that have not begun

    def query(self, text: str) -> Vectors:
        """As a passage: the instruction of the model card would cost .001 to .02 nDCG@10 on each of four sets."""
        engine = self._loaded()
        cut = engine.cut(text)
        return engine.run(cut[0]) if len(cut) == 1 else self.passages([text])[0]

    def _loaded(self) -> _Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _Engine(self._model, self._tokenizer, self._window)
            return self._engine


class _Engine:
    def __init__(self, model: Path, tokenizer: Path, window: int) -> None:
        self._window = window
        self._tokenizer = _load_tokenizer(tokenizer)
        self._first, *_, self._last = self._tokenizer.encode("").ids  # [CLS] and [SEP]
        self._session = _load_session(model)

    def cut(self, text: str) -> list[list[int]]:
        """Return the tokens of each window of a text, with the special ones."""
        ids = self._tokenizer.encode(prepare(text), add_special_tokens=False).ids
        return [[self._first, *ids[start:end], self._last] for start, end in windows(len(ids), self._window)]

    def run(self, ids: list[int]) -> Vectors:
        """Return the vector of one window."""
        tokens = np.array([ids], dtype=np.int64)
        inputs = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        hidden = self._session.run(None, inputs)[0]
        return unit(hidden[0, 0])


def _joined(rows: list[Vectors], cut: list[list[int]]) -> Vectors:
    return rows[0] if len(rows) == 1 else pooled(np.stack(rows), [len(ids) - 2 for ids in cut])


def _load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _load_session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Bytes instead of a path: a folder's name in Chinese reaches no C library on Windows.
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
