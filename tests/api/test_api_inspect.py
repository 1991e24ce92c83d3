"""How a file would be read, over HTTP: the command's body, nothing stored, nothing private."""

from __future__ import annotations

import io
import json
import zipfile

from serving import LIFT, MARKET, PRIVATE
from starlette.testclient import TestClient

from search_api.api.shapes.inspect import Inspection, Listing


def packed(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_one_file_comes_in_full_and_is_not_stored(library: TestClient) -> None:
    before = library.get("/v1/reports").json()
    answer = library.post("/v1/inspect", files={"file": ("加梯.txt", LIFT.replace("2021", "2021(èr)").encode("gb18030"))})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    Inspection.model_validate(body)
    assert body["title"] == "柳荫里加装电梯的三次协商"
    assert [section["role"] for section in body["sections"]][:2] == ["background", "problem"]
    for section in body["sections"]:
        assert body["text"][section["start"] :].startswith(section.get("heading", ""))
    assert library.get("/v1/reports").json() == before


def test_nothing_private_is_answered(library: TestClient) -> None:
    answer = library.post("/v1/inspect", files={"file": ("建议.txt", PRIVATE.encode())})
    assert answer.status_code == 200
    assert "13800138000" not in answer.text
    assert {item["kind"] for item in answer.json()["personal"]} == {"identity", "mobile"}


def test_several_come_as_rows_and_one_of_them_in_full(library: TestClient) -> None:
    files = {"file": ("包.zip", packed({"甲/加梯.txt": LIFT, "乙/市场.txt": MARKET, "乙/空.txt": ""}))}
    listing = library.post("/v1/inspect", files=files).json()
    Listing.model_validate(listing)
    rows = {item["source"]: item for item in listing["items"]}
    assert rows["包.zip/甲/加梯.txt"]["cases"] == 1
    assert rows["包.zip/乙/空.txt"]["code"] == "empty"
    one = library.post("/v1/inspect", files=files, params={"member": "乙/市场.txt"}).json()
    assert one["source"] == "包.zip/乙/市场.txt"
    assert library.post("/v1/inspect", files=files, params={"member": "丙.txt"}).status_code == 404


def test_a_row(library: TestClient) -> None:
    lines = "\n".join(json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in (("R1", LIFT), ("R2", MARKET)))
    files = {"file": ("行.jsonl", lines.encode())}
    assert library.post("/v1/inspect", files=files, params={"row": 2}).json()["source"] == "R2"


def test_a_file_that_cannot_be_read_is_a_problem(library: TestClient) -> None:
    answer = library.post("/v1/inspect", files={"file": ("空.txt", b"")})
    assert answer.status_code == 422
    assert answer.json()["code"] == "empty"
    assert library.post("/v1/inspect", content=b"x").status_code == 415
