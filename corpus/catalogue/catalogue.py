"""`Catalogue`: what the other parts call. Every method is one transaction; the modules beside this one hold what each does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from corpus.catalogue import backup, judgements, put, quarantine, schema, scrub
from corpus.catalogue.annotated_access import AnnotationsAccess
from corpus.catalogue.duplicates_access import DuplicatesAccess
from corpus.catalogue.entities_access import EntitiesAccess
from corpus.catalogue.reports_access import ReportsAccess
from corpus.catalogue.sites_access import SitesAccess
from corpus.catalogue.sql import upsert
from corpus.catalogue.vectors_access import VectorsAccess
from corpus.model import Judgement, SetAside


class Catalogue(ReportsAccess, EntitiesAccess, DuplicatesAccess, SitesAccess, VectorsAccess, AnnotationsAccess):
    """The durable collection, the only thing that cannot be rebuilt.

    Opened by `Catalogue.open`, closed by `close` or as a context manager. May be shared by threads, not across a fork; any number of
    processes may have one store open. Every method raises a StoreError kind where the database cannot do it; then nothing was changed.
    """

    def judge(self, *said: Judgement) -> None:
        """Keep what a person said; an equal id replaces the earlier. Reports that it is about are named in the feed.

        A judgement without `when` gets the present moment, later than that of any other; several get the same.
        """
        with self._work() as work:
            judgements.judge(work, said)

    def retract(self, judgement: str) -> None:
        """Take a judgement back by its id. Raises NotFound."""
        with self._work() as work:
            judgements.retract(work, judgement)

    def judgements(self, kind: str | None = None, *, targets: Sequence[str] | None = None, orphaned: bool = False) -> list[Judgement]:
        """Judgements in the order they were given; `orphaned`: those whose target the catalogue no longer has."""
        with self._store.reading() as connection:
            return judgements.listed(connection, kind=kind, targets=targets, orphaned=orphaned)

    def set_aside(self, items: Sequence[SetAside]) -> None:
        with self._store.writing() as connection:
            quarantine.set_aside(connection, items)

    def quarantine(self, collection: str | None = None) -> list[SetAside]:
        """All that is set aside, by collection and source."""
        with self._store.reading() as connection:
            return quarantine.listed(connection, collection)

    def forget_set_aside(self, collection: str, source: str) -> None:
        with self._store.writing() as connection:
            quarantine.clear(connection, [(collection, source)])

    def counts(self) -> dict[str, int]:
        """How many of each: reports, samples, cases, facts, passages, entities, mentions, judgements, set_aside, withdrawn."""
        report, reading, judgement = schema.report.c, schema.reading.c, schema.judgement.c
        with self._store.reading() as connection:
            found = {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in (
                    ("reports", schema.report),
                    ("facts", schema.fact),
                    ("passages", schema.passage),
                    ("entities", schema.entity),
                    ("mentions", schema.mention),
                    ("judgements", schema.judgement),
                    ("set_aside", schema.quarantine),
                )
            }
            current = select(func.sum(reading.cases)).join(schema.report, report.reading == reading.id)
            found["cases"] = connection.scalar(current) or 0
            found["samples"] = connection.scalar(select(func.count()).select_from(schema.report).where(report.sample)) or 0
            gone = select(func.count()).select_from(schema.judgement).where(judgement.kind == put.WITHDRAWN)
            found["withdrawn"] = connection.scalar(gone) or 0
            return found

    def meta(self, key: str) -> str | None:
        """A setting of the store: `identity` (another after a restore), `samples` (`1` where it began with samples), `model`, others."""
        with self._store.reading() as connection:
            return connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == key))

    def set_meta(self, key: str, value: str) -> None:
        with self._store.writing() as connection:
            upsert(connection, schema.meta, [{"key": key, "value": value}])

    def backup(self, target: Path, *, force: bool = False) -> None:
        """Write the whole store to one new file. Raises UsageError where it is there already (without `force`), or on PostgreSQL."""
        backup.backup(self._store, target, force=force)

    @staticmethod
    def restore(source: Path, url: str, *, force: bool = False) -> None:
        """Replace the store at `url` by a backup; refused where it has reports, unless forced."""
        backup.restore(source, url, force=force)

    def checkpoint(self, followed: int | None = None) -> bool:
        """Empty the log into the file; after a withdrawal, leave no bytes of what was withdrawn in either.

        After a withdrawal the whole file is written anew (VACUUM; about a second for 100 MB), as soon as `followed`, the smallest of the
        marks of entities, duplicates, graph and index, says that all have taken it out; None: whatever they have. Returns False where that
        has to wait for them, or for a reader that holds an old state: call again later. On PostgreSQL there is nothing to do here; its own
        VACUUM is the server's business.
        """
        return scrub.checkpoint(self._store, followed) if self._store.sqlite else True

    def check(self) -> list[str]:
        """What SQLite finds wrong in the file (an empty list: nothing); reads all of it."""
        if not self._store.sqlite:
            return []
        with self._store.reading() as connection:
            problems = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
        return [] if problems == ["ok"] else problems
