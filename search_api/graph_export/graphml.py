"""GraphML (http://graphml.graphdrawing.org): one element a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from corpus.vocabulary import ontology
from search_api.export import written_whole
from search_api.graph_export.shown import EDGE_FIELDS, NODE_FIELDS, Shown, Value

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NODE = {"type": "string", "label": "string", **NODE_FIELDS}
_EDGE = {"relation": "string", "label": "string", **{name: kind for name, kind in EDGE_FIELDS.items() if name != "id"}}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(folder: Path, shown: Shown) -> list[str]:
    name = "graph.graphml"
    with written_whole(folder / name) as out:
        out.write(_HEAD)
        for line in _lines(shown):
            out.write(line + "\n")
        out.write("</graph>\n</graphml>\n")
    return [name]


def _lines(shown: Shown) -> Iterator[str]:
    for domain, fields in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in fields.items():
            yield _element("key", {"id": f"{domain}.{name}", "for": domain, "attr.name": name, "attr.type": kind})
    yield '<graph id="jindianzi" edgedefault="directed">'
    types, relations = ontology().nodes, ontology().edges
    for node in shown.nodes():
        yield _element("node", {"id": node.id}, "node", {"type": node.type, "label": types[node.type].zh, **shown.node_values(node)})
    for edge in shown.relationships():
        values = {"relation": edge.type, "label": relations[edge.type].zh, **shown.edge_values(edge)}
        del values["id"]
        yield _element("edge", {"id": edge.id, "source": edge.head, "target": edge.tail}, "edge", values)


def _element(tag: str, attributes: Mapping[str, str], domain: str = "", values: Mapping[str, Value] | None = None) -> str:
    element = etree.Element(tag, dict(attributes))
    for name, value in (values or {}).items():
        data = etree.SubElement(element, "data", {"key": f"{domain}.{name}"})
        data.text = _text(value)
    return str(etree.tostring(element, encoding="unicode"))


def _text(value: Value) -> str:
    """The value as XML Schema writes it; a character that XML cannot hold becomes U+FFFD, so that positions stay."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_XML.sub("\ufffd", str(value))
