"""What people say, and taking it back: two reports are one text, two entities one thing, some mentions another; what a thing is called."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from corpus.errors import NotFound
from corpus.model import Judgement
from search_api import duplicates_bodies as bodies
from search_api import resolution
from search_api.api.dependencies import StoresNow, respond
from search_api.api.shapes import Judged, Judgements, NewJudgement, Problem
from search_api.api.shapes import Judgement as JudgementShape
from search_api.bodies import Row
from search_api.duplicates import Verdict, judge
from search_api.partition import PAIRS
from search_api.resolution_bodies import judged_body
from search_api.stores import Stores
from search_api.sync import follow

router = APIRouter(prefix="/v1", tags=["judgements"])
_SECONDS = 5.0


@router.get("/judgements", response_model=Judgements, summary="What people said, in the order they said it")
def judgements(
    stores: StoresNow,
    kind: Annotated[str | None, Query(max_length=40, description="withdrawn, field, same, different, name, ...")] = None,
    orphaned: Annotated[bool, Query(description="only those whose target is gone")] = False,
) -> Response:
    return respond(bodies.judgements_body(stores.catalogue.judgements(kind, orphaned=orphaned)))


@router.post(
    "/judgements",
    status_code=201,
    response_model=Judged,
    responses={400: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}},
    summary="Say that two reports or two entities are one, or are not; split mentions off; give a name",
)
def say(stores: StoresNow, said: NewJudgement) -> Response:
    """Of several judgements about the same two the latest counts. It wins over what is computed, and lasts when a report is read again."""
    value = said.value or ""
    one, other = _thing(stores, said.target), _thing(stores, value)
    if said.kind in PAIRS and one is None and other is None:
        return respond(_about_reports(stores, said, "same" if said.kind == "same" else "different"), 201)
    if one is None or (said.kind in PAIRS and other is None):
        missing = said.target if one is None else value
        remedy = "请用完整的编号；两边要么都是条目，要么都是报告"
        raise NotFound("没有这个条目或提及", where=missing, remedy=remedy, en="no such entity or mention")
    who, why, catalogue = said.who, said.why, stores.catalogue
    if said.kind == "same" and other is not None:
        new = resolution.confirmed(catalogue, one, other, who=who, why=why)
    elif said.kind == "different" and other is not None:
        new = resolution.rejected(catalogue, one, other, who=who, why=why)
    elif said.kind == "split":
        new = resolution.split(catalogue, one.entity, said.mentions or (), who=who, why=why)
    else:
        new = resolution.renamed(one, value, who=who, why=why)
    return respond(keep(stores, new), 201)


def keep(stores: Stores, new: list[Judgement]) -> Row:
    """Keep judgements about mentions, and what they change, before the answer comes."""
    return judged_body(resolution.keep(stores.catalogue, new, _following(stores)), stores.catalogue.counts()["samples"] > 0)


@router.delete(
    "/judgements/{judgement}",
    response_model=JudgementShape,
    responses={400: {"model": Problem}, 404: {"model": Problem}},
    summary="Take back a judgement of kind same, different or name",
)
def undo(stores: StoresNow, judgement: Annotated[str, Path(description="its id")]) -> Response:
    return respond(bodies.judgement_body(take_back(stores, judgement)))


def take_back(stores: Stores, judgement: str) -> Judgement:
    found = resolution.undone(stores.catalogue, judgement)
    stores.catalogue.retract(found.id)
    _following(stores)()
    return found


def _thing(stores: Stores, id: str) -> resolution.Thing | None:
    return resolution.thing_by_id(stores.catalogue, id)


def _about_reports(stores: Stores, said: NewJudgement, verdict: Verdict) -> Row:
    catalogue = stores.catalogue
    one, other = catalogue.find_report(said.target), catalogue.find_report(said.value or "")
    kept = judge(catalogue, one, other, verdict, who=said.who, why=said.why)
    _following(stores)()  # so that the groups are new when the answer comes
    return bodies.judgement_body(kept)


def _following(stores: Stores) -> Callable[[], None]:
    """Follow the feed for some seconds at most: what is left then is done by the worker."""
    until = time.monotonic() + _SECONDS
    return lambda: follow(stores, stop=lambda: time.monotonic() > until)
