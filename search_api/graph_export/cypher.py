"""A Cypher script: constraints, then nodes, then edges, some hundreds in each statement.

Statements merge by id, so that running the script again changes nothing; each is a transaction of its own, which keeps them small. The
script runs in `cypher-shell`, or statement by statement through a driver. A row is one string with U+001F between its fields: servers
take a list of strings for one parameter and plan each kind of statement once, where maps of literals cost milliseconds for each literal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.vocabulary import ontology
from search_api.export import written_whole
from search_api.graph_export.shown import EDGE_FIELDS, LABELS, NODE_FIELDS, THING, Shown, Value

_BATCH = 500  # rows a statement
_HEAD = f"""// The graph of Jindianzi. Each statement is a transaction; running the script again changes nothing.
CREATE CONSTRAINT jindianzi_thing_id IF NOT EXISTS FOR (n:{THING}) REQUIRE n.id IS UNIQUE;
"""
_BETWEEN = "\x1f"
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", _BETWEEN: "\\u001f"})
_READ = {"string": "f[{0}]", "long": "toInteger(f[{0}])", "double": "toFloat(f[{0}])", "boolean": "toBoolean(f[{0}])"}


def write(folder: Path, shown: Shown) -> list[str]:
    name = "graph.cypher"
    with written_whole(folder / name) as out:
        out.write(_HEAD)
        for statement in _statements(shown):
            out.write(statement)
    return [name]


def _statements(shown: Shown) -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for node in shown.nodes():
        if full := _add(rows, node.type, _row([node.id], shown.node_values(node), NODE_FIELDS)):
            yield _nodes(node.type, full)
    yield from (_nodes(type, rows[type]) for type in ontology().nodes if rows.get(type))
    rows = {}
    for edge in shown.relationships():
        if full := _add(rows, edge.type, _row([edge.head, edge.tail], shown.edge_values(edge), EDGE_FIELDS)):
            yield _edges(edge.type, full)
    yield from (_edges(type, rows[type]) for type in ontology().edges if rows.get(type))


def _add(rows: dict[str, list[str]], type: str, row: str) -> list[str]:
    """Keep the row, or return those of its type when they fill a statement."""
    waiting = rows.setdefault(type, [])
    waiting.append(row)
    return rows.pop(type) if len(waiting) == _BATCH else []


def _row(ids: Sequence[str], values: Mapping[str, Value], fields: Mapping[str, str]) -> str:
    return literal(_BETWEEN.join([*ids, *(_field(values.get(name)) for name in fields)]))


def _field(value: Value | None) -> str:
    """As text, empty where it does not apply; the mark between fields itself becomes U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).replace(_BETWEEN, "\ufffd")


def _nodes(type: str, rows: Sequence[str]) -> str:
    return f"{_unwind(rows)}\nMERGE (n:{THING} {{id: f[0]}})\nSET n = {_properties(NODE_FIELDS, 1, id='f[0]')}\nSET n:{LABELS[type]};\n"


def _edges(type: str, rows: Sequence[str]) -> str:
    return (
        f"{_unwind(rows)}\nMATCH (h:{THING} {{id: f[0]}}), (t:{THING} {{id: f[1]}})\n"
        f"MERGE (h)-[r:{type.upper()} {{id: f[2]}}]->(t)\nSET r = {_properties(EDGE_FIELDS, 2)};\n"
    )


def _unwind(rows: Sequence[str]) -> str:
    lines = ",\n".join(rows)
    return f"UNWIND [\n{lines}\n] AS line\nWITH [x IN split(line, {literal(_BETWEEN)}) | CASE x WHEN '' THEN null ELSE x END] AS f"


def _properties(fields: Mapping[str, str], first: int, **own: str) -> str:
    read = own | {name: _READ[kind].format(at) for at, (name, kind) in enumerate(fields.items(), first)}
    return "{" + ", ".join(f"`{name}`: {value}" for name, value in read.items()) + "}"


def literal(text: str) -> str:
    """The text as a string of Cypher, on one line."""
    return f"'{text.translate(_ESCAPES)}'"
