"""JSON-LD 1.1: nodes, statements with their evidence, and for what is asserted the plain triples.

Types and properties of schema.org, PROV and RDF where they fit, terms of our own (urn:jindianzi:term:) elsewhere. An edge is an
rdf:Statement that was derived from its report; only what some evidence asserts stands as a triple, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.vocabulary import ontology
from search_api.export import compact, written_whole
from search_api.graph_export.shown import LABELS, Shown

_TYPES = {
    "Report": "schema:Report",
    "Actor": "schema:Organization",
    "Person": "schema:Person",
    "Place": "schema:Place",
    "Policy": "schema:Legislation",
}
_RELATIONS = {
    "has_case": "schema:hasPart",
    "mentions": "schema:mentions",
    "about_issue": "schema:about",
    "in_place": "schema:spatialCoverage",
    "part_of": "schema:isPartOf",
}
_ID = {"@type": "@id"}
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "term": "urn:jindianzi:term:",
    "item": "urn:jindianzi:item:",
    "name": "schema:name",
    "kind": "term:kind",
    "place": "term:place",
    "concept": "term:concept",
    "state": "term:outcome",
    "published": "schema:datePublished",
    "implemented": "term:implemented",
    "sample": "term:sample",
    "report": {"@id": "prov:wasDerivedFrom", **_ID},
    "reading": "term:reading",
    "case": {"@id": "term:case", **_ID},
    "fact": "term:fact",
    "start": "term:start",
    "end": "term:end",
    "sentence": "schema:text",
    "sentence_start": "term:sentenceStart",
    "time": "schema:temporal",
    "confidence": {"@id": "term:confidence", "@type": "xsd:double"},
    "modality": "term:modality",
    "count": "term:count",
    "Statement": "rdf:Statement",
    "head": {"@id": "rdf:subject", **_ID},
    "relation": {"@id": "rdf:predicate", "@type": "@vocab"},
    "tail": {"@id": "rdf:object", **_ID},
    **{label: _TYPES.get(label, f"term:{label}") for label in LABELS.values()},
    **{id: {"@id": _RELATIONS.get(id, f"term:{id}"), **_ID} for id in ontology().edges},
}


def write(folder: Path, shown: Shown) -> list[str]:
    name = "graph.jsonld"
    with written_whole(folder / name) as out:
        out.write(f'{{"@context":{_json(CONTEXT)},\n"@graph":[')
        for number, row in enumerate(_rows(shown)):
            out.write(("," if number else "") + "\n" + _json(row))
        out.write("\n]}\n")
    return [name]


def _rows(shown: Shown) -> Iterator[dict[str, Any]]:
    for node in shown.nodes():
        values: dict[str, Any] = shown.node_values(node)
        if time := values.pop("time", None):
            values["published" if node.type == "report" else "implemented"] = time
        if "report" in values:
            values["report"] = _item(values["report"])
        if node.type == "report":
            del values["report"]
        yield {"@id": _item(node.id), "@type": LABELS[node.type], **compact(values)}
    before = None
    for edge in shown.relationships():
        values = shown.edge_values(edge)
        values |= {name: _item(values[name]) for name in ("report", "case") if name in values}
        del values["id"]
        ends = {"head": _item(edge.head), "relation": edge.type, "tail": _item(edge.tail)}
        yield {"@id": _item(edge.id), "@type": "Statement", **ends, **compact(values)}
        key = (edge.head, edge.type, edge.tail)
        if edge.evidence.modality == "asserted" and key != before:
            before = key
            yield {"@id": _item(edge.head), edge.type: _item(edge.tail)}


def _item(id: object) -> str:
    return f"item:{id}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
