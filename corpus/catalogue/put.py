"""Taking readings in: a batch is one transaction, and what has not changed writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, select, update

from corpus.catalogue import quarantine, schema, sites, superseded
from corpus.catalogue.engine import Store
from corpus.catalogue.feed import Work, lock_reports
from corpus.catalogue.rows import Incoming, Prepared, check_names, prepare
from corpus.catalogue.sql import chunks, now, upsert

Outcome = Literal["new", "changed", "unchanged", "withdrawn"]
WITHDRAWN = "withdrawn"
SAMPLES = "samples"


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of a report: the SHA-256 of its bytes, the pipeline that read them, the reading. Withdrawn: nothing but that."""

    revision: str
    pipeline: str
    reading: str
    number: int
    withdrawn: bool = False


def known(connection: Connection, ids: Sequence[str]) -> dict[str, Known]:
    """What is known of each of these reports; one never seen is left out."""
    report, reading, judgement = schema.report.c, schema.reading.c, schema.judgement.c
    found: dict[str, Known] = {}
    for part in chunks(list(ids)):
        rows = connection.execute(
            select(report.id, report.revision, reading.pipeline, report.reading, report.number)
            .join(schema.reading, reading.id == report.reading)
            .where(report.id.in_(part))
        )
        for id, revision, pipeline, read, number in rows:
            found[id] = Known(revision, pipeline, read, number)
        gone = connection.scalars(select(judgement.target).where(judgement.kind == WITHDRAWN, judgement.target.in_(part)))
        found.update((id, Known("", "", "", 0, withdrawn=True)) for id in gone)
    return found


def _outcome(item: Incoming, before: Known | None) -> Outcome:
    if item.again and (before is None or before.withdrawn or before.revision != item.reading.revision):
        return "unchanged"  # there is something newer, which was not read from these bytes
    if item.labels_of and (before is None or before.withdrawn or before.reading != item.labels_of):
        return "unchanged"  # it was read again meanwhile
    if before is None or (before.withdrawn and item.restore):
        return "new"
    if before.withdrawn:
        return "withdrawn"
    same = before.revision == item.reading.revision and before.pipeline == item.reading.pipeline
    return "unchanged" if same else "changed"


def put_many(store: Store, items: Sequence[Incoming]) -> list[Outcome]:
    """Take a batch in; either all of it is in the catalogue afterwards or, where anything is raised, nothing."""
    ids = [item.reading.report for item in items]
    for item in items:
        check_names(item)
    with store.reading() as connection:
        before = known(connection, ids)
        recovered = quarantine.present(connection, _sources(items))
    outcomes = [_outcome(item, before.get(item.reading.report)) for item in items]
    prepared = {at: prepare(items[at]) for at, outcome in enumerate(outcomes) if outcome in ("new", "changed")}
    if not prepared and not recovered:
        return outcomes
    with store.writing() as connection:
        work = Work(connection)
        lock_reports(connection, ids)
        for group in _distinct(ids):
            outcomes = _write(work, items, group, prepared, outcomes)
        quarantine.clear(connection, _sources(items))
        work.finish()
    return outcomes


def _sources(items: Sequence[Incoming]) -> list[tuple[str, str]]:
    """What was read from its bytes, and so is not set aside any more."""
    return [(item.collection, item.source) for item in items if not item.labels_of]


def _distinct(ids: Sequence[str]) -> Iterator[list[int]]:
    """Positions in runs that name no report twice, so that a second reading of one in a batch sees the first."""
    group: list[int] = []
    seen: set[str] = set()
    for at, id in enumerate(ids):
        if id in seen:
            yield group
            group, seen = [], set()
        group.append(at)
        seen.add(id)
    yield group


def _write(
    work: Work, items: Sequence[Incoming], group: list[int], prepared: dict[int, Prepared], outcomes: Sequence[Outcome]
) -> list[Outcome]:
    """Write those of `group` that are new or changed now that the lock is held; another writer may have been quicker."""
    before = known(work.connection, [items[at].reading.report for at in group])
    result = list(outcomes)
    fresh: dict[int, Known | None] = {}
    for at in group:
        was = before.get(items[at].reading.report)
        result[at] = _outcome(items[at], was)
        if result[at] in ("new", "changed"):
            fresh[at] = was
            if at not in prepared:
                prepared[at] = prepare(items[at])
    if fresh:
        _insert(work, items, fresh, prepared)
    return result


def _insert(work: Work, items: Sequence[Incoming], fresh: dict[int, Known | None], prepared: dict[int, Prepared]) -> None:
    connection = work.connection
    restored = [items[at].reading.report for at, was in fresh.items() if was and was.withdrawn]
    if restored:
        judgement = schema.judgement.c
        connection.execute(delete(schema.judgement).where(judgement.kind == WITHDRAWN, judgement.target.in_(restored)))
    replaced = {items[at].reading.report: items[at].reading for at, was in fresh.items() if was and not was.withdrawn}
    superseded.clear(work, replaced)
    read = [at for at in fresh if not items[at].labels_of]
    contents = sorted((items[at].reading.revision, prepared[at].content) for at in read)
    upsert(connection, schema.content, [{"hash": hash, "data": data} for hash, data in contents], replace=False)
    _insert_reports(connection, items, fresh, prepared)
    for table, rows in (
        (schema.reading, [prepared[at].reading for at in fresh]),
        (schema.fact, [row for at in fresh for row in prepared[at].facts]),
        (schema.passage, [row for at in fresh for row in prepared[at].passages]),
        (schema.personal, [row for at in fresh for row in prepared[at].personal]),
    ):
        if rows:
            connection.execute(table.insert(), rows)
    sites.replace_pages(connection, [(items[at].collection, items[at].reading) for at in read])
    for at in fresh:
        work.changed("report", items[at].reading.report)


def _insert_reports(
    connection: Connection, items: Sequence[Incoming], fresh: dict[int, Known | None], prepared: dict[int, Prepared]
) -> None:
    new, changed, revisions = [], [], []
    for at, was in fresh.items():
        item = items[at]
        present = was is not None and not was.withdrawn
        same_bytes = was is not None and was.revision == item.reading.revision
        number = (was.number if was else 0) + (0 if same_bytes else 1)
        values = {
            "number": number,
            "revision": item.reading.revision,
            "reading": item.reading.id,
            "metadata": prepared[at].metadata,
            "sample": item.sample,
        }
        if present:
            changed.append(values | {"key": item.reading.report})
        else:
            new.append(values | {"id": item.reading.report, "collection": item.collection, "source": item.source})
        if not same_bytes:
            revision = {"report": item.reading.report, "number": number, "hash": item.reading.revision}
            revisions.append(revision | {"media": item.media, "at": now()})
    if new:
        connection.execute(schema.report.insert(), new)
        upsert(connection, schema.meta, [{"key": SAMPLES, "value": "1" if new[0]["sample"] else "0"}], replace=False)
    if changed:
        connection.execute(update(schema.report).where(schema.report.c.id == bindparam("key")), changed)
    if revisions:
        connection.execute(schema.revision.insert(), revisions)
