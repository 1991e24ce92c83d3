"""Reports with text in common, two texts side by side, and what people say about them."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from corpus.catalogue import Pair
from corpus.errors import UsageError
from graph.duplicates.comparing import compare
from search_api import duplicates_bodies as bodies
from search_api.api.dependencies import Cursor, Limit, ReportKey, StoresNow, from_cursor, respond, to_cursor
from search_api.api.shapes import ComparedTexts, Duplicates, Judgements, NewJudgement, Problem, RelatedList
from search_api.api.shapes import Judgement as JudgementShape
from search_api.duplicates import groups, judge, passages, related, said_about
from search_api.links import reading_of
from search_api.sync import follow

router = APIRouter(prefix="/v1", tags=["duplicates"])
_SECONDS = 5.0
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


@router.get("/judgements", response_model=Judgements, tags=["judgements"], summary="What people said, in the order they said it")
def judgements(
    stores: StoresNow,
    kind: Annotated[str | None, Query(max_length=40, description="withdrawn, field, same, different, ...")] = None,
    orphaned: Annotated[bool, Query(description="only those whose target is gone")] = False,
) -> Response:
    return respond(bodies.judgements_body(stores.catalogue.judgements(kind, orphaned=orphaned)))


@router.post(
    "/judgements",
    status_code=201,
    response_model=JudgementShape,
    responses={400: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}},
    tags=["judgements"],
    summary="Say that two reports are one text, or are not",
)
def say(stores: StoresNow, said: NewJudgement) -> Response:
    """Of several judgements about the same two the latest counts. It wins over what is computed, and lasts when a report is read again."""
    catalogue = stores.catalogue
    one, other = catalogue.find_report(said.target), catalogue.find_report(said.value)
    kept = judge(catalogue, one, other, said.kind, who=said.who, why=said.why)
    until = time.monotonic() + _SECONDS
    follow(stores, stop=lambda: time.monotonic() > until)  # so that the groups are new when the answer comes
    return respond(bodies.judgement_body(kept), 201)
