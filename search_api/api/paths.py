"""The ways between two nodes of the graph."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from search_api import bodies
from search_api.api.dependencies import MOST, StoresNow, respond
from search_api.api.shapes import Ways
from search_api.neighbourhood import paths

router = APIRouter(prefix="/v1/paths", tags=["entities"])
LENGTH, WAYS = 6, 20


@router.get("", response_model=Ways, response_model_by_alias=True, summary="The shortest ways between two nodes, with the sentences")
def between(
    stores: StoresNow,
    start: Annotated[str, Query(alias="from", max_length=500, description="an id, or an entity's name")],
    end: Annotated[str, Query(alias="to", max_length=500, description="an id, or an entity's name")],
    max_length: Annotated[int, Query(ge=1, le=LENGTH, description="steps at most")] = 4,
    limit: Annotated[int, Query(ge=1, le=WAYS, description="ways at most")] = 5,
    evidence: Annotated[int, Query(ge=0, le=MOST, description="sentences a step at most")] = 1,
) -> Response:
    return respond(bodies.paths_body(*paths(stores, start, end, max_length=max_length, limit=limit, evidence=evidence)))
