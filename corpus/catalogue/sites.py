"""What is kept of pages to tell the lines that recur on their site, which lines are known to, and which sites are to be looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, select, update

from corpus.catalogue import schema
from corpus.catalogue.sql import chunks, upsert
from corpus.model import PageLines, Reading

_SEPARATOR = " "  # keys are hexadecimal
Page = tuple[str, str, PageLines]
"""(report, version that read it, its page lines)."""


def replace_pages(connection: Connection, readings: Sequence[tuple[str, Reading]]) -> None:
    """Keep the page lines of these (collection, reading) in place of those that their reports had before."""
    loosen(connection, [reading.report for _, reading in readings])
    rows = [
        {"report": reading.report, "site": reading.page.site, "body": reading.page.body, "lines": _SEPARATOR.join(reading.page.lines)}
        for _, reading in readings
        if reading.page is not None
    ]
    if rows:
        connection.execute(schema.page_line.insert(), rows)
    _unsettle(connection, Counter((collection, reading.page.site) for collection, reading in readings if reading.page is not None))


def loosen(connection: Connection, reports: Sequence[str]) -> None:
    """Forget the page lines of these reports; their sites are to be looked at again."""
    report, page = schema.report.c, schema.page_line.c
    for part in chunks(list(reports)):
        rows = connection.execute(
            select(report.collection, page.site).join(schema.report, report.id == page.report).where(page.report.in_(part))
        )
        _unsettle(connection, Counter((row.collection, row.site) for row in rows))
        connection.execute(delete(schema.page_line).where(page.report.in_(part)))


def _unsettle(connection: Connection, counts: Counter[tuple[str, str]]) -> None:
    table = schema.site_line
    places = sorted(counts)
    upsert(connection, table, [{"collection": of, "site": name, "lines": "", "unsettled": 0} for of, name in places], replace=False)
    for of, name in places:
        more = update(table).where(table.c.collection == of, table.c.site == name)
        connection.execute(more.values(unsettled=table.c.unsettled + counts[of, name]))


def unsettled(connection: Connection) -> list[tuple[str, str, int]]:
    """(collection, site, how many changes) of the sites to be looked at again."""
    table = schema.site_line
    rows = connection.execute(select(table).where(table.c.unsettled > 0).order_by(table.c.collection, table.c.site))
    return [(row.collection, row.site, row.unsettled) for row in rows]


def pages(connection: Connection, collection: str, site: str) -> Iterator[Page]:
    """Every page of a site, by report."""
    report, reading, page = schema.report.c, schema.reading.c, schema.page_line.c
    query = (
        select(page.report, reading.pipeline, page.site, page.body, page.lines)
        .join(schema.report, report.id == page.report)
        .join(schema.reading, reading.id == report.reading)
        .where(report.collection == collection, page.site == site)
        .order_by(page.report)
    )
    for row in connection.execute(query):
        yield row.report, row.pipeline, PageLines(row.site, row.body, tuple(row.lines.split()))


def known(connection: Connection, collection: str) -> dict[str, frozenset[str]]:
    """The lines known to recur, by site."""
    table = schema.site_line
    rows = connection.execute(
        select(table.c.site, table.c.lines).where(table.c.collection == collection, table.c.lines != "").order_by(table.c.site)
    )
    return {row.site: frozenset(row.lines.split()) for row in rows}


def settled(connection: Connection, collection: str, site: str, lines: frozenset[str], changes: int) -> None:
    """Keep these as the known lines of a site; it stays to be looked at again where there were more than `changes` changes meanwhile."""
    table = schema.site_line
    here = (table.c.collection == collection) & (table.c.site == site)
    told = {"lines": _SEPARATOR.join(sorted(lines)), "unsettled": table.c.unsettled - changes}
    connection.execute(update(table).where(here).values(**told))
    connection.execute(delete(table).where(here, table.c.unsettled <= 0, table.c.lines == ""))
