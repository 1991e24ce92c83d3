"""People and what they say."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def facts(text: str, kind: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == kind]


def test_post_and_organisation_stand_with_the_name() -> None:
    [person] = facts("杭州市枫林区云桥街道槐荫社区主任沈若兰介绍说。", "person")
    assert (person.name, person.post, person.organisation) == ("沈若兰", "主任", "浙江省杭州市枫林区云桥街道槐荫社区")


def test_a_post_told_later_in_the_sentence() -> None:
    [person] = facts("2016年，顾晚晴来到枫林区云桥街道槐荫社区，作为社区党委书记、居委会主任，她先跑遍了楼栋。", "person")
    assert (person.post, person.organisation) == ("社区党委书记、居委会主任", "枫林区云桥街道槐荫社区")


@pytest.mark.parametrize(
    "text", ["70岁的崔奶奶住了几十年。", "一楼的李女士不同意。", "王某拒绝搬离。", "居民陆远舟找到社区。", "72岁的谢银珊把脸凑近屏幕。"]
)
def test_private_persons(text: str) -> None:
    [person] = facts(text, "person")
    assert person.kind == "个人"


@pytest.mark.parametrize(
    "text", ["高楼层住户。", "成立小组。", "居民关切的事。", "方案一说明。", "常住居民。", "和谐邻里。", "时任务繁重。", "门岗登记。"]
)
def test_words_that_begin_like_a_surname(text: str) -> None:
    assert facts(text, "person") == []


def test_a_name_is_recognised_again() -> None:
    found = facts("社区主任沈若兰召集商户。一周后，沈若兰又上门。", "person")
    assert [person.name for person in found] == ["沈若兰", "沈若兰"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“电梯一立，白天都要开灯。”陈师傅说。", "陈师傅"),
        ("社区主任沈若兰介绍道，“我们先入户，再开会。”", "沈若兰"),
        ("“先把账算清，再谈分摊”，沈若兰召集了楼上住户。社区主任沈若兰介绍，会开了五次。", "沈若兰"),
        ("“账要公开，钱要管住。”一位居民说。", "一位居民"),
        ("李女士担心噪声。“夜里一响，谁也睡不着。”她说。", "李女士"),
        ("陈师傅后来松了口：“窗户换了，我就没话说了。”", "陈师傅"),
    ],
)
def test_speakers(text: str, speaker: str) -> None:
    quote = facts(text, "quote")[0]
    assert quote.speaker == speaker
    assert text[quote.start - 1] == "“"
    assert text[quote.end] == "”"


def test_quotations_in_one_paragraph_share_their_speaker() -> None:
    text = "“钱从哪里来，先说清楚。”在社区主任沈若兰看来，账目是关键，“账清了，人心才齐，事情才办得成。”"
    assert [quote.speaker for quote in facts(text, "quote")] == ["沈若兰", "沈若兰"]


def test_names_in_quotation_marks_are_no_quotations() -> None:
    assert facts("打造“邻里客厅”，设置“百事窗”，从“要我参与”变“我要参与”。", "quote") == []


def test_claims_inside_a_quotation_are_the_speakers() -> None:
    text = "“全年开会36次，解决问题28件。”社区主任沈若兰说。全街道共有社工50名。"
    assert [(fact.value, fact.speaker) for fact in facts(text, "measure")] == [(36, "沈若兰"), (28, "沈若兰"), (50, None)]


def test_told_words_are_the_speakers_to_the_end_of_the_sentence() -> None:
    text = "社区主任沈若兰认为，社区拥有志愿者300名才够用。社区共有居民1200户。"
    assert [fact.speaker for fact in facts(text, "measure")] == ["沈若兰", None]
