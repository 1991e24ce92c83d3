"""Names of methods, platforms and programmes by their form."""

from __future__ import annotations

import pytest

from corpus.model import Metadata
from ingest.extract import extract


def named(text: str) -> list[tuple[str, str]]:
    found, _ = extract(text, (), (), Metadata())
    return [(fact.type, fact.name) for fact in found if fact.type in ("method", "platform", "programme")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推广“镜头上墙”的做法。", ("method", "镜头上墙")),
        ("对老楼实行一楼一策。", ("method", "一楼一策")),
        ("补贴先垫付，后来改为“旧账分期、新账月清”。", ("method", "旧账分期、新账月清")),
        ("用印须“两申请一签字一登记”。", ("method", "两申请一签字一登记")),
        ("各方签下《桐荫里停车公约》。", ("method", "桐荫里停车公约")),
        ("去年12345接到投诉33件。", ("platform", "12345")),
        ("拨打12345市民热线反映。", ("platform", "12345市民热线")),
        ("检查结果录入“808”平台。", ("platform", "808")),
        ("贴在村务微信群“甜水人家”里。", ("platform", "甜水人家")),
        ("市福利彩票公益金资助18万元。", ("programme", "市福利彩票公益金")),
        ("把它列进三年提升计划。", ("programme", "三年提升计划")),
        ("费用从维修资金中列支。", ("programme", "维修资金")),
        ("开展环境整治“回头看”。", ("programme", "回头看")),
        ("推进“一证通用”改革。", ("programme", "一证通用")),
    ],
)
def test_names_by_their_form(text: str, name: tuple[str, str]) -> None:
    assert name in named(text)


def test_the_parts_that_a_name_announces() -> None:
    text = "推行“四步圆桌”：商户邻里提、三方一起议、代表投票定、季季打分评。"
    assert named(text) == [
        ("method", "四步圆桌"),
        ("method", "商户邻里提"),
        ("method", "三方一起议"),
        ("method", "代表投票定"),
        ("method", "季季打分评"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "居民在微信群里接龙。",
        "办公室有小程序和二维码。",
        "区12345热线办派单。",
        "维修资金已经用完。",
        "“十四五”时期开局良好。",
        "坚持“一国两制”。",
        "大会以“绿色出行”为主题。",
        "城管集中执法三天。",
        "街道的叫“平安法治办”。",
        "通过《联合国海洋法公约》。",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert named(text) == []
