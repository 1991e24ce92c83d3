"""Entities on the command line: shown with their mentions, joined, parted, named, taken back; and it lasts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import Call

from search_api.api.shapes import Candidates, Entity, Judged, Judgements

TEXTS = {
    "甲.txt": "柳荫里的议事厅\n\n杭州市上城区采荷街道建立“柳荫议事厅”平台，居民每周来商量楼道堆物的事。\n",
    "乙.txt": "议事厅的第二年\n\n杭州市上城区采荷街道的“柳荫里议事厅”平台开了二十次会，楼道清空了。\n",
    "丙.txt": "河西的议事厅\n\n无锡市滨湖区河埒街道建立“柳荫议事厅”平台，居民每周来商量停车的事。\n",
}
SIGNED = ("--as", "刘敏", "--why", "看过两份原件")


@pytest.fixture
def folder(call: Call, tmp_path: Path) -> Path:
    made = tmp_path / "材料"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, encoding="utf-8")
    call("ingest", made)
    return made


def of(call: Call, source: str) -> str:
    """The id of the hall that a report tells of."""
    facts = call("facts", source, "--type", "platform", "--json").body["facts"]
    return str(next(row["entity"] for row in facts if row["name"].startswith("柳荫")))


def shown(call: Call, entity: str) -> dict[str, Any]:
    return dict(call("resolve", entity, "--json").body)


def test_an_entity_is_shown_with_mentions_and_what_looks_like_it(call: Call, folder: Path) -> None:
    entity = of(call, "甲.txt")
    body = shown(call, entity)
    Entity.model_validate(body)
    assert shown(call, entity[:12]) == body == dict(call("resolve", "show", entity, "--json").body)
    (member,) = body["members"]
    assert (member["source"], member["sentence"][:6]) == ("甲.txt", "杭州市上城区")
    likeness = {row["entity"]["id"]: row["likeness"] for row in body["candidates"]}
    assert (likeness[of(call, "乙.txt")], likeness[of(call, "丙.txt")]) == ("letter", "name")
    said = call("resolve", entity).out
    for words in ("1 处提及", "甲.txt", "柳荫议事厅", "名称差一个字", "同名，所在不同", of(call, "丙.txt")[:12]):
        assert words in said
    listed = call("resolve", "list", "--type", "platform", "--json").body
    Candidates.model_validate(listed)
    assert "同名，所在不同" in call("resolve", "list", "--type", "platform").out
    assert "没有看着相像" in call("resolve", "list", "--type", "award").out


def test_confirm_reject_and_undo(call: Call, folder: Path) -> None:
    one, other = of(call, "甲.txt"), of(call, "乙.txt")
    done = call("resolve", "confirm", one, other, *SIGNED, "--json")
    Judged.model_validate(done.body)
    assert of(call, "甲.txt") == of(call, "乙.txt") == done.body["entities"][0]["id"]
    assert "是同一个" in call("resolve", one).out
    assert "人工确认 100%" in call("resolve", one).out
    assert {reason["judgement"] for member in shown(call, one)["members"] for reason in member["reasons"] if "judgement" in reason} == {
        done.body["id"]
    }
    assert call("resolve", "reject", one, other, *SIGNED).status == 0
    assert of(call, "甲.txt") != of(call, "乙.txt")
    assert "不是同一个" in call("resolve", one).out
    (said,) = call("judgements", "--json").body["judgements"]
    assert said["id"][:12] in call("judgements").out
    assert "甲.txt" in call("judgements").out
    assert call("resolve", "undo", said["id"][:12]).status == 0
    assert call("judgements", "--json").body == {"judgements": []}
    assert call("resolve", "undo", said["id"]).status == 2


def test_split_and_a_later_word_that_overrules_earlier_ones(call: Call, folder: Path) -> None:
    one, other, third = (of(call, source) for source in TEXTS)
    call("resolve", "confirm", one, other, *SIGNED)
    call("resolve", "confirm", other, third, *SIGNED)
    entity = of(call, "甲.txt")
    key = next(member["key"] for member in shown(call, entity)["members"] if member["source"] == "乙.txt")
    done = call("resolve", "split", entity, key[:12], *SIGNED)
    assert done.status == 0
    assert of(call, "甲.txt") == of(call, "丙.txt") != of(call, "乙.txt")
    again = call("resolve", "reject", one, third, "--as", "何川", "--why", "两个城市的", "--json").body
    assert of(call, "甲.txt") != of(call, "丙.txt")
    assert {row["kind"] for row in again["overruled"]} <= {"same"}


def test_rename(call: Call, folder: Path) -> None:
    one = of(call, "甲.txt")
    done = call("resolve", "rename", one, "柳荫会客厅", *SIGNED, "--json")
    Judged.model_validate(done.body)
    assert call("sync", "--rebuild").status == 0
    assert shown(call, "柳荫会客厅")["id"] == one
    assert "柳荫会客厅" in call("neighbours", one).out
    assert "名称改为“柳荫会客厅”" in call("resolve", one).out
    assert "柳荫会客厅" in call("judgements", "--kind", "name").out
    call("resolve", "undo", done.body["id"])
    assert shown(call, one)["name"].startswith("柳荫议事厅")


def test_it_lasts_through_reading_again_deletion_and_rebuild(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = of(call, "甲.txt"), of(call, "乙.txt")
    call("resolve", "confirm", one, other, *SIGNED)
    assert call("sync", "--rebuild").status == 0
    assert of(call, "甲.txt") == of(call, "乙.txt")
    (folder / "乙.txt").write_text(TEXTS["乙.txt"] + "补记：第二年又添了书架。\n", encoding="utf-8")
    call("ingest", folder)
    assert of(call, "甲.txt") == of(call, "乙.txt")
    call("delete", "乙.txt", "--why", "本人要求", "--as", "刘敏")
    orphaned = call("judgements", "--orphaned", "--json").body
    Judgements.model_validate(orphaned)
    assert [row["kind"] for row in orphaned["judgements"]] == ["same"]
    call("ingest", folder, "--restore")
    assert call("judgements", "--orphaned", "--json").body == {"judgements": []}
    assert of(call, "甲.txt") == of(call, "乙.txt")


def test_what_is_wrong_is_refused(call: Call, folder: Path) -> None:
    one, other = of(call, "甲.txt"), of(call, "乙.txt")
    for arguments in (
        ("confirm", one, one, *SIGNED),
        ("confirm", one, "没有的", *SIGNED),
        ("confirm", one, other, "--why", "没有署名"),
        ("confirm", one, other, "--as", "刘敏"),
        ("reject", one, other, "--as", "刘敏", "--why", " "),
        ("split", one, other, *SIGNED),
        ("rename", one, " ", *SIGNED),
        ("undo", "没有的"),
        ("没有的条目",),
        ("confrm", one, other),
    ):
        assert call("resolve", *arguments).status == 2, arguments
    assert call("judgements", "--json").body == {"judgements": []}


def test_english(call: Call, folder: Path) -> None:
    one, other = of(call, "甲.txt"), of(call, "乙.txt")
    assert "was not joined" in call("resolve", one, "--lang", "en").out
    assert "Noted" in call("resolve", "confirm", one, other, *SIGNED, "--lang", "en").out
    assert "are one" in call("resolve", one, "--lang", "en").out
