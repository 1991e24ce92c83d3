"""Making room for a newer reading: only the current one has rows of facts and passages, and an older one stays only where a person judged
about it (about the reading, or about a fact that the newer one does not have)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, select, update

from corpus.catalogue import annotated, codec, schema
from corpus.catalogue.feed import Work
from corpus.catalogue.rows import fact_of, passage_of
from corpus.catalogue.sql import chunks
from corpus.model import Reading


def clear(work: Work, replaced: Mapping[str, Reading]) -> None:
    """Remove facts, passages and readings of the reports in `replaced`, which maps a report to the reading that comes now."""
    connection = work.connection
    fact, passage, reading = schema.fact.c, schema.passage.c, schema.reading.c
    annotated.outlive(connection, replaced)
    for part in chunks(list(replaced)):
        kept = {id for report in part for id in _keep(connection, replaced[report])}
        work.loosened(connection.scalars(select(passage.hash).where(passage.report.in_(part))))
        connection.execute(delete(schema.fact).where(fact.report.in_(part)))
        connection.execute(delete(schema.passage).where(passage.report.in_(part)))
        connection.execute(delete(schema.reading).where(reading.report.in_(part), reading.id.not_in(kept)))


def _keep(connection: Connection, coming: Reading) -> list[str]:
    """Ids of the older readings of a report that stay; the facts and passages of the latest are put away with it."""
    reading = schema.reading.c
    rows = connection.execute(
        select(reading.id, reading.text, reading.facts).where(reading.report == coming.report, reading.id != coming.id)
    ).all()
    lasting = {fact.id for fact in coming.facts}
    kept = []
    for id, text, archive in rows:
        facts = schema.fact.c
        if archive is None:
            ids = list(connection.scalars(select(facts.id).where(facts.reading == id)))
        else:
            ids = [fact.id for fact in codec.decode_archive(archive)[0]]
        if _judged(connection, [id, *(fact for fact in ids if fact not in lasting)]):
            kept.append(id)
            if archive is None:
                _put_away(connection, id, text)
    return kept


def _judged(connection: Connection, ids: Iterable[str]) -> bool:
    judgement = schema.judgement.c
    return any(
        connection.scalar(select(judgement.id).where(judgement.target.in_(part) | judgement.value.in_(part)).limit(1)) is not None
        for part in chunks(list(ids))
    )


def _put_away(connection: Connection, id: str, text: str) -> None:
    fact, passage, reading = schema.fact.c, schema.passage.c, schema.reading.c
    facts = connection.execute(select(schema.fact).where(fact.reading == id).order_by(fact.start, fact.end, fact.type, fact.id))
    passages = connection.execute(select(schema.passage).where(passage.reading == id).order_by(passage.start, passage.end, passage.id))
    archive = codec.encode_archive((fact_of(row, text) for row in facts), (passage_of(row, text) for row in passages))
    connection.execute(update(schema.reading).where(reading.id == id).values(facts=archive))
