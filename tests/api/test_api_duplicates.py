"""Duplicates and judgements over HTTP, and what the report's page says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from serving import LIFT, MARKET, application, send
from starlette.testclient import TestClient

from search_api.api.shapes import ComparedTexts, Duplicates, Judgement, Judgements, Problem, RelatedList

LATER = LIFT + "\n五、补记\n2023年春天，隔壁三单元也照这个办法装上了电梯，一楼住户没有再提别的要求。\n"


def of(client: TestClient, name: str) -> str:
    return str(next(row["id"] for row in client.get("/v1/reports").json()["reports"] if row["source"] == name))


def say(client: TestClient, kind: str, target: str, value: str, **more: str) -> object:
    return client.post("/v1/judgements", json={"kind": kind, "target": target, "value": value, "as": "刘敏", "why": "看过两份原件", **more})


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For tests that change nothing."""
    with application(tmp_path_factory.mktemp("duplicates")) as client:
        yield filled(client)


@pytest.fixture
def client(fresh: TestClient) -> TestClient:
    return filled(fresh)


def filled(client: TestClient) -> TestClient:
    row = "\n".join(
        json.dumps({"id": name, "text": text}, ensure_ascii=False)
        for name, text in (("加梯.txt", LIFT), ("加梯补记.txt", LATER), ("市场.txt", MARKET), ("加梯副本.md", LIFT))
    )
    assert send(client, "全部.jsonl", row)["state"] == "done"
    return client


def test_groups_pairs_and_what_is_beside_a_report(shared: TestClient) -> None:
    body = shared.get("/v1/duplicates").json()
    Duplicates.model_validate(body)
    (group,) = body["groups"]
    assert {report["source"] for report in group["reports"]} == {"加梯.txt", "加梯补记.txt", "加梯副本.md"}
    assert body["next"] is None
    for name in ("加梯.txt", "加梯副本.md"):
        beside = shared.get(f"/v1/reports/{name}/duplicates").json()
        RelatedList.model_validate(beside)
        assert beside["group"] == group["id"]
        found = {row["report"]["source"]: row for row in beside["duplicates"]}
        assert {row["kind"] for row in found.values()} == {"exact", "version"}
        assert all(row["together"] for row in found.values())
        assert found["加梯补记.txt"]["share"][0] > 0.95 > found["加梯补记.txt"]["share"][1]
    assert shared.get("/v1/reports/市场.txt/duplicates").json()["duplicates"] == []
    assert shared.get("/v1/reports/没有/duplicates").status_code == 404


def test_pages_of_groups_and_of_passages(client: TestClient) -> None:
    send(client, "副本.txt", MARKET)
    first = client.get("/v1/duplicates", params={"limit": 1}).json()
    second = client.get("/v1/duplicates", params={"limit": 1, "cursor": first["next"]}).json()
    assert first["groups"][0]["id"] < second["groups"][0]["id"]
    assert client.get("/v1/duplicates", params={"limit": 1, "cursor": second["next"]}).json()["groups"] == []
    assert client.get("/v1/duplicates", params={"collection": "没有"}).json()["groups"] == []
    send(client, "汇编.txt", "见闻\n\n" + MARKET + "另有杂记若干，与前文无关，只为凑成一篇长文。" * 20)
    passages = client.get("/v1/duplicates", params={"of": "passages", "limit": 1}).json()
    Duplicates.model_validate(passages)
    assert [pair["kind"] for pair in passages["pairs"]] == ["part"]
    assert client.get("/v1/duplicates", params={"of": "passages", "cursor": passages["next"]}).json()["pairs"] == []
    for cursor in ("x", "WyJhIiwiYiIsImMiXQ"):
        assert client.get("/v1/duplicates", params={"of": "passages", "cursor": cursor}).status_code == 400


def test_two_texts_side_by_side(shared: TestClient) -> None:
    one, other = of(shared, "加梯.txt"), of(shared, "加梯补记.txt")
    body = shared.get("/v1/duplicates/compare", params={"one": one[:8], "other": "加梯补记.txt"}).json()
    ComparedTexts.model_validate(body)
    texts = [shared.get(f"/v1/reports/{report}").json()["text"] for report in (one, other)]
    assert len(body["sentences"]) > 5
    for sentence in body["sentences"]:
        for side, text in zip(("one", "other"), texts, strict=True):
            assert text[sentence[side]["start"] : sentence[side]["end"]] == sentence[side]["text"]
    assert body["kind"] == "version"
    assert shared.get("/v1/duplicates/compare", params={"one": one}).status_code == 422


def test_people_win_and_are_quoted(client: TestClient) -> None:
    answer = say(client, "different", "加梯.txt", "加梯补记.txt")
    assert answer.status_code == 201  # type: ignore[attr-defined]
    Judgement.model_validate(answer.json())  # type: ignore[attr-defined]
    beside = {row["report"]["source"]: row for row in client.get("/v1/reports/加梯.txt/duplicates").json()["duplicates"]}
    assert not beside["加梯补记.txt"]["together"]
    assert beside["加梯补记.txt"]["judgement"]["who"] == "刘敏"
    assert say(client, "same", "加梯.txt", "市场.txt").status_code == 201  # type: ignore[attr-defined]
    beside = {row["report"]["source"]: row for row in client.get("/v1/reports/加梯.txt/duplicates").json()["duplicates"]}
    assert beside["市场.txt"]["together"]
    assert "kind" not in beside["市场.txt"]
    said = client.get("/v1/judgements").json()
    Judgements.model_validate(said)
    assert [one["kind"] for one in said["judgements"]] == ["different", "same"]
    assert [one["kind"] for one in client.get("/v1/judgements", params={"kind": "same"}).json()["judgements"]] == ["same"]
    client.delete("/v1/reports/市场.txt", params={"why": "本人要求", "as": "刘敏"})
    assert [one["kind"] for one in client.get("/v1/judgements", params={"orphaned": True}).json()["judgements"]] == ["same"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "same", "target": "加梯.txt", "value": "加梯.txt"}, 400),
        ({"kind": "same", "target": "加梯.txt", "value": "没有.txt"}, 404),
        ({"kind": "maybe", "target": "加梯.txt", "value": "市场.txt"}, 422),
        ({"kind": "same", "target": "加梯.txt"}, 422),
        ({"kind": "same", "target": "加梯.txt", "value": "市场.txt", "why": " "}, 400),
        ({"kind": "same", "target": "加梯.txt", "value": "市场.txt", "as": ""}, 422),
        ({"kind": "same", "target": "加梯.txt", "value": "市场.txt", "more": "x"}, 422),
    ],
)
def test_what_is_no_judgement_is_answered_with_its_problem(shared: TestClient, body: dict[str, str], status: int) -> None:
    answer = shared.post("/v1/judgements", json={"as": "刘敏", "why": "看过"} | body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    Problem.model_validate(answer.json())
    assert shared.get("/v1/judgements").json() == {"judgements": []}


def test_the_page_of_a_report_says_what_else_has_its_text(client: TestClient) -> None:
    page = client.get(f"/reports/{of(client, '加梯.txt')}").text
    assert "另有 2 份文字重合的材料" in page
    assert f"/reports/{of(client, '加梯副本.md')}" in page
    assert "抄袭" not in page
    assert "文字重合的材料" not in client.get(f"/reports/{of(client, '市场.txt')}").text
    say(client, "different", "加梯.txt", "加梯补记.txt")
    assert "另有 1 份文字重合的材料" in client.get(f"/reports/{of(client, '加梯.txt')}").text
