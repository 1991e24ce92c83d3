"""What is kept of pages to tell the lines that recur on their site, and which lines are known to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, select

from corpus.catalogue import schema
from corpus.catalogue.sql import chunks
from corpus.model import PageLines, Reading

_SEPARATOR = " "  # keys are hexadecimal


def replace_pages(connection: Connection, readings: Sequence[Reading]) -> None:
    """Keep the page lines of these readings in place of those that their reports had before."""
    for part in chunks([reading.report for reading in readings]):
        connection.execute(delete(schema.page_line).where(schema.page_line.c.report.in_(part)))
    rows = [
        {"report": reading.report, "site": reading.page.site, "body": reading.page.body, "lines": _SEPARATOR.join(reading.page.lines)}
        for reading in readings
        if reading.page is not None
    ]
    if rows:
        connection.execute(schema.page_line.insert(), rows)


def pages(connection: Connection, collection: str) -> Iterator[tuple[str, str, PageLines]]:
    """(report, version that read it, its page lines) of every report of a collection that belongs to a site; by site and report."""
    report, reading, page = schema.report.c, schema.reading.c, schema.page_line.c
    query = (
        select(page.report, reading.pipeline, page.site, page.body, page.lines)
        .join(schema.report, report.id == page.report)
        .join(schema.reading, reading.id == report.reading)
        .where(report.collection == collection)
        .order_by(page.site, page.report)
    )
    for row in connection.execute(query):
        yield row.report, row.pipeline, PageLines(row.site, row.body, tuple(row.lines.split()))


def known(connection: Connection, collection: str) -> dict[str, frozenset[str]]:
    """The lines known to recur, by site."""
    table = schema.site_line
    rows = connection.execute(select(table.c.site, table.c.lines).where(table.c.collection == collection).order_by(table.c.site))
    return {row.site: frozenset(row.lines.split()) for row in rows}


def replace_known(connection: Connection, collection: str, lines: Mapping[str, frozenset[str]]) -> None:
    table = schema.site_line
    connection.execute(delete(table).where(table.c.collection == collection))
    rows = [{"collection": collection, "site": name, "lines": _SEPARATOR.join(sorted(lines[name]))} for name in sorted(lines)]
    if rows:
        connection.execute(table.insert(), rows)
