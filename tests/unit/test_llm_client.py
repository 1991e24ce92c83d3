"""Asking an endpoint: what is sent, and what is made of good, malformed, slow, busy and refusing ones. The server is a real one."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from chatting import KEY, Chat, Said, chat, completion, failure

from corpus.errors import EndpointError, EndpointFailed, EndpointRefused, SettingError
from ingest.annotate import SCHEMA, messages
from search_api.llm import endpoint_of
from search_api.llm.client import LONGEST_WAIT, TRIES, Client, Reply
from search_api.llm.endpoint import Endpoint
from search_api.settings import Settings, load

GOOD = completion("好的")


def ask(served: Chat, waits: list[float] | None = None, **options: Any) -> Reply:
    with Client(served.endpoint(**options), SCHEMA, pause=[].append if waits is None else waits.append) as client:
        return client.ask(messages("柳浪社区开会。"))


def in_turn(*said: Said) -> Any:
    """An answer to each question in turn; the last one again and again."""
    left = list(said)
    return lambda text: left.pop(0) if len(left) > 1 else left[0]


def test_a_question_is_a_chat_completion_with_the_key_in_its_header_alone() -> None:
    with chat(lambda text: GOOD) as served:
        reply = ask(served)
    assert reply == Reply("好的", 100, 20, estimated=False, cut=False)
    (question,), (headers,) = served.questions, served.headers
    assert served.paths == ["/v1/chat/completions"]
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(question)
    assert question["model"] == "stub"
    assert [message["role"] for message in question["messages"]] == ["system", "user"]
    assert question["response_format"]["type"] == "json_schema"
    assert served.texts == ["柳浪社区开会。"]


def test_without_a_key_none_is_sent() -> None:
    with chat(lambda text: GOOD) as served:
        ask(served, key=None)
    assert "Authorization" not in served.headers[0]


def test_an_endpoint_that_takes_less_is_asked_with_less_and_that_is_remembered() -> None:
    with chat(in_turn(failure(400), failure(422), GOOD)) as served, Client(served.endpoint(), SCHEMA, pause=[].append) as client:
        client.ask(messages("一。"))
        client.ask(messages("二。"))
    forms = [(question.get("response_format", {}).get("type"), "max_tokens" in question) for question in served.questions]
    assert forms == [("json_schema", True), ("json_object", True), ("json_object", False), ("json_object", False)]


def test_a_question_that_is_refused_in_every_form_leaves_the_others_as_they_are() -> None:
    """Too long a text is refused with the same status as a form that is not known."""
    said = in_turn(*[failure(400, "context_length_exceeded")] * 4, GOOD)
    with chat(said) as served, Client(served.endpoint(), SCHEMA, pause=[].append) as client:
        with pytest.raises(EndpointFailed, match="context_length_exceeded"):
            client.ask(messages("长。"))
        client.ask(messages("短。"))
    assert served.questions[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_busy_endpoints_are_asked_again_later_and_later(status: int) -> None:
    waits: list[float] = []
    with chat(in_turn(failure(status), failure(status), GOOD)) as served:
        assert ask(served, waits).content == "好的"
    assert len(served.questions) == 3
    assert waits == sorted(waits)
    assert waits[0] > 0
    assert waits[1] > waits[0]


def test_after_some_tries_a_busy_endpoint_has_failed() -> None:
    with chat(lambda text: failure(503)) as served:
        with pytest.raises(EndpointFailed, match="503"):
            ask(served)
        assert len(served.questions) == TRIES


def test_it_waits_as_long_as_the_endpoint_asks() -> None:
    waits: list[float] = []
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    said = in_turn(failure(429, Retry_After="17"), failure(429, Retry_After=at), failure(429, Retry_After="soon"), GOOD)
    with chat(said) as served:
        ask(served, waits)
    assert waits[0] == 17
    assert 30 < waits[1] <= 40
    assert waits[2] < 17  # nothing usable: our own


def test_it_does_not_wait_for_hours() -> None:
    waits: list[float] = []
    with chat(lambda text: failure(429, Retry_After=str(int(LONGEST_WAIT) + 1))) as served, pytest.raises(EndpointRefused, match="121"):
        ask(served, waits)
    assert waits == []


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "JINDIANZI_LLM_KEY"), (402, "余额"), (403, "JINDIANZI_LLM_KEY"), (404, "JINDIANZI_LLM_MODEL"), (302, "JINDIANZI_LLM_URL")],
)
def test_what_will_never_work_is_not_tried_again(status: int, remedy: str) -> None:
    with chat(lambda text: failure(status, Location="http://127.0.0.1:1/v1/chat/completions")) as served:
        with pytest.raises(EndpointRefused) as raised:
            ask(served)
        assert len(served.questions) == 1
    assert remedy in str(raised.value)
    assert str(status) in str(raised.value)


@pytest.mark.parametrize("said", [Said(b"", held=True), Said(b" ", drips=True)], ids=["silent", "dripping"])
def test_one_that_is_too_slow_has_failed(said: Said) -> None:
    with chat(lambda text: said) as served, pytest.raises(EndpointFailed, match="超时"):
        ask(served, timeout=0.2)


def test_one_that_is_not_there_has_failed() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = Endpoint(f"http://127.0.0.1:{port}/v1/chat/completions", "m", None)
    with Client(endpoint, SCHEMA, pause=[].append) as client, pytest.raises(EndpointFailed, match="连接不上"):
        client.ask(messages("一。"))


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>It works!</body></html>",
        b'{"choices": [{"message": {"content": "cut',
        b"{}",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": [1]}}]}',
        b'{"choices": "none"}',
        b"[" * 100_000,
        b"\xff\xfe",
        b"",
    ],
)
def test_what_is_no_completion_has_failed(body: bytes) -> None:
    with chat(lambda text: Said(body)) as served, pytest.raises(EndpointFailed):
        ask(served)


def test_an_answer_without_an_end_is_not_read_to_its_end() -> None:
    with chat(lambda text: Said(b"x" * 5_000_000)) as served, pytest.raises(EndpointFailed, match="过长"):
        ask(served)


@pytest.mark.parametrize(
    "usage", ["none", {}, {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": "1", "completion_tokens": 1}]
)
def test_tokens_that_are_not_told_are_estimated(usage: object) -> None:
    with chat(lambda text: completion("好", usage=usage)) as served:
        reply = ask(served)
    assert reply.estimated
    assert reply.read == sum(len(message["content"]) for message in messages("柳浪社区开会。"))
    assert reply.written == 1


def test_an_answer_that_ran_out_of_room_says_so() -> None:
    with chat(lambda text: completion("{", finish="length")) as served:
        assert ask(served).cut


def errors() -> Iterator[EndpointError]:
    for said in (failure(401, KEY), failure(500, KEY), failure(400, KEY), failure(404, f"x{KEY}"), Said(KEY.encode())):
        with chat(lambda text, said=said: said) as served:
            try:
                ask(served)
            except EndpointError as error:
                yield error


def test_no_error_holds_the_key_though_the_endpoint_repeats_it() -> None:
    seen = list(errors())
    assert len(seen) == 5
    for error in seen:
        chain: BaseException | None = error
        while chain is not None:
            assert KEY not in f"{chain} {chain!r} {vars(chain)}"
            chain = chain.__cause__ or chain.__context__


# settings


def settings(**given: str) -> Settings:
    return load(environ={f"JINDIANZI_LLM_{name.upper()}": value for name, value in given.items()})


def test_the_settings_make_an_endpoint() -> None:
    made = endpoint_of(settings(url="https://models.example.org/v1/", model="m-7b", key=KEY, price="0.5/2 美元", timeout="9", parallel="3"))
    assert made.url == "https://models.example.org/v1/chat/completions"
    assert (made.shown, made.is_local, made.is_encrypted) == ("https://models.example.org/v1", False, True)
    assert (made.timeout, made.parallel, made.key) == (9.0, 3, KEY)
    assert made.price is not None
    assert made.price.currency == "美元"
    assert made.price.of(2000, 1000) == 3.0


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1/chat/completions"),
        ("http://[::1]:1/api/v3/chat/completions", "http://[::1]:1/api/v3/chat/completions"),
        ("https://a.example.org/v1?version=2", "https://a.example.org/v1/chat/completions?version=2"),
    ],
)
def test_addresses_are_completed(given: str, called: str) -> None:
    assert endpoint_of(settings(url=given, model="m")).url == called


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.0.0.9", True), ("[::1]", True), ("10.0.0.8", False), ("a.example", False)]
)
def test_what_stays_on_this_machine_is_known(host: str, local: bool) -> None:
    assert endpoint_of(settings(url=f"http://{host}/v1", model="m")).is_local is local


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, "JINDIANZI_LLM_URL"),
        ({"url": "http://a/v1"}, "JINDIANZI_LLM_MODEL"),
        ({"url": "a/v1", "model": "m"}, "JINDIANZI_LLM_URL"),
        ({"url": "ftp://a/v1", "model": "m"}, "JINDIANZI_LLM_URL"),
        ({"url": f"https://me:{KEY}@a/v1", "model": "m"}, "JINDIANZI_LLM_URL"),
        ({"url": "http://a:99999/v1", "model": "m"}, "JINDIANZI_LLM_URL"),
        ({"url": "http://a/v1", "model": "m x"}, "JINDIANZI_LLM_MODEL"),
        ({"url": "http://a/v1", "model": "m", "key": f"{KEY}\n"}, "JINDIANZI_LLM_KEY"),
        ({"url": "http://a/v1", "model": "m", "price": "cheap"}, "JINDIANZI_LLM_PRICE"),
        ({"url": "http://a/v1", "model": "m", "timeout": "0"}, "JINDIANZI_LLM_TIMEOUT"),
        ({"url": "http://a/v1", "model": "m", "parallel": "99"}, "JINDIANZI_LLM_PARALLEL"),
    ],
)
def test_settings_that_cannot_be_used_are_named(given: dict[str, str], where: str) -> None:
    with pytest.raises(SettingError) as raised:
        endpoint_of(settings(**given))
    assert raised.value.where == where
    assert KEY not in str(raised.value)


def test_the_key_is_in_no_representation() -> None:
    given = settings(url="http://a/v1", model="m", key=KEY)
    assert given.llm_key == KEY
    assert KEY not in repr(given)
    assert KEY not in repr(endpoint_of(given))
