"""Reports with text in common, and two texts side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from corpus.catalogue import Pair
from corpus.errors import UsageError
from graph.duplicates.comparing import compare
from search_api import duplicates_bodies as bodies
from search_api.api.dependencies import Cursor, Limit, ReportKey, StoresNow, from_cursor, respond, to_cursor
from search_api.api.shapes import ComparedTexts, Duplicates, RelatedList
from search_api.duplicates import groups, passages, related, said_about
from search_api.links import reading_of

router = APIRouter(prefix="/v1", tags=["duplicates"])
Key = Annotated[str, Query(min_length=1, max_length=1000, description="a report's id, a beginning of it, or its source key")]


@router.get("/duplicates", response_model=Duplicates, summary="Groups of reports with the same text, or pairs with passages in common")
def listed(
    stores: StoresNow,
    of: Annotated[Literal["groups", "passages"], Query(description="passages: pairs that are in no group")] = "groups",
    collection: Annotated[str | None, Query(description="groups with a report of this collection")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    if of == "groups":
        after = from_cursor(cursor, 1)
        found = groups(stores.catalogue, collection, after[0] if after else "", limit)
        return respond(bodies.groups_body(found, to_cursor(found[-1].id) if len(found) == limit else None))
    pairs = passages(stores.catalogue, _place(cursor), limit)
    return respond(bodies.passages_body(pairs, _cursor(pairs[-1][0]) if len(pairs) == limit else None))


def _cursor(pair: Pair) -> str:
    return to_cursor(str(pair.letters), pair.one, pair.other)


def _place(cursor: str | None) -> Pair | None:
    parts = from_cursor(cursor, 3)
    if parts is None:
        return None
    if not parts[0].isascii() or not parts[0].isdigit():
        raise UsageError("翻页标记不对", where="cursor", remedy="请用上一页返回的 next，或去掉 cursor 从头查")
    return Pair(parts[1], parts[2], "", 0, int(parts[0]), 0.0, 0.0, 0.0, 0.0)


@router.get("/duplicates/compare", response_model=ComparedTexts, summary="Two texts side by side: the sentences they have in common")
def compared(stores: StoresNow, one: Key, other: Key) -> Response:
    catalogue = stores.catalogue
    first, second = catalogue.find_report(one), catalogue.find_report(other)
    readings = reading_of(catalogue, first), reading_of(catalogue, second)
    found = compare(catalogue, first, second)
    return respond(bodies.compared_body((first, second), readings, found, said_about(catalogue, first, second)))


@router.get("/reports/{report:path}/duplicates", response_model=RelatedList, summary="Reports that have text in common with this one")
def beside(stores: StoresNow, report: ReportKey) -> Response:
    found = stores.catalogue.find_report(report)
    group = stores.catalogue.duplicate_groups([found.id]).get(found.id)
    return respond(bodies.related_body(found, related(stores.catalogue, found), group))
