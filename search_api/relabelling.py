"""A changed vocabulary comes to the readings that there are without their files: facts are read anew from the stored texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corpus.catalogue import Catalogue, Incoming
from corpus.model import Reading, Report
from ingest.pipeline import PIPELINE
from ingest.relabelling import only_labels_differ, relabelled

_BATCH = 50
Progress = Callable[[str, int], None]


def relabel(catalogue: Catalogue, progress: Progress = lambda source, count: None) -> list[str]:
    """Read the facts anew of every report that was read with another vocabulary, as far as its stored text tells how. Returns the sources.

    The result is that of reading the file again. What is left is among `catalogue.stale(PIPELINE)`, to be read from its bytes. Stopped in
    the middle, the next call goes on: what was committed is no longer stale.
    """
    stale = catalogue.stale(PIPELINE)
    known = catalogue.known_many(stale)
    wanted = [id for id in stale if id in known and only_labels_differ(known[id].pipeline)]
    changed: list[str] = []
    for at in range(0, len(wanted), _BATCH):
        batch = []
        readings = catalogue.readings(wanted[at : at + _BATCH])
        for report in catalogue.reports(ids=sorted(readings)):
            if item := _again(catalogue, report, readings[report.id]):
                batch.append(item)
                progress(report.source, len(changed) + len(batch))
        outcomes = catalogue.put_many(batch)
        changed += [item.source for item, outcome in zip(batch, outcomes, strict=True) if outcome == "changed"]
    return changed


def _again(catalogue: Catalogue, report: Report, reading: Reading) -> Incoming | None:
    found = relabelled(reading)
    if found is None:
        return None
    found = replace(found, personal=catalogue.personal(reading.id))  # with the originals, which are written with a reading
    return Incoming(found, report.collection, report.source, b"", "", report.sample, labels_of=reading.id)
