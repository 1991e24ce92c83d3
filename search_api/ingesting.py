"""From files to the catalogue: read what is new or changed, commit in batches, set aside what cannot be read, and go on."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from corpus.catalogue import Catalogue, Incoming
from corpus.errors import ClassifiedSource, MixedStore
from corpus.identity import report_id
from corpus.model import Reading, Report, SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT
from ingest.pipeline import PIPELINE
from ingest.readers import concealed, find, find_again
from ingest.readers.mapping import remembered
from ingest.workers import Workers
from search_api.relabelling import relabel
from search_api.sites import settle

DEFAULT_COLLECTION = "default"
_BATCH_REPORTS = 50
_BATCH_SECONDS = 2.0
_MAPPING = "mapping/"  # key of the catalogue's meta, with a collection: the columns of odd tables that a person last told there
Progress = Callable[[str, int], None]
"""Called with the source just dealt with and how many there were so far."""


@dataclass(slots=True)
class Ingested:
    """Source keys by what became of them. `missing` (with `prune`) are in the collection and no longer below the folders named."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        return 1 if self.set_aside else 0

    def add(self, other: Ingested) -> None:
        for item in fields(self):
            getattr(self, item.name).extend(getattr(other, item.name))


def ingest(
    catalogue: Catalogue,
    paths: Sequence[Path],
    collection: str = DEFAULT_COLLECTION,
    *,
    sample: bool = False,
    restore: bool = False,
    prune: bool = False,
    workers: Workers | None = None,
    progress: Progress = lambda source, count: None,
) -> Ingested:
    """Read files and folders into a collection.

    `workers` read and unpack, each file within the limits they were given; without, it is done in this process. What was committed stays
    when the process is stopped; a second run goes on from there. Raises MixedStore where samples and one's own reports would come
    together, and StoreError where the catalogue cannot be written.
    """
    workers = workers or Workers(DEFAULT, 0)
    if workers.mapping is not None:
        catalogue.set_meta(_MAPPING + collection, workers.mapping.written())
    found = find(paths, collection=collection, limits=workers.limits, expand=workers.expand)
    return ingest_found(catalogue, found, collection, sample=sample, restore=restore, prune=prune, workers=workers, progress=progress)


def ingest_found(
    catalogue: Catalogue,
    found: Iterable[RawReport | SetAside],
    collection: str,
    *,
    sample: bool = False,
    restore: bool = False,
    prune: bool = False,
    workers: Workers | None = None,
    progress: Progress = lambda source, count: None,
) -> Ingested:
    refuse_mixture(catalogue, sample)
    workers = workers or Workers(DEFAULT, 0)
    result = Ingested()
    batch = _Batch(catalogue, result)
    seen = _Seen()
    new = (item for item in seen.noted(found) if isinstance(item, SetAside) or not _unchanged(catalogue, collection, item, result, restore))
    for item in workers.read(collection, new, catalogue.site_lines(collection)):
        if isinstance(item, SetAside):
            batch.set_aside(item)
            progress(item.source, seen.count)
            continue
        raw, read = item
        if isinstance(read, Reading):
            batch.put(Incoming(read, collection, raw.source, raw.data, raw.media, sample, restore))
            progress(raw.source, seen.count)
        else:
            refused = concealed(collection, raw, read)
            batch.set_aside(refused)
            progress(refused.source, seen.count)
    batch.commit()
    settle(catalogue, workers)
    _forget_mended(catalogue, collection, seen, result)
    if prune:
        result.missing = [report.source for report in catalogue.reports(collection) if seen.misses(report.source)]
    return result


def retry(
    catalogue: Catalogue,
    collection: str | None = None,
    *,
    workers: Workers | None = None,
    progress: Progress = lambda source, count: None,
) -> Ingested:
    """Read again every file of this machine that something was set aside from (in one collection or in all), under its old key."""
    workers = workers or Workers(DEFAULT, 0)
    files: dict[str, dict[tuple[str, str], None]] = {}
    for item in catalogue.quarantine(collection):
        if item.path:
            files.setdefault(item.collection, {})[(item.key, item.path)] = None
    result = Ingested()
    for name, named in files.items():
        told = catalogue.meta(_MAPPING + name)
        expand = partial(workers.expand, mapping=remembered(told)) if told else workers.expand
        found = find_again(named, collection=name, limits=workers.limits, expand=expand)
        result.add(ingest_found(catalogue, found, name, workers=workers, progress=progress))
    return result


