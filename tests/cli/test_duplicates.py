"""Duplicates and judgements on the command line: listed, shown side by side, confirmed, split, kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Call

from search_api.api.shapes import ComparedTexts, Duplicates, Judgement, Judgements

STORY = (
    "南坪社区的老楼没有电梯，七十岁的住户每天要歇三次才能走到五楼。居委会开了四次协商会，一楼的两户要求补偿采光。"
    "最后每户出资两万五千元，电梯在秋天装好了。楼长说，钱出得明白，话说得清楚，邻居还是邻居。"
)
OTHER = (
    "菜场门口的摊位占了半条路，早高峰时公交车要等一刻钟。街道把摊贩请进空置的厂房，头三个月不收租金。"
    "半年以后路通了，摊位一个也没有少。摊主们选出了自己的管理小组，每周碰一次头。"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "材料"
    made.mkdir()
    texts = {
        "甲.txt": f"南坪社区加梯记\n\n{STORY}\n",
        "乙.md": f"# 南坪社区加梯记\n\n{STORY.replace('。', '。' + chr(10) * 2)}\n",
        "丙.txt": f"南坪社区加梯记\n\n{STORY}\n补记：第二年春天隔壁两栋楼也照这个办法装上了电梯。\n",
        "丁.txt": f"河边菜场搬家\n\n{OTHER}\n",
        "戊.txt": f"见闻两则\n\n{OTHER}\n下面一则说的是别的事：河边的垃圾房夏天气味很重，周围三栋楼的住户不肯让它留下。\n"
        + "另有杂记若干，与前文无关，只为凑成一篇长文。" * 9,
    }
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_groups_are_listed_with_both_shares(call: Call, folder: Path) -> None:
    call("ingest", folder)
    body = call("duplicates", "--json").body
    Duplicates.model_validate(body)
    (group,) = body["groups"]
    assert {report["source"] for report in group["reports"]} == {"甲.txt", "乙.md", "丙.txt"}
    assert {pair["kind"] for pair in group["pairs"]} == {"exact", "version"}
    said = call("duplicates").out
    assert "第 1 组，3 份" in said
    assert "文字相同" in said
    assert "不计套话" in said
    assert "抄袭" not in said


def test_passages_are_listed_apart(call: Call, folder: Path) -> None:
    call("ingest", folder)
    body = call("duplicates", "--passages", "--json").body
    Duplicates.model_validate(body)
    (pair,) = body["pairs"]
    assert pair["kind"] == "part"
    assert {report["source"] for report in pair["reports"]} == {"丁.txt", "戊.txt"}
    assert "一份收入另一份" in call("duplicates", "--passages").out


def test_a_collection_lists_only_its_groups(call: Call, folder: Path) -> None:
    call("ingest", folder, "--collection", "街道")
    assert len(call("duplicates", "--collection", "街道", "--json").body["groups"]) == 1
    assert call("duplicates", "--collection", "别处", "--json").body["groups"] == []
    assert "没有文字大部分相同的材料" in call("duplicates", "--collection", "别处").out


def test_two_texts_are_shown_side_by_side(call: Call, folder: Path) -> None:
    call("ingest", folder)
    body = call("duplicates", "show", "丁.txt", "戊.txt", "--json").body
    ComparedTexts.model_validate(body)
    texts = [(folder / report["source"]).read_text(encoding="utf-8") for report in body["reports"]]
    assert body["sentences"]
    for sentence in body["sentences"]:
        assert sentence["one"]["text"] in texts[0]
        assert sentence["other"]["text"] in texts[1]
    assert body["own_share"][0] > 0.8 > body["own_share"][1]
    said = call("duplicates", "show", "丁.txt", "戊.txt").out
    assert "菜场门口的摊位占了半条路" in said
    assert "文字重合" in said
    assert "没有重合的句子" in call("duplicates", "show", "甲.txt", "丁.txt").out


def test_people_split_and_confirm_and_it_lasts(call: Call, folder: Path) -> None:
    call("ingest", folder)
    done = call("duplicates", "split", "甲.txt", "丙.txt", "--why", "第二份另有补记", "--as", "刘敏", "--json")
    Judgement.model_validate(done.body)
    assert (done.body["kind"], done.body["who"]) == ("different", "刘敏")
    (group,) = call("duplicates", "--json").body["groups"]
    assert {report["source"] for report in group["reports"]} in ({"甲.txt", "乙.md"}, {"乙.md", "丙.txt"})
    assert call("sync", "--rebuild").status == 0
    assert call("duplicates", "--json").body["groups"][0]["id"] == group["id"]
    assert call("duplicates", "confirm", "甲.txt", "丁.txt", "--why", "同一批来稿", "--as", "刘敏").status == 0
    grouped = {frozenset(report["source"] for report in group["reports"]) for group in call("duplicates", "--json").body["groups"]}
    assert any({"甲.txt", "丁.txt"} <= group for group in grouped)
    assert "刘敏" in call("duplicates").out
    assert call("duplicates", "confirm", "甲.txt", "丙.txt", "--why", "还是同一稿", "--as", "何川").status == 0
    kinds = [one["kind"] for one in call("judgements", "--json").body["judgements"]]
    assert sorted(kinds) == ["same", "same"]


def test_a_judgement_needs_a_name_a_reason_and_two_reports(call: Call, folder: Path) -> None:
    call("ingest", folder)
    assert call("duplicates", "split", "甲.txt", "丙.txt", "--why", "不同").status == 2
    assert call("duplicates", "split", "甲.txt", "丙.txt", "--as", "刘敏").status == 2
    assert call("duplicates", "split", "甲.txt", "丙.txt", "--as", "刘敏", "--why", " ").status == 2
    assert call("duplicates", "split", "甲.txt", "甲.txt", "--as", "刘敏", "--why", "不同").status == 2
    assert call("duplicates", "split", "甲.txt", "没有.txt", "--as", "刘敏", "--why", "不同").status == 2
    assert call("judgements", "--json").body == {"judgements": []}


def test_an_orphaned_judgement_is_kept_and_listed(call: Call, folder: Path) -> None:
    call("ingest", folder)
    call("duplicates", "confirm", "甲.txt", "丁.txt", "--why", "同一批来稿", "--as", "刘敏")
    assert call("judgements", "--orphaned", "--json").body == {"judgements": []}
    assert call("delete", "丁.txt", "--why", "本人要求", "--as", "刘敏").status == 0
    body = call("judgements", "--orphaned", "--json").body
    Judgements.model_validate(body)
    assert [one["why"] for one in body["judgements"]] == ["同一批来稿"]
    assert "甲.txt" in call("judgements", "--orphaned").out
    assert len(call("judgements", "--kind", "withdrawn", "--json").body["judgements"]) == 1
    call("ingest", folder, "--restore")
    assert call("judgements", "--orphaned", "--json").body == {"judgements": []}
    assert any(
        {"甲.txt", "丁.txt"} <= {report["source"] for report in group["reports"]} for group in call("duplicates", "--json").body["groups"]
    )


def test_english(call: Call, folder: Path) -> None:
    call("ingest", folder)
    assert "common phrases left out" in call("duplicates", "--lang", "en").out
    assert "Sentences in common" in call("duplicates", "show", "丁.txt", "戊.txt", "--lang", "en").out


def test_status_tells_what_is_left_to_compare(call: Call, folder: Path) -> None:
    call("ingest", folder, "--no-wait")
    assert call("status", "--json").body["behind"]["duplicates"] > 0
    call("sync")
    assert call("status", "--json").body["behind"]["duplicates"] == 0
