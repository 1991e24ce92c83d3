"""Taking a report out: all that came from it goes; what stays is a judgement of kind `withdrawn`, with its id, who, when and why."""

from __future__ import annotations

from sqlalchemy import delete, exists, select

from corpus.catalogue import quarantine, schema, sites
from corpus.catalogue.corrections import FIELD
from corpus.catalogue.feed import Work, lock_reports
from corpus.catalogue.sql import now
from corpus.errors import NotFound
from corpus.identity import digest


def withdraw(work: Work, report: str, *, why: str, who: str) -> bool:
    """Remove the report; False where it had been withdrawn before. Raises NotFound for one that never was.

    Its mentions stay until the consumer that resolves entities has followed the feed: it needs them to see which entities they leave.
    """
    connection = work.connection
    lock_reports(connection, None)  # no reading comes in meanwhile that shares the bytes that go
    judgement, revision, content = schema.judgement.c, schema.revision.c, schema.content.c
    row = connection.execute(select(schema.report.c.collection, schema.report.c.source).where(schema.report.c.id == report)).first()
    if row is None:
        gone = select(judgement.id).where(judgement.kind == "withdrawn", judgement.target == report)
        if connection.scalar(gone) is None:
            raise NotFound("没有这份报告", where=report, remedy="用编号、编号开头几位或来源路径查找", en="no such report")
        return False
    work.loosened(connection.scalars(select(schema.passage.c.hash).where(schema.passage.c.report == report)))
    hashes = list(connection.scalars(select(revision.hash).where(revision.report == report)))
    sites.loosen(connection, [report])
    connection.execute(delete(schema.report).where(schema.report.c.id == report))
    connection.execute(delete(schema.content).where(content.hash.in_(hashes), ~exists().where(revision.hash == content.hash)))
    # What was said about its fields is text of the report.
    connection.execute(delete(schema.judgement).where(judgement.kind == FIELD, judgement.target == report))
    quarantine.clear(connection, [(row.collection, row.source)])
    said = {"id": digest("judgement", "withdrawn", report), "kind": "withdrawn", "target": report, "value": ""}
    connection.execute(schema.judgement.insert(), said | {"who": who, "at": now(), "why": why})
    work.changed("report", report, gone=True)
    work.scrub()
    return True
