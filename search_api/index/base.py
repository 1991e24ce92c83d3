"""The port of the index: what is searched, and the primitives that ranking is written over. No engine's query language crosses it.

A report is indexed whole or not at all. It has units (its cases, and one for the text outside of them), a unit has facets, a passage
belongs to a unit. Ranking asks for candidates by channel, and then for the raw material to score any passage in any channel; scores are
made in `search_api.ranking`, the same over every engine.

Filters are facet names with the values that are let through: values of one name are alternatives, names are conditions that all hold.
`collection`, `report` and `sample` ("1" or "0") may be used like facets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Filters = Mapping[str, Sequence[str]]
Facets = Mapping[str, tuple[str, ...]]
Floats = NDArray[np.float32]
NO_FILTERS: Filters = {}
SCHEMA_VERSION = 1
"""Version of what the projection holds, tokens included. An index of another version is emptied and built again, not migrated."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """`case` names the unit (None: outside of all cases). `text` is `start` to `end` of the cleaned text; `heading` is searched with it, as
    its first line. `hash`: key of the vector."""

    id: str
    case: str | None
    ordinal: int
    start: int
    end: int
    text: str
    heading: str
    hash: str
    path: str = ""

    @property
    def searched(self) -> str:
        return f"{self.heading}\n{self.text}" if self.heading and not self.text.startswith(self.heading) else self.text


@dataclass(frozen=True, slots=True)
class IndexedUnit:
    """A case of the report, or (`case` None) what stands outside of its cases. `year` is that of what was done, else of publication."""

    case: str | None
    title: str
    place: str | None = None
    year: int | None = None
    facets: Facets = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexedReport:
    """Everything the index holds of a report. Each passage's `case` must be among `units`."""

    report: str
    reading: str
    collection: str
    source: str
    title: str
    sample: bool
    units: tuple[IndexedUnit, ...]
    passages: tuple[IndexedPassage, ...]


@dataclass(frozen=True, slots=True)
class Replace:
    """The index now holds this of the report, and nothing it held before."""

    document: IndexedReport


@dataclass(frozen=True, slots=True)
class Remove:
    """The index holds nothing of the report any more."""

    report: str


Update = Replace | Remove


@dataclass(frozen=True, slots=True)
class Refused:
    """An update that the engine did not take: the report, the feed number it came with, and why."""

    report: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a passage belongs, and what it is filtered and counted by."""

    report: str
    case: str | None
    facets: Facets


@dataclass(frozen=True, slots=True)
class Document:
    """A passage with what is shown around it."""

    passage: str
    report: str
    reading: str
    case: str | None
    collection: str
    source: str
    title: str
    case_title: str
    place: str | None
    year: int | None
    sample: bool
    path: str
    text: str
    start: int
    end: int
    hash: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the whole index: how many passages, and how many character and bigram tokens they hold (titles counted with each passage)."""

    passages: int
    characters: int
    bigrams: int


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term (columns, in the order asked) stands in each passage (rows), and each passage's number of tokens."""

    counts: Floats
    characters: Floats
    bigrams: Floats


@dataclass(frozen=True, slots=True)
class Counts:
    reports: int
    cases: int
    passages: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the different passage texts (`wanted`), how many have a vector of a model (`present`)."""

    present: int
    wanted: int


@runtime_checkable
class Index(Protocol):
    """One index. Every method may raise a StoreError of corpus.errors. Passages are named by id; unknown ids are passed over in `documents`
    and `units`, and score nothing elsewhere. A method that orders passages breaks ties by id."""

    def apply(self, updates: Iterable[Update], mark: int) -> list[Refused]:
        """Take the updates in order and move the mark, all or nothing. An update that is refused leaves the report as it was before it, is
        kept (see `refused`) and does not stop the others; a later update of the same report that is taken clears it."""

    def mark(self) -> int:
        """Number of the last feed row that is in the index; 0 in an empty one."""

    def refused(self) -> list[Refused]:
        """Updates that were not taken, by report."""

    def state(self) -> str:
        """Differs whenever what can be found differs; a paging cursor holds it."""

    def view(self) -> AbstractContextManager[None]:
        """Within it this thread sees one state of the index, and asks quicker. Reading only."""

    def settle(self) -> None:
        """Rid the files of what was deleted: after this no deleted text can be read from them. Quick where nothing was deleted."""

    def stage(self) -> Index:
        """An empty index beside the live one, to be filled through `apply` while the live one answers. Vectors are shared with the live
        one. Discards one left by an earlier try."""

    def promote(self) -> None:
        """Called on what `stage` gave: put it in the place of the live index at one stroke, with its mark and refusals."""

    def put_vectors(self, model: str, vectors: Mapping[str, NDArray[np.floating]]) -> None:
        """Keep vectors by passage hash. Those that no passage has are passed over. Raises ModelMismatch where one has another dimension
        than those of the model that are there."""

    def without_vector(self, model: str, limit: int) -> list[str]:
        """Hashes of passages that lack a vector of the model, sorted; at most `limit`."""

    def coverage(self, model: str) -> Coverage: ...

    def live_model(self) -> str | None:
        """Fingerprint of the model whose vectors are searched; None before one went live."""

    def set_live_model(self, model: str) -> None:
        """From now on this model's vectors are searched; those of every other model are dropped."""

    def statistics(self) -> Statistics: ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands; terms that stand in none are left out."""

    def candidates(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        """Passages that hold any of the terms, best first by BM25 as the engine counts it."""

    def nearest(self, model: str, vector: Floats, filters: Filters, limit: int) -> list[str]:
        """Passages whose vector is nearest to `vector`, best first."""

    def background(self, filters: Filters, limit: int) -> list[str]:
        """The same arbitrary passages each time (those of the smallest ids), to see what an ordinary passage scores."""

    def of_cases(self, cases: Sequence[str], filters: Filters, limit: int) -> list[str]:
        """Passages of these cases, in the order of the cases and of the text. For a report's id: those outside of its cases."""

    def term_counts(self, passages: Sequence[str], terms: Sequence[str]) -> TermCounts: ...

    def vector_scores(self, model: str, vector: Floats, passages: Sequence[str]) -> Floats:
        """Inner product of `vector` with each passage's vector; NaN where it has none."""

    def units(self, passages: Sequence[str]) -> list[Unit | None]:
        """The unit of each passage, None for one that is not there."""

    def documents(self, passages: Sequence[str]) -> list[Document]:
        """The passages with what is shown around them, in the order asked."""

    def values_among(self, name: str, values: Sequence[str]) -> list[str]:
        """Those of `values` that some unit has for the facet `name`, sorted."""

    def counts(self, filters: Filters = NO_FILTERS) -> Counts: ...

    def close(self) -> None: ...
