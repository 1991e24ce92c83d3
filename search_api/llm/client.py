"""Asking an OpenAI-compatible endpoint: one chat completion a question, over httpx.

Nothing that the endpoint says is repeated to people but its status and a short code: an answer to a wrong key may hold the key.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx

from corpus.errors import EndpointFailed, EndpointRefused, SettingError
from search_api.llm.endpoint import Endpoint

TRIES = 4
LONGEST_WAIT = 120.0
"""Seconds that an endpoint may ask us to wait before we rather stop."""
_FIRST_WAIT = 1.0
_LARGEST = 4_000_000  # bytes of an answer
_LONGEST_ANSWER = 4096  # tokens
_MOST_TOKENS = 10_000_000
_CODES = frozenset(
    "invalid_api_key invalid_request_error authentication_error permission_error model_not_found not_found_error context_length_exceeded "
    "insufficient_quota rate_limit_exceeded unsupported_parameter unsupported_value content_filter server_error overloaded_error".split()
)  # the only words of an endpoint that are repeated
_AGAIN = frozenset([408, 409, 425, 429])
_UNLIKED = frozenset([400, 415, 422, 501])

Pause = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """`read` and `written` are the tokens of question and answer; `estimated` where it does not say. `cut`: it ran out of room."""

    content: str
    read: int
    written: int
    estimated: bool
    cut: bool


class _Retry(Exception):
    """Try again; `wait` is how long the endpoint asks for, in seconds (None: it does not say), `failure` what to say if it stays so."""

    def __init__(self, failure: EndpointFailed, wait: float | None = None) -> None:
        super().__init__(failure.what)
        self.failure = failure
        self.wait = wait


class _Unliked(Exception):
    """The endpoint does not take a request of this form."""

    def __init__(self, failure: EndpointFailed) -> None:
        super().__init__(failure.what)
        self.failure = failure


class Client:
    """May be shared by threads. `pause` waits so many seconds, and may raise to give up.

    Endpoints differ in what they take: the fullest form is tried first (a JSON schema, a limit, temperature 0), then poorer ones, and the
    one that is taken is kept.
    """

    def __init__(self, endpoint: Endpoint, schema: Mapping[str, Any], *, pause: Pause = time.sleep) -> None:
        self._endpoint = endpoint
        self._pause = pause
        limits = {"temperature": 0, "max_tokens": _LONGEST_ANSWER}
        held = {"type": "json_schema", "json_schema": {"name": "facts", "strict": False, "schema": dict(schema)}}
        self._forms: tuple[dict[str, Any], ...] = (
            {"response_format": held, **limits},
            {"response_format": {"type": "json_object"}, **limits},
            {"response_format": {"type": "json_object"}},
            {},
        )
        self._form = 0
        headers = {"Accept": "application/json", "User-Agent": "jindianzi"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        try:
            self._http = httpx.Client(
                headers=headers,
                timeout=httpx.Timeout(endpoint.timeout, connect=min(10.0, endpoint.timeout)),
                follow_redirects=False,  # the key goes to the address that was set, and to no other
                trust_env=not endpoint.is_local,
            )
        except (ValueError, ImportError) as error:
            raise SettingError(
                "环境里的代理设置不能用", where="HTTPS_PROXY", remedy="请改正或去掉代理设置", en="unusable proxy settings"
            ) from error

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def ask(self, messages: list[dict[str, str]]) -> Reply:
        """The answer to a question. Raises EndpointFailed where there is none, EndpointRefused where none is to be expected for any other
        question either."""
        form = self._form
        while True:
            try:
                reply = self._patiently(messages, self._forms[form])
            except _Unliked as unliked:
                form += 1
                if form == len(self._forms):
                    raise unliked.failure from None
                continue
            self._form = max(self._form, form)
            return reply

    def _patiently(self, messages: list[dict[str, str]], form: dict[str, Any]) -> Reply:
        wait = _FIRST_WAIT
        for left in range(TRIES - 1, -1, -1):
            try:
                return self._once(messages, form)
            except _Retry as again:
                if again.wait is not None and again.wait > LONGEST_WAIT:
                    raise EndpointRefused(
                        f"接口要求过 {again.wait:.0f} 秒再问",
                        where=self._endpoint.shown,
                        remedy="过后再运行一次，会接着做",
                        en=f"asks to wait {again.wait:.0f} s",
                    ) from again
                if not left:
                    raise again.failure from None
                self._pause(max(wait, again.wait or 0.0))
                wait *= 2
        raise AssertionError  # the loop returns or raises

    def _once(self, messages: list[dict[str, str]], form: dict[str, Any]) -> Reply:
        question = {"model": self._endpoint.model, "messages": messages, "stream": False, **form}
        until = time.monotonic() + self._endpoint.timeout
        try:
            with self._http.stream("POST", self._endpoint.url, json=question) as answer:
                body = self._read(answer, until)
                status, headers = answer.status_code, answer.headers
        except httpx.TimeoutException:
            failed = self._failed("超时没有答复", "timed out")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failed = self._failed("连接不上" if isinstance(error, httpx.ConnectError) else "连接中断", type(error).__name__)
        else:
            if status != 200:
                self._refused(status, headers, body)
            return self._reply(body, messages)
        raise _Retry(failed)  # here, where nothing that holds the request or its answer is chained to it

    def _read(self, answer: httpx.Response, until: float) -> bytes:
        """The whole answer; httpx's own timeout is for each of its parts, and these may come for ever."""
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise self._failed("答复过长", "answer too long")
            if time.monotonic() > until:
                raise _Retry(self._failed("超时没有答完", "timed out"))
        return b"".join(parts)

    def _refused(self, status: int, headers: httpx.Headers, body: bytes) -> None:
        """Raise what a status other than 200 means."""
        code = self._code(body)
        said = f"接口答复 {status}{f'（{code}）' if code else ''}"
        failed = self._failed(said, f"status {status}{f' {code}' if code else ''}")
        if status in _AGAIN or (status >= 500 and status != 501):
            raise _Retry(failed, _retry_after(headers.get("Retry-After")))
        if status in _UNLIKED:
            raise _Unliked(failed)
        remedies = {
            401: "请检查 JINDIANZI_LLM_KEY",
            402: "请检查账户余额",
            403: "请检查 JINDIANZI_LLM_KEY 的权限",
            404: "请检查 JINDIANZI_LLM_URL 和 JINDIANZI_LLM_MODEL",
        }
        if status in remedies or 300 <= status < 400:
            raise EndpointRefused(said, where=self._endpoint.shown, remedy=remedies.get(status, remedies[404]), en=failed.en)
        raise failed

    def _code(self, body: bytes) -> str:
        """The short code of an error, where it has one that is known."""
        try:
            error = json.loads(body)["error"]
            code = error.get("code") or error.get("type")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ""
        return code if isinstance(code, str) and code in _CODES else ""

    def _reply(self, body: bytes, messages: list[dict[str, str]]) -> Reply:
        answer = _completion(body)
        if answer is None:
            raise self._failed("答复不是 OpenAI 兼容接口的写法", "not an answer of this protocol")
        choice = answer["choices"][0]
        content = choice["message"]["content"]
        if not isinstance(content, str):
            raise self._failed("答复里没有文字", "an answer without text")
        usage = answer.get("usage")
        counts = [usage.get(name) if isinstance(usage, dict) else None for name in ("prompt_tokens", "completion_tokens")]
        told = all(isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= _MOST_TOKENS for count in counts)
        read, written = counts if told else (tokens_in(messages), len(content))
        return Reply(content, int(read or 0), int(written or 0), not told, choice.get("finish_reason") == "length")

    def _failed(self, what: str, en: str) -> EndpointFailed:
        return EndpointFailed(what, where=self._endpoint.shown, remedy="再运行一次，会再问这一段", en=en)


def _completion(body: bytes) -> dict[str, Any] | None:
    """The answer, where it has a message as the protocol wants it; None where it is anything else."""
    try:
        answer = json.loads(body)
        message = answer["choices"][0]["message"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and isinstance(message, dict) and "content" in message else None


def tokens_in(messages: list[dict[str, str]]) -> int:
    """About how many tokens a question has, rather too many: one for each character."""
    return sum(len(message["content"]) for message in messages)


def _retry_after(value: str | None) -> float | None:
    """Seconds in a Retry-After header (RFC 9110, 10.2.3: seconds or a date); None where it says nothing usable."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,3})?", value.strip()):
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())
