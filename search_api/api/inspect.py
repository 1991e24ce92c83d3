"""How a file would be read: before and after, the reasons, the split into cases. Nothing is stored."""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from corpus.errors import NotFound
from corpus.model import SetAside
from search_api.api.dependencies import respond, service
from search_api.api.shapes import Problem
from search_api.api.shapes.inspect import Inspection, Listing
from search_api.api.uploads import Upload, refuse_unread, upload_of
from search_api.bodies import Row
from search_api.ingesting import Ingested
from search_api.inspect_files import entry, inspect_found
from search_api.inspected import inspection_body, listing_body
from search_api.inspecting import inspection

router = APIRouter(prefix="/v1", tags=["reports"])
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
            }
        },
    }
}


@router.post(
    "/inspect",
    response_model=Inspection | Listing,
    responses={404: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}},
    openapi_extra=_FORM,
    summary="See how a file would be read, without storing anything of it",
)
async def inspect(
    request: Request,
    member: Annotated[
        str | None, Query(max_length=500, description="only this one of an archive or mail: its path, or the end of it")
    ] = None,
    row: Annotated[int | None, Query(ge=1, description="only this row of a table or .jsonl file")] = None,
) -> Response:
    """One report in full, or a row for each of several. A file that cannot be read at all is answered with its problem."""
    upload = await upload_of(request, "")
    return respond(await run_in_threadpool(_inspected, request, upload, member, row))


def _inspected(request: Request, upload: Upload, member: str | None, row: int | None) -> Row:
    workers = service(request).stores.workers
    found = inspect_found(upload.found(limits=workers.limits, expand=workers.expand), workers, member=member, row=row)
    first, second = next(found, None), next(found, None)
    if first is None:
        raise NotFound("里面没有要看的这一个", where=member or f"第 {row} 行", remedy="不写 member、row 可列出全部")
    if second is None and isinstance(first, SetAside):
        refuse_unread(Ingested(set_aside=[first]))
    if second is None and not isinstance(first, SetAside):
        return inspection_body(inspection(*first))
    return listing_body(entry(item) for item in chain((first, second), found) if item is not None)
