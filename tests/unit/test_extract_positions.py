"""Positions: who wants, refuses, fears, offers, concedes or votes what."""

from __future__ import annotations

import pytest
from witness import Witness


def _told(text: str) -> list[tuple[str | None, str | None]]:
    return [(finding.holder, finding.stance) for finding in Witness(text).positions()]


@pytest.mark.parametrize(
    ("text", "holder", "stance"),
    [
        ("一楼两户坚决反对，理由是挡光。", "一楼两户", "objection"),
        ("居民担心夜里的噪声。", "居民", "concern"),
        ("摊主要求补偿搬迁损失。", "摊主", "demand"),
        ("陈师傅后来松了口。", "陈师傅", "concession"),
        ("吴某反对加装电梯。", "吴某", "objection"),
    ],
)
def test_holder_and_stance(text: str, holder: str, stance: str) -> None:
    assert (holder, stance) in _told(text)


def test_consent_rate_is_a_vote() -> None:
    witness = Witness("26户业主全部参与表决，24户同意，同意率92.3%，1户弃权。")
    votes = [finding for finding in witness.positions() if finding.stance == "vote"]
    assert {"24户同意", "同意率92.3%", "1户弃权"} <= set(witness.words(votes))


def test_topic_of_an_objection() -> None:
    found = [f for f in Witness("居民担心夜里的噪声。").positions() if f.stance == "concern"]
    assert [f.concept for f in found] == ["noise"]


def test_words_in_a_quotation_are_held_by_its_speaker() -> None:
    text = "业主代表周永田当场说：“物业跑了找物业，街道凭什么替它收钱？”"
    assert _told(text) == [("业主代表", "objection")]


def test_vote_that_failed_to_come_is_denied() -> None:
    (found,) = Witness("李女士始终没有签字同意。").positions()
    assert (found.holder, found.modality) == ("李女士", "negated")


@pytest.mark.parametrize(
    "text",
    [
        "居民投诉大幅减少。",
        "变群众上访为干部下访。",
        "已有12户被起诉。",
        "物业公司按照业主要求提供服务。",
        "外来车辆基本挡在门外。",
        "应当由三分之二以上的业主参与表决。",
        "三方约定：摊主提、邻里议、代表投票定、月月评。",
        "全国各地群众要求改善出行。",
    ],
)
def test_what_is_no_position(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    ("text", "stance", "words"),
    [
        ("四楼住户起初嫌井道占地方，后来点了头。", "objection", "嫌井道占地方"),
        ("消防部门担心通道太窄。", "concern", "担心通道太窄"),
        ("业主要求“先修水管，再谈收费”，会没开成。", "demand", "要求“先修水管，再谈收费”"),
        ("有人提议把车棚挪到围墙边，没有采纳。", "option", "提议把车棚挪到围墙边"),
        ("备选的办法有三个：另建车棚、夜间借用操场、限时停放。", "option", "夜间借用操场"),
        ("最终61户同意。", "vote", "61户同意"),
    ],
)
def test_words_of_a_position(text: str, stance: str, words: str) -> None:
    witness = Witness(text)
    assert words in witness.words([finding for finding in witness.positions() if finding.stance == stance])


def test_an_alternative_that_was_dropped_is_denied() -> None:
    found = [finding for finding in Witness("有人提议把车棚挪到围墙边，没有采纳。").positions() if finding.stance == "option"]
    assert [finding.modality for finding in found] == ["negated"]


@pytest.mark.parametrize("text", ["没有人反对吗？", "反对的那户后来搬走了。", "收费标准由每月60元降到45元。", "大家不用担心。"])
def test_questions_people_and_prices_are_no_position(text: str) -> None:
    assert _told(text) == []


def test_refusals_counted_in_a_vote_are_a_vote() -> None:
    assert [stance for _, stance in _told("42户参加表决，3户反对。")].count("objection") == 0


@pytest.mark.parametrize(
    ("text", "stance", "words"),
    [
        ("二楼住户带头不交物业费。", "objection", "带头不交物业费"),
        ("住户集体到街道讨说法。", "objection", "集体到街道讨说法"),
        ("他才点头。", "concession", "点头"),
        ("11幢不再反对。", "concession", "不再反对"),
        ("骑手说多等一分钟就要扣钱。", "concern", "说多等一分钟就要扣钱"),
        ("居民反映最多的是出门难。", "demand", "反映最多的是出门难"),
        ("第一回的方案是整体搬走。", "option", "方案是整体搬走"),
        ("家属要求退还押金。", "demand", "要求退还押金"),
    ],
)
def test_more_ways_to_take_a_position(text: str, stance: str, words: str) -> None:
    witness = Witness(text)
    assert words in witness.words([finding for finding in witness.positions() if finding.stance == stance])


def test_the_family_of_a_resident_holds_what_it_demands() -> None:
    (found,) = [finding for finding in Witness("居民家属要求退还押金。").positions() if finding.stance == "demand"]
    assert found.holder is not None
    assert found.holder.endswith("家属")


@pytest.mark.parametrize("text", ["大家不要怕麻烦。", "老人接受了两次手术。", "居民期盼强烈的路口都装了灯。", "财政以奖代补40万元。"])
def test_comfort_treatment_and_grants_are_no_position(text: str) -> None:
    assert _told(text) == []


def test_a_refusal_is_not_taken_for_the_consent_in_it() -> None:
    assert {stance for _, stance in _told("三楼住户不同意承担电费。")} == {"objection"}
