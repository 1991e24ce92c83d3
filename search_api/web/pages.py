"""The pages of search and of a report, and the source text. They are made of the same values as the API's bodies, and need no script."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from corpus.errors import CursorExpired
from search_api.answers import Answer
from search_api.api.dependencies import LONGEST_QUERY, StoresNow, readable
from search_api.links import entity_links, reading_of
from search_api.llm import model_facts
from search_api.ranking.facets import NAMES
from search_api.stores import Stores
from search_api.web.render import page, report_url, source_url
from search_api.web.report_view import alike, place_of, report_view, source_view
from search_api.web.search_view import Address, shown_facets, shown_hits
from search_api.web.words import EXAMPLES, UNSURE

router = APIRouter(include_in_schema=False)
_HITS = 10
At = Annotated[str | None, Query(max_length=40)]
_KEPT = ("mode", "q", "explain", "cursor", *NAMES)


@router.get("/")
def search(request: Request, stores: StoresNow) -> Response:
    pairs = tuple((name, readable(value)) for name, value in request.query_params.multi_items() if name in _KEPT and value.strip())
    address, values = Address(pairs), dict(pairs)
    query, mode = values.get("q", "").strip(), "precedents" if values.get("mode") == "precedents" else "search"
    shared = {
        "query": query,
        "mode": mode,
        "longest": LONGEST_QUERY,
        "kept": [pair for pair in pairs if pair[0] in ("collection", "explain")],
        "modes": [("search", "找案例", str(address.only("q"))), ("precedents", "找同类", str(address.only("q").put("mode", "precedents")))],
    }
    if not query:
        counts = stores.catalogue.counts()
        examples = [(text, str(Address((("q", text),)))) for text in EXAMPLES]
        return page("search.html", shared | {"answer": None, "counts": counts, "examples": examples, "title": "基层治理案例检索"})
    try:
        answer = _answer(stores, mode, query, values, address)
    except CursorExpired:  # the collection has changed since: begin again
        return RedirectResponse(str(address.page(None)), 303)
    firsts = [hit.passages[0].id for hit in answer.hits]
    units = {passage: unit for passage, unit in zip(firsts, stores.index.units(firsts), strict=True) if unit is not None}
    results = {
        "answer": answer,
        "hits": shown_hits(answer, units, address),
        "facets": shown_facets(answer, address),
        "clear": str(address.only("mode", "q", "explain")),
        "next": str(address.page(answer.next)) if answer.next else None,
        "first": str(address.page(None)) if "cursor" in values else None,
        "explain": (bool(values.get("explain")), str(address.put("explain", "" if values.get("explain") else "1"))),
        "title": query if len(query) <= 30 else f"{query[:30]}…",
    }
    return page("search.html", shared | results)


def _answer(stores: Stores, mode: str, query: str, values: dict[str, str], address: Address) -> Answer:
    filters: dict[str, list[str]] = {}
    for name, value in address.pairs:
        if name in NAMES:
            filters.setdefault(name, []).append(value)
    if mode == "precedents":
        return stores.search.precedents(query, k=_HITS, filters=filters)
    return stores.search.search(query, k=_HITS, filters=filters, cursor=values.get("cursor"), explain=bool(values.get("explain")))


@router.get("/reports/{report:path}/source")
def source(stores: StoresNow, report: str, at: At = None) -> Response:
    found = stores.catalogue.find_report(report)
    reading = reading_of(stores.catalogue, found)
    here = place_of(at, len(reading.text))
    if found.id != report:
        return RedirectResponse(source_url(found.id, *(here or ())), 307)
    values = {"report": found, "title": f"原始文本：{found.metadata.title or found.source}"}
    return page("source.html", values | {"text": source_view(reading, here), "here": here})


@router.get("/reports/{report:path}")
def report(stores: StoresNow, report: str, at: At = None) -> Response:
    found = stores.catalogue.find_report(report)
    reading = reading_of(stores.catalogue, found)
    here = place_of(at, len(reading.text))
    if found.id != report:
        return RedirectResponse(report_url(found.id, *(here or ())), 307)
    values = {"report": found, "reading": reading, "view": report_view(found, reading, here), "here": here}
    linked = {"entities": entity_links(stores.catalogue, found.id, reading), "unsure": UNSURE, "alike": alike(stores.catalogue, found)}
    values["by_model"] = model_facts(stores.catalogue, reading)
    return page("report.html", values | linked | {"title": found.metadata.title or found.source})
