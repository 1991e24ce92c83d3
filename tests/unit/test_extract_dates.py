"""Dates, spans, and dates that are told by another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Metadata
from ingest.extract import extract


def dates(text: str, published: str | None = "2019-12-27") -> list[tuple[str, object, object]]:
    facts, _ = extract(text, (), (), Metadata(published=published))
    return [(fact.name, fact.value, fact.value_max) for fact in facts if fact.type == "date"]


@pytest.mark.parametrize(
    ("text", "value", "last"),
    [
        ("会议于1987年4月3日召开。", "1987-04-03", None),
        ("自2015年10月起。", "2015-10", None),
        ("2018年度考核。", "2018", None),
        ("2021年3月至10月施工。", "2021-03", "2021-10"),
        ("2019年至2021年。", "2019", "2021"),
        ("2015—2018年。", "2015", "2018"),
        ("2018-20年。", "2018", "2020"),
        ("2020年6月开始到2021年底。", "2020-06", "2021"),
        ("2023年1-9月。", "2023-01", "2023-09"),
        ("二〇一八年五月。", "2018-05", None),
        ("2022年上半年。", "2022-01", "2022-06"),
        ("2020年第三季度。", "2020-07", "2020-09"),
        ("发布时间：2019-12-27", "2019-12-27", None),
        ("上世纪80年代建成。", "1980", "1989"),
        ("“十三五”期间。", "2016", "2020"),
        ("去年底启动。", "2018", None),
        ("今年5月起试行。", "2019-05", None),
        ("10月3日至5日。", "2019-10-03", "2019-10-05"),
    ],
)
def test_dates(text: str, value: str, last: str | None) -> None:
    [(name, first, end)] = dates(text)
    assert (first, end) == (value, last)
    assert name in text


@pytest.mark.parametrize(
    "text",
    ["七十年后的今天。", "每年3月5日开展活动。", "有2000年历史的古村。", "30年来。", "拨打12345。", "第2018次列车。", "2020-13-45号样品。"],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_since_belongs_to_the_words() -> None:
    assert dates("自2015年以来，投诉逐年下降。") == [("自2015年以来", "2015", None)]


def test_months_without_a_year_follow_the_text_then_the_report() -> None:
    assert dates("2016年8月开工，11月完工。")[1][1] == "2016-11"
    assert dates("小区建于2001年。\n6月起，街道开始整治。", "2016-11-02")[1][1] == "2016-06"
    assert dates("同年8月建成。", None) == [("同年8月", "--08", None)]


def test_a_month_after_the_report_is_last_years() -> None:
    assert dates("11月20日表决通过。", "2022-03-01") == [("11月20日", "2021-11-20", None)]


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28))
def test_a_written_day_is_read_back(year: int, month: int, day: int) -> None:
    assert dates(f"{year}年{month}月{day}日，表决通过。") == [(f"{year}年{month}月{day}日", f"{year:04d}-{month:02d}-{day:02d}", None)]


@pytest.mark.parametrize(
    ("text", "value", "last"),
    [
        ("2018年起筹备，六月三号开会。", "2018-06-03", None),
        ("楼是九十年代末盖的。", "1990", "1999"),
        ("三年前搬来。", "2016", None),
        ("两个月前投诉过。", "2019-10", None),
        ("2019年3月31日断电，次日恢复。", "2019-04-01", None),
        ("2019年3月5日签约，当天进场。", "2019-03-05", None),
        ("年底前完工。", "2019", None),
        ("下半年再议。", "2019-07", "2019-12"),
        ("第三季度考评。", "2019-07", "2019-09"),
    ],
)
def test_dates_as_people_say_them(text: str, value: str, last: str | None) -> None:
    assert (value, last) in [(first, end) for _, first, end in dates(text)]


@pytest.mark.parametrize("text", ["三年内不涨价。", "岁末年初加强巡查。", "十月怀胎。", "每月一次。", "一月一议。"])
def test_spans_and_sayings_are_no_dates(text: str) -> None:
    assert dates(text) == []
