"""Catching up in the background: what a job says, and that the work goes on after a stop, an error or a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from serving import LIFT, MARKET, application, bring_row, send, settings_for, settled
from starlette.testclient import TestClient

from corpus.errors import StoreFull, StoreLocked
from ingest.draft import RawReport
from search_api.api import jobs
from search_api.ingesting import ingest_found
from search_api.stores import Stores, opened
from search_api.sync import catch_up


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def found(client: TestClient, query: str) -> list[str]:
    return [hit["source"] for hit in client.get("/v1/search", params={"q": query, "channel": "lexical"}).json()["hits"]]


def test_a_stopped_job_ends_and_the_next_one_takes_the_work_up(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()
    eventually(lambda: fresh.get("/readyz").json()["missing"] == [])

    def endless(stores: Stores, progress: Callable[[str, int, int | None], None], stop: Callable[[], bool]) -> None:
        progress("计算向量", 1, 3)
        begun.set()
        while not stop():
            time.sleep(0.01)

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "catch_up", endless)
        job = bring_row(fresh, {"id": "A", "text": LIFT})
        assert begun.wait(30)
        running = fresh.get(f"/v1/jobs/{job['id']}").json()
        assert running["state"] == "running"
        assert running["progress"] == {"step": "计算向量", "done": 1, "total": 3}
        stopped = fresh.delete(f"/v1/jobs/{job['id']}").json()
        assert (stopped["state"], stopped["progress"]) == ("stopped", None)
    assert found(fresh, "加装电梯") == []
    assert fresh.get("/v1/reports/A").status_code == 200
    assert send(fresh, "市场.txt", MARKET)["state"] == "done"
    assert found(fresh, "加装电梯") == ["A"]
    assert fresh.get(f"/v1/jobs/{job['id']}").json()["state"] == "stopped"


def test_a_job_that_fails_says_why_and_the_next_one_works(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreFull("磁盘已满", remedy="腾出空间")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "catch_up", full)
        job = settled(fresh, bring_row(fresh, {"id": "A", "text": LIFT})["id"])
        assert job["state"] == "failed"
        assert "磁盘已满" in job["error"]
    assert send(fresh, "市场.txt", MARKET)["state"] == "done"
    assert found(fresh, "加装电梯") == ["A"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_nobody_thought_of_does_not_leave_a_job_waiting(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("unexpected")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "catch_up", broken)
        job = settled(fresh, bring_row(fresh, {"id": "A", "text": LIFT})["id"])
        assert job["state"] == "failed"
        assert "unexpected" not in job["error"]
    assert send(fresh, "市场.txt", MARKET)["state"] == "done"


def test_a_store_that_is_locked_for_a_while_only_delays(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_LOOK_AGAIN", 0.05)
    tries: list[int] = []
    real = catch_up

    def busy(stores: Stores, progress: Callable[[str, int, int | None], None], stop: Callable[[], bool]) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise StoreLocked("库被另一个程序占用太久")
        real(stores, progress, stop)

    monkeypatch.setattr(jobs, "catch_up", busy)
    assert send(fresh, "市场.txt", MARKET)["state"] == "done"
    assert len(tries) >= 3


def write_from_elsewhere(folder: Path, source: str, text: str) -> None:
    """As another process would: into the catalogue only."""
    with opened(settings_for(folder)) as stores:
        ingest_found(stores.catalogue, [RawReport(source, text.encode("utf-8"), "txt", source)], "default")


def test_what_was_left_is_done_after_a_start_and_what_others_write_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_LOOK_AGAIN", 0.1)
    write_from_elsewhere(tmp_path, "加梯.txt", LIFT)
    with application(tmp_path) as client:
        eventually(lambda: found(client, "加装电梯") == ["加梯.txt"])
        write_from_elsewhere(tmp_path, "市场.txt", MARKET)
        eventually(lambda: "市场.txt" in found(client, "占道经营"))
        eventually(lambda: client.get("/readyz").json()["missing"] == [])
