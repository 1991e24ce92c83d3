"""Numbers, figures and measures: what they say, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Comparison, Fact, Metadata
from ingest.extract import extract, numerals
from ingest.extract.figures import scan


def measures(text: str) -> list[Fact]:
    facts, _ = extract(text, (), (), Metadata(published="2023-06-01"))
    return [fact for fact in facts if fact.type == "measure"]


@pytest.mark.parametrize(
    ("words", "low", "high", "mark"),
    [
        ("1,433", 1433, None, ""),
        ("2.4万", 24_000, None, ""),
        ("200多万", 2_000_000, None, "多"),
        ("3万余", 30_000, None, "余"),
        ("一千零二十", 1020, None, ""),
        ("三万五千", 35_000, None, ""),
        ("一亿两千万", 120_000_000, None, ""),
        ("两百五", 250, None, ""),
        ("五六百", 500, 600, ""),
        ("十七八", 17, 18, ""),
        ("三四十", 30, 40, ""),
        ("十几", 10, None, "几"),
        ("三点五亿", 350_000_000, None, ""),
        ("１２", 12, None, ""),
        ("132.8亿", 13_280_000_000, None, ""),
    ],
)
def test_numbers_are_read(words: str, low: float, high: float | None, mark: str) -> None:
    assert numerals.read(words) == numerals.Number(low, high, mark)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert numerals.read(in_chinese(number)) == numerals.Number(float(number))


def in_chinese(number: int) -> str:
    """The usual way of writing a number below one hundred million."""

    def below(value: int) -> str:
        out, zero = "", False
        for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, value = divmod(value, scale)
            if digit:
                out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + sign
                zero = False
            else:
                zero = True
        return out

    high, low = divmod(number, 10_000)
    if not high:
        return below(low)
    return below(high) + "万" + ("零" if low and low < 1000 else "") + below(low)


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "qualifier"),
    [
        ("投入将近300万元左右。", 3_000_000, None, "元", "将近…左右"),
        ("撬动近820万余元。", 8_200_000, None, "元", "近…余"),
        ("走访200多户。", 200, None, "户", "多"),
        ("历时近七个月。", 7, None, "个月", "近"),
        ("等了一个半月。", 1.5, None, "个月", None),
        ("60到69岁的老人。", 60, 69, "岁", None),
        ("每户补偿3至5万元。", 30_000, 50_000, "元", None),
        ("三分之二以上的业主。", 66.67, None, "%", "以上"),
        ("百分之九十五的住户。", 95, None, "%", None),
        ("七成以上居民。", 70, None, "%", "以上"),
        ("半年后。", 0.5, None, "年", None),
        ("上百家商户。", 100, None, "家", "上"),
        ("来了五六百人。", 500, 600, "人", None),
        ("兑出1520颗。", 1520, None, "颗", None),
    ],
)
def test_figures(text: str, value: float, high: float | None, unit: str, qualifier: str | None) -> None:
    [measure] = measures(text)
    assert (measure.value, measure.value_max, measure.unit, measure.qualifier) == (value, high, unit, qualifier)
    assert text[measure.start : measure.end] == measure.name


@pytest.mark.parametrize(
    "text",
    [
        "“安居365”热线已开通。",
        "打造15分钟生活圈。",
        "建成10分钟养老服务圈。",
        "推行一站式服务。",
        "第三批试点社区。",
        "‘5+X’议事机制。",
        "实施三年行动计划。",
        "提供24小时自助服务。",
        "拨打12345热线。",
        "千家万户受益。",
        "做到三天两头上门。",
        "住在6号楼2单元。",
        "梧桐苑15幢3单元。",
        "第四届居民代表会议。",
        "一个社区的做法。",
        "从三个方面入手。",
        "二次供水改造。",
        "《垃圾分类三年行动计划》已印发。",
        "民警到场劝离。",
        "每户一票。",
        "数十个小区。",
        "几百户居民。",
        "一户一策。",
    ],
)
def test_names_idioms_and_ordinals_are_no_measures(text: str) -> None:
    assert measures(text) == []


def test_subject_and_what_is_counted_by() -> None:
    text = "目前共有志愿队伍320支，每个社区拥有社区志愿者45名，每万人拥有社工12名；区里每年专门拨给每个社区议事资金20000元。"
    found = {measure.value: measure for measure in measures(text)}
    assert found[320].subject == "志愿队伍"
    assert (found[45].per, found[45].subject) == ("社区", "社区志愿者")
    assert found[12].per == "万人"
    assert (found[20000].per, found[20000].subject) == ("年/社区", "社区议事资金")


def test_figures_side_by_side_stay_apart() -> None:
    assert [(measure.value, measure.unit, measure.qualifier) for measure in measures("最多时住着90户200多人。")] == [
        (90, "户", None),
        (200, "人", "多"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "comparison"),
    [
        ("信访件由上年同期的38件降至11件。", 11, Comparison("decrease", start=38, to=11)),
        ("参与居民从60人增加到210人。", 210, Comparison("increase", start=60, to=210)),
        ("投诉量同比下降41%。", 41, Comparison("decrease", by=41, by_unit="%")),
        ("收费率提高了12个百分点。", 12, Comparison("increase", by=12, by_unit="个百分点")),
        ("老年人占31%。", 31, Comparison("share")),
    ],
)
def test_comparisons(text: str, value: float, comparison: Comparison) -> None:
    measure = next(measure for measure in measures(text) if measure.value == value)
    assert measure.comparison == comparison


def test_the_subject_of_a_change_stands_before_it() -> None:
    measure = next(measure for measure in measures("社区信访件由上年同期的38件降至11件。") if measure.value == 11)
    assert measure.subject == "社区信访件"


def test_ranks_take_names() -> None:
    found = measures("考核中位列全省第十、全市第三，是第一批试点。")
    assert [(measure.value, measure.unit, measure.subject) for measure in found] == [(10, "名", "全省"), (3, "名", "全市")]


def test_respectively_pairs_in_order() -> None:
    found = measures("东苑、西苑、南苑分别为120户、85户、64户。")
    assert [(measure.value, measure.subject) for measure in found] == [(120, "东苑"), (85, "西苑"), (64, "南苑")]


@given(st.text(alphabet="一二三百万余多个元户年第3505.,%至-半分之里人", max_size=40))
def test_figures_never_overlap_and_lie_inside(text: str) -> None:
    position = 0
    for figure in scan(text):
        assert position <= figure.start <= figure.number_start < figure.unit_end <= figure.end <= len(text)
        position = figure.end


def test_tenths_with_a_decimal() -> None:
    text = "按户同意的有九成三，六十岁以上占三成半。"
    assert [(fact.value, fact.unit) for fact in extract(text, (), (), Metadata())[0] if fact.unit == "%"] == [(93.0, "%"), (35.0, "%")]
