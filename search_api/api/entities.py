"""Entities, and what stands next to them in the graph."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from corpus.errors import UsageError
from corpus.model import EntityType
from corpus.vocabulary import ontology
from graph.store.base import NodeType
from search_api import bodies
from search_api.api.dependencies import MOST, Cursor, Limit, StoresNow, from_cursor, respond, to_cursor
from search_api.api.shapes import Candidates, Entity, EntityList, Neighbourhood
from search_api.likeness import candidates, pairs
from search_api.members import membership
from search_api.neighbourhood import neighbourhood as around
from search_api.resolution_bodies import entity_detail_body, pairs_body
from search_api.stores import Stores

router = APIRouter(prefix="/v1/entities", tags=["entities"])
beside = APIRouter(prefix="/v1", tags=["entities"])
EntityKey = Annotated[
    str, Path(description="an entity's id, or one that leads to it; for the neighbourhood also its name, or the id of a report or case")
]
DEPTH, ROWS = 2, 300


@router.get("", response_model=EntityList, summary="Entities by id")
def listed(
    stores: StoresNow,
    q: Annotated[str, Query(max_length=200, description="part of a name or alias, in either script")] = "",
    type: EntityType | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    after = from_cursor(cursor, 1)
    found = stores.catalogue.entities(type, query=q, after=after[0] if after else "", limit=limit + 1)
    page = found[:limit]
    more = to_cursor(page[-1].id) if len(found) > limit else None
    return respond(bodies.entity_list_body(page, more, invented(stores)))


@router.get("/{entity}", response_model=Entity, summary="One entity; an id that was joined into another leads there")
def one(
    stores: StoresNow,
    entity: EntityKey,
    mentions: Annotated[bool, Query(description="with its mentions, what looks like it, and what people said")] = False,
) -> Response:
    found = stores.catalogue.entity(entity)
    if not mentions:
        return respond(bodies.entity_body(found, invented(stores)))
    held, alike = membership(stores.catalogue, found), candidates(stores.catalogue, found)
    return respond(entity_detail_body(found, held, alike, invented(stores)))


@beside.get("/candidates", response_model=Candidates, summary="Pairs of entities that look alike and were not joined, for people to judge")
def alike(stores: StoresNow, type: EntityType | None = None, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """A page may hold fewer than `limit`, or none, and yet have a `next`."""
    after = from_cursor(cursor, 1)
    found, last = pairs(stores.catalogue, type, after[0] if after else "", limit)
    return respond(pairs_body(found, to_cursor(last) if last else None, invented(stores)))


@router.get(
    "/{entity}/neighbourhood",
    response_model=Neighbourhood,
    response_model_by_alias=True,
    summary="What stands next to it, with the sentences",
)
def neighbourhood(
    stores: StoresNow,
    entity: EntityKey,
    depth: Annotated[int, Query(ge=1, le=DEPTH)] = 1,
    relation: Annotated[list[str] | None, Query(description="types of edges; all without")] = None,
    type: Annotated[list[NodeType] | None, Query(description="types of nodes to reach, over whatever leads there; all without")] = None,
    limit: Annotated[int, Query(ge=1, le=ROWS, description="nodes reached at most")] = 150,
    evidence: Annotated[int, Query(ge=0, le=MOST, description="sentences a row at most")] = 3,
) -> Response:
    check_relations(relation or [])
    found = around(stores, entity, relations=relation or None, types=type or None, depth=depth, limit=limit, evidence=evidence)
    return respond(bodies.neighbourhood_body(*found))


def check_relations(relations: list[str]) -> None:
    """Raise UsageError for a type of edge that the ontology does not have."""
    unknown = [relation for relation in relations if relation not in ontology().edges]
    if unknown:
        raise UsageError(f"没有这种关系：{'、'.join(unknown)}", where="relation", remedy=f"可用的有：{'、'.join(ontology().edges)}")


def invented(stores: Stores) -> bool:
    """Whether the store holds the invented samples: it holds them or one's own reports, never both."""
    return stores.catalogue.counts()["samples"] > 0
