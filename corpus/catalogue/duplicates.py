"""Rows of what is computed of duplicates: signatures, postings, buckets, pairs. One consumer of the feed writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, or_, select, tuple_, update

from corpus.catalogue import schema
from corpus.catalogue.sql import CHUNK, chunks, upsert

_text, _posting, _bucket, _pair = (
    schema.duplicate_text.c,
    schema.duplicate_posting.c,
    schema.duplicate_bucket.c,
    schema.duplicate_pair.c,
)
_TABLES: Final = (schema.duplicate_text, schema.duplicate_posting, schema.duplicate_bucket, schema.duplicate_pair)
_KEY_BYTES: Final = 6
Sketch = tuple[int, int, int, int]


def number_of(report: str) -> int:
    """The first 63 bits of a report's id: short for it in postings, and the same in every store."""
    return int(report[:16], 16) >> 1


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What is kept of one report. `keys` (rising) and `weights` are empty where another report of the same text leads. `joined`: its group,
    None where it is alone."""

    report: str
    text: str
    letters: int
    leads: bool
    sketch: Sketch
    keys: npt.NDArray[np.int64]
    weights: npt.NDArray[np.uint8]
    joined: str | None = None

    @property
    def number(self) -> int:
        return number_of(self.report)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is known of a key beside its holders. `edge`: the largest number of the sample it is judged by, None where that is all."""

    common: bool = False
    spread: int = 0
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports, `one` the smaller id, with what their texts have in common: how many sentences, how many own letters, and the share of
    each side, of all letters and of own ones (those in no common phrase)."""

    one: str
    other: str
    kind: str
    sentences: int
    letters: int
    share_one: float
    share_other: float
    own_one: float
    own_other: float

    def beside(self, report: str) -> str:
        return self.other if report == self.one else self.one

    def share(self, report: str) -> float:
        return self.share_one if report == self.one else self.share_other

    def own(self, report: str) -> float:
        return self.own_one if report == self.one else self.own_other


_PAIR_FIELDS = tuple(item.name for item in fields(Pair))


@dataclass(frozen=True, slots=True)
class Found:
    """What changed: signatures that are new or different and reports that have none any more, postings that come and go, buckets (None:
    gone), pairs, and the group of reports that are in another one (or, None, in none)."""

    signatures: Sequence[Signature] = ()
    gone: Sequence[str] = ()
    postings: Sequence[tuple[int, int]] = ()
    gone_postings: Sequence[tuple[int, int]] = ()
    buckets: Mapping[int, Bucket | None] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    gone_pairs: Sequence[tuple[str, str]] = ()
    joined: Mapping[str, str | None] = field(default_factory=dict)


def put(connection: Connection, found: Found) -> None:
    for part in chunks(sorted(found.gone)):
        connection.execute(delete(schema.duplicate_text).where(_text.report.in_(part)))
    upsert(connection, schema.duplicate_text, [_row(item) for item in found.signatures])
    for report, joined in sorted(found.joined.items()):
        connection.execute(update(schema.duplicate_text).where(_text.report == report).values(joined=joined))
    _delete(connection, schema.duplicate_posting, found.gone_postings)
    coming = [{"key": key, "number": number} for key, number in sorted(found.postings)]
    upsert(connection, schema.duplicate_posting, coming, replace=False)
    for keys in chunks([key for key, bucket in sorted(found.buckets.items()) if bucket is None]):
        connection.execute(delete(schema.duplicate_bucket).where(_bucket.key.in_(keys)))
    kept = [(key, bucket) for key, bucket in sorted(found.buckets.items()) if bucket is not None]
    upsert(
        connection,
        schema.duplicate_bucket,
        [{"key": key, "common": bucket.common, "spread": bucket.spread, "edge": bucket.edge} for key, bucket in kept],
    )
    _delete(connection, schema.duplicate_pair, found.gone_pairs)
    upsert(connection, schema.duplicate_pair, [{name: getattr(pair, name) for name in _PAIR_FIELDS} for pair in found.pairs])


def _delete(connection: Connection, table: Table, keys: Sequence[tuple[Any, Any]]) -> None:
    for part in chunks(sorted(keys)):
        connection.execute(delete(table).where(tuple_(*table.primary_key).in_(part)))


def _row(item: Signature) -> dict[str, Any]:
    names = ("text_first", "text_second", "title_first", "title_second")
    return {
        "report": item.report,
        "number": item.number,
        "text": item.text,
        "letters": item.letters,
        "leads": item.leads,
        **dict(zip(names, item.sketch, strict=True)),
        "keys": _packed(item.keys, item.weights),
    }  # what it is joined to is not among the columns: it stays


def _packed(keys: npt.NDArray[np.int64], weights: npt.NDArray[np.uint8]) -> bytes:
    return keys.astype("<i8").view(np.uint8).reshape(-1, 8)[:, :_KEY_BYTES].tobytes() + weights.tobytes()


def _unpacked(data: bytes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    count = len(data) // (_KEY_BYTES + 1)
    keys = np.zeros((count, 8), dtype=np.uint8)
    keys[:, :_KEY_BYTES] = np.frombuffer(data, dtype=np.uint8, count=count * _KEY_BYTES).reshape(count, _KEY_BYTES)
    return keys.view("<i8").reshape(count).astype(np.int64), np.frombuffer(data, dtype=np.uint8, offset=count * _KEY_BYTES)


def reset(connection: Connection) -> None:
    for table in _TABLES:
        connection.execute(delete(table))


def signatures(
    connection: Connection,
    *,
    reports: Sequence[str] | None = None,
    texts: Sequence[str] | None = None,
    numbers: Sequence[int] | None = None,
    joined: Sequence[str] | None = None,
) -> list[Signature]:
    """Signatures of these reports, of all with one of these texts, numbers or groups; by report."""
    found: dict[str, Signature] = {}
    given: list[tuple[Any, Sequence[Any] | None]] = [
        (_text.report, reports),
        (_text.text, texts),
        (_text.number, numbers),
        (_text.joined, joined),
    ]
    for column, wanted in given:
        for part in chunks(list(wanted or ())):
            for row in connection.execute(select(schema.duplicate_text).where(column.in_(part))):
                sketch = (row.text_first, row.text_second, row.title_first, row.title_second)
                found[row.report] = Signature(row.report, row.text, row.letters, row.leads, sketch, *_unpacked(row.keys), row.joined)
    return [found[report] for report in sorted(found)]


def holders(connection: Connection, keys: Sequence[int], first: int | None) -> dict[int, list[int]]:
    """Numbers of the texts that have each key, rising; `first`: no more than so many. A key that nobody has is left out."""
    found: dict[int, list[int]] = {}
    query = select(_posting.key, _posting.number).order_by(_posting.key, _posting.number)
    if first is not None:
        for key in keys:
            if numbers := [row[1] for row in connection.execute(query.where(_posting.key == key).limit(first))]:
                found[key] = numbers
        return found
    for part in chunks(sorted(keys)):
        for key, number in connection.execute(query.where(_posting.key.in_(part))):
            found.setdefault(key, []).append(number)
    return found


def sketches(connection: Connection, numbers: Sequence[int]) -> dict[int, Sketch]:
    columns = (_text.number, _text.text_first, _text.text_second, _text.title_first, _text.title_second)
    found: dict[int, Sketch] = {}
    for part in chunks(sorted(numbers)):
        for number, *sketch in connection.execute(select(*columns).where(_text.number.in_(part)).order_by(_text.report.desc())):
            found[number] = (sketch[0], sketch[1], sketch[2], sketch[3])
    return found


def buckets(connection: Connection, keys: Sequence[int]) -> dict[int, Bucket]:
    """Those of these keys that there is a word about."""
    found: dict[int, Bucket] = {}
    for part in chunks(sorted(keys)):
        for row in connection.execute(select(schema.duplicate_bucket).where(_bucket.key.in_(part))):
            found[row.key] = Bucket(row.common, row.spread, row.edge)
    return found


def pairs(connection: Connection, reports: Sequence[str], *, among: bool) -> list[Pair]:
    """Pairs with one of these reports, or, with `among`, with two of them."""
    found: dict[tuple[str, str], Pair] = {}
    wanted = set(reports)
    for part in chunks(sorted(wanted)):
        sides: tuple[ColumnElement[bool], ...] = (_pair.one.in_(part),) if among else (_pair.one.in_(part), _pair.other.in_(part))
        for side in sides:
            query = select(schema.duplicate_pair).where(side)
            if among and len(wanted) <= CHUNK:
                query = query.where(_pair.other.in_(part))
            for pair in _pairs(connection, query):
                if not among or pair.other in wanted:
                    found[pair.one, pair.other] = pair
    return [found[key] for key in sorted(found)]


def pair_page(connection: Connection, kinds: Sequence[str], after: Pair | None, limit: int) -> list[Pair]:
    """Pairs of some kinds, those with most own letters in common first; `after` goes on behind one."""
    query = select(schema.duplicate_pair).where(_pair.kind.in_(kinds)).order_by(_pair.letters.desc(), _pair.one, _pair.other).limit(limit)
    if after is not None:
        behind = and_(_pair.letters == after.letters, tuple_(_pair.one, _pair.other) > (after.one, after.other))
        query = query.where(or_(_pair.letters < after.letters, behind))
    return list(_pairs(connection, query))


def _pairs(connection: Connection, query: Select[Any]) -> Iterable[Pair]:
    for row in connection.execute(query):
        yield Pair(*(getattr(row, name) for name in _PAIR_FIELDS))


def group_page(connection: Connection, collection: str | None, after: str, limit: int) -> list[str]:
    """Ids of groups from behind `after`, by id; with a collection, of those that have a report of it."""
    query = select(_text.joined).where(_text.joined.is_not(None), _text.joined > after).distinct().order_by(_text.joined).limit(limit)
    if collection is not None:
        query = query.join(schema.report, schema.report.c.id == _text.report).where(schema.report.c.collection == collection)
    return list(connection.scalars(query))


def counts(connection: Connection) -> dict[str, int]:
    """How many groups there are, how many reports are in one, and how many pairs of each kind."""
    row = connection.execute(
        select(func.count(_text.joined.distinct()), func.count()).where(_text.joined.is_not(None)).select_from(schema.duplicate_text)
    ).one()
    kinds = connection.execute(select(_pair.kind, func.count()).group_by(_pair.kind).order_by(_pair.kind))
    return {"groups": row[0], "reports": row[1], **{row[0]: row[1] for row in kinds}}


def texts(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """The cleaned text of the present reading of each report; one that is not there is left out."""
    report, reading = schema.report.c, schema.reading.c
    found: dict[str, str] = {}
    for part in chunks(list(reports)):
        query = select(report.id, reading.text).join(schema.reading, reading.id == report.reading).where(report.id.in_(part))
        found.update((id, text) for id, text in connection.execute(query))
    return found