def reread(catalogue: Catalogue, *, workers: Workers | None = None, progress: Progress = lambda source, count: None) -> Ingested:
    """Bring every report that an earlier version of the pipeline has read to this one: where only the vocabulary of facts has changed, from
    the stored text, else from the kept bytes."""
    workers = workers or Workers(DEFAULT, 0)
    result = Ingested(changed=relabel(catalogue, progress))
    batch = _Batch(catalogue, result)
    count = len(result.changed)
    for collection, reports in _by_collection(catalogue):
        kept = (RawReport(report.source, *catalogue.revision_bytes(report.id), report.source) for report in reports)
        samples = {report.source: report.sample for report in reports}
        for item in workers.read(collection, kept, catalogue.site_lines(collection)):
            if isinstance(item, SetAside):
                continue
            raw, read = item
            count += 1
            if isinstance(read, Reading):
                batch.put(Incoming(read, collection, raw.source, raw.data, raw.media, samples[raw.source], again=True))
            elif isinstance(read, ClassifiedSource):  # an earlier version did not see the mark: nothing of it is to stay
                catalogue.withdraw(report_id(collection, raw.source), why="带有密级标志，重读时撤下", who="jindianzi")
                result.withdrawn.append(raw.source)
            else:
                batch.set_aside(concealed(collection, raw, read))
            progress(raw.source, count)
    batch.commit()
    settle(catalogue, workers)
    return result


def _by_collection(catalogue: Catalogue) -> Iterator[tuple[str, list[Report]]]:
    """The reports that an earlier version has read."""
    stale = [catalogue.report(identifier) for identifier in catalogue.stale(PIPELINE)]
    for collection in sorted({report.collection for report in stale}):
        yield collection, [report for report in stale if report.collection == collection]


class _Seen:
    """What a run has met: sources of reports, and the files they came from with those that something was set aside from."""

    def __init__(self) -> None:
        self.count = 0
        self.sources: set[str] = set()
        self.keys: set[str] = set()
        self.unopened: set[str] = set()

    def noted(self, found: Iterable[RawReport | SetAside]) -> Iterator[RawReport | SetAside]:
        for self.count, item in enumerate(found, 1):
            self.sources.add(item.source)
            key = item.key or item.source
            self.keys.add(key)
            if isinstance(item, SetAside) and item.source == key:
                self.unopened.add(key)
            yield item

    def misses(self, source: str) -> bool:
        """Whether a source is gone: not met, and not in a file that could not be opened."""
        return source not in self.sources and not source.startswith(tuple(f"{key}{mark}" for key in self.unopened for mark in "/#"))


class _Batch:
    """Readings on their way to the catalogue: committed when there are enough of them or the oldest has waited long enough."""

    def __init__(self, catalogue: Catalogue, result: Ingested) -> None:
        self._catalogue = catalogue
        self._result = result
        self._items: list[Incoming] = []
        self._begun = time.monotonic()

    def put(self, item: Incoming) -> None:
        self._items.append(item)
        if len(self._items) >= _BATCH_REPORTS or time.monotonic() - self._begun > _BATCH_SECONDS:
            self.commit()

    def set_aside(self, item: SetAside) -> None:
        item = replace(item, when=datetime.now(UTC).isoformat(timespec="seconds"))
        self._catalogue.set_aside([item])
        self._result.set_aside.append(item)

    def commit(self) -> None:
        if self._items:
            for item, outcome in zip(self._items, self._catalogue.put_many(self._items), strict=True):
                getattr(self._result, outcome).append(item.source)
            self._items.clear()
        self._begun = time.monotonic()


def _forget_mended(catalogue: Catalogue, collection: str, seen: _Seen, result: Ingested) -> None:
    """Forget what was set aside from a file that this run has read through without meeting the same trouble again."""
    still = {item.source for item in result.set_aside}
    for item in catalogue.quarantine(collection):
        key = item.key or item.source
        if key in seen.keys and key not in seen.unopened and item.source not in still:
            catalogue.forget_set_aside(collection, item.source)


def refuse_mixture(catalogue: Catalogue, sample: bool) -> None:
    """Samples are invented; a store holds them or one's own reports, never both. Raises MixedStore."""
    counts = catalogue.counts()
    samples, own = counts["samples"], counts["reports"] - counts["samples"]
    if sample and own:
        raise MixedStore(
            "这个案例库已有自己的材料，不再装入虚构的示例", remedy="请为示例另指定一个库：JINDIANZI_STORE=sqlite:///var/samples.db"
        )
    if not sample and samples:
        raise MixedStore(
            "这个案例库装的是虚构的示例，不与自己的材料混放",
            remedy="请先 jindianzi samples remove，或用 JINDIANZI_STORE 另指定一个库",
        )


def _unchanged(catalogue: Catalogue, collection: str, raw: RawReport, result: Ingested, restore: bool) -> bool:
    known = catalogue.known(report_id(collection, raw.source))
    if known is None:
        return False
    if known.withdrawn:
        if not restore:
            result.withdrawn.append(raw.source)
        return not restore
    if known.revision == hashlib.sha256(raw.data).hexdigest() and known.pipeline.partition("+")[0] == PIPELINE:
        result.unchanged.append(raw.source)
        return True
    return False
