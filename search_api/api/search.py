"""Searching by a query, and finding precedents of a situation."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from search_api.api.dependencies import LONGEST_QUERY, MOST, StoresNow, readable, respond
from search_api.api.shapes import Answer, Problem
from search_api.bodies import answer_body
from search_api.ranking.facets import NAMES

router = APIRouter(prefix="/v1", tags=["search"])
Values = Annotated[list[str], Field(default_factory=list)]


class SearchParameters(BaseModel):
    """What may stand in the address. Each facet may be given several times: its values are alternatives, facets are conditions."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(description=f"the query, at most {LONGEST_QUERY} characters")]
    k: Annotated[int, Field(ge=1, le=MOST, description="hits a page; never changes the order")] = 10
    channel: Literal["hybrid", "lexical", "semantic", "graph"] = "hybrid"
    collection: str | None = None
    cursor: Annotated[str | None, Field(description="`next` of the page before")] = None
    explain: Annotated[bool, Field(description="with the arithmetic of each score")] = False
    issue: Values
    method: Values
    actor_kind: Values
    place: Values
    community: Values
    year: Values
    kind: Values
    stage: Values
    award: Values
    outcome: Values
    measured: Values
    sample: Values

    def filters(self) -> dict[str, list[str]]:
        return {name: values for name in NAMES if name != "collection" and (values := getattr(self, name))}


class Situation(BaseModel):
    """A situation as one would tell it; the longer, the more can be compared."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, description=f"at most {LONGEST_QUERY} characters")]
    k: Annotated[int, Field(ge=1, le=MOST)] = 10
    collection: str | None = None


@router.get(
    "/search", response_model=Answer, responses={400: {"model": Problem}, 410: {"model": Problem}}, summary="Cases for a query, best first"
)
def search(stores: StoresNow, parameters: Annotated[SearchParameters, Query()]) -> Response:
    answer = stores.search.search(
        readable(parameters.q),
        k=parameters.k,
        channel=parameters.channel,
        collection=parameters.collection,
        filters=parameters.filters(),
        cursor=parameters.cursor,
        explain=parameters.explain,
    )
    return respond(answer_body(answer))


@router.post("/precedents", response_model=Answer, responses={400: {"model": Problem}}, summary="Cases like a situation, aspect by aspect")
def precedents(stores: StoresNow, situation: Situation) -> Response:
    answer = stores.search.precedents(readable(situation.text), k=situation.k, collection=situation.collection)
    return respond(answer_body(answer))
