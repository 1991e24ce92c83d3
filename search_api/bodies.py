"""The bodies of the API, which the command line prints with `--json`: plain dicts made from domain values.

`to_json` writes one as both do. Keys that do not apply are left out, except where a reader counts on them (hits, lists, jobs). The shapes
are described in `search_api.api.shapes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.catalogue import DUPLICATES
from corpus.embed import ModelStatus
from corpus.errors import JindianziError, ModelError
from corpus.model import Entity, Fact, Reading, Report, SetAside
from corpus.vocabulary import ontology
from graph.store.base import Direction, Evidence, Neighbour, Node, Path
from search_api import answers
from search_api.answers import Answer
from search_api.card import cards
from search_api.card_bodies import card_body
from search_api.export import compact, entity_row, fact_row, report_fields, report_row, sample_fields
from search_api.ingesting import Ingested

if TYPE_CHECKING:
    from search_api.stores import Stores

Row = dict[str, Any]


def to_json(body: object) -> str:
    """A body as text: UTF-8 characters as they are, keys in the order they were made, one line."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def answer_body(answer: Answer) -> Row:
    """What a search or a comparison found; a hit of an invented report says so in words, too."""
    row = answers.body(answer)
    for hit in row["hits"]:
        hit.update(sample_fields(hit["sample"]))
    return row


def report_list_body(reports: Iterable[Report], next_cursor: str | None = None) -> Row:
    return {"reports": [compact(report_fields(report)) for report in reports], "next": next_cursor}


def report_body(report: Report, reading: Reading, entities: Mapping[str, str]) -> Row:
    """The report as exported, with its cards and facts. `entities` as in `search_api.export.fact_row`."""
    return report_row(report, reading) | {
        "cards": [card_body(report, reading, card) for card in cards(reading)],
        "facts": [fact_row(fact, report.id, reading, entities, report.sample) for fact in reading.facts],
    }


def facts_body(report: Report, reading: Reading, facts: Iterable[Fact], entities: Mapping[str, str]) -> list[Row]:
    """Rows as exported, marked where the report is an invented one."""
    return [fact_row(fact, report.id, reading, entities, report.sample) for fact in facts]


def source_body(report: Report, reading: Reading) -> Row:
    """A row of sources.jsonl: the source text, masked."""
    return {"report": report.id, "reading": reading.id, "text": reading.source, **sample_fields(report.sample)}


def withdrawn_body(report: str) -> Row:
    return {"id": report, "withdrawn": True}


def entity_body(entity: Entity, sample: bool = False) -> Row:
    """`sample`: whether it is known from invented reports."""
    return {"mentions": 0} | entity_row(entity, len(entity.mentions)) | sample_fields(sample)


def entity_list_body(entities: Iterable[Entity], next_cursor: str | None = None, sample: bool = False) -> Row:
    return {"entities": [entity_body(entity, sample) for entity in entities], "next": next_cursor}


def neighbourhood_body(start: Node, rows: Sequence[Neighbour], reports: Mapping[str, Report]) -> Row:
    """`reports` holds those that the evidence names, for their titles; one that is gone meanwhile is left without."""
    marks = sample_fields(any(report.sample for report in reports.values()))
    return {
        "entity": node_body(start) | marks,
        "rows": [_neighbour(row, reports, marks) for row in rows],
    }


def paths_body(start: Node, end: Node, found: Sequence[Path], reports: Mapping[str, Report]) -> Row:
    """`reports` as in `neighbourhood_body`. Each step goes on `from` the node of the step before."""
    marks = sample_fields(any(report.sample for report in reports.values()))
    return {
        "start": node_body(start) | marks,
        "end": node_body(end) | marks,
        "paths": [{"steps": [_neighbour(step, reports, marks) for step in path.steps]} for path in found],
    }


def _neighbour(row: Neighbour, reports: Mapping[str, Report], marks: Row) -> Row:
    return {
        "node": node_body(row.node) | marks,
        "from": row.source,
        "relation": row.relation,
        "direction": row.direction,
        "label": relation_label(row.relation, row.direction),
        "depth": row.depth,
        "count": row.count,
        "reports": row.reports,
        "asserted": row.asserted,
        "evidence": [evidence_body(item, reports.get(item.report)) for item in row.evidence],
    }


def node_body(node: Node) -> Row:
    names = ("id", "type", "name", "kind", "place", "concept", "report", "state", "time")
    return {"name": node.name} | compact({name: getattr(node, name) for name in names})


