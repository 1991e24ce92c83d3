"""Named methods, platforms and programmes."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def named(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type in ("method", "platform", "programme")]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("构建‘安居808’社会服务联动平台。", "platform", "安居808"),
        ("打造的“湖畔夜话”协商平台。", "platform", "湖畔夜话"),
        ("深化‘三访三办三公开’机制。", "method", "三访三办三公开"),
        ("开展‘众筹有爱·邻里结亲’活动。", "programme", "众筹有爱·邻里结亲"),
        ("推行“七步工作法”。", "method", "七步工作法"),
        ("形成‘5+X’服务体系。", "method", "5+X"),
        ("实行三社联动。", "method", "三社联动"),
        ("启动槐荫片区综合整治工程。", "programme", "槐荫片区综合整治工程"),
        ("设立邻里互助发展基金。", "programme", "邻里互助发展基金"),
        ("探索时间银行。", "method", "时间银行"),
        ("以“好点子”评选为载体。", "programme", "好点子"),
    ],
)
def test_names_and_their_types(text: str, kind: str, name: str) -> None:
    assert (kind, name) in [(fact.type, fact.name) for fact in named(text)]


def test_the_members_of_a_list_are_names_like_the_first() -> None:
    found = named("设立社区党组织“会客厅”、服务站“百事岗”、居委会“说事坊”。一周后，百事岗迎来首批居民。")
    assert [fact.name for fact in found] == ["会客厅", "百事岗", "说事坊", "百事岗"]
    assert {fact.type for fact in found} == {"platform"}


@pytest.mark.parametrize(
    "text",
    [
        "打破资金‘壁垒’。",
        "变“被动”为“主动”。",
        "从“管理”到“治理”。",
        "成为居民的“主心骨”。",
        "“我要参与”成为口头禅。",
        "发动居民骨干和网格员。",
    ],
)
def test_scare_quotes_slogans_and_people_are_no_names(text: str) -> None:
    assert named(text) == []


def test_one_name_has_one_type_all_over_the_text() -> None:
    found = named("打造‘5+X’综合服务体系。“5+X”服务综合体建成后，‘5+X’中的X由社区自定。")
    assert len({fact.type for fact in found if fact.name == "5+X"}) == 1


def test_planned_and_denied_names_are_marked() -> None:
    assert [fact.modality for fact in named("下一步，将推行“三色议事法”。")] == ["planned"]
    assert [fact.modality for fact in named("社区尚未推行“三色议事法”。")] == ["negated"]
    assert [fact.modality for fact in named("社区推行了“三色议事法”。")] == ["asserted"]


def test_the_family_of_the_vocabulary_is_linked() -> None:
    [fact] = [fact for fact in named("全面推行积分制。") if fact.name == "积分制"]
    assert fact.concept is not None


def test_halves_of_a_name_stand_for_themselves() -> None:
    found = [fact.name for fact in named("推行“一梯一策、先议后建”做法。先议后建让邻居坐到一起。“小区加梯、小区停车”活动结束。")]
    assert found.count("先议后建") == 1
    assert "小区停车" not in [fact.name for fact in named("“小区加梯、小区停车”活动结束，小区停车仍难。")]
    assert "两公开" in [fact.name for fact in named("村里走了四议两公开。两公开贴在祠堂门口。")]
    assert "一公开" not in [fact.name for fact in named("村里走了四议两公开。一公开就有人问。")]


def test_parts_told_one_by_one_are_as_many_as_the_name_says() -> None:
    parts = "1. 议诉求：先背靠背。\n2. 议方案：舍了两个。\n3. 议分摊：从三楼算起。\n"
    found = [fact for fact in named(f"加梯走的是“三议一公开”工作法。\n{parts}") if fact.rule == "name.part"]
    assert [fact.name for fact in found] == ["议诉求", "议方案", "议分摊"]
    assert not [fact for fact in named(f"加梯走的是“四议一公开”工作法。\n{parts}") if fact.rule == "name.part"]


def test_what_a_place_is_enlisted_in_is_a_programme() -> None:
    assert [(fact.type, fact.name) for fact in named("这栋楼纳入老旧小区改造，每平方米280元。")] == [("programme", "老旧小区改造")]
    assert not named("老旧小区改造政策有变化。")


def test_a_short_form_in_brackets_is_the_name_again() -> None:
    assert [fact.name for fact in named("社工用焦虑自评量表（SAS）施测。三个月后SAS降到49分。")] == ["焦虑自评量表", "SAS"]
