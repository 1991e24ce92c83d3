"""The page of an entity: what stands next to it, its mentions, what looks like it; and the form in which people judge that.

A form of another site does not get through (`search_api.api.guard`). The answer to a form leads back to the page, so that loading it again
says nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.model import Judgement
from search_api import resolution
from search_api.api.dependencies import StoresNow
from search_api.api.judgements import keep, take_back
from search_api.likeness import candidates
from search_api.members import membership
from search_api.neighbourhood import neighbourhood
from search_api.resolution import Thing, thing_by_id
from search_api.web.entity_view import judging, rows
from search_api.web.render import entity_url, page

router = APIRouter(include_in_schema=False)
_NEIGHBOURS = 150
_SENTENCES = 5
_ANCHOR = "#judging"
Text = Annotated[str, Form(max_length=1000)]


@router.get("/entities/{entity}")
def entity(stores: StoresNow, entity: str) -> Response:
    found = stores.catalogue.entity(entity)
    if found.id != entity:
        return RedirectResponse(entity_url(found.id), 307)
    _, neighbours, reports = neighbourhood(stores, found.id, limit=_NEIGHBOURS, evidence=_SENTENCES)
    reports |= {report.id: report for report in stores.catalogue.reports(ids=found.reports)}
    beside, told = rows(neighbours, reports)
    mentioned = [reports[report] for report in found.reports if report in reports]
    values = {"entity": found, "beside": beside, "told": told, "reports": mentioned, "full": len(neighbours) >= _NEIGHBOURS}
    held = membership(stores.catalogue, found)
    standing = {one.id for one in resolution.in_force(stores.catalogue, held.said)}
    judged = {"held": judging(held, candidates(stores.catalogue, found), standing)}
    return page("entity.html", values | judged | {"invented": any(report.sample for report in reports.values()), "title": found.name})


@router.post("/entities/{entity}/judgements")
def judge(
    stores: StoresNow,
    entity: str,
    action: Text,
    who: Annotated[str, Form(alias="as", max_length=200)] = "",
    why: Text = "",
    name: Text = "",
    mention: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """`action`: same:ID, different:ID, split, name, or undo:ID of a judgement."""
    kind, _, key = action.partition(":")
    if kind == "undo":
        take_back(stores, key)
    else:
        one = thing_by_id(stores.catalogue, entity)
        other = thing_by_id(stores.catalogue, key) if key else None
        keep(stores, _new(stores.catalogue, kind, one, other, name, mention or (), who, why))
    return RedirectResponse(entity_url(entity) + _ANCHOR, 303)


def _new(
    catalogue: Catalogue, kind: str, one: Thing | None, other: Thing | None, name: str, mentions: Sequence[str], who: str, why: str
) -> list[Judgement]:
    if one is not None and other is not None and kind == "same":
        return resolution.confirmed(catalogue, one, other, who=who, why=why)
    if one is not None and other is not None and kind == "different":
        return resolution.rejected(catalogue, one, other, who=who, why=why)
    if one is not None and kind == "split":
        return resolution.split(catalogue, one.entity, mentions, who=who, why=why)
    if one is not None and kind == "name":
        return resolution.renamed(one, name, who=who, why=why)
    raise UsageError("条目已经变了，或没有这种判断", where=kind[:20], remedy="请回到条目的页面再试", en="no such entity or judgement")
