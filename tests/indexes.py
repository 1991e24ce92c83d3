"""Small reports for the index, written for the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.fold import bigrams, characters, fold
from corpus.identity import digest, passage_hash, report_id
from search_api.index import Index, IndexedPassage, IndexedReport, IndexedUnit, Replace

Facets = Mapping[str, tuple[str, ...]]


def indexed(
    source: str,
    *texts: str,
    title: str = "",
    collection: str = "案例",
    facets: Facets | None = None,
    sample: bool = False,
    place: str | None = None,
    year: int | None = None,
) -> IndexedReport:
    """A report of one case whose passages are `texts`, the last outside of the case where there are several."""
    report = report_id(collection, source)
    case = digest("case", report)
    passages = []
    start = 0
    for ordinal, text in enumerate(texts):
        of = None if ordinal and ordinal == len(texts) - 1 else case
        made = IndexedPassage(digest("p", report, str(ordinal)), of, ordinal, start, start + len(text), text, title, passage_hash(text))
        passages.append(made)
        start += len(text)
    units = (IndexedUnit(case, title, place, year, facets or {}), IndexedUnit(None, title, place, year, {}))
    return IndexedReport(report, digest("reading", report), collection, source, title, sample, units, tuple(passages))


def replace_all(*documents: IndexedReport) -> list[Replace]:
    return [Replace(document) for document in documents]


def passage_ids(document: IndexedReport) -> list[str]:
    return [passage.id for passage in document.passages]


def vector(*values: float, dimension: int = 4) -> NDArray[np.float32]:
    made = np.zeros(dimension, np.float32)
    made[: len(values)] = values
    return made / np.linalg.norm(made)


def vectors(documents: Sequence[IndexedReport], values: Sequence[Sequence[float]]) -> dict[str, NDArray[np.float32]]:
    """A vector for each passage of each document, in order."""
    hashes = [passage.hash for document in documents for passage in document.passages]
    return {key: vector(*of) for key, of in zip(hashes, values, strict=True)}


class BagOfCharacters:
    """An embedder for tests: a text's vector is the sum of directions of its characters and pairs, so texts that share them are near."""

    name = "bag"
    notice = "a bag of characters"

    def __init__(self, fingerprint: str = "bag-1", dimension: int = 64) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        folded = fold(text)
        total = np.zeros(self.dimension, np.float32)
        for term in (*characters(folded), *bigrams(folded)):
            total += self._direction(term)
        length = float(np.linalg.norm(total))
        return (total / length if length else total).astype(np.float32)

    def _direction(self, term: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)


def embed_all(index: Index, documents: Sequence[IndexedReport], embedder: BagOfCharacters) -> None:
    """Give the index the vectors of these documents and make the model live."""
    made = {passage.hash: embedder.query(passage.searched) for document in documents for passage in document.passages}
    index.put_vectors(embedder.fingerprint, made)
    index.set_live_model(embedder.fingerprint)
