"""Families of methods that a text describes and never names."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract

AROUND = "槐荫社区位于老城东侧，有居民三千户。"


def described(text: str) -> list[Fact]:
    facts, _ = extract(AROUND + text, (), (), Metadata())
    return [fact for fact in facts if fact.rule == "method.described"]


@pytest.mark.parametrize(
    ("text", "concept", "words"),
    [
        ("社区让居民做好事记分、凭分换日用品。", "incentive.points", "做好事记分、凭分换日用品"),
        ("捡一袋垃圾记两分，攒够100分，到小店换一瓶食用油。", "incentive.points", "攒够100分，到小店换一瓶食用油"),
        ("陪老人一小时，时间存起来，将来可以换同样的服务。", "incentive.time_bank", "时间存起来，将来可以换同样的服务"),
        ("街道委托心桥社工机构运营活动室。", "multi_party.purchase", "委托心桥社工机构运营"),
        ("社区把小区分成6个网格，每个网格由一名党员负责。", "grid", "分成6个网格，每个网格由一名党员负责"),
        ("一扇窗口受理全部业务。", "linkage.service", "一扇窗口受理全部业务"),
        ("退休职工自发组成了巡逻队，每晚转两圈。", "multi_party.volunteers", "退休职工自发组成了巡逻队"),
        ("学校操场晚上向居民开放。", "market_means.sharing", "操场晚上向居民开放"),
        ("身体好的老人照顾高龄独居老人。", "approach_style.assist", "身体好的老人照顾高龄独居老人"),
        ("小区物业成立了党支部。", "party_led.red_property", "物业成立了党支部"),
        ("居民投票罢免了三单元的楼长。", "self_governance.building", "罢免了三单元的楼长"),
        ("社区每周三晚上开居民会，大家商量一周的事。", "deliberation", "每周三晚上开居民会"),
        ("居民轮流值守垃圾房。", "approach_style.long_term", "居民轮流值守垃圾房"),
    ],
)
def test_a_family_told_by_what_is_done(text: str, concept: str, words: str) -> None:
    [fact] = described(text)
    assert (fact.concept, fact.name) == (concept, words)
    assert fact.type == "method"


@pytest.mark.parametrize(
    "text",
    [
        "社区推行积分制，做好事记分、凭分换日用品。",  # named beside it
        "社区推行积分制。后来居民做好事记分、凭分换日用品。",  # named before
        "社区打算让居民轮流值守垃圾房。",
        "要求居民轮流值守垃圾房。",
        "讨论过让居民轮流值守，没有采纳。",
        "全国各地居民轮流值守。",
        "学生考试得了两分，换了一个座位。",
        "会议室的窗口朝南。",
    ],
)
def test_what_is_named_meant_or_something_else_is_not_described(text: str) -> None:
    assert not described(text)


def test_names_belong_to_the_family_whose_word_they_hold() -> None:
    facts, _ = extract("推行“和乐居民自治”工作法。开展“清欠”专项行动。启动住宅安全专项行动。打造“老街坊议事厅”平台。", (), (), Metadata())
    families = {fact.name: fact.concept for fact in facts if fact.type in ("method", "platform", "programme")}
    assert next(family for name, family in families.items() if "居民自治" in name) == "self_governance"
    assert next(family for name, family in families.items() if "议事厅" in name) == "deliberation.council"
    assert not [family for name, family in families.items() if "专项行动" in name and family]


def test_a_family_is_told_once_and_carries_its_label() -> None:
    [fact] = described("居民轮流值守垃圾房。党员轮流巡逻。")
    assert fact.canonical == "长效管护"