def evidence_body(item: Evidence, report: Report | None) -> Row:
    names = ("report", "reading", "case", "fact", "start", "end", "sentence", "sentence_start", "time", "confidence", "modality")
    row = compact({name: getattr(item, name) for name in names})
    return row if report is None else row | compact({"title": report.metadata.title}) | sample_fields(report.sample)


def relation_label(relation: str, direction: Direction) -> str:
    """The relation in Chinese as it reads from the near end: 牵头 outwards, 牵头方 inwards. One not in the ontology stays as it is."""
    edge = ontology().edges.get(relation)
    if edge is None:
        return relation
    return edge.zh if direction == "out" else edge.inverse_zh


def ingested_body(result: Ingested) -> Row:
    """What became of the sources, by key."""
    return {
        "new": list(result.new),
        "changed": list(result.changed),
        "unchanged": list(result.unchanged),
        "withdrawn": list(result.withdrawn),
        "set_aside": [set_aside_body(item) for item in result.set_aside],
        "missing": list(result.missing),
    }


def set_aside_body(item: SetAside) -> Row:
    return {"collection": item.collection, "source": item.source, "code": item.code, "message": item.message} | (
        {"when": item.when} if item.when else {}
    )


def quarantine_body(items: Iterable[SetAside]) -> Row:
    return {"set_aside": [set_aside_body(item) for item in items]}


def status_body(stores: Stores) -> Row:
    """The state of the store and of what is built from it: counts, what each part has still to take, the model, what was not taken."""
    catalogue, head = stores.catalogue, stores.catalogue.head()
    refused = [{"part": "graph", "id": item.id, "reason": item.reason} for item in stores.graph.refused()]
    refused += [{"part": "index", "id": item.report, "reason": item.reason} for item in stores.index.refused()]
    return {
        "store": catalogue.where,
        "counts": catalogue.counts(),
        "collections": catalogue.collections(),
        "feed": head,
        "behind": {
            "entities": head - catalogue.mark(),
            "graph": head - stores.graph.mark(),
            "index": head - stores.index.mark(),
            "duplicates": head - catalogue.mark(DUPLICATES),
        },
        **model_state(stores),
        "refused": refused,
        "set_aside": [set_aside_body(item) for item in catalogue.quarantine()],
    }


def readiness_body(stores: Stores) -> Row:
    """`ready` as soon as words can be searched: the index is open and holds something, or there is nothing to hold."""
    head, taken = stores.catalogue.head(), stores.index.mark()
    behind = {"entities": head - stores.catalogue.mark(), "graph": head - stores.graph.mark(), "index": head - taken}
    state = model_state(stores)
    missing = [f"{_PARTS[name]}还差 {number} 处改动" for name, number in behind.items() if number]
    if not state["model"]["live"]:
        missing.append("向量还没有齐，暂按文字和图谱检索" if state["model"]["fingerprint"] else "没有向量模型，只按文字和图谱检索")
    ready = taken > 0 or head == 0
    return {"status": "ready" if ready else "starting", "feed": head, "behind": behind, **state, "missing": missing}


_PARTS = {"entities": "条目", "graph": "图谱", "index": "索引"}


def model_state(stores: Stores) -> Row:
    """`model`: the one wanted, whether it answers yet, and a notice in words; `vectors`: how many of the texts have one of it."""
    try:
        embedder = stores.embedder
    except ModelError as error:
        model = {"name": stores.settings.model, "fingerprint": None, "live": False, "notice": str(error)}
        return {"model": model, "vectors": {"present": 0, "wanted": stores.catalogue.counts()["passages"]}}
    present, wanted = stores.catalogue.vector_counts(embedder.fingerprint)
    live = stores.index.live_model() == embedder.fingerprint
    model = {"name": embedder.name, "fingerprint": embedder.fingerprint, "live": live, "notice": embedder.notice}
    return {"model": model, "vectors": {"present": present, "wanted": wanted}}


def models_body(found: Iterable[ModelStatus]) -> Row:
    """The models there are, and whether each is on this machine."""
    return {
        "models": [
            compact(
                {
                    "name": status.model.name,
                    "title": status.model.title,
                    "state": status.state,
                    "licence": status.model.licence,
                    "dimension": status.model.dimension,
                    "problem": status.problem,
                    "path": str(status.path) if status.path else None,
                }
            )
            for status in found
        ]
    }


def problem_body(error: JindianziError, status: int, title: str) -> Row:
    """RFC 9457 problem details of one of our errors."""
    body = {"type": f"urn:jindianzi:problem:{error.code}", "title": title, "status": status, "detail": error.what, "code": error.code}
    return body | {name: value for name, value in (("where", error.where), ("remedy", error.remedy)) if value}
