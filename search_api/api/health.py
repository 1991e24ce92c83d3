"""`/healthz`: the process answers. `/readyz`: words can be searched; with what is still missing."""

from __future__ import annotations

from importlib import metadata

from fastapi import APIRouter
from starlette.responses import Response

from search_api.api.dependencies import StoresNow, respond
from search_api.api.shapes import Health, Ready
from search_api.bodies import readiness_body

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=Health, summary="The process answers")
def healthz() -> Response:
    return respond({"status": "ok", "version": version()})


@router.get("/readyz", response_model=Ready, responses={503: {"model": Ready}}, summary="Words can be searched; what is missing")
def readyz(stores: StoresNow) -> Response:
    body = readiness_body(stores)
    return respond(body, 200 if body["status"] == "ready" else 503)


def version() -> str:
    """The version of the installed package; `0` where the program runs from a folder without being installed."""
    try:
        return metadata.version("jindianzi")
    except metadata.PackageNotFoundError:
        return "0"
