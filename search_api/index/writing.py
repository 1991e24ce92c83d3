"""Writing reports into the SQLite index: each whole, in one transaction for a batch, and so that nothing of a removed one stays."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.fold import bigrams, characters, encode_line, fold
from search_api.index import schema
from search_api.index.base import IndexedReport, Refused, Remove, Replace, Update

SETTLE_TEXT = "text"  # FTS5 keeps deleted terms until its segments are merged
SETTLE_LOG = "log"  # the write-ahead log keeps old pages until it is cut


class Tokens:
    """The terms of a folded text. `line` is what FTS5 is given: each term as often as it stands in the text, words once over."""

    def __init__(self, folded: str) -> None:
        self.characters = characters(folded)
        self.bigrams = bigrams(folded)
        single = set(self.characters)
        self.line = encode_line((*self.characters, *(term for term in self.bigrams if term not in single)))

    def distinct(self) -> set[str]:
        return {*self.characters, *self.bigrams}


@dataclass(slots=True)
class _Tally:
    """What an update changes in the totals: passages that hold a term, passages, tokens; and vectors that may have lost their passage."""

    terms: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    characters: int = 0
    bigrams: int = 0
    removed: bool = False
    loosened: set[str] = field(default_factory=set)

    def count(self, tokens: Tokens, sign: int) -> None:
        for term in tokens.distinct():
            self.terms[term] += sign
        self.passages += sign
        self.characters += sign * len(tokens.characters)
        self.bigrams += sign * len(tokens.bigrams)

    def add(self, other: _Tally) -> None:
        for term, by in other.terms.items():
            self.terms[term] += by
        self.passages += other.passages
        self.characters += other.characters
        self.bigrams += other.bigrams
        self.removed |= other.removed
        self.loosened |= other.loosened


def take(connection: sqlite3.Connection, generation: int, updates: Iterable[Update], mark: int) -> list[Refused]:
    """Write the updates into the generation, inside the caller's transaction, and give those that were not taken."""
    total, refused = _Tally(), []
    for update in updates:
        report = update.report if isinstance(update, Remove) else update.document.report
        tally = _Tally()
        connection.execute("SAVEPOINT one_update")
        try:
            _remove(connection, generation, report, tally)
            if isinstance(update, Replace):
                _add(connection, generation, update.document, tally)
        except (sqlite3.IntegrityError, sqlite3.DataError, UnicodeEncodeError, ValueError) as error:
            connection.execute("ROLLBACK TO one_update")
            refused.append(Refused(report, mark, str(error)))
            connection.execute(f"INSERT OR REPLACE INTO index_refused_{generation} VALUES (?, ?, ?)", (report, mark, str(error)))
        else:
            connection.execute(f"DELETE FROM index_refused_{generation} WHERE id = ?", (report,))
            total.add(tally)
        connection.execute("RELEASE one_update")
    _finish(connection, generation, total)
    return refused


