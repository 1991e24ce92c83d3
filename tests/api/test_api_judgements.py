"""Judgements about entities over HTTP and on the page of an entity: joined, parted, named, taken back; and who may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from serving import application, send
from starlette.testclient import TestClient

from search_api.api.shapes import Candidates, Entity, Judged, Judgement, Problem

ONE = "柳荫里的议事厅\n\n杭州市上城区采荷街道建立“柳荫议事厅”平台，居民每周来商量楼道堆物的事。\n"
OTHER = "议事厅的第二年\n\n杭州市上城区采荷街道的“柳荫里议事厅”平台开了二十次会，楼道清空了。\n"
THIRD = "河西的议事厅\n\n无锡市滨湖区河埒街道建立“柳荫议事厅”平台，居民每周来商量停车的事。\n"
SIGNED = {"as": "刘敏", "why": "看过两份原件"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For tests that change nothing."""
    with application(tmp_path_factory.mktemp("judgements")) as client:
        yield filled(client)


@pytest.fixture
def client(fresh: TestClient) -> TestClient:
    return filled(fresh)


def filled(client: TestClient) -> TestClient:
    for name, text in (("甲.txt", ONE), ("乙.txt", OTHER), ("丙.txt", THIRD)):
        assert send(client, name, text)["state"] == "done"
    return client


def platforms(client: TestClient) -> dict[str, str]:
    """Ids by name and place, as 柳荫议事厅@浙江省杭州市…"""
    found = client.get("/v1/entities", params={"type": "platform", "limit": 100}).json()["entities"]
    return {f"{row['name']}@{row.get('place', '')[:3]}": row["id"] for row in found}


def two(client: TestClient) -> tuple[str, str]:
    found = platforms(client)
    here = [id for name, id in sorted(found.items()) if name.startswith("柳荫") and name.endswith("浙江省")]
    assert len(here) == 2, found
    return here[0], here[1]


def say(client: TestClient, status: int = 201, **body: Any) -> dict[str, Any]:
    answer = client.post("/v1/judgements", json=SIGNED | body)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def test_an_entity_tells_its_mentions_and_what_looks_like_it(shared: TestClient) -> None:
    one, other = two(shared)
    assert "members" not in shared.get(f"/v1/entities/{one}").json()
    body = shared.get(f"/v1/entities/{one}", params={"mentions": True}).json()
    Entity.model_validate(body)
    (member,) = body["members"]
    assert {"alone", "as_named"} & {row["id"] for row in member["reasons"]}
    text = shared.get(f"/v1/reports/{member['report']}").json()["text"]
    assert text[member["start"] : member["end"]] in member["names"]
    assert text[member["sentence_start"] :].startswith(member["sentence"])
    likeness = {row["entity"]["id"]: row["likeness"] for row in body["candidates"]}
    assert likeness[other] == "letter"
    assert "name" in likeness.values()
    pairs = shared.get("/v1/candidates", params={"type": "platform"}).json()
    Candidates.model_validate(pairs)
    assert one in {end["id"] for row in pairs["pairs"] if row["likeness"] == "name" for end in (row["one"], row["entity"])}


def test_same_and_different_name_and_taking_back(client: TestClient) -> None:
    one, other = two(client)
    done = say(client, kind="same", target=one, value=other)
    Judged.model_validate(done)
    (entity,) = done["entities"]
    assert (entity["mentions"], done["overruled"], done["also"]) == (2, [], [])
    assert client.get(f"/v1/entities/{one}").json()["id"] == client.get(f"/v1/entities/{other}").json()["id"] == entity["id"]
    parted = say(client, kind="different", target=one, value=other)
    assert len(parted["entities"]) == 2
    assert parted["id"] == done["id"]
    taken = client.delete(f"/v1/judgements/{parted['id']}")
    Judgement.model_validate(taken.json())
    assert client.get("/v1/judgements").json() == {"judgements": []}
    assert client.delete(f"/v1/judgements/{parted['id']}").status_code == 404


def test_mentions_are_split_off(client: TestClient) -> None:
    one, other = two(client)
    joined = say(client, kind="same", target=one, value=other)["entities"][0]["id"]
    members = client.get(f"/v1/entities/{joined}", params={"mentions": 1}).json()["members"]
    done = say(client, kind="split", target=joined, mentions=[members[0]["key"]])
    assert [row["mentions"] for row in done["entities"]] == [1, 1]
    shown = client.get(f"/v1/entities/{one}", params={"mentions": 1}).json()
    assert [row["kind"] for row in shown["judgements"]] == ["different"]


