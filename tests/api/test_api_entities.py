"""Entities and their neighbourhoods."""

from __future__ import annotations

import pytest
from serving import pages
from starlette.testclient import TestClient

from search_api.api.shapes import Entity, EntityList, Neighbourhood, Ways


def test_entities_are_listed_by_type_and_name(library: TestClient) -> None:
    body = library.get("/v1/entities", params={"type": "issue", "q": "電梯", "limit": 5}).json()
    EntityList.model_validate(body)
    assert [entity["name"] for entity in body["entities"]] == ["加装电梯"]
    assert library.get("/v1/entities", params={"type": "animal"}).status_code == 422
    assert library.get("/v1/entities", params={"limit": 0}).status_code == 422


def test_the_list_goes_on_page_by_page(library: TestClient) -> None:
    whole = library.get("/v1/entities", params={"limit": 100}).json()["entities"]
    seen = [entity for page in pages(library, "/v1/entities", limit=3) for entity in page["entities"]]
    assert seen[: len(whole)] == whole


def test_an_entity_and_its_neighbourhood_rest_on_sentences(library: TestClient) -> None:
    issue = library.get("/v1/entities", params={"type": "issue", "q": "加装电梯"}).json()["entities"][0]
    shown = library.get(f"/v1/entities/{issue['id']}").json()
    Entity.model_validate(shown)
    assert shown == issue
    near = library.get(f"/v1/entities/{issue['id']}/neighbourhood").json()
    Neighbourhood.model_validate(near)
    assert near["entity"]["name"] == "加装电梯"
    assert near["rows"]
    texts = {report: library.get(f"/v1/reports/{report}").json()["text"] for report in issue["reports"]}
    for row in near["rows"]:
        assert row["label"]
        for proof in row["evidence"]:
            start = proof["sentence_start"]
            assert texts[proof["report"]][start : start + len(proof["sentence"])] == proof["sentence"]


def test_the_neighbourhood_is_bounded_and_narrowed(library: TestClient) -> None:
    issue = library.get("/v1/entities", params={"type": "issue", "q": "加装电梯"}).json()["entities"][0]["id"]
    path = f"/v1/entities/{issue}/neighbourhood"
    rows = library.get(path, params={"depth": 2, "limit": 300}).json()["rows"]
    assert {row["depth"] for row in rows} == {1, 2}
    few = library.get(path, params={"depth": 2, "limit": 1}).json()["rows"]
    assert len({row["node"]["id"] for row in few} - {issue}) == 1
    only = library.get(path, params={"relation": "about_issue"}).json()["rows"]
    assert {row["relation"] for row in only} == {"about_issue"}


def test_ways_between_two_nodes_have_a_sentence_for_each_step(library: TestClient) -> None:
    issue = library.get("/v1/entities", params={"type": "issue", "q": "加装电梯"}).json()["entities"][0]
    body = library.get("/v1/paths", params={"from": issue["name"], "to": issue["reports"][0]}).json()
    Ways.model_validate(body)
    assert body["paths"]
    for path in body["paths"]:
        assert path["steps"][0]["from"] == issue["id"]
        assert path["steps"][-1]["node"]["id"] == issue["reports"][0]
        assert all(step["evidence"] or step["relation"] == "has_case" for step in path["steps"])
    assert library.get("/v1/paths", params={"from": issue["id"], "to": issue["id"]}).json()["paths"] == []
    assert library.get("/v1/paths", params={"from": issue["id"], "to": "没有的"}).status_code == 404
    assert library.get("/v1/paths", params={"from": issue["id"]}).status_code == 422


@pytest.mark.parametrize(
    ("params", "status"), [({"depth": 3}, 422), ({"depth": 0}, 422), ({"limit": 301}, 422), ({"relation": "loves"}, 400)]
)
def test_wrong_parameters_are_told(library: TestClient, params: dict[str, str], status: int) -> None:
    issue = library.get("/v1/entities", params={"type": "issue"}).json()["entities"][0]["id"]
    assert library.get(f"/v1/entities/{issue}/neighbourhood", params=params).status_code == status


def test_an_unknown_entity_is_not_found(library: TestClient) -> None:
    for path in ("/v1/entities/none", "/v1/entities/none/neighbourhood"):
        assert library.get(path).status_code == 404
