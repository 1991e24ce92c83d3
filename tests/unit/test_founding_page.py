"""What a careful reader finds in the page that everything started from, and its traps: needs DATA, the folder with the evaluation sets."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.model import Case, Fact, Reading
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.lenses import lenses

pytestmark = [pytest.mark.data, pytest.mark.skipif(not os.environ.get("DATA"), reason="needs DATA, the folder with the evaluation sets")]


@pytest.fixture(scope="module")
def reading() -> Reading:
    path = Path(os.environ["DATA"]) / "shangcheng_2019.txt"
    return read_report("测试", RawReport(path.name, path.read_bytes(), "txt", path.name))


def names(facts: Iterable[Fact], *types: str) -> set[str]:
    return {fact.name for fact in facts if fact.type in types}


def cases_of(reading: Reading) -> tuple[Case, Case]:
    clean_up, market = reading.cases
    return clean_up, market


def test_structures_platforms_methods_and_programmes(reading: Reading) -> None:
    found = names(reading.facts, "method", "platform", "programme")
    assert {"3+X", "迎客厅", "百通岗", "议事坊", "三社联动", "社会联动", "平安365", "湖滨晴雨", "六步工作法"} <= found
    assert {"公益创投", "资本众筹·公益相亲", "三联三领三服务", "社会组织发展基金", "社区协商资金"} <= found
    assert any("金点子" in name for name in found)
    assert "上城区关于加强和完善社区治理建设美好社区三年行动计划" in names(reading.facts, "policy")
    assert {"平安区", "中国社会治理创新奖“优胜奖”"} <= names(reading.facts, "award")


def test_who_speaks_for_whom(reading: Reading) -> None:
    posts = {fact.canonical: (fact.organisation, fact.post) for fact in reading.facts if fact.type == "person" and fact.post}
    assert posts["周剑"] == ("浙江省杭州市上城区民政局基层政权与社区治理科", "科长")
    assert posts["陈宏萍"] == ("浙江省杭州市上城区民政局", "局长")
    assert posts["汪琳"][1] == "主任"
    assert posts["邹紫娟"][0] == "浙江省杭州市上城区紫阳街道上羊市街社区"
    speakers = {fact.speaker for fact in reading.facts if fact.type == "quote"}
    assert speakers == {"周剑", "陈宏萍", "汪琳", "邹紫娟"}
    aunt = next(fact for fact in reading.facts if fact.type == "person" and fact.name == "崔奶奶")
    assert aunt.kind == "个人"


def test_figures_with_unit_subject_and_approximation(reading: Reading) -> None:
    figures = {fact.name: fact for fact in reading.facts if fact.type == "measure"}
    expected = {
        "160户": (160, "户", None),
        "300多人": (300, "人", "多"),
        "43个": (43, "个", None),
        "将近500万元左右": (5_000_000, "元", "将近…左右"),
        "近1052万余元": (10_520_000, "元", "近…余"),
        "200多万元": (2_000_000, "元", "多"),
        "20000元": (20_000, "元", None),
        "60多个": (60, "个", "多"),
        "100多家": (100, "家", "多"),
        "280多项": (280, "项", "多"),
        "1433家": (1433, "家", None),
        "1526次": (1526, "次", None),
        "1158件": (1158, "件", None),
        "近八个月": (8, "个月", "近"),
        "70岁": (70, "岁", None),
    }
    for name, (value, unit, qualifier) in expected.items():
        assert (figures[name].value, figures[name].unit, figures[name].qualifier) == (value, unit, qualifier)
    assert (figures["20家"].per, figures["41家"].per) == ("社区", "万人")
    assert {fact.unit for fact in reading.facts if fact.type == "measure" and fact.name == "70年"} == {"年"}
    assert not any(name in ("365", "15分钟") for name in figures)  # names: 平安365, 15分钟生活圈
    assert figures["近1052万余元"].speaker is None  # the magazine's
    assert figures["200多万元"].speaker == "陈宏萍"  # a person's claim


def test_each_case_keeps_its_own(reading: Reading) -> None:
    clean_up, market = cases_of(reading)
    of = {case.id: {fact.name for fact in reading.facts if fact.case == case.id} for case in (clean_up, market)}
    assert {"160户", "43个", "6个月"} <= of[clean_up.id]
    assert not {"160户", "43个", "160户300多人"} & of[market.id]
    assert {"近八个月", "农贸市场翻新工程"} <= of[market.id]
    assert "近八个月" not in of[clean_up.id]
    assert (clean_up.place or "").endswith("馒头山社区")
    assert (market.place or "").endswith("上羊市街社区")
    assert (clean_up.stage, market.stage) == ("已实施", "已实施")


def test_the_markets_steps_and_the_one_that_is_not_told(reading: Reading) -> None:
    _, market = cases_of(reading)
    told = {row.label for row in lenses(reading, market).steps if row.sentences}
    assert {"提出", "商议", "决定", "筹资", "实施"} <= told
    assert "评价" not in told
