"""What stands around the endpoints: health, OpenAPI, hosts and origins, limits, headers, errors of the stores."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from serving import LIFT, application, send, settings_for
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from corpus.errors import (
    CursorExpired,
    DamagedSource,
    JindianziError,
    MixedStore,
    ModelMissing,
    NotFound,
    SourceTooLarge,
    StoreDamaged,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    UsageError,
)
from search_api.api.guard import Guard, host_name
from search_api.api.problems import ANSWERS, answer_of
from search_api.api.shapes import Health, Problem, Ready
from search_api.app import create_app

PATHS = {
    "/healthz", "/readyz", "/v1/search", "/v1/precedents", "/v1/reports", "/v1/reports/{report}", "/v1/reports/{report}/source",
    "/v1/jobs/{job}", "/v1/entities", "/v1/entities/{entity}", "/v1/entities/{entity}/neighbourhood", "/v1/paths",
    "/v1/methods/{method}/uses", "/v1/partners", "/v1/issues/co-occurrence", "/v1/contrasts", "/v1/timeline",
    "/v1/duplicates", "/v1/duplicates/compare", "/v1/reports/{report}/duplicates", "/v1/judgements", "/v1/judgements/{judgement}",
    "/v1/candidates", "/v1/inspect",
}  # fmt: skip


def test_health_and_readiness_name_the_model(library: TestClient) -> None:
    Health.model_validate(library.get("/healthz").json())
    answer = library.get("/readyz")
    assert answer.status_code == 200
    ready = Ready.model_validate(answer.json())
    assert ready.status == "ready"
    assert ready.model.name
    assert ready.model.notice
    assert ready.behind == {"entities": 0, "graph": 0, "index": 0}


def test_an_empty_store_is_ready(fresh: TestClient) -> None:
    assert fresh.get("/readyz").status_code == 200


def test_openapi_describes_every_endpoint(library: TestClient) -> None:
    description = library.get("/openapi.json").json()
    assert {path.replace(":path", "") for path in description["paths"]} == PATHS
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert any(code.startswith("2") for code in operation["responses"])


def test_unknown_addresses_are_problems_for_programs_and_pages_for_people(library: TestClient) -> None:
    answer = library.get("/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    Problem.model_validate(answer.json())
    shown = library.get("/nothing")
    assert (shown.status_code, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这个地址" in shown.text
    assert library.put("/v1/search").status_code == 405


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("GET", "/v1/nothing", {}), ("PUT", "/v1/search", {}), ("GET", "/v1/search", {}), ("GET", "/v1/search?q=a&k=x", {}),
        ("GET", "/v1/search?q=a&cursor=x", {}), ("POST", "/v1/precedents", {"json": {}}), ("POST", "/v1/reports", {"content": b"x"}),
        ("POST", "/v1/reports", {"files": {"file": ("a.bin", b"x")}}), ("GET", "/v1/entities/x", {}), ("GET", "/v1/jobs/x", {}),
        ("GET", "/v1/entities/x/neighbourhood", {}), ("GET", "/v1/reports/x", {}), ("GET", "/v1/search?q=a", {"headers": {"host": "x.y"}}),
    ],
)  # fmt: skip
def test_every_problem_says_where_and_what_to_do(library: TestClient, method: str, path: str, given: dict[str, Any]) -> None:
    answer = library.request(method, path, **given)
    assert answer.status_code >= 400
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert all(body[name] for name in ("type", "title", "status", "detail", "code", "where", "remedy")), body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1", "10.0.0.8"]
)
def test_foreign_hosts_are_refused(library: TestClient, host: str) -> None:
    for path in ("/", "/v1/reports", "/static/pages.css", "/healthz"):
        answer = library.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000"])
def test_this_machine_s_own_names_are_answered(library: TestClient, host: str) -> None:
    assert library.get("/healthz", headers={"host": host}).status_code == 200


def test_every_address_of_the_machine_is_answered_where_it_listens_on_all() -> None:
    client = TestClient(Guard(PlainTextResponse("here"), ("0.0.0.0",)), base_url="http://192.168.1.5:8000")
    assert client.get("/").text == "here"
    assert client.get("/", headers={"host": "[fe80::1]:8000"}).status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("header", "name"),
    [("a.b:80", "a.b"), ("A.b.", "a.b"), ("[::1]", "::1"), ("[::1]:80", "::1"), ("a:b", None), ("a/b", None), (None, None), (":80", None)],
)
def test_the_name_in_a_host_header(header: str | None, name: str | None) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_s_page_changes_nothing(library: TestClient, headers: dict[str, str]) -> None:
    before = library.get("/v1/reports").json()
    assert library.post("/v1/reports", files={"file": ("x.txt", b"x")}, headers=headers).status_code == 403
    assert library.delete("/v1/reports/x", params={"why": "x", "as": "x"}, headers=headers).status_code == 403
    assert library.post("/v1/precedents", json={"text": "x"}, headers=headers).status_code == 403
    assert library.get("/v1/reports").json() == before


def test_this_site_s_own_page_may_ask(library: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert library.post("/v1/precedents", json={"text": "电梯"}, headers=headers).status_code == 200


def test_answers_carry_a_policy_that_lets_no_script_of_others_run(library: TestClient) -> None:
    for path in ("/", "/?q=电梯", "/reports/加梯.txt", "/v1/reports", "/nothing", "/static/pages.js"):
        headers = library.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_hold_no_script_or_style_of_their_own(library: TestClient) -> None:
    for path in ("/", "/?q=垃圾分类", "/?q=垃圾&mode=precedents", "/reports/<b>坏.txt", "/reports/<b>坏.txt/source"):
        text = library.get(path).text
        assert "<script>" not in text
        assert "<img src=x" not in text
        assert " style=" not in text
        assert 'onerror="' not in text
        assert "<b>坏" not in text


def test_too_large_a_request_is_refused_before_it_is_read(library: TestClient) -> None:
    answer = library.post("/v1/precedents", content=b" " * (1024 * 1024 + 1), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_request_that_does_not_say_how_large_it_is_is_counted(library: TestClient) -> None:
    def endless() -> object:
        for _ in range(40):
            yield b" " * 65_536

    answer = library.post("/v1/precedents", content=endless(), headers={"content-type": "application/json"})  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("x"), 404),
        (CursorExpired("x"), 410),
        (UsageError("x"), 400),
        (MixedStore("x"), 409),
        (DamagedSource("x"), 422),
        (SourceTooLarge("x"), 413),
        (StoreLocked("x"), 503),
        (StoreFull("x"), 507),
        (StoreReadOnly("x"), 403),
        (StoreDamaged("x"), 500),
        (ModelMissing("x"), 503),
        (JindianziError("x"), 500),
    ],
)
def test_each_kind_of_error_has_its_status(error: JindianziError, status: int) -> None:
    assert answer_of(error)[0] == status


def test_no_kind_is_hidden_behind_a_more_general_one() -> None:
    kinds = [kind for kind, _, _ in ANSWERS]
    for at, kind in enumerate(kinds):
        assert not any(issubclass(later, kind) for later in kinds[at + 1 :])


def test_a_locked_store_is_told_with_when_to_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.catalogue.engine.BUSY_SECONDS", 0.1)
    with application(tmp_path) as client:
        send(client, "加梯.txt", LIFT)
        holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            answer = client.delete("/v1/reports/加梯.txt", params={"why": "x", "as": "y"})
        finally:
            holder.execute("ROLLBACK")
            holder.close()
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert answer.json()["code"] == "store_locked"
        assert client.get("/v1/reports/加梯.txt").status_code == 200


def test_a_damaged_store_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreDamaged), TestClient(create_app(settings_for(tmp_path))):
        pass


def test_what_is_not_expected_is_answered_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    with application(tmp_path) as client:
        monkeypatch.setattr("search_api.api.reports.bodies.report_list_body", broken)
        answer = client.get("/v1/reports")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
