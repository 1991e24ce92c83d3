"""Over a real connection: what an in-process client cannot send."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from serving import LIFT, running, settings_for


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(settings_for(tmp_path_factory.mktemp("server"))) as address:
        status, _ = ask(
            address, "POST", "/v1/reports", json.dumps({"id": "1", "text": LIFT}).encode(), {"Content-Type": "application/json"}
        )
        assert status == 202
        yield address


def bring(address: str, row: dict[str, str]) -> int:
    return ask(address, "POST", "/v1/reports", json.dumps(row).encode(), {"Content-Type": "application/json"})[0]


def ask(address: str, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")
    finally:
        connection.close()


@pytest.mark.parametrize(("length", "status"), [(1, 200), (20_000, 200), (20_001, 400)])
def test_a_query_may_have_twenty_thousand_characters(address: str, length: int, status: int) -> None:
    path = f"/v1/search?q={quote('电' * length)}"
    got, text = ask(address, "GET", path)
    assert got == status
    body: dict[str, Any] = json.loads(text)
    if status == 400:
        assert "20000" in body["detail"]
    assert ask(address, "GET", f"/?q={quote('电' * length)}")[0] == status


def test_a_situation_of_twenty_thousand_characters_can_be_pasted(address: str) -> None:
    assert ask(address, "GET", f"/?mode=precedents&q={quote('一楼业主反对加装电梯。' * 1_818)}")[0] == 200


def test_a_host_header_of_another_name_is_refused(address: str) -> None:
    assert ask(address, "GET", "/", headers={"Host": "rebound.example"})[0] == 421


def test_what_is_no_request_is_answered_as_such(address: str) -> None:
    assert ask(address, "GET", "/?q=" + "a" * 600_000)[0] in (400, 414, 431)


def test_several_readers_and_a_writer_at_once(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as address, ThreadPoolExecutor(8) as pool:

        def write(number: int) -> int:
            row = {"id": str(number), "text": f"{LIFT}第{number}份。"}
            return bring(address, row)

        def read(number: int) -> int:
            path = ("/v1/search?q=" + quote("加装电梯"), "/v1/reports", "/", "/healthz", "/v1/entities")[number % 5]
            return ask(address, "GET", path)[0]

        statuses = [*pool.map(lambda number: write(number) if number % 4 == 0 else read(number), range(40))]
        assert set(statuses) == {200, 202}
        assert len(json.loads(ask(address, "GET", "/v1/reports?limit=100")[1])["reports"]) == 10
