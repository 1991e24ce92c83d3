"""The methods of `Catalogue` about reports, their readings, facts and passages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from corpus.catalogue import judgements, put, reports, schema
from corpus.catalogue.access import Access
from corpus.catalogue.put import Known, Outcome
from corpus.catalogue.reports import FactKey, StoredFact, StoredPassage
from corpus.catalogue.rows import Incoming
from corpus.catalogue.withdraw import withdraw
from corpus.errors import NotFound
from corpus.model import FactType, Personal, Reading, Report


class ReportsAccess(Access):
    def known(self, report: str) -> Known | None:
        """What is known of a report: None where it was never seen; `withdrawn` where it is to stay out."""
        return self.known_many([report]).get(report)

    def known_many(self, reports: Sequence[str]) -> dict[str, Known]:
        with self._store.reading() as connection:
            return put.known(connection, reports)

    def put(
        self, reading: Reading, *, collection: str, source: str, data: bytes, media: str, sample: bool = False, restore: bool = False
    ) -> Outcome:
        """Take one reading in; see `put_many`."""
        return self.put_many([Incoming(reading, collection, source, data, media, sample, restore)])[0]

    def put_many(self, items: Sequence[Incoming]) -> list[Outcome]:
        """Take a batch in as one transaction; the outcomes come in its order.

        Equal bytes read by an equal pipeline change nothing and write nothing; changed bytes get the next revision number; a withdrawn
        report stays out unless `restore` is set. A source that was set aside is cleared. Raises DamagedSource for a text that holds NUL
        or half of a surrogate pair.
        """
        return put.put_many(self._store, items)

    def withdraw(self, report: str, *, why: str, who: str) -> bool:
        """Take a report out with all that came from it; False where that was done before. Raises NotFound.

        Call `checkpoint` when the projections have followed, so that nothing of it is left in the file's bytes either.
        """
        with self._work() as work:
            return withdraw(work, report, why=why, who=who)

    def correct(self, report: str, field: str, value: str, *, who: str, why: str = "") -> None:
        """Set a field of `Metadata`, over whatever is read now or later. Lists (`authors`) are separated by 、 or commas; empty clears."""
        with self._work() as work:
            judgements.correct(work, report, field, value, who=who, why=why)

    def report(self, report: str) -> Report:
        """The report as it stands, people's corrections applied. Raises NotFound."""
        found = self.reports(ids=[report])
        if not found:
            raise NotFound("没有这份报告", where=report, remedy="用编号、编号开头几位或来源路径查找", en="no such report")
        return found[0]

    def reports(
        self,
        collection: str | None = None,
        *,
        ids: Sequence[str] | None = None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> list[Report]:
        """Reports by (collection, source); `after` goes on behind such a pair."""
        with self._store.reading() as connection:
            return reports.reports(connection, collection=collection, ids=ids, after=after, limit=limit)

    def find_report(self, key: str) -> Report:
        """The report with this id, source, or beginning of an id (4 digits or more). Raises NotFound; UsageError where several match."""
        with self._store.reading() as connection:
            return reports.find(connection, key)

    def collections(self) -> dict[str, int]:
        """Names of the collections, with the number of reports in each."""
        column = schema.report.c.collection
        with self._store.reading() as connection:
            rows = connection.execute(select(column, func.count()).group_by(column).order_by(column))
            return {row[0]: row[1] for row in rows}

    def revision_bytes(self, report: str, number: int | None = None) -> tuple[bytes, str]:
        """The source bytes of a revision (the current one), and the name of the reader for them. Raises NotFound."""
        with self._store.reading() as connection:
            found = reports.revision_bytes(connection, report, number)
        if found is None:
            raise NotFound("没有这份报告的原文件", where=report, en="no such revision")
        return found

    def stale(self, pipeline: str) -> list[str]:
        """Ids of reports whose current reading was made by another pipeline version (known lines of a site, which come behind
        a plus sign), by collection and source."""
        with self._store.reading() as connection:
            return reports.stale(connection, pipeline)

    def reading(self, reading: str) -> Reading:
        """A reading by its id, current or kept because of a judgement. `personal` has the places, not the originals. Raises NotFound."""
        with self._store.reading() as connection:
            found = reports.readings(connection, ids=[reading])
        if not found:
            raise NotFound("没有这次读取的结果", where=reading, en="no such reading")
        return found[0]

    def readings(self, report_ids: Sequence[str]) -> dict[str, Reading]:
        """The current reading of each of these reports; one that is not there is left out."""
        with self._store.reading() as connection:
            return {reading.report: reading for reading in reports.readings(connection, reports=report_ids)}

    def personal(self, reading: str) -> tuple[Personal, ...]:
        """What was masked in a reading, with the originals: for nothing that is shown, logged or exported."""
        with self._store.reading() as connection:
            return reports.personal(connection, reading)

    def facts(
        self,
        *,
        report: str | None = None,
        type: FactType | None = None,
        ids: Sequence[str] | None = None,
        after: FactKey | None = None,
        limit: int | None = None,
    ) -> list[StoredFact]:
        """Facts of current readings by (report, start, end, type, id); `after` goes on behind such a key (`StoredFact.key`)."""
        with self._store.reading() as connection:
            return reports.facts(connection, report=report, type=type, ids=ids, after=after, limit=limit)

    def passages(self, ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Passages of current readings by id; one that is not there is left out."""
        with self._store.reading() as connection:
            return reports.passages(connection, ids)
