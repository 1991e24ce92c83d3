"""Errors become answers: one table from our error tree to HTTP, problem+json for programs and a page in Chinese for people.

What is not expected is logged with its traceback and answered without one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import (
    CursorExpired,
    JindianziError,
    MixedStore,
    ModelError,
    NotFound,
    SettingError,
    SourceTooLarge,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    UnreadableSource,
    UsageError,
)
from search_api.bodies import Row, problem_body, to_json
from search_api.web.render import page

PROBLEM = "application/problem+json"
RETRY_SECONDS = 5
_log = logging.getLogger(__name__)

ANSWERS: Sequence[tuple[type[JindianziError], int, str]] = (
    (NotFound, 404, "没有找到"),
    (CursorExpired, 410, "翻页标记已过期"),
    (MixedStore, 409, "与库里的材料不能混放"),
    (SettingError, 500, "设置不对"),
    (UsageError, 400, "请求不对"),
    (SourceTooLarge, 413, "内容过大"),
    (UnreadableSource, 422, "未能读取"),
    (StoreLocked, 503, "案例库正忙"),
    (StoreReadOnly, 403, "案例库只读"),
    (StoreFull, 507, "磁盘已满"),
    (StoreError, 500, "案例库出错"),
    (ModelError, 503, "向量模型不可用"),
    (JindianziError, 500, "出错"),
)
"""The first class that fits decides; what is more special stands before what is more general."""

_OTHERS = {400: "请求不对", 404: "没有这个地址", 405: "不支持这种方法", 413: "内容过大", 415: "不支持这种内容", 500: "服务出错"}
_SHAPES = "写法见 /openapi.json"
_REMEDIES = {
    404: "请从首页重新查找",
    405: "可用的方法见 /openapi.json",
    413: "请分批上传，或用 jindianzi ingest 读入",
    415: "请以 multipart/form-data 上传文件，或以 application/json 提交一份报告",
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(JindianziError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def answer_of(error: JindianziError) -> tuple[int, str]:
    """HTTP status and title of an error."""
    return next((status, title) for kind, status, title in ANSWERS if isinstance(error, kind))


def is_api(path: str) -> bool:
    """Whether a program asks: everything but the pages."""
    return path.startswith(("/v1/", "/healthz", "/readyz", "/openapi.json"))


def _respond(request: Request, body: Row, headers: Mapping[str, str] | None = None) -> Response:
    status = int(body["status"])
    if is_api(request.url.path):
        return Response(to_json(body), status, headers, PROBLEM)
    return page("problem.html", {"problem": body, "title": body["title"]}, status, headers)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, JindianziError)
    status, title = answer_of(error)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    if status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, error)
    return _respond(request, problem_body(error, status, title), headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": ".".join(str(part) for part in item["loc"]), "message": _words(item)} for item in error.errors()]
    detail = "；".join(f"{item['where']}：{item['message']}" for item in errors)
    body = _body(422, "invalid", "请求不合格式", detail, _SHAPES, where="、".join(item["where"] for item in errors))
    return _respond(request, body | {"errors": errors})


def _words(item: Mapping[str, Any]) -> str:
    """What is wrong with a value, in Chinese; what was sent is not repeated."""
    limits = item.get("ctx") or {}
    words = {
        "missing": "缺少这一项",
        "string_too_long": "不能超过 {max_length} 个字",
        "string_too_short": "不能少于 {min_length} 个字",
        "less_than_equal": "不能大于 {le}",
        "greater_than_equal": "不能小于 {ge}",
        "int_parsing": "应为整数",
        "bool_parsing": "应为 true 或 false",
        "string_type": "应为文字",
        "string_unicode": "含有不成对的代理字符，不是文字",
        "json_invalid": "不是正确的 JSON",
        "literal_error": "应为 {expected}",
        "extra_forbidden": "不认识这一项",
    }
    found = words.get(str(item["type"]))
    return found.format_map(limits) if found else str(item["msg"])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = _OTHERS.get(error.status_code, "请求不对")
    remedy = _REMEDIES.get(error.status_code, _SHAPES)
    body = _body(error.status_code, f"http_{error.status_code}", title, title, remedy, request.url.path)
    return _respond(request, body, error.headers)


def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _respond(
        request, _body(500, "unexpected", _OTHERS[500], "程序出了没有预料到的错", "请把服务的日志交给维护的人", request.url.path)
    )


def _body(status: int, code: str, title: str, detail: str, remedy: str, where: str) -> Row:
    known = {"type": f"urn:jindianzi:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
    return known | {"where": where, "remedy": remedy}
