"""When a case was carried out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Case, Metadata, Section
from ingest.extract import extract


def implemented(background: str, approach: str, *, published: str = "2023-12") -> str | None:
    text = f"背景\n{background}\n做法\n{approach}\n"
    middle = text.index("做法")
    sections = (Section("background", "背景", 0, middle), Section("approach", "做法", middle, len(text)))
    _, (case,) = extract(text, sections, (Case("c", "", ((0, len(text)),)),), Metadata(kind="case", published=published))
    return case.implemented


@pytest.mark.parametrize(
    ("background", "approach", "value"),
    [
        ("小区1993年建成，没有电梯。", "2021年3月，社区启动加装电梯。2022年6月电梯投用。", "2021-03"),
        ("小区是20世纪80年代末建成的房改房。", "2021年3月起，社区探索“一梯一策”。", "2021-03"),
        ("市场2001年开业，2018年交付的小区就在旁边。", "2021年3月10日至5月31日，街道发放告知书。", "2021-03-10"),
        ("2021年1月，楼道起火，烧掉两辆车。", "社区2020年曾经贴过通告。2021年3月，社区逐户走访。", "2021-03"),
        ("2019年，楼里筹划过自己装电梯，事情散了。", "2021年3月，街道牵头成立工作组。", "2021-03"),
        ("小区1993年建成，没有电梯。", "社区多次协商，居民都同意了。", None),
        ("小区1993年建成。", "社区依据2007年施行的物权法开展协商。", None),
        ("小区1993年建成。", "社区计划于2024年5月启动改造。", None),
        ("王大爷1950年出生，独居。", "截至2022年9月，共有412户参加。", None),
    ],
)
def test_when_the_work_began(background: str, approach: str, value: str | None) -> None:
    assert implemented(background, approach) == value


def test_nothing_begins_before_the_trouble() -> None:
    assert implemented("2021年5月，物业撤场，垃圾堆了一地。", "2019年6月，社区成立议事会。2021年6月，街道接管小区。") == "2021-06"


@given(year=st.integers(1950, 2005), month=st.integers(1, 12))
def test_the_age_of_a_house_is_never_the_beginning(year: int, month: int) -> None:
    assert implemented(f"小区{year}年建成，{year}年{month}月交付。", f"居民住的是{year}年建成的老房子，大家商量了三次。") is None


@pytest.mark.parametrize(
    ("background", "approach", "value"),
    [
        ("2017年村里引进砖厂，路压坏了。", "2021年4月2日，新班子请人修了路。", "2021-04-02"),
        ("2021年6月摸底，占道菜摊86个。", "2021年9月1日，理事会挂牌，11人管摊。", "2021-09-01"),
        ("2022年起人气渐旺，油烟扰人。", "2022年5月，街道成立巡查队。", "2022-05"),
        ("2023年2月8日早上，楼上漏水，把楼下的屋顶泡塌了。", "调解员当天赶到现场，关了水阀。2月15日，双方签了协议。", "2023-02-08"),
        ("两家为界墙争执。", "调解员翻出1985年宅基地底册，界线上写得明白。", None),
        ("两家为界墙争执。", "2022年9月3日，中秋前，我们在院子里摆了四桌，请两家坐下来。", "2022-09-03"),
    ],
)
def test_the_first_deed_and_not_what_came_before_it(background: str, approach: str, value: str | None) -> None:
    assert implemented(background, approach) == value


def test_a_register_names_the_day_on_which_it_took_the_matter_up() -> None:
    assert implemented("两家争吵。", "2023年3月6日，街道成立工作组。", published="2023-03-02") == "2023-03-06"
    assert implemented("两家争吵。", "2023年8月6日，街道成立工作组。", published="2023-03-02") is None
