"""What the endpoints are given: the open stores, the background worker, and parameters that several of them share."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from corpus.errors import UsageError
from search_api.api.jobs import CatchUp
from search_api.bodies import Row, to_json
from search_api.stores import Stores

LONGEST_QUERY = 20_000  # characters
MOST = 100  # hits or rows a page


@dataclass(frozen=True, slots=True)
class Service:
    """What is opened once when the application starts."""

    stores: Stores
    worker: CatchUp


def service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


def _stores(request: Request) -> Stores:
    return service(request).stores


def _worker(request: Request) -> CatchUp:
    return service(request).worker


StoresNow = Annotated[Stores, Depends(_stores)]
Worker = Annotated[CatchUp, Depends(_worker)]
ReportKey = Annotated[str, Path(description="a report's id, an unambiguous beginning of it (4 digits or more), or its source key")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="rows a page")]
Cursor = Annotated[str | None, Query(description="`next` of the page before")]


def respond(body: Row, status: int = 200) -> Response:
    """A body as the command line prints it, too."""
    return Response(to_json(body), status, media_type="application/json")


def to_cursor(*parts: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode("utf-8")).decode("ascii").rstrip("=")


def from_cursor(cursor: str | None, length: int) -> tuple[str, ...] | None:
    """What `to_cursor` was given. Raises UsageError for anything else."""
    if cursor is None:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        parts = None
    if not isinstance(parts, list) or len(parts) != length or not all(isinstance(part, str) and _is_text(part) for part in parts):
        raise UsageError("翻页标记不对", where="cursor", remedy="请用上一页返回的 next，或去掉 cursor 从头查")
    return tuple(parts)


def _is_text(value: str) -> bool:
    """Whether it can be written as UTF-8: JSON may hold halves of surrogate pairs."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def readable(value: str) -> str:
    """The text with what is no character (half of a surrogate pair, NUL) replaced by U+FFFD, one for one."""
    return "".join("\ufffd" if character == "\0" or "\ud800" <= character <= "\udfff" else character for character in value)
