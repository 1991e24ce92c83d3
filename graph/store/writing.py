"""Updates become rows: each in a savepoint of its own, so that one that is refused leaves no trace and does not stop the others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple

from graph.store.base import Node, Refresh, Refused, Remove, Rename, Replace, Subgraph, Update

_FIELDS = ("id", "type", "name", "kind", "place", "concept", "report", "state", "time")
_REFUSALS = (ValueError, OverflowError, sqlite3.IntegrityError, sqlite3.DataError)


def check(subgraph: Subgraph) -> None:
    """Raise ValueError where an edge has an end that is not among the nodes, or a node hangs on nothing."""
    ids = {node.id for node in subgraph.nodes}
    ends = {end for edge in subgraph.edges for end in (edge.head, edge.tail)}
    if missing := sorted(ends - ids):
        raise ValueError(f"边的一端不在节点中：{missing[0]}")
    if loose := sorted(node.id for node in subgraph.nodes if node.report is None and node.id not in ends):
        raise ValueError(f"节点没有任何边：{loose[0]}")


class Writer:
    """Writes into generation `g` inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, g: int) -> None:
        self._connection = connection
        self._g = g
        columns = ", ".join(_FIELDS)
        self._upsert = (
            f"INSERT INTO graph_node_{g} ({columns}) VALUES ({', '.join('?' * len(_FIELDS))}) "
            f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FIELDS[1:])}"
        )

    def take(self, updates: Iterable[Update], number: int) -> list[Refused]:
        refused = []
        for update in updates:
            self._connection.execute("SAVEPOINT one")
            try:
                self._take(update)
            except _REFUSALS as error:
                self._connection.execute("ROLLBACK TO one")
                refused.append(Refused(_subject(update), number, str(error) or type(error).__name__))
                self._run("INSERT OR REPLACE INTO graph_refused_{g} VALUES (?, ?, ?)", *astuple(refused[-1]))
            else:
                self._run("DELETE FROM graph_refused_{g} WHERE id = ?", _subject(update))
            self._connection.execute("RELEASE one")
        return refused

    def _take(self, update: Update) -> None:
        match update:
            case Replace():
                check(update.subgraph)
                touched = self._remove(update.report)
                self._add(update)
                self._sweep(touched)
            case Remove():
                self._sweep(self._remove(update.report))
            case Refresh(node):
                self._describe(node)
            case Rename(old, new):
                self._rename(old, new)

    def _remove(self, report: str) -> list[int]:
        """Take away what the report contributed. Returns the nodes that may hang on nothing now."""
        row = self._run("SELECT r FROM graph_report_{g} WHERE id = ?", report).fetchone()
        if row is None:
            return []
        (r,) = row
        ends = self._run("SELECT head FROM graph_edge_{g} WHERE r = ? UNION SELECT tail FROM graph_edge_{g} WHERE r = ?", r, r).fetchall()
        own = self._run("SELECT n FROM graph_node_{g} WHERE report = ?", report).fetchall()
        self._run("UPDATE graph_schema SET removed = 1")
        for table in ("edge", "sentence", "report"):
            self._run(f"DELETE FROM graph_{table}_{{g}} WHERE r = ?", r)
        self._run("UPDATE graph_node_{g} SET report = NULL WHERE report = ?", report)
        return sorted({n for (n,) in (*ends, *own)})

    def _add(self, update: Replace) -> None:
        nodes, edges = update.subgraph.nodes, update.subgraph.edges
        r = self._run("INSERT INTO graph_report_{g} (id, reading) VALUES (?, ?)", update.report, update.reading).lastrowid
        self._connection.executemany(self._upsert, [_row(node) for node in nodes])
        numbers = self._numbers(node.id for node in nodes)
        sentences: dict[tuple[int, str], int | None] = {}
        for edge in edges:
            key = (edge.evidence.sentence_start, edge.evidence.sentence)
            if key not in sentences:
                sentences[key] = self._run("INSERT INTO graph_sentence_{g} (r, start, text) VALUES (?, ?, ?)", r, *key).lastrowid
        self._connection.executemany(
            f"""INSERT INTO graph_edge_{self._g} (head, type, tail, r, s, "start", "end", fact, "case", time, confidence, modality)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    numbers[edge.head],
                    edge.type,
                    numbers[edge.tail],
                    r,
                    sentences[(proof.sentence_start, proof.sentence)],
                    proof.start,
                    proof.end,
                    proof.fact,
                    proof.case,
                    proof.time,
                    proof.confidence,
                    proof.modality,
                )
                for edge in edges
                for proof in (edge.evidence,)
            ],
        )

    def _sweep(self, nodes: Iterable[int]) -> None:
        """Delete those of `nodes` that no edge and no report holds."""
        self._run(
            """DELETE FROM graph_node_{g} WHERE n IN (SELECT value FROM json_each(?)) AND report IS NULL
            AND NOT EXISTS (SELECT 1 FROM graph_edge_{g} WHERE head = n) AND NOT EXISTS (SELECT 1 FROM graph_edge_{g} WHERE tail = n)""",
            json.dumps(list(nodes)),
        )

    def _describe(self, node: Node) -> None:
        self._run(f"UPDATE graph_node_{{g}} SET {', '.join(f'{name} = ?' for name in _FIELDS[1:])} WHERE id = ?", *_row(node)[1:], node.id)

    def _rename(self, old: str, new: Node) -> None:
        numbers = self._numbers([old, new.id])
        if old == new.id or old not in numbers:
            self._describe(new)
            return
        if new.id in numbers:
            for end in ("head", "tail"):
                self._run(f"UPDATE graph_edge_{{g}} SET {end} = ? WHERE {end} = ?", numbers[new.id], numbers[old])
            self._run("DELETE FROM graph_node_{g} WHERE n = ?", numbers[old])
        else:
            self._run("UPDATE graph_node_{g} SET id = ? WHERE n = ?", new.id, numbers[old])
        self._describe(new)

    def _numbers(self, ids: Iterable[str]) -> dict[str, int]:
        sql = "SELECT n.id, n.n FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{g} n ON n.id = j.value"
        return dict(self._run(sql, json.dumps(sorted(ids))).fetchall())

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(sql.format(g=self._g), values)


def _subject(update: Update) -> str:
    match update:
        case Replace(report, _, _) | Remove(report):
            return report
        case Refresh(node):
            return node.id
        case Rename(old, _):
            return old


def _row(node: Node) -> tuple[str | None, ...]:
    return tuple(getattr(node, name) for name in _FIELDS)