def _add(connection: sqlite3.Connection, g: int, document: IndexedReport, tally: _Tally) -> None:
    report = connection.execute(
        f"INSERT INTO index_report_{g} (id, reading, collection, source, title, sample) VALUES (?, ?, ?, ?, ?, ?)",
        (document.report, document.reading, document.collection, document.source, document.title, document.sample),
    ).lastrowid
    units: dict[str | None, int | None] = {}
    for unit in document.units:
        facets = {name: sorted(set(values)) for name, values in sorted(unit.facets.items()) if values}
        row = (report, unit.case, unit.title, unit.place, unit.year, json.dumps(facets, ensure_ascii=False))
        units[unit.case] = number = connection.execute(
            f"INSERT INTO index_unit_{g} (r, case_id, title, place, year, facets) VALUES (?, ?, ?, ?, ?, ?)", row
        ).lastrowid
        pairs = [(name, value, number) for name, values in facets.items() for value in values]
        connection.executemany(f"INSERT INTO index_facet_{g} VALUES (?, ?, ?)", pairs)
    for passage in document.passages:
        if passage.case not in units:
            raise ValueError(f"passage {passage.id} belongs to no unit of its report")
        folded = fold(passage.searched)
        tokens = Tokens(folded)
        number = connection.execute(
            f"""INSERT INTO index_passage_{g} (id, u, r, ordinal, first, last, path, hash, characters, bigrams, text, folded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                *(passage.id, units[passage.case], report, passage.ordinal, passage.start, passage.end, passage.path, passage.hash),
                *(len(tokens.characters), len(tokens.bigrams), passage.text, folded),
            ),
        ).lastrowid
        connection.execute(f"INSERT INTO index_text_{g} (rowid, body) VALUES (?, ?)", (number, tokens.line))
        tally.count(tokens, 1)


def _remove(connection: sqlite3.Connection, g: int, report: str, tally: _Tally) -> None:
    row = connection.execute(f"SELECT r FROM index_report_{g} WHERE id = ?", (report,)).fetchone()
    if row is None:
        return
    for number, key, folded in connection.execute(f"SELECT p, hash, folded FROM index_passage_{g} WHERE r = ?", row).fetchall():
        tokens = Tokens(folded)
        forget = f"INSERT INTO index_text_{g} (index_text_{g}, rowid, body) VALUES ('delete', ?, ?)"
        connection.execute(forget, (number, tokens.line))
        tally.count(tokens, -1)
        tally.loosened.add(key)
    connection.execute(f"DELETE FROM index_passage_{g} WHERE r = ?", row)
    for number, facets in connection.execute(f"SELECT u, facets FROM index_unit_{g} WHERE r = ?", row).fetchall():
        pairs = [(name, value, number) for name, values in json.loads(facets).items() for value in values]
        connection.executemany(f"DELETE FROM index_facet_{g} WHERE name = ? AND value = ? AND u = ?", pairs)
    connection.execute(f"DELETE FROM index_unit_{g} WHERE r = ?", row)
    connection.execute(f"DELETE FROM index_report_{g} WHERE r = ?", row)
    tally.removed = True


def _finish(connection: sqlite3.Connection, g: int, tally: _Tally) -> None:
    changed = sorted((term, by) for term, by in tally.terms.items() if by)
    upsert = f"INSERT INTO index_term_{g} VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages"
    connection.executemany(upsert, changed)
    fewer = [(term,) for term, by in changed if by < 0]
    connection.executemany(f"DELETE FROM index_term_{g} WHERE term = ? AND passages = 0", fewer)
    connection.execute(
        """UPDATE index_generation SET passages = passages + ?, characters = characters + ?, bigrams = bigrams + ?,
        changes = changes + 1, removals = removals + ? WHERE generation = ?""",
        (tally.passages, tally.characters, tally.bigrams, tally.removed, g),
    )
    if tally.removed:
        drop_vectors(connection, tally.loosened)
        unsettled(connection, SETTLE_TEXT, SETTLE_LOG)


def drop_vectors(connection: sqlite3.Connection, hashes: Iterable[str]) -> None:
    """Delete the vectors of those of `hashes` that no passage of any generation has."""
    gone = [(key,) for key in sorted(hashes) if not has_passage(connection, key)]
    connection.executemany("DELETE FROM index_vector WHERE m IN (SELECT m FROM index_model) AND hash = ?", gone)


def has_passage(connection: sqlite3.Connection, key: str) -> bool:
    tables = [f"SELECT 1 FROM index_passage_{g} WHERE hash = ?1" for g in schema.generations(connection)]
    return connection.execute(" UNION ALL ".join(tables) + " LIMIT 1", (key,)).fetchone() is not None


def unsettled(connection: sqlite3.Connection, *what: str) -> None:
    """Note what `settle` has to clean up."""
    connection.executemany("INSERT OR IGNORE INTO index_unsettled VALUES (?)", [(item,) for item in what])
