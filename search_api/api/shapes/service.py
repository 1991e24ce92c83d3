"""Uploads, jobs, the state of the service, and what went wrong."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from search_api.api.shapes.base import Shape


class SetAside(Shape):
    collection: str
    source: str
    code: str
    message: str
    when: str | None = None


class Ingested(Shape):
    """Source keys by what became of them."""

    new: list[str]
    changed: list[str]
    unchanged: list[str]
    withdrawn: list[str]
    set_aside: list[SetAside]
    missing: list[str]


class Step(Shape):
    step: str
    done: int
    total: int | None


class Job(Shape):
    """Catching up after a commit. `feed`: the change that graph, index and vectors must have reached."""

    id: str
    state: Literal["queued", "running", "done", "stopped", "failed"]
    feed: int
    created: str
    finished: str | None
    progress: Step | None
    error: str | None
    result: Ingested
    reports: list[str] = Field(description="ids of the reports that were read")


class Health(Shape):
    status: Literal["ok"]
    version: str


class Model(Shape):
    name: str
    fingerprint: str | None
    live: bool = Field(description="whether its vectors are searched")
    notice: str


class Vectors(Shape):
    present: int
    wanted: int


class Ready(Shape):
    status: Literal["ready", "starting"]
    feed: int
    behind: dict[Literal["entities", "graph", "index"], int]
    model: Model
    vectors: Vectors
    missing: list[str]


class Problem(Shape):
    """RFC 9457 problem details, with our stable `code`, the place and the remedy."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    where: str | None = None
    remedy: str | None = None
    errors: list[dict[str, Any]] | None = None
