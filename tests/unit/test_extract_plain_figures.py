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
