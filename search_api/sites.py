"""Lines that recur on the pages of a site: found over all its reports, which are then read again without them.

What is known of a site depends on the reports that are there and on nothing else, so any order of arrival and deletion comes to the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from corpus.catalogue import Catalogue, Incoming
from corpus.model import PageLines, Reading, SetAside
from ingest.draft import RawReport
from ingest.pipeline import PIPELINE, version_with
from ingest.repair.recurring import recurring, share_of
from ingest.workers import Workers

_BATCH = 50
_Page = tuple[str, str, PageLines]


def settle(catalogue: Catalogue, workers: Workers) -> int:
    """Bring every report to what is known of its site by now. Returns how many were read again.

    Stopped in the middle, it goes on where it was: a report that was read with the right lines is not read again. Reports of an earlier
    version of the pipeline are left to `reread`.
    """
    count = 0
    for collection in catalogue.collections():
        pages = catalogue.site_pages(collection)
        known = _known(pages)
        stale = [report for report, version, page in pages if _differs(version, known.get(page.site, frozenset()))]
        for at in range(0, len(stale), _BATCH):
            count += _read_again(catalogue, collection, stale[at : at + _BATCH], known, workers)
        if known != catalogue.site_lines(collection):
            catalogue.put_site_lines(collection, known)
    return count


def _known(pages: Iterable[_Page]) -> dict[str, frozenset[str]]:
    found = {name: recurring((page for _, _, page in of), share_of(name)) for name, of in groupby(pages, key=lambda row: row[2].site)}
    return {name: lines for name, lines in found.items() if lines}


def _differs(version: str, lines: frozenset[str]) -> bool:
    return version.partition("+")[0] == PIPELINE and version != version_with(lines)


def _read_again(catalogue: Catalogue, collection: str, ids: list[str], known: dict[str, frozenset[str]], workers: Workers) -> int:
    reports = {report.source: report for report in map(catalogue.report, ids)}
    kept = (RawReport(source, *catalogue.revision_bytes(report.id), source) for source, report in reports.items())
    batch = []
    for item in workers.read(collection, kept, known):
        if isinstance(item, SetAside) or not isinstance(item[1], Reading):
            continue  # as it was: it has been read once
        raw, reading = item[0], item[1]
        batch.append(Incoming(reading, collection, raw.source, raw.data, raw.media, reports[raw.source].sample, False))
    catalogue.put_many(batch)
    return len(batch)
