"""Words for anybody of a kind: which mentions count as somebody who acts."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def actors(text: str) -> list[Fact]:
    facts, _ = extract(text, (), (), Metadata())
    return [fact for fact in facts if fact.type == "actor"]


def names(text: str) -> list[str]:
    return [fact.name for fact in actors(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老人嫌路远。", "老人"),
        ("有学生提出换个时间。", "学生"),
        ("骑手推代表三名。", "骑手"),
        ("企业出资20万元。", "企业"),
        ("二是请企业先行垫付。", "企业"),
        ("由小组汇总意见。", "小组"),
        ("街道把车棚改成议事点。", "街道"),
        ("最后由街道从经费里补上。", "街道"),
        ("2022年9月街道请来一家公司。", "街道"),
        ("社区没有批评谁，只听意见。", "社区"),
        ("业委会问了一圈。", "业委会"),
        ("账本在物业，钥匙在居委会。", "物业"),
        ("会同三楼住户商量。", "三楼住户"),
        ("一楼不同意，会没开成。", "一楼"),
        ("楼上先要加价。", "楼上"),
    ],
)
def test_who_acts_counts(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("服务居民百余次。", "居民"),
        ("小区有居民820户。", "居民"),
        ("村民秦大爷来了。", "村民"),
        ("丰富老人生活。", "老人"),
        ("向困难老人发放券。", "老人"),
        ("为企业减负。", "企业"),
        ("对该公司罚款。", "公司"),
        ("社区工作很细。", "社区"),
        ("走进社区听意见。", "社区"),
        ("小区没有成立业委会。", "业委会"),
        ("小区开了业主大会。", "业主大会"),
        ("有关部门到场。", "有关部门"),
        ("接入“邻光”便民服务平台。", "“邻光”便民服务平台"),
        ("办起“草根银行”。", "草根银行"),
        ("一楼两户的窗户朝南。", "一楼"),
        ("财政资金用于维修。", "财政"),
    ],
)
def test_who_is_only_spoken_of_does_not(text: str, name: str) -> None:
    assert name not in names(text)


def test_a_body_counts_each_time_and_a_group_once() -> None:
    found = names("志愿者上门登记。物业换了门锁。志愿者又来一次。物业修了灯。")
    assert found.count("物业") == 2
    assert found.count("志愿者") == 1


def test_departments_in_a_list() -> None:
    found = {fact.name: fact.kind for fact in actors("会同民政、数据等部门试点；街道、工商、质监三家约谈。")}
    assert {"民政", "数据", "街道", "工商", "质监"} <= set(found)
    assert found["街道"] == "派出机关"
    assert "数据" not in names("数据、图表齐全。")


def test_names_by_their_last_words() -> None:
    assert "枫林区禁毒办" in names("同时联系枫林区禁毒办。")
    assert "区财政" in names("区财政补贴20万元。")
    assert "成都明度评估事务所" in names("区里委托成都明度评估事务所作评估。")
    assert "槐荫社区党委" in names("槐荫社区党委书记林岚说。")
    assert "本报" in names("本报记者 林岚")


def test_the_place_that_acts_is_an_actor_where_it_is_told_elsewhere_as_a_place() -> None:
    facts, _ = extract("枫林区云桥街道地处老城。云桥街道召集商户商量。", (), (), Metadata())
    assert [(fact.type, fact.name) for fact in facts if fact.type in ("actor", "place") and "云桥" in fact.name] == [
        ("place", "枫林区云桥街道"),
        ("actor", "云桥街道"),
    ]
