"""Names of methods and platforms that only what stands around them shows."""

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
        ("社区建起红帆驿站，老人多了。", ("platform", "红帆驿站")),
        ("和风议事厅开张那天来了四十人。", ("platform", "和风议事厅")),
        ("社区设立桐花共治基金，请居民监督。", ("programme", "桐花共治基金")),
        ("镇街治理数字驾驶舱上线运行。", ("platform", "镇街治理数字驾驶舱")),
        ("智慧消防小区系统报警。", ("platform", "智慧消防小区系统")),
        ("棠里镇建起新时代文明实践站。", ("platform", "新时代文明实践站")),
        ("“乐邻圈”是一款小程序。", ("platform", "乐邻圈")),
        ("居民通过“随手拍”上报问题。", ("platform", "随手拍")),
        ("居民靠着“五张清单”把事办成了。", ("method", "五张清单")),
        ("“积分换物”写进了公约。", ("method", "积分换物")),
        ("“三必访”是他摸索出来的。", ("method", "三必访")),
        ("社区启动暖巢行动，志愿者上门。", ("programme", "暖巢行动")),
        ("街道推行三色管理法，矛盾少了。", ("method", "三色管理法")),
        ("社区推行六步工作法。", ("method", "六步工作法")),
        ("这套做法叫作三上门工作法。", ("method", "三上门工作法")),
        ("社区探索出五步议事法，名为五步法。", ("method", "五步法")),
    ],
)
def test_names_shown_by_what_stands_around_them(text: str, name: tuple[str, str]) -> None:
    assert name in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "社区建起便民驿站。",
        "办公室有小程序。",
        "警方实施逮捕行动，村里启动茶园项目。",
        "各地新时代文明实践中心（所、站）同步推出。",
        "深化新时代文明实践中心建设。",
        "所谓“小事”成了大事，“老大难”变“不再难”。",
        "靠着“热心肠”，“民生小事”写进了报告。",
        "“老王”是个热心人。",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert named(text) == []
