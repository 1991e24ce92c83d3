"""Questions to the collection as a whole: uses of a method, partners, issues told of together, contrasts, timelines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from search_api.api.dependencies import MOST, StoresNow, respond
from search_api.api.shapes.graph import Contrasts, IssuePairs, MethodUses, PartnerPairs, Timeline
from search_api.questions import bodies
from search_api.questions.contrasts import contrasts
from search_api.questions.issue_pairs import issue_pairs
from search_api.questions.partners import partners
from search_api.questions.timeline import timeline
from search_api.questions.uses import uses

router = APIRouter(prefix="/v1", tags=["graph"])
CASES, SENTENCES, ENTRIES = 20, 10, 1000

Rows = Annotated[int, Query(ge=1, le=MOST, description="rows at most")]
Evidence = Annotated[int, Query(ge=0, le=SENTENCES, description="sentences at most for each thing said")]
Place = Annotated[str | None, Query(min_length=1, max_length=200, description="a name (上城区, 杭州市上城区), a chain, or a place's id")]
Issue = Annotated[str | None, Query(min_length=1, max_length=500, description="id or label of a concept, id or name of an entity")]
Key = Annotated[str | None, Query(min_length=1, max_length=500, description="an id, or an entity's name")]


@router.get("/methods/{method:path}/uses", response_model=MethodUses, summary="What a method was used for, and with what results")
def method_uses(
    stores: StoresNow,
    method: Annotated[str, Path(description="id or label of a concept; id or name of a method, platform or programme")],
    limit: Rows = 20,
    evidence: Evidence = 1,
) -> Response:
    return respond(bodies.uses_body(uses(stores, method, limit=limit, evidence=evidence)))


@router.get("/partners", response_model=PartnerPairs, response_model_by_alias=True, summary="Who works with whom in a place")
def working_together(stores: StoresNow, place: Place = None, actor: Key = None, limit: Rows = 50, evidence: Evidence = 1) -> Response:
    return respond(bodies.partners_body(partners(stores, place=place, actor=actor, limit=limit, evidence=evidence)))


@router.get("/issues/co-occurrence", response_model=IssuePairs, summary="Which issues are told of in the same cases")
def issues_together(
    stores: StoresNow,
    issue: Issue = None,
    place: Place = None,
    broad: Annotated[bool, Query(description="count by the upper level of the vocabulary")] = False,
    least: Annotated[int, Query(ge=1, le=1000, description="only pairs that are together in so many cases")] = 2,
    limit: Rows = 50,
    evidence: Evidence = 1,
) -> Response:
    found = issue_pairs(stores, issue=issue, place=place, broad=broad, least=least, limit=limit, evidence=evidence)
    return respond(bodies.issue_pairs_body(found))


@router.get("/contrasts", response_model=Contrasts, summary="Cases that share issue and method but differ in outcome")
def contrasting(
    stores: StoresNow,
    issue: Issue = None,
    method: Issue = None,
    limit: Rows = 20,
    cases: Annotated[int, Query(ge=1, le=CASES, description="cases of each outcome at most")] = 3,
    evidence: Evidence = 1,
) -> Response:
    return respond(bodies.contrasts_body(contrasts(stores, issue=issue, method=method, limit=limit, cases=cases, evidence=evidence)))


@router.get("/timeline", response_model=Timeline, summary="What is dated of a report or case, an entity, or a place: one of the three")
def dated(
    stores: StoresNow,
    report: Annotated[str | None, Query(min_length=1, max_length=500, description="id or source of a report, or id of a case")] = None,
    entity: Key = None,
    place: Place = None,
    limit: Annotated[int, Query(ge=1, le=ENTRIES, description="entries at most")] = 200,
) -> Response:
    return respond(bodies.timeline_body(timeline(stores, report=report, entity=entity, place=place, limit=limit)))
