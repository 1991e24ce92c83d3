"""Lines that recur on the pages of a site: found over all its reports, of which those that have one are then read again without them.

What is known of a site depends on the reports that are there and on nothing else, so any order of arrival and deletion comes to the same.
"""

from __future__ import annotations

from corpus.catalogue import Catalogue, Incoming
from corpus.errors import NotFound
from corpus.model import PageLines, Reading, Report, SetAside
from ingest.draft import RawReport
from ingest.pipeline import PIPELINE, version_with
from ingest.repair.recurring import recurring, share_of
from ingest.workers import Workers

_BATCH = 50


def settle(catalogue: Catalogue, workers: Workers) -> int:
    """Bring the reports of every site that has changed to what is known of it by now. Returns how many were read again.

    Stopped in the middle, it goes on where it was: a report that was read with the right lines is not read again. Reports of an earlier
    version of the pipeline are left to `reread`.
    """
    count = 0
    for collection, site, changes in catalogue.unsettled_sites():
        pages = catalogue.site_pages(collection, site)
        known = recurring((page for _, _, page in pages), share_of(site))
        stale = [report for report, version, page in pages if _differs(version, known, page)]
        for at in range(0, len(stale), _BATCH):
            again = _read_again(catalogue, collection, stale[at : at + _BATCH], {site: known}, workers)
            count += again
            changes += again  # each counts as a change of the site
        catalogue.settle_site(collection, site, known, changes)
    return count


def _differs(version: str, known: frozenset[str], page: PageLines) -> bool:
    return version.partition("+")[0] == PIPELINE and version != version_with(known.intersection(page.lines))


def _read_again(catalogue: Catalogue, collection: str, ids: list[str], known: dict[str, frozenset[str]], workers: Workers) -> int:
    reports: dict[str, Report] = {}
    kept = []
    for identifier in ids:
        try:
            report = catalogue.report(identifier)
            kept.append(RawReport(report.source, *catalogue.revision_bytes(identifier), report.source))
        except NotFound:  # withdrawn meanwhile
            continue
        reports[report.source] = report
    batch = []
    for item in workers.read(collection, kept, known):
        if isinstance(item, SetAside) or not isinstance(item[1], Reading):
            continue  # as it was: it has been read once
        raw, reading = item[0], item[1]
        sample = reports[raw.source].sample
        batch.append(Incoming(reading, collection, raw.source, raw.data, raw.media, sample, again=True))
    return catalogue.put_many(batch).count("changed")