def test_a_name_is_shown_everywhere(client: TestClient) -> None:
    one, _ = two(client)
    done = say(client, kind="name", target=one, value="柳荫会客厅")
    Judged.model_validate(done)
    assert (done["kind"], done["value"], done["entities"][0]["name"]) == ("name", "柳荫会客厅", "柳荫会客厅")
    assert client.get(f"/v1/entities/{one}").json()["name"] == "柳荫会客厅"
    assert client.get(f"/v1/entities/{one}/neighbourhood").json()["entity"]["name"] == "柳荫会客厅"
    assert client.get("/v1/entities", params={"q": "柳荫会客"}).json()["entities"][0]["id"] == one
    assert "<h1>柳荫会客厅</h1>" in client.get(f"/entities/{one}").text
    client.delete(f"/v1/judgements/{done['id']}")
    assert client.get(f"/v1/entities/{one}").json()["name"].startswith("柳荫议事厅")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "same", "target": "ONE", "value": "ONE"}, 400),
        ({"kind": "same", "target": "ONE", "value": "甲.txt"}, 404),
        ({"kind": "same", "target": "甲.txt", "value": "ONE"}, 404),
        ({"kind": "name", "target": "甲.txt", "value": "新名"}, 404),
        ({"kind": "name", "target": "ONE", "value": " "}, 400),
        ({"kind": "name", "target": "ONE"}, 422),
        ({"kind": "split", "target": "ONE", "mentions": ["没有"]}, 404),
        ({"kind": "split", "target": "ONE", "mentions": []}, 422),
        ({"kind": "split", "target": "ONE", "value": "x"}, 422),
        ({"kind": "same", "target": "ONE", "value": "OTHER", "mentions": ["x"]}, 422),
        ({"kind": "same", "target": "ONE", "value": "OTHER", "why": " "}, 400),
        ({"kind": "same", "target": "ONE", "value": "OTHER", "why": "a\0b"}, 400),
        ({"kind": "same", "target": "ONE", "value": "a\0b"}, 404),
        ({"kind": "name", "target": "ONE", "value": "a\0b"}, 400),
        ({"kind": "name", "target": "ONE", "value": "新名", "as": " "}, 400),
    ],
)
def test_what_is_no_judgement_is_answered_with_its_problem(shared: TestClient, body: dict[str, Any], status: int) -> None:
    ids = dict(zip(("ONE", "OTHER"), two(shared), strict=True))
    answer = say(shared, status, **{name: ids.get(value, value) if isinstance(value, str) else value for name, value in body.items()})
    Problem.model_validate(answer)
    assert shared.get("/v1/judgements").json() == {"judgements": []}


class TestPage:
    def post(self, client: TestClient, entity: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        return client.post(f"/entities/{entity}/judgements", data=SIGNED | fields, headers=headers, follow_redirects=False)

    def test_people_judge_in_a_form(self, client: TestClient) -> None:
        one, other = two(client)
        page = client.get(f"/entities/{one}").text
        assert f'value="same:{other}"' in page
        assert f'action="/entities/{one}/judgements"' in page
        answer = self.post(client, one, action=f"same:{other}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/entities/{one}#judging")
        page = client.get(f"/entities/{one}").text
        assert "是同一个" in page
        assert "人工确认" in page
        assert "刘敏" in page
        keys = re.findall(r'name="mention" value="(\w+)"', page)
        assert len(keys) == 2
        assert self.post(client, one, action="split", mention=keys[:1]).status_code == 303
        assert len(two(client)) == 2
        (said,) = client.get("/v1/judgements").json()["judgements"]
        assert self.post(client, one, action=f"undo:{said['id']}").status_code == 303
        assert client.get("/v1/judgements").json() == {"judgements": []}

    def test_a_name_is_given_in_the_form(self, client: TestClient) -> None:
        one, _ = two(client)
        assert self.post(client, one, action="name", name="柳荫会客厅").status_code == 303
        page = client.get(f"/entities/{one}").text
        assert "<h1>柳荫会客厅</h1>" in page
        assert "名称改为“柳荫会客厅”" in page

    def test_another_site_cannot(self, shared: TestClient) -> None:
        one, other = two(shared)
        for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
            assert self.post(shared, one, headers, action=f"same:{other}").status_code == 403
        assert shared.get("/v1/judgements").json() == {"judgements": []}

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"action": "same:OTHER", "as": ""}, 400),
            ({"action": "same:OTHER", "why": " "}, 400),
            ({"action": "same:没有"}, 400),
            ({"action": "别的"}, 400),
            ({"action": "split"}, 400),
            ({"action": "undo:没有"}, 404),
            ({}, 422),
        ],
    )
    def test_what_is_wrong_is_said_on_a_page(self, shared: TestClient, fields: dict[str, str], status: int) -> None:
        one, other = two(shared)
        answer = self.post(shared, one, **{name: value.replace("OTHER", other) for name, value in fields.items()})
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/html")
        assert shared.get("/v1/judgements").json() == {"judgements": []}

    def test_hostile_names_are_escaped(self, client: TestClient) -> None:
        one, other = two(client)
        self.post(client, one, **{"action": f"same:{other}", "as": "<script>x()</script>", "why": '"><img src=x>'})
        page = client.get(f"/entities/{one}").text
        assert "<script>x()" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_a_store_survives_a_restart(client: TestClient, tmp_path: Any) -> None:
    one, other = two(client)
    say(client, kind="same", target=one, value=other)
    with application(tmp_path) as again:
        assert again.get(f"/v1/entities/{one}").json()["id"] == again.get(f"/v1/entities/{other}").json()["id"]
