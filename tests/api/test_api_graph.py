"""Questions to the collection as a whole over HTTP: shapes, sentences that stand where they say, bounds, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from serving import application, send
from starlette.testclient import TestClient

from search_api.api.shapes import Neighbourhood
from search_api.api.shapes.graph import Contrasts, IssuePairs, MethodUses, PartnerPairs, Timeline

SOLVED = """南桥街道菱角里社区加装电梯

一、背景
浙江省杭州市上城区南桥街道菱角里社区有住宅18栋。2021年3月，居民提出加装电梯，也有人担心噪声扰民。

二、做法
南桥街道会同上城区住房和城乡建设局开展协商议事，先后召开三次协商会。

三、成效
2022年6月，加装电梯的问题得到解决，居民投诉由38件下降到11件。
"""
FAILED = """西桥街道芦花里社区加装电梯

一、背景
浙江省杭州市上城区西桥街道芦花里社区有住宅9栋，居民要求加装电梯，低层住户反映噪声扰民。

二、做法
社区开展协商议事，召开两次协商会。

三、成效
加装电梯的问题至今没有得到解决，协商中止。
"""


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("gathered")) as client:
        for name, text in (("成.txt", SOLVED), ("败.txt", FAILED)):
            assert send(client, name, text)["state"] == "done"
        yield client


def proofs(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a body that cites a sentence of a report."""
    if isinstance(value, dict):
        if "sentence" in value:
            yield value
        for inner in value.values():
            yield from proofs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from proofs(inner)


def cited(client: TestClient, body: dict[str, Any]) -> int:
    """How many sentences the body cites; each stands in its report where it says."""
    found = list(proofs(body))
    for proof in found:
        text = client.get(f"/v1/reports/{proof['report']}").json()["text"]
        start = proof.get("sentence_start", proof["start"])
        assert text[start : start + len(proof["sentence"])] == proof["sentence"]
    return len(found)


def test_uses_of_a_method(gathered: TestClient) -> None:
    method = gathered.get("/v1/entities", params={"type": "method", "limit": 50}).json()["entities"][0]
    body = gathered.get(f"/v1/methods/{method['id']}/uses").json()
    MethodUses.model_validate(body)
    assert body["total"] == len(body["uses"]) > 0
    assert all(use["methods"][0]["evidence"] for use in body["uses"])
    assert cited(gathered, body) > 0
    assert gathered.get(f"/v1/methods/{method['name']}/uses", params={"limit": 1}).json()["total"] == body["total"]
    assert not list(proofs(gathered.get(f"/v1/methods/{method['id']}/uses", params={"evidence": 0}).json()["uses"][0]["methods"]))


def test_partners_in_a_place(gathered: TestClient) -> None:
    body = gathered.get("/v1/partners", params={"place": "上城区"}).json()
    PartnerPairs.model_validate(body)
    assert body["total"] == len(body["partners"]) + body["left_out"] > 0
    assert all(tie["evidence"] and tie["label"] for pair in body["partners"] for tie in pair["ties"])
    assert sum(place["cases"] for place in body["places"]) > 0
    assert cited(gathered, body) > 0
    first = body["partners"][0]["first"]["id"]
    narrowed = gathered.get("/v1/partners", params={"actor": first}).json()
    assert all(first in (pair["first"]["id"], pair["second"]["id"]) for pair in narrowed["partners"])


def test_issues_told_of_together(gathered: TestClient) -> None:
    body = gathered.get("/v1/issues/co-occurrence", params={"issue": "加装电梯"}).json()
    IssuePairs.model_validate(body)
    assert body["pairs"]
    for pair in body["pairs"]:
        assert "加装电梯" in (pair["first"]["name"], pair["second"]["name"])
        assert pair["cases"] <= min(pair["first"]["cases"], pair["second"]["cases"])
    assert cited(gathered, body) > 0
    assert gathered.get("/v1/issues/co-occurrence", params={"least": 3}).json()["pairs"] == []


def test_contrasts_rest_on_outcomes_of_their_own(gathered: TestClient) -> None:
    body = gathered.get("/v1/contrasts", params={"issue": "加装电梯"}).json()
    Contrasts.model_validate(body)
    assert body["issue"]["name"] == "加装电梯"
    for contrast in body["contrasts"]:
        states = [ended["state"] for ended in contrast["outcomes"]]
        assert len(set(states)) == len(states) > 1
    assert body["contrasts"]
    assert cited(gathered, body) > 0


@pytest.mark.parametrize("what", ["report", "entity", "place"])
def test_timelines(gathered: TestClient, what: str) -> None:
    key = {"report": "成.txt", "entity": "加装电梯", "place": "杭州市上城区"}[what]
    body = gathered.get("/v1/timeline", params={what: key}).json()
    Timeline.model_validate(body)
    dates = [entry["date"] for entry in body["entries"] if entry["dated_by"] == "text"]
    assert dates == sorted(dates)
    assert "2022-06" in dates
    assert cited(gathered, body) == body["total"]


def test_a_neighbourhood_by_type(gathered: TestClient) -> None:
    issue = gathered.get("/v1/entities", params={"type": "issue", "q": "加装电梯"}).json()["entities"][0]["id"]
    body = gathered.get(f"/v1/entities/{issue}/neighbourhood", params={"depth": 2, "type": "method"}).json()
    Neighbourhood.model_validate(body)
    assert {row["node"]["type"] for row in body["rows"]} <= {"method", "case", "report", "actor", "place", "person", "issue"}
    assert "method" in {row["node"]["type"] for row in body["rows"]}
    near = gathered.get(f"/v1/entities/{issue}/neighbourhood", params={"depth": 1, "type": "case"}).json()["rows"]
    assert {row["node"]["type"] for row in near} == {"case"}
    assert gathered.get(f"/v1/entities/{issue}/neighbourhood", params={"type": "animal"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/v1/methods/没有过/uses", {}, 404), ("/v1/methods/加装电梯/uses", {}, 400), ("/v1/methods/加装电梯/uses", {"limit": 0}, 422),
        ("/v1/partners", {"place": "没有这个县"}, 404), ("/v1/partners", {"limit": 101}, 422), ("/v1/partners", {"place": ""}, 422),
        ("/v1/issues/co-occurrence", {"issue": "没有过的问题"}, 404), ("/v1/contrasts", {"cases": 21}, 422),
        ("/v1/timeline", {}, 400), ("/v1/timeline", {"report": "成.txt", "place": "上城区"}, 400), ("/v1/timeline", {"report": "无"}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told(gathered: TestClient, path: str, params: dict[str, Any], status: int) -> None:
    answer = gathered.get(path, params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
