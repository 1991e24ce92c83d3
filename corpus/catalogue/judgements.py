"""What people said: kept for good, applied over every rebuild, and told to the feed where it changes a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, exists, func, or_, select

from corpus.catalogue import corrections, schema
from corpus.catalogue.feed import Work, lock_reports
from corpus.catalogue.sql import now
from corpus.errors import NotFound
from corpus.identity import digest
from corpus.model import Judgement

WITHDRAWN = "withdrawn"
PAIRS = ("same", "different")  # about two things, `target` and `value`
_SECOND = timedelta(seconds=1)


def _insert(connection: Connection, judgement: Judgement) -> None:
    """A judgement with an id that is there already takes the place of the earlier one, as the latest word."""
    connection.execute(delete(schema.judgement).where(schema.judgement.c.id == judgement.id))
    row = {"id": judgement.id, "kind": judgement.kind, "target": judgement.target, "value": judgement.value}
    connection.execute(schema.judgement.insert(), row | {"who": judgement.who, "at": judgement.when or now(), "why": judgement.why})


def correct(work: Work, report: str, field: str, value: str, *, who: str, why: str) -> None:
    """Set a field of a report's metadata; raises UsageError for one that is none, NotFound where there is no such report."""
    said = corrections.check(field, value)
    lock_reports(work.connection, [report])
    if work.connection.scalar(select(schema.report.c.id).where(schema.report.c.id == report)) is None:
        raise NotFound("没有这份报告", where=report, remedy="用编号、编号开头几位或来源路径查找", en="no such report")
    _insert(
        work.connection, Judgement(digest("judgement", corrections.FIELD, report, field), corrections.FIELD, report, said, who, now(), why)
    )
    work.changed("report", report)


def judge(work: Work, said: Sequence[Judgement]) -> None:
    """Keep what a person said in one breath: those without a time get one and the same, which is later than any before."""
    if any(one.kind in (WITHDRAWN, corrections.FIELD) for one in said):
        raise ValueError("withdraw and correct keep these judgements")
    moment = _moment(work.connection)
    for one in said:
        _insert(work.connection, replace(one, when=one.when or moment))
        _tell(work, one)


def _moment(connection: Connection) -> str:
    """The present moment, or a second after the latest judgement where that is later: of two words about one thing the later counts, also
    when they are said within a second, or the clock was set back."""
    latest, present = connection.scalar(select(func.max(schema.judgement.c.at))) or "", now()
    if latest < present:
        return present
    try:
        moment = datetime.fromisoformat(latest)
    except ValueError:
        return present
    return (moment.astimezone(UTC) + _SECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


def retract(work: Work, id: str) -> None:
    """Take a judgement back; raises NotFound. A withdrawal is taken back by reading the report in again."""
    table = schema.judgement.c
    row = work.connection.execute(select(schema.judgement).where(table.id == id, table.kind != WITHDRAWN)).first()
    if row is None:
        raise NotFound("没有这条判断", where=id, remedy="请核对编号", en="no such judgement")
    work.connection.execute(delete(schema.judgement).where(table.id == id))
    _tell(work, Judgement(row.id, row.kind, row.target, row.value, row.who, row.at, row.why))


def _tell(work: Work, judgement: Judgement) -> None:
    """Name to the feed the reports that a judgement is about: by their own id, or by that of a fact, a passage or a mention."""
    ends = (judgement.target, judgement.value)
    for column, key in (
        (schema.report.c.id, schema.report.c.id),
        (schema.fact.c.report, schema.fact.c.id),
        (schema.passage.c.report, schema.passage.c.id),
        (schema.mention.c.report, schema.mention.c.key),
    ):
        for report in sorted(work.connection.scalars(select(column).where(key.in_(ends)))):
            work.changed("report", report)


def listed(connection: Connection, *, kind: str | None, targets: Sequence[str] | None, orphaned: bool) -> list[Judgement]:
    """Judgements in the order they were given. `orphaned`: only those about something that the catalogue no longer has."""
    table = schema.judgement.c
    query = select(schema.judgement).order_by(table.number)
    if kind is not None:
        query = query.where(table.kind == kind)
    if targets is not None:
        query = query.where(table.target.in_(targets))
    if orphaned:
        keys = (schema.report.c.id, schema.reading.c.id, schema.fact.c.id, schema.passage.c.id, schema.mention.c.key)
        target, value = (or_(*(exists().where(key == end) for key in keys)) for end in (table.target, table.value))
        lost = or_(~target, and_(table.kind.in_(PAIRS), ~value))
        query = query.where(lost, table.kind.not_in((WITHDRAWN, "relevant")))
    return [Judgement(row.id, row.kind, row.target, row.value, row.who, row.at, row.why) for row in connection.execute(query)]
