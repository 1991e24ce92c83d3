"""The application: the API, the pages, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from search_api.api import duplicates, entities, graph, health, inspect, judgements, paths, problems, reports, search
from search_api.api.dependencies import Service
from search_api.api.guard import Guard
from search_api.api.jobs import CatchUp
from search_api.settings import Settings
from search_api.stores import opened
from search_api.web import entity_page, pages
from search_api.web.render import STATIC

_LONGEST_HEAD = 512 * 1024  # bytes of a request line and headers: a query of 20,000 characters is 180,000 percent-encoded


def create_app(settings: Settings) -> FastAPI:
    """Make the application. Stores are opened when it starts and closed when it stops; starting raises StoreError where they cannot be."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened(settings) as stores:
            worker = CatchUp(stores)
            app.state.service = Service(stores, worker)
            worker.start()
            try:
                yield
            finally:
                await run_in_threadpool(worker.close)

    app = FastAPI(
        title="金点子 Jindianzi",
        description="Governance cases as a searchable graph, every fact with the sentence it was read from. Positions are code points.",
        version=health.version(),
        lifespan=lifespan,
        docs_url=None,  # its scripts come from another site
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(Guard, hosts=(settings.host,))
    for part in (health, search, duplicates, judgements, reports, inspect, entities, graph, paths):
        app.include_router(part.router)
    app.include_router(entities.beside)
    app.include_router(pages.router)
    app.include_router(entity_page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def server(settings: Settings) -> uvicorn.Server:
    """The server for `create_app`, not yet started."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            http="h11",
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            access_log=False,
            server_header=False,
            log_level="warning",
        )
    )
