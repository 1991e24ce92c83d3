"""Reports: bringing them in, listing, showing, taking out; and the jobs that an upload starts."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from corpus.errors import UsageError
from corpus.identity import report_id
from ingest.readers.formats import READABLE
from search_api import bodies
from search_api.api.dependencies import Cursor, Limit, ReportKey, StoresNow, Worker, from_cursor, respond, service, to_cursor
from search_api.api.jobs import Job
from search_api.api.shapes import Job as JobShape
from search_api.api.shapes import Problem, ReportDetail, ReportList, SourceText, Withdrawn
from search_api.api.uploads import Upload, refuse_unread, upload_of
from search_api.ingesting import DEFAULT_COLLECTION, ingest_found
from search_api.links import entity_links, reading_of
from search_api.llm import model_facts
from search_api.sites import settle
from search_api.sync import follow

router = APIRouter(prefix="/v1", tags=["reports"])

_GONE_SECONDS = 5.0
_FORMS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": READABLE,
                        },
                        "collection": {"type": "string"},
                    },
                    "required": ["file"],
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "a report as a row of a .jsonl file; the id is its source key",
                    "properties": {name: {"type": "string"} for name in ("id", "text", "title", "published", "place", "url", "collection")},
                    "required": ["id", "text"],
                }
            },
        },
    }
}


@router.post(
    "/reports",
    status_code=202,
    response_model=JobShape,
    responses={409: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}},
    openapi_extra=_FORMS,
    summary="Read reports in: a file (several, or a .jsonl with many), or one report as json",
)
async def bring(
    request: Request,
    collection: Annotated[str, Query(min_length=1, max_length=200)] = DEFAULT_COLLECTION,
    restore: Annotated[bool, Query(description="take withdrawn reports in again")] = False,
) -> Response:
    """What can be read is committed before the answer; the job then tells when it can be found. What cannot is set aside with its reason;
    where that is all there was, the answer is its problem."""
    upload = await upload_of(request, collection)
    job = await run_in_threadpool(_bring, request, upload, restore)
    headers = {"Location": f"/v1/jobs/{job.id}"}
    answer = respond(service(request).worker.body(job.id), 202)
    answer.headers.update(headers)
    return answer


def _bring(request: Request, upload: Upload, restore: bool) -> Job:
    stores, worker = service(request).stores, service(request).worker
    workers = stores.workers
    found = upload.found(limits=workers.limits, expand=workers.expand)
    result = ingest_found(stores.catalogue, found, upload.collection, restore=restore, workers=workers)
    refuse_unread(result)
    read = (*result.new, *result.changed, *result.unchanged)
    return worker.submit(result, [report_id(upload.collection, source) for source in read])


@router.get("/jobs/{job}", response_model=JobShape, tags=["jobs"], summary="How far graph, index and vectors are with an upload")
def job(worker: Worker, job: str) -> Response:
    return respond(worker.body(job))


@router.delete("/jobs/{job}", response_model=JobShape, tags=["jobs"], summary="Stop waiting; the reports stay, the work is taken up later")
def stop(worker: Worker, job: str) -> Response:
    return respond(worker.stop(job))


@router.get("/reports", response_model=ReportList, summary="Reports by collection and source")
def listed(stores: StoresNow, collection: Annotated[str | None, Query()] = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    after = from_cursor(cursor, 2)
    found = stores.catalogue.reports(collection, after=(after[0], after[1]) if after else None, limit=limit + 1)
    page = found[:limit]
    more = to_cursor(page[-1].collection, page[-1].source) if len(found) > limit else None
    return respond(bodies.report_list_body(page, more))


@router.get("/reports/{report:path}/source", response_model=SourceText, summary="The source text, masked")
def source(stores: StoresNow, report: ReportKey) -> Response:
    found = stores.catalogue.find_report(report)
    return respond(bodies.source_body(found, reading_of(stores.catalogue, found)))


@router.get("/reports/{report:path}", response_model=ReportDetail, summary="A report with its text, cases, cards and facts")
def one(
    stores: StoresNow,
    report: ReportKey,
    by_model: Annotated[bool, Query(description="also `facts_by_model`: what a language model found, unverified")] = False,
) -> Response:
    found = stores.catalogue.find_report(report)
    reading = reading_of(stores.catalogue, found)
    body = bodies.report_body(found, reading, entity_links(stores.catalogue, found.id, reading))
    if by_model:
        body["facts_by_model"] = bodies.facts_body(found, reading, model_facts(stores.catalogue, reading), {})
    return respond(body)


@router.delete("/reports/{report:path}", response_model=Withdrawn, summary="Withdraw a report, with all that came from it")
def withdraw(
    stores: StoresNow,
    worker: Worker,
    report: ReportKey,
    why: Annotated[str, Query(min_length=1, max_length=1000, description="why")],
    who: Annotated[str, Query(alias="as", min_length=1, max_length=200, description="who")],
) -> Response:
    if not why.strip() or not who.strip():
        raise UsageError("删除要写明谁、为什么", where="why, as", remedy="例如 ?why=重复&as=张三")
    found = stores.catalogue.find_report(report)
    stores.catalogue.withdraw(found.id, why=why.strip(), who=who.strip())
    until = time.monotonic() + _GONE_SECONDS
    follow(stores, stop=lambda: time.monotonic() > until)  # so that it cannot be found any more when the answer comes
    worker.clean()
    if settle(stores.catalogue, stores.workers):
        follow(stores, stop=lambda: time.monotonic() > until)
    return respond(bodies.withdrawn_body(found.id))
