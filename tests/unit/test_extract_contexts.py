"""Context: what the text says of the case's own community, with figures."""

from __future__ import annotations

import pytest
from witness import Witness


def _told(text: str) -> dict[tuple[str | None, str | None], object]:
    return {(f.aspect, f.kind): f.value for f in Witness(text, role="background").contexts()}


def test_community_with_its_figures() -> None:
    told = _told("柳荫社区的老楼建于1989年，以房改房为主，现有住宅楼12幢、居民860户，常住人口约2100人，没有物业，也没有成立业委会。")
    assert told[("社区类型", "房改房/单位大院")] is None
    assert told[("户数", "户数")] == 860
    assert told[("人口", "常住人口")] == 2100
    assert told[("楼栋数", "楼栋数")] == 12
    assert ("物业", "无物业") in told
    assert ("业委会", "无业委会") in told
    assert told[("建成年代", "建成年份")] == "1989"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("860户中有12户同意出资。", "户数"),
        ("小区共860户，其中一楼住户共有四户，每户补偿1.5万元。", "人口"),
        ("全区另有7个老小区维持推行。", "社区类型"),
        ("区里加强老旧小区改造工作。", "社区类型"),
        ("3栋门口那处取消了。", "楼栋数"),
        ("社区推动成立业委会。", "业委会"),
        ("业主大会就选聘物业服务企业进行表决。", "物业"),
        ("县财政拟补贴一半。", "资金来源"),
        ("我国人口老龄化程度高。", "居民构成"),
    ],
)
def test_what_is_said_of_others_or_of_a_part_does_not_count(text: str, aspect: str) -> None:
    assert aspect not in {told for told, _ in _told(text)}


def test_money_names_its_source() -> None:
    told = _told("改造花了47万元，业主自筹20万元，区财政补助27万元。")
    assert ("资金来源", "居民自筹") in told
    assert ("资金来源", "财政资金") in told


def test_only_what_stands_in_a_case_counts_where_cases_are_told() -> None:
    witness = Witness("院里没有物业。", case=False)
    assert [finding.kind for finding in witness.contexts()] == ["无物业"]


def test_town_or_country_once_a_case() -> None:
    found = [f for f in Witness("村民们商量修路。村集体出了钱，村民投工。村委会记账。").contexts() if f.aspect == "城乡"]
    assert [f.kind for f in found] == ["农村"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("改造花了47万元，街道出30万元。", "财政资金"),
        ("改造花了47万元，主办方出60万元。", "企业或市场投资"),
        ("费用由三个单元的38户承担。", "居民自筹"),
        ("小区没有聘请物业公司。", "无物业"),
    ],
)
def test_who_pays_and_who_is_missing(text: str, kind: str) -> None:
    assert kind in {told for _, told in _told(text)}


def test_households_that_were_called_on_are_not_the_size_of_the_place() -> None:
    assert "户数" not in {aspect for aspect, _ in _told("社区干部跑了5户居民。")}
