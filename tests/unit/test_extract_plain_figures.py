"""Figures as people say them: without 元, after 每月, as halves; and the words that only look like one."""

from __future__ import annotations

import pytest

from ingest.extract.figures import scan


def read(text: str) -> list[tuple[str, float, str, str]]:
    return [(text[figure.start : figure.end], figure.value, figure.unit, figure.qualifier) for figure in scan(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("摊位费每月320元。", ("320元", 320, "元", "")),
        ("2021年45件，后来少了。", ("45件", 45, "件", "")),
        ("业主开口要5万，谈不拢。", ("5万", 50_000, "元", "")),
        ("每家掏了八万出头。", ("八万出头", 80_000, "元", "出头")),
        ("一年租金六千三，不贵。", ("六千三", 6_300, "元", "")),
        ("到会的一大半是老人。", ("一大半", 50, "%", "大")),
        ("过半数业主同意。", ("过半", 50, "%", "过")),
        ("投诉降了一半。", ("一半", 50, "%", "")),
        ("仅一户反对。", ("一户", 1, "户", "")),
        ("发生纠纷一起。", ("一起", 1, "起", "")),
        ("这是一栋六层住宅。", ("六层", 6, "层", "")),
        ("前后谈了四轮。", ("四轮", 4, "轮", "")),
        ("历时一年。", ("一年", 1, "年", "")),
        ("经过半个多月的试用。", ("半个多月", 0.5, "个月", "多")),
        ("三年内不涨价。", ("三年内", 3, "年", "内")),
        ("电梯快二十年了。", ("快二十年", 20, "年", "快")),
        ("尽快三天办完手续。", ("三天", 3, "天", "")),
        ("户数和面积都过了三分之二。", ("过了三分之二", 66.67, "%", "过")),
        ("通过三分之二的门槛。", ("三分之二", 66.67, "%", "")),
        ("人均面积不小于5平方米。", ("不小于5平方米", 5, "平方米", "不小于")),
        ("小区有8栋多层住宅。", ("8栋", 8, "栋", "")),
        ("守约31场。", ("31场", 31, "场", "")),
        ("没到三天就撕了。", ("没到三天", 3, "天", "没到")),
    ],
)
def test_a_figure_is_read(text: str, figure: tuple[str, float, str, str]) -> None:
    assert figure in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "另一半在外地。", "大家抱在一起。", "三番五次上门。", "第2—5次面谈。", "人口二十多万，", "住三层，", "每户一票。",
        "四处张贴。", "一个小区。", "2020年11。", "各方三方协商。",
    ],
)  # fmt: skip
def test_what_is_no_figure_is_left_out(text: str) -> None:
    assert read(text) == []


def test_what_something_is_counted_by_is_no_figure_of_its_own() -> None:
    assert [item[0] for item in read("电梯一年停摆四十次。")] == ["四十次"]


def test_turns_of_speech_about_time_are_no_durations() -> None:
    assert read("这两天，一块社区工坊的牌子立了起来。新的一年，改造还将继续。") == []
    assert [value for _, value, _, _ in read("工期只用了两天，比计划提前一年。")] == [2, 1]
