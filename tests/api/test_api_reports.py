"""Bringing reports in, listing and showing them, and taking them out."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from archives import zipped
from serving import LIFT, MARKET, application, pages, send, settled
from starlette.testclient import TestClient

from corpus.identity import report_id
from search_api.api.shapes import Job, Problem, ReportDetail, ReportList, SourceText, Withdrawn


def test_an_uploaded_file_is_in_the_catalogue_at_once_and_found_when_the_job_is_done(fresh: TestClient) -> None:
    answer = fresh.post("/v1/reports", files={"file": ("加梯.txt", LIFT.encode("gb18030"))}, data={"collection": "试"})
    assert answer.status_code == 202
    job = answer.json()
    Job.model_validate(job)
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert job["reports"] == [report_id("试", "加梯.txt")]
    assert job["result"]["new"] == ["加梯.txt"]
    assert fresh.get(f"/v1/reports/{job['reports'][0]}").status_code == 200
    done = settled(fresh, job["id"])
    assert (done["state"], done["error"]) == ("done", None)
    assert done["finished"]
    hits = fresh.get("/v1/search", params={"q": "加装电梯", "collection": "试"}).json()["hits"]
    assert [hit["report"] for hit in hits] == job["reports"]


def test_a_report_sent_as_json_twice_changes_nothing_the_second_time(fresh: TestClient) -> None:
    row = {"id": "A/1 号", "title": "南桥市场", "text": MARKET, "published": "2020-02-01", "place": "南桥", "url": "https://example.org/1"}
    first = fresh.post("/v1/reports", json=row)
    assert first.status_code == 202, first.text
    assert first.json()["result"]["new"] == ["A/1 号"]
    again = fresh.post("/v1/reports", json=dict(reversed(row.items())))
    assert again.json()["result"]["unchanged"] == ["A/1 号"]
    changed = fresh.post("/v1/reports", json=row | {"text": MARKET + "补记：市场已经搬迁。\n"})
    assert changed.json()["result"]["changed"] == ["A/1 号"]
    shown = fresh.get("/v1/reports/A/1 号").json()
    assert shown["title"] == "南桥市场"
    assert shown["published"] == "2020-02-01"
    assert "补记" in shown["text"]


def test_many_rows_come_in_one_file_and_a_bad_one_is_set_aside(fresh: TestClient) -> None:
    lines = [
        json.dumps({"id": f"R{number}", "text": f"第{number}个社区的停车难题，居民议事会商定了错时停车。"}, ensure_ascii=False)
        for number in range(3)
    ]
    lines.insert(1, "{not json")
    lines.append(lines[0])
    answer = fresh.post("/v1/reports", files={"file": ("多.jsonl", "\n".join(lines).encode("utf-8"))})
    assert answer.status_code == 202
    result = answer.json()["result"]
    assert result["new"] == ["R0", "R1", "R2"]
    assert [item["code"] for item in result["set_aside"]] == ["damaged", "duplicate_key"]
    assert "第 2 行" in result["set_aside"][0]["message"]


@pytest.mark.parametrize(
    ("name", "data", "code", "status"),
    [
        ("空.txt", b"", "empty", 422),
        ("白.txt", b"  \n\n", "empty", 422),
        ("程序.txt", bytes(range(256)) * 40, "unknown_format", 422),
        ("断.docx", b"PK\x03\x04broken", "damaged", 422),
        ("录像.mp4", b"\x00\x00\x00\x18ftyp", "unknown_format", 422),
        ("坏.jsonl", b'{"id": "1"\n', "damaged", 422),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_its_problem(fresh: TestClient, name: str, data: bytes, code: str, status: int) -> None:
    answer = fresh.post("/v1/reports", files={"file": (name, data)})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(answer.json())
    assert problem.code == code
    assert name.partition(".")[0] in (problem.where or "") + problem.detail
    assert fresh.get("/v1/reports").json() == {"reports": [], "next": None}


@pytest.mark.parametrize(
    ("request_kwargs", "status"),
    [
        ({"content": b"text", "headers": {"content-type": "text/plain"}}, 415),
        ({"json": {"text": "没有编号"}}, 400),
        ({"json": {"id": "1"}}, 422),
        ({"json": {"id": "1", "text": "  "}}, 422),
        ({"json": ["1"]}, 422),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 422),
        ({"files": {"file": ("", b"text")}}, 400),
        ({"data": {"collection": "x"}, "files": {}}, 415),
    ],
)
def test_a_request_that_brings_nothing_is_told_why(fresh: TestClient, request_kwargs: dict[str, object], status: int) -> None:
    answer = fresh.post("/v1/reports", **request_kwargs)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    Problem.model_validate(answer.json())


def test_an_archive_is_opened_and_each_file_in_it_is_a_report_of_its_own(fresh: TestClient) -> None:
    packed = zipped({"第一组/加梯.txt": LIFT.encode(), "第一组/旧.exe": b"MZ", "第二组/市场.txt": MARKET.encode()})
    answer = fresh.post("/v1/reports", files={"file": ("投稿.zip", packed)})
    assert answer.status_code == 202, answer.text
    result = answer.json()["result"]
    assert result["new"] == ["投稿.zip/第一组/加梯.txt", "投稿.zip/第二组/市场.txt"]
    assert [(item["source"], item["code"]) for item in result["set_aside"]] == [("投稿.zip/第一组/旧.exe", "unknown_format")]


def test_a_long_name_is_no_trouble(fresh: TestClient) -> None:
    name = "很长的名字" * 60 + ".txt"
    assert send(fresh, name, LIFT)["result"]["new"] == [name]


def test_a_file_s_folders_are_not_part_of_its_key(fresh: TestClient) -> None:
    job = send(fresh, "..\\..\\etc/加梯.txt", LIFT)
    assert job["result"]["new"] == ["加梯.txt"]


def test_the_list_goes_on_page_by_page(library: TestClient) -> None:
    whole = library.get("/v1/reports", params={"limit": 100}).json()
    ReportList.model_validate(whole)
    assert whole["next"] is None
    seen = [report for page in pages(library, "/v1/reports", limit=2) for report in page["reports"]]
    assert seen == whole["reports"]
    assert len(seen) == 5
    assert library.get("/v1/reports", params={"collection": "没有"}).json()["reports"] == []
    assert library.get("/v1/reports", params={"cursor": "eyJ4Ijox"}).status_code == 400


def test_a_report_is_found_by_id_beginning_and_source(library: TestClient) -> None:
    identifier = report_id("default", "加梯.txt")
    bodies = [library.get(f"/v1/reports/{key}").json() for key in (identifier, identifier[:8], "加梯.txt")]
    ReportDetail.model_validate(bodies[0])
    assert bodies[0] == bodies[1] == bodies[2]
    for unknown in ("ffffffff", "没有.txt", identifier[:3], "..%2F..%2Fetc/passwd"):
        missing = library.get(f"/v1/reports/{unknown}")
        assert missing.status_code == 404
        assert missing.headers["content-type"] == "application/problem+json"


def test_each_fact_and_cited_sentence_is_the_text_at_its_place(library: TestClient) -> None:
    report = library.get("/v1/reports/加梯.txt").json()
    source = library.get("/v1/reports/加梯.txt/source").json()
    SourceText.model_validate(source)
    text = report["text"]
    assert report["facts"]
    for fact in report["facts"]:
        assert text[fact["sentence_start"] : fact["sentence_end"]] == fact["sentence"]
        assert 0 <= fact["source_start"] < fact["source_end"] <= len(source["text"])
    assert report["cards"][0]["lines"][0]["key"] == "place"
    for line in report["cards"][0]["lines"]:
        for cited in line["sentences"]:
            assert text[cited["start"] : cited["end"]] == cited["text"]
    assert report["cards"][0]["source"]["source"] == "加梯.txt"


def test_personal_data_is_masked_wherever_a_report_is_shown(library: TestClient) -> None:
    api, pages = "/v1/reports/建议.txt", "/reports/建议.txt"
    for path in (api, f"{api}/source", pages, f"{pages}/source", "/v1/search?q=夜间停车位建议人身份证号", "/?q=夜间停车位建议人身份证号"):
        answer = library.get(path)
        assert answer.status_code == 200
        assert "999999199003074515" not in answer.text
        assert "13800138000" not in answer.text
    assert "＊" * 18 in library.get(f"{api}/source").json()["text"]


def test_a_deleted_report_is_gone_everywhere_and_stays_out(fresh: TestClient) -> None:
    send(fresh, "加梯.txt", LIFT)
    keep = send(fresh, "市场.txt", MARKET)
    assert fresh.delete("/v1/reports/加梯.txt").status_code == 422
    assert fresh.delete("/v1/reports/加梯.txt", params={"why": " ", "as": " "}).status_code == 400
    gone = fresh.delete("/v1/reports/加梯.txt", params={"why": "内容有误", "as": "王某"})
    assert gone.status_code == 200
    Withdrawn.model_validate(gone.json())
    assert fresh.get(f"/v1/reports/{gone.json()['id']}").status_code == 404
    assert all(hit["report"] in keep["reports"] for hit in fresh.get("/v1/search", params={"q": "加装电梯"}).json()["hits"])
    again = send(fresh, "加梯.txt", LIFT)
    assert again["result"]["withdrawn"] == ["加梯.txt"]
    assert again["state"] == "done"
    hits = fresh.get("/v1/search", params={"q": "加装电梯"}).json()["hits"]
    assert all(hit["report"] == keep["reports"][0] for hit in hits)
    restored = send(fresh, "加梯.txt", LIFT, restore="true")
    assert restored["result"]["new"] == ["加梯.txt"]
    assert fresh.delete("/v1/reports/nothing", params={"why": "x", "as": "y"}).status_code == 404


def test_an_unknown_job_is_not_found_and_a_done_one_stays_done(fresh: TestClient) -> None:
    assert fresh.get("/v1/jobs/none").status_code == 404
    assert fresh.delete("/v1/jobs/none").status_code == 404
    job = send(fresh, "市场.txt", MARKET)
    assert fresh.delete(f"/v1/jobs/{job['id']}").json()["state"] == "done"


def test_no_bytes_of_a_deleted_report_stay_in_the_files(tmp_path: Path) -> None:
    with application(tmp_path) as client:
        send(client, "市场.txt", MARKET)
        send(client, "秘.txt", LIFT.replace("柳荫里", "蓼汀洲"))
        traces = [name.encode() for name in ("蓼汀洲", "秘.txt")]
        assert any(trace in everything(tmp_path) for trace in traces)
        assert client.delete("/v1/reports/秘.txt", params={"why": "误传", "as": "王某"}).status_code == 200
        until = time.monotonic() + 60
        while any(trace in everything(tmp_path) for trace in traces):
            assert time.monotonic() < until
            time.sleep(0.1)


def everything(folder: Path) -> bytes:
    """All bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
