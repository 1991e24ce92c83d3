"""Small reports for the index, written for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.identity import digest, passage_hash, report_id
from search_api.index import IndexedPassage, IndexedReport, IndexedUnit, Replace

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
