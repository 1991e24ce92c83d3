"""`/v1/search` and `/v1/precedents`."""

from __future__ import annotations

import pytest
from serving import pages
from starlette.testclient import TestClient

from search_api.api.shapes import Answer, Problem


def test_a_query_finds_its_case_first_with_marked_words(library: TestClient) -> None:
    answer = library.get("/v1/search", params={"q": "一楼业主反对加装电梯"})
    assert answer.status_code == 200
    body = answer.json()
    Answer.model_validate(body)
    best = body["hits"][0]
    assert best["source"] == "加梯.txt"
    assert body["verdict"] == "found"
    assert best["sample"] is False
    for passage in best["passages"]:
        assert len(passage["text"]) == passage["end"] - passage["start"]
    words = [passage["text"][start:end] for passage in best["passages"] for start, end in passage["highlights"]]
    assert "电梯" in "".join(words)


def test_a_passage_stands_where_it_says(library: TestClient) -> None:
    hit = library.get("/v1/search", params={"q": "占道经营反弹"}).json()["hits"][0]
    text = library.get(f"/v1/reports/{hit['report']}").json()["text"]
    assert all(text[passage["start"] : passage["end"]] == passage["text"] for passage in hit["passages"])


def test_pages_follow_each_other_without_gaps_or_repeats(library: TestClient) -> None:
    whole = library.get("/v1/search", params={"q": "社区", "k": 100}).json()
    paged = [(hit["report"], hit["case"]) for page in pages(library, "/v1/search", q="社区", k=2) for hit in page["hits"]]
    assert paged == [(hit["report"], hit["case"]) for hit in whole["hits"]]
    assert len(paged) == whole["total"] > 2


def test_a_facet_narrows_to_what_it_counted(library: TestClient) -> None:
    before = library.get("/v1/search", params={"q": "社区"}).json()
    name, value = next((name, item) for name, of in before["facets"].items() for item in of if item["count"] < before["total"])
    after = library.get("/v1/search", params={"q": "社区", name: value["value"]}).json()
    assert after["total"] == value["count"]
    assert after["filters"] == {name: [value["value"]]}


def test_explain_gives_parts_that_add_up_to_the_score(library: TestClient) -> None:
    hit = library.get("/v1/search", params={"q": "加装电梯", "explain": "true"}).json()["hits"][0]
    assert sum(part["share"] for part in hit["explanation"]["channels"]) == pytest.approx(hit["score"], abs=1e-5)


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 422),
        ({"q": "电梯", "k": "0"}, 422),
        ({"q": "电梯", "k": "101"}, 422),
        ({"q": "电梯", "k": "x"}, 422),
        ({"q": "电梯", "channel": "fast"}, 422),
        ({"q": "电梯", "colour": "red"}, 422),
        ({"q": "电梯", "cursor": "nonsense"}, 400),
    ],
)
def test_wrong_parameters_are_told_as_problems(library: TestClient, params: dict[str, str], status: int) -> None:
    answer = library.get("/v1/search", params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(answer.json())
    assert problem.status == status
    assert problem.detail
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["梯", "\U00020000𠮷", "？！", '" OR 1=1 --', "<script>alert(1)</script>", "\u202e", "a\0b"])
def test_odd_queries_are_answered(library: TestClient, query: str) -> None:
    answer = library.get("/v1/search", params={"q": query})
    assert answer.status_code == 200
    Answer.model_validate(answer.json())


def test_nothing_to_look_for_gives_the_verdict_none(library: TestClient) -> None:
    body = library.get("/v1/search", params={"q": "？！"}).json()
    assert (body["hits"], body["verdict"]) == ([], "none")


def test_precedents_of_a_situation_come_with_aspects(library: TestClient) -> None:
    text = "我们小区六层老楼想装电梯，一楼业主反对，怕影响采光，高层愿意补偿，不知道怎么谈。"
    answer = library.post("/v1/precedents", json={"text": text, "k": 3})
    assert answer.status_code == 200
    Answer.model_validate(answer.json())
    best = answer.json()["hits"][0]
    assert best["source"] == "加梯.txt"
    assert best["aspects"]
    report = library.get(f"/v1/reports/{best['report']}").json()
    for aspect in best["aspects"]:
        assert all(report["text"][span["start"] : span["end"]] == span["text"] for span in aspect["theirs"])


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": 1}, {"text": "楼", "k": 0}, {"text": "楼", "more": 1}, {"text": "楼" * 20_001}, []]
)
def test_a_wrong_situation_is_told_as_a_problem(library: TestClient, body: object) -> None:
    answer = library.post("/v1/precedents", json=body)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_half_a_surrogate_pair_is_told_as_a_problem(library: TestClient) -> None:
    answer = library.post("/v1/precedents", content=b'{"text": "\\ud800\\u7535\\u68af"}', headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "不成对" in answer.json()["detail"]
