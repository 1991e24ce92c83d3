"""People by pet names, signatures and posts."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def people(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == "person"]


def names(text: str) -> list[str]:
    return [fact.name for fact in people(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("志愿者老孟陪她去了三趟医院。", ["老孟"]),
        ("九幢的老谭说：“路不平，推不动轮椅。”", ["老谭"]),
        ("四楼的老邱头带头签了字。", ["老邱头"]),
        ("小骆姑娘每天上门送餐。", ["小骆姑娘"]),
        ("服务对象阿蓉（化名），女，35岁。", ["阿蓉"]),
        ("修鞋的余嫂是第一个报名的。", ["余嫂"]),
        ("住在五楼的罗秀珍老人腿脚不便。", ["罗秀珍"]),
        ("罗秀珍女士从不缺席。", ["罗秀珍"]),
        ("木匠老裘修好了长凳，网格员小岑发现线索。", ["老裘", "小岑"]),
        ("案主小蕾今年十二岁。", ["小蕾"]),
        ("社区有个叫老谭的修车师傅。", ["老谭"]),
    ],
)
def test_pet_names_and_whole_names_with_a_form_of_address(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "老路改造完成，小区门口的老房子拆了，老金属回收站搬走。",
        "小金库被清理，小白菜卖得好，小路通到河边。",
        "阿拉伯语志愿者和阿姨们一起包饺子。",
        "孤寡老人和高龄老人由网格员结对。",
        "“老潘工作室”成立三年。",
        "区卫健委主任会议研究了方案。",
        "社工小组每周碰头，居民小路两侧停车。",
    ],
)
def test_what_only_looks_like_a_pet_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("案例撰写：沈若兰（云桥街道社工站）\n一、背景", ["沈若兰"]),
        ("文/顾晚晴（枫林观察）\n老街的早上。", ["顾晚晴"]),
        ("参与撰写人员\n云桥街道沈若兰、槐荫社区顾晚晴\n附件", ["沈若兰", "顾晚晴"]),
        ("领衔代表：骆素琼  附议代表：8人", ["骆素琼"]),
        ("中共云桥区委党校基层治理教研室 岑若松\n案情", ["岑若松"]),
        ("（作者系云桥街道槐荫社区党委书记 汪桂英）", ["汪桂英"]),
    ],
)
def test_authors_and_signatories(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("text", ["联系人：孙里街道办", "编辑：高层住户的意见", "作者单位：云桥大学", "负责人：由社区另行通知"])
def test_labels_without_a_name(text: str) -> None:
    assert names(text) == []


def test_a_head_told_by_the_post_who_speaks_counts_once() -> None:
    found = people("云桥区住建局有关负责人表示，明年扩面。妇女主任介绍，账目已公示。负责人表示，还会回访。")
    assert [(person.name, person.post) for person in found] == [("负责人", "负责人"), ("妇女主任", "妇女主任")]


@pytest.mark.parametrize("text", ["几位负责人表示支持。", "各部门负责人介绍了情况。", "主任接待日每周三。", "书记说事会开了两次。"])
def test_posts_that_are_no_one_person(text: str) -> None:
    assert names(text) == []


def test_the_third_character_that_the_segmenter_parts_off() -> None:
    assert names("工程师聂柏根上了门。聂柏根说，先算账。") == ["聂柏根", "聂柏根"]
