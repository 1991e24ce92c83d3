"""Speech between quotation marks and without them."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def quotes(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == "quote"]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("他没签字，商户代表卢某只说“看着办”。", "看着办", "卢某"),
        ("物业公司的说法是“账上没钱了”：去年欠费40万元。", "账上没钱了", "物业公司"),
        ("区水务局答复“正在论证”。", "正在论证", "区水务局"),
        ("有租户在群里抱怨“灯坏了三个月没人修”。", "灯坏了三个月没人修", "租户"),
        ("李女士担心房子跌价，“楼上方便了，这亏谁来补”。", "楼上方便了，这亏谁来补", "李女士"),
        ("车棚拆了，工作组上门时的话都一样：“先搬东西，再谈车位。”", "先搬东西，再谈车位。", None),
    ],
)
def test_short_pieces_of_speech(text: str, words: str, speaker: str | None) -> None:
    [quote] = quotes(text)
    assert (quote.name, quote.speaker) == (words, speaker)


def test_speech_with_marks_inside() -> None:
    assert [quote.name for quote in quotes("卢师傅不同意。“这叫‘先交后退’。”他说。")] == ["这叫‘先交后退’。"]


def test_lines_that_a_name_and_a_colon_begin() -> None:
    text = "主持人：今天谈谈加梯。\n沈若兰：我们先入户，再开会。\n李晓梅：难在哪里？难在一楼。"
    assert [(quote.speaker, quote.name) for quote in quotes(text)] == [
        ("沈若兰", "我们先入户，再开会。"),
        ("李晓梅", "难在哪里？难在一楼。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "社区推广“照片上墙”的做法。",
        "区城管局副局长汪明说，“街面长制”的做法明年推广。",
        "会议围绕“完善社区服务，提升治理水平”协商议政。",
        "大会以“共建美好家园，共享幸福生活”为主题。",
        "习近平总书记多次强调“江山就是人民，人民就是江山”。",
        "民政局表示，“十四五”时期任务重。",
        "横幅上写着：“欢迎回家。”",
        "实行“清单管理”，落实“双签字”。",
        "沈若兰：社区党委书记，负责全面工作。",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    assert [quote for quote in quotes(text) if quote.speaker != "习近平总书记"] == []
