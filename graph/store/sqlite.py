"""The graph in a SQLite file: the catalogue's or one of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nlargest
from pathlib import Path

from corpus.connections import Connections
from corpus.errors import StoreError
from graph.store import schema
from graph.store.adjacency import LinkKey, Side
from graph.store.base import Counts, Edge, Evidence, Link, Node, NodeType, Refused, Subgraph, Update
from graph.store.casework import Casework, Said
from graph.store.writing import Writer

_NODE = "id, type, name, kind, place, concept, report, state, time"


class SqliteGraph(Casework):
    """See `graph.store.base.GraphStore`. One object may serve many threads."""

    def __init__(self, path: Path, *, generation: int | None = None, connections: Connections | None = None) -> None:
        """Open the graph in the file at `path`, making it where there is none of this version. Raises a StoreError where that fails."""
        self._connections = connections or Connections(path)
        self._generation = generation  # None: the live one, whichever that is by now
        if generation is None:
            with self._connections.reading() as connection:
                current = schema.is_current(connection)
            if not current:
                with self._connections.writing() as connection:
                    if not schema.is_current(connection):
                        schema.create(connection)

    def checkpoint(self) -> None:
        with self._connections.reading() as connection:
            removed = connection.execute("SELECT removed FROM graph_schema").fetchone() == (1,) and not schema.is_shared(connection)
        self._connections.checkpoint(rewrite=removed)
        if removed:
            with self._connections.writing() as connection:
                connection.execute("UPDATE graph_schema SET removed = 0")

    def close(self) -> None:
        self._connections.close()

    def apply(self, updates: Iterable[Update], mark: int) -> list[Refused]:
        with self._connections.writing() as connection:
            g = self._at(connection)
            refused = Writer(connection, g).take(updates, mark)
            connection.execute("UPDATE graph_generation SET mark = ? WHERE generation = ?", (mark, g))
        return refused

    def mark(self) -> int:
        with self._read() as (connection, g):
            return int(connection.execute("SELECT mark FROM graph_generation WHERE generation = ?", (g,)).fetchone()[0])

    def refused(self) -> list[Refused]:
        with self._read() as (connection, g):
            return [Refused(*row) for row in connection.execute(f"SELECT id, number, reason FROM graph_refused_{g} ORDER BY id")]

    def stage(self) -> SqliteGraph:
        with self._connections.writing() as connection:
            for (left_over,) in connection.execute("SELECT generation FROM graph_generation WHERE NOT live").fetchall():
                schema.drop_generation(connection, left_over)
            generation = schema.add_generation(connection, live=False)
        return SqliteGraph(self._connections.path, generation=generation, connections=self._connections)

    def promote(self) -> None:
        with self._connections.writing() as connection:
            generation = self._at(connection)
            others = connection.execute("SELECT generation FROM graph_generation WHERE generation <> ?", (generation,)).fetchall()
            for (other,) in others:
                schema.drop_generation(connection, other)
            connection.execute("UPDATE graph_generation SET live = 1")

    def node(self, node_id: str) -> Node | None:
        return self._load([node_id]).get(node_id)

    def known(self, ids: Sequence[str]) -> dict[str, Node]:
        return self._load(ids)

    def nodes(self, type: NodeType | None = None, query: str = "", after: str = "", limit: int = 100) -> list[Node]:
        with self._read() as (connection, g):
            rows = connection.execute(
                f"SELECT {_NODE} FROM graph_node_{g} WHERE id > ? AND (? IS NULL OR type = ?) AND instr(name, ?) ORDER BY id LIMIT ?",
                (after, type, type, query, limit),
            )
            return [Node(*row) for row in rows]

    def contribution(self, report: str) -> Subgraph:
        with self._read() as (connection, g):
            rows = connection.execute(
                f"""SELECT h.id, e.type, t.id, {_EVIDENCE}
                FROM graph_report_{g} r JOIN graph_edge_{g} e ON e.r = r.r JOIN graph_sentence_{g} s ON s.s = e.s
                JOIN graph_node_{g} h ON h.n = e.head JOIN graph_node_{g} t ON t.n = e.tail
                WHERE r.id = ? ORDER BY h.id, e.type, t.id, e.start, e."end", e.fact""",
                (report,),
            ).fetchall()
            edges = tuple(Edge(row[0], row[1], row[2], Evidence(*row[3:])) for row in rows)
            own = connection.execute(f"SELECT id FROM graph_node_{g} WHERE report = ?", (report,))
            ids = {node for (node,) in own} | {end for edge in edges for end in (edge.head, edge.tail)}
            nodes = self._load(ids)
        return Subgraph(tuple(nodes[node] for node in sorted(nodes)), edges)

    def reports(self) -> dict[str, str]:
        with self._read() as (connection, g):
            return dict(connection.execute(f"SELECT id, reading FROM graph_report_{g} ORDER BY id").fetchall())

    def contributors(self, node_id: str) -> list[str]:
        with self._read() as (connection, g):
            rows = connection.execute(
                f"""SELECT id FROM graph_report_{g} WHERE r IN (
                    SELECT e.r FROM graph_node_{g} n JOIN graph_edge_{g} e ON e.head = n.n WHERE n.id = ?1
                    UNION SELECT e.r FROM graph_node_{g} n JOIN graph_edge_{g} e ON e.tail = n.n WHERE n.id = ?1
                ) ORDER BY id""",
                (node_id,),
            )
            return [report for (report,) in rows]

    def edges(self, heads: Sequence[str]) -> list[Edge]:
        with self._read() as (connection, g):
            rows = connection.execute(_FROM.format(g=g), (json.dumps(sorted(set(heads))),))
            return [Edge(row[0], row[1], row[2], Evidence(*row[3:])) for row in rows]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._read():
            yield

    def counts(self) -> Counts:
        with self._read() as (connection, g):
            nodes = dict(connection.execute(f"SELECT type, count(*) FROM graph_node_{g} GROUP BY type ORDER BY type").fetchall())
            edges = dict(connection.execute(f"SELECT type, count(*) FROM graph_edge_{g} GROUP BY type ORDER BY type").fetchall())
            (reports,) = connection.execute(f"SELECT count(*) FROM graph_report_{g}").fetchone()
        return Counts(nodes, edges, reports)

    def _links(self, ids: Sequence[str], side: Side, relations: Sequence[str] | None, most: int) -> list[Link]:
        # SQLite groups through a temporary tree at three times the cost of reading the rows, so they are added up here.
        with self._read() as (connection, g):
            at = json.dumps([n for _, n in connection.execute(_NUMBERS.format(g=g), (json.dumps(ids),))])
            sums: dict[tuple[int, str, int], list[int]] = {}
            for end in ("head", "tail") if side == "both" else (side,):
                added: dict[tuple[int, str, int], list[int]] = {}
                for head, relation, tail, r, modality in connection.execute(_EDGES.format(g=g, end=end), (at,)):
                    if relations is not None and relation not in relations:
                        continue
                    link = added.get((head, relation, tail))
                    if link is None:
                        added[(head, relation, tail)] = [1, 1, int(modality == "asserted"), r]
                        continue
                    link[0] += 1
                    link[2] += modality == "asserted"
                    if link[3] != r:  # the rows of a link come by report, as the index has them
                        link[1] += 1
                        link[3] = r
                sums.update(added)
            best = _largest(sums, most)
            names = self._names(connection, g, {n for head, _, tail in best for n in (head, tail)})
        rows = [(-sums[key][0], names[key[0]], key[1], names[key[2]], key) for key in best]
        rows.sort()
        return [Link(head, relation, tail, *sums[key][:3]) for _, head, relation, tail, key in rows[:most]]

    def _load(self, ids: Iterable[str]) -> dict[str, Node]:
        with self._read() as (connection, g):
            sql = f"SELECT {_NODE} FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{g} n ON n.id = j.value"
            rows = connection.execute(sql, (json.dumps(sorted(ids)),))
            return {row[0]: Node(*row) for row in rows}

    def _carriers(self, concepts: Sequence[str]) -> list[tuple[str, str]]:
        with self._read() as (connection, g):
            sql = f"SELECT n.id, n.concept FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{g} n ON n.concept = j.value"
            return [(node, concept) for node, concept in connection.execute(sql, (json.dumps(concepts),))]

    def _evidence(self, keys: Sequence[LinkKey], most: int) -> dict[LinkKey, tuple[Evidence, ...]]:
        with self._read() as (connection, g):
            sql = _PROOF.format(g=g)
            return {key: tuple(Evidence(*row) for row in connection.execute(sql, (*key, most))) for key in keys}

    def _told(self, relations: Sequence[str], homes: Sequence[str] | None) -> list[Said]:
        with self._read() as (connection, g):
            which = f"graph_report_{g}" if homes is None else _OF.format(g=g)
            given = () if homes is None else (json.dumps(list(homes)),)
            rows = connection.execute(_SAID.format(g=g, which=which), (json.dumps(list(relations)), *given))
            wanted = None if homes is None else set(homes)
            return [Said(*row) for row in rows if wanted is None or row[3] in wanted]

    def _placed(self) -> list[tuple[str, str]]:
        with self._read() as (connection, g):
            sql = f"SELECT id, place FROM graph_node_{g} WHERE type IN ('case', 'report') AND place IS NOT NULL"
            return [(id, place) for id, place in connection.execute(sql)]

    def _names(self, connection: sqlite3.Connection, g: int, numbers: Iterable[int]) -> dict[int, str]:
        sql = f"SELECT n.n, n.id FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{g} n ON n.n = j.value"
        return dict(connection.execute(sql, (json.dumps(list(numbers)),)).fetchall())

    @contextmanager
    def _read(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        with self._connections.reading() as connection:
            yield connection, self._at(connection)

    def _at(self, connection: sqlite3.Connection) -> int:
        """The generation this object stands for, as the transaction sees it."""
        wanted = self._generation
        row = connection.execute(
            "SELECT generation FROM graph_generation WHERE CASE WHEN ? IS NULL THEN live ELSE generation = ? END", (wanted, wanted)
        ).fetchone()
        if row is None:
            raise StoreError("这一代图谱已被替换", where=str(self._connections.path), remedy="请重新运行 jindianzi sync --rebuild")
        return int(row[0])


_EVIDENCE = 'r.id, r.reading, e.start, e."end", s.text, s.start, e.fact, e."case", e.time, e.confidence, e.modality'

_NUMBERS = "SELECT n.id, n.n FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{g} n ON n.id = j.value"

_EDGES = """
SELECT e.head, e.type, e.tail, e.r, e.modality FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_edge_{g} e
INDEXED BY graph_edge_{end}_{g} ON e.{end} = j.value
"""

_FROM = f"""
SELECT h.id, e.type, t.id, {_EVIDENCE} FROM (SELECT value FROM json_each(?)) j CROSS JOIN graph_node_{{g}} h ON h.id = j.value
CROSS JOIN graph_edge_{{g}} e INDEXED BY graph_edge_head_{{g}} ON e.head = h.n
JOIN graph_node_{{g}} t ON t.n = e.tail JOIN graph_report_{{g}} r ON r.r = e.r JOIN graph_sentence_{{g}} s ON s.s = e.s
ORDER BY h.id, e.type, t.id, r.id, e.start, e."end", e.fact
"""

_SAID = """
SELECT h.id, e.type, t.id, coalesce(e."case", r.id) FROM {which} r CROSS JOIN json_each(?1) y
CROSS JOIN graph_edge_{g} e INDEXED BY graph_edge_report_{g} ON e.r = r.r AND e.type = y.value
JOIN graph_node_{g} h ON h.n = e.head JOIN graph_node_{g} t ON t.n = e.tail
WHERE e.modality = 'asserted'
"""

_OF = """
(SELECT DISTINCT r.r, r.id FROM json_each(?2) j CROSS JOIN graph_node_{g} n ON n.id = j.value
CROSS JOIN graph_report_{g} r ON r.id = n.report)
"""

_PROOF = f"""
SELECT {_EVIDENCE} FROM graph_node_{{g}} h, graph_node_{{g}} t
CROSS JOIN graph_edge_{{g}} e ON e.head = h.n AND e.type = ?2 AND e.tail = t.n
JOIN graph_report_{{g}} r ON r.r = e.r JOIN graph_sentence_{{g}} s ON s.s = e.s
WHERE h.id = ?1 AND t.id = ?3
ORDER BY e.modality <> 'asserted', e.confidence DESC, r.id, e.start, e."end", e.fact LIMIT ?4
"""


def _largest(sums: Mapping[tuple[int, str, int], list[int]], most: int) -> list[tuple[int, str, int]]:
    """The keys with the `most` largest first sums, and those that tie with the last of them."""
    if len(sums) <= most:
        return list(sums)
    least = nlargest(most, (link[0] for link in sums.values()))[-1]
    return [key for key, link in sums.items() if link[0] >= least]
