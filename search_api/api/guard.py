"""What stands before every request: which hosts and origins are answered, how much a request may carry, and the headers of each answer.

The service has no log-in: it trusts whoever reaches it on this machine. So a page of another site must not reach it through the visitor's
browser: neither under a name that was pointed at this machine (DNS rebinding; hence the check of Host), nor by a form or script that sends
here (hence the check of Origin and Sec-Fetch-Site wherever something would change).
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD_LIMIT = 100 * 1024 * 1024  # bytes of one request that brings files
REQUEST_LIMIT = 1024 * 1024  # of any other
_UPLOADS = ("/v1/reports", "/v1/inspect")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ANYWHERE = frozenset({"0.0.0.0", "::"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware. `hosts`: names the service goes by besides those of this machine's loopback; one of 0.0.0.0 and :: stands for every
    address of this machine, by number or by its own name."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        named = {host.strip("[]").lower() for host in hosts}
        self._anywhere = bool(named & _ANYWHERE)
        self._hosts = _LOOPBACK | (named - _ANYWHERE)
        if self._anywhere:
            self._hosts |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache, private")
            await send(message)

        headers = Headers(scope=scope)
        limit = UPLOAD_LIMIT if scope["path"].startswith(_UPLOADS) else REQUEST_LIMIT
        if not self._known(headers.get("host")):
            await _refuse(guarded, 421, "host", "Host", "不以这个主机名提供服务", "请用 http://127.0.0.1 加端口访问，或设置 JINDIANZI_HOST")
        elif scope["method"] not in _READING and _foreign(headers):
            await _refuse(guarded, 403, "origin", "Origin", "拒绝来自其他网站的改动", "请从本机页面、命令行或程序发出")
        elif _length(headers) > limit:
            await _refuse(
                guarded,
                413,
                "too_large",
                "Content-Length",
                f"一次请求不能超过 {limit // 1024 // 1024} MB",
                "请分批上传，或用 jindianzi ingest 读入",
            )
        else:
            await self._app(scope, _limited(receive, limit), guarded)

    def _known(self, host: str | None) -> bool:
        name = host_name(host)
        if name is None:
            return False
        return name in self._hosts or (self._anywhere and _is_address(name))


def host_name(host: str | None) -> str | None:
    """The name in a Host header, without port and brackets; None where it is none."""
    if not host or any(character in host for character in "/\\@?# "):
        return None
    if host.startswith("["):
        name, bracket, rest = host[1:].partition("]")
        return name.lower() if bracket and (not rest or _is_port(rest)) else None
    name, colon, port = host.partition(":")
    return name.lower().rstrip(".") or None if not colon or _is_port(colon + port) else None


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isascii() and text[1:].isdigit()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this. Programs say nothing, and are let through."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != headers["host"].lower()


def _length(headers: Headers) -> int:
    value = headers.get("content-length", "0")
    return int(value) if value.isascii() and value.isdigit() else 0


def _limited(receive: Receive, limit: int) -> Receive:
    """Counts what comes in where its length was not announced."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return counted


async def _refuse(send: Send, status: int, code: str, where: str, detail: str, remedy: str) -> None:
    titles = {403: "拒绝", 413: "内容过大", 421: "主机名不对"}
    body = {
        "type": f"urn:jindianzi:problem:{code}",
        "title": titles[status],
        "status": status,
        "detail": detail,
        "code": code,
        "where": where,
        "remedy": remedy,
    }
    content = json.dumps(body, ensure_ascii=False).encode("utf-8")
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(content)).encode("ascii")),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
