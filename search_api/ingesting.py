"""From files to the catalogue: read what is new or changed, commit in batches, set aside what cannot be read, and go on."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Catalogue, Incoming
from corpus.errors import MixedStore, UnreadableSource
from corpus.identity import report_id
from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.pipeline import PIPELINE, read_report
from ingest.readers import LIMIT, find

DEFAULT_COLLECTION = "default"
_BATCH_REPORTS = 50
_BATCH_SECONDS = 2.0
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


def ingest(
    catalogue: Catalogue,
    paths: Sequence[Path],
    collection: str = DEFAULT_COLLECTION,
    *,
    sample: bool = False,
    restore: bool = False,
    prune: bool = False,
    limit: int = LIMIT,
    progress: Progress = lambda source, count: None,
) -> Ingested:
    """Read files and folders into a collection.

    `limit`: bytes of a file, over which it is set aside. What was committed stays when the process is stopped; a second run goes on from
    there. Raises MixedStore where samples and one's own
    reports would come together, and StoreError where the catalogue cannot be written.
    """
    return ingest_found(
        catalogue,
        find(paths, collection=collection, limit=limit),
        collection,
        sample=sample,
        restore=restore,
        prune=prune,
        progress=progress,
    )


def ingest_found(
    catalogue: Catalogue,
    found: Iterable[RawReport | SetAside],
    collection: str,
    *,
    sample: bool = False,
    restore: bool = False,
    prune: bool = False,
    progress: Progress = lambda source, count: None,
) -> Ingested:
    refuse_mixture(catalogue, sample)
    result = Ingested()
    batch: list[Incoming] = []
    begun = time.monotonic()
    seen: set[str] = set()
    for count, item in enumerate(found, 1):
        seen.add(item.source)
        if isinstance(item, SetAside):
            _set_aside(catalogue, result, SetAside(collection, item.source, item.code, item.message, _now()))
        elif not _unchanged(catalogue, collection, item, result, restore):
            try:
                reading = read_report(collection, item)
            except UnreadableSource as error:
                _set_aside(catalogue, result, SetAside(collection, item.source, error.code, str(error), _now()))
            else:
                batch.append(Incoming(reading, collection, item.source, item.data, item.media, sample, restore))
        if batch and (len(batch) >= _BATCH_REPORTS or time.monotonic() - begun > _BATCH_SECONDS):
            _commit(catalogue, batch, result)
            begun = time.monotonic()
        progress(item.source, count)
    _commit(catalogue, batch, result)
    if prune:
        result.missing = [report.source for report in catalogue.reports(collection) if report.source not in seen]
    return result


def reread(catalogue: Catalogue, progress: Progress = lambda source, count: None) -> Ingested:
    """Read again, from the kept bytes, every report that an earlier version of the pipeline has read."""
    result = Ingested()
    batch: list[Incoming] = []
    for count, identifier in enumerate(catalogue.stale(PIPELINE), 1):
        report = catalogue.report(identifier)
        data, media = catalogue.revision_bytes(identifier)
        try:
            reading = read_report(report.collection, RawReport(report.source, data, media, report.source))
        except UnreadableSource as error:
            _set_aside(catalogue, result, SetAside(report.collection, report.source, error.code, str(error), _now()))
        else:
            batch.append(Incoming(reading, report.collection, report.source, data, media, report.sample, False))
        if len(batch) >= _BATCH_REPORTS:
            _commit(catalogue, batch, result)
        progress(report.source, count)
    _commit(catalogue, batch, result)
    return result


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
    if known.revision == hashlib.sha256(raw.data).hexdigest() and known.pipeline == PIPELINE:
        result.unchanged.append(raw.source)
        return True
    return False


def _commit(catalogue: Catalogue, batch: list[Incoming], result: Ingested) -> None:
    if not batch:
        return
    for item, outcome in zip(batch, catalogue.put_many(batch), strict=True):
        {"new": result.new, "changed": result.changed, "unchanged": result.unchanged, "withdrawn": result.withdrawn}[outcome].append(
            item.source
        )
    batch.clear()


def _set_aside(catalogue: Catalogue, result: Ingested, item: SetAside) -> None:
    catalogue.set_aside([item])
    result.set_aside.append(item)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
