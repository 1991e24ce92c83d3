"""Names of places that only what stands around them shows: at the beginning of a sentence, directly below a district, before a house."""

from __future__ import annotations

import pytest

from corpus.model import Metadata
from ingest.extract import extract


def read(kind: str, text: str) -> dict[str, str | None]:
    """Names of the kind with their chains."""
    found, _ = extract(text, (), (), Metadata())
    return {fact.name: fact.place for fact in found if fact.type == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("柏树村离县城三十里，共有农户三百户。", "柏树村"),
        ("石榴村距县城二十公里，依山而建。", "石榴村"),
        ("瀚湖区双井街道开展议事协商。", "瀚湖区双井街道"),
        ("临溪市禾川区月桂花园有12幢楼。", "临溪市禾川区月桂花园"),
        ("临溪市禾川区的月桂花园小区里，居民要求装电梯。", "月桂花园小区"),
        ("禾川区平安社区共有三千户居民。", "禾川区平安社区"),
        ("临溪市禾川区和谐社区居委会组织居民协商。", "临溪市禾川区和谐社区"),
        ("九龙区桃湾街道民主村社区是一个老小区。", "九龙区桃湾街道民主村社区"),
        ("会上，纺织大院5幢没有签字。", "纺织大院5幢"),
        ("甲苑3幢先装，乙苑3幢后装。", "乙苑3幢"),
        ("北桥路菜场门口堵车。", "北桥路菜场"),
        ("城管中队会同云桥街道开展整治。", "云桥街道"),
    ],
)
def test_places_shown_by_what_stands_around_them(text: str, name: str) -> None:
    assert name in read("place", text)


@pytest.mark.parametrize(
    "text",
    [
        "全区平安社区建设取得进展。",
        "一季度区城管局完成整治。",
        "推进城市老旧小区改造，联合区城管局开展整治。",
        "获评禾川区平安社区，居民高兴。",
        "网格化管理覆盖三个网格，网格长入户。",
        "改造宿舍3幢。",
    ],
)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert set(read("place", text)) <= {"禾川区"}


def test_a_grid_by_its_number_stands_in_the_community() -> None:
    found = read("place", "桐花里社区有八个网格。第二网格的网格员发现飞线充电，3号网格也有。")
    assert found == {"桐花里社区": "桐花里社区", "第二网格": "桐花里社区>第二网格", "3号网格": "桐花里社区>3号网格"}
    assert read("actor", "第三网格网格长入户走访。") == {"网格长": None}


def test_a_market_and_an_estate_by_their_daily_names() -> None:
    found = read("place", "望桥区中兴路农贸市场建于1993年。重新开张那天，中兴路菜场挤满了人。青石路夜市噪声大。")
    assert found["中兴路菜场"] == "望桥区>中兴路农贸市场"
    assert "青石路夜市" in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("城管中队会同云桥街道开展整治。", "云桥街道"),
        ("区住建局指导云桥街道处理。", "云桥街道"),
        ("区民政局联合云桥街道、城管中队召开会议。", "云桥街道"),
        ("近日，（临溪市）瀚麓区市监局到现场检查。", "瀚麓区市监局"),
        ("禾川区生态环境局派人到小区。", "禾川区生态环境局"),
        ("柳桥街道综合行政执法队到小区拆除违建。", "柳桥街道综合行政执法队"),
        ("棠里街道社区服务中心到现场了解情况。", "棠里街道社区服务中心"),
        ("柳桥社区综合服务站把钥匙交给居民。", "柳桥社区综合服务站"),
        ("共青团禾川区委联合学校开展活动。", "共青团禾川区委"),
    ],
)
def test_bodies_of_places(text: str, name: str) -> None:
    assert name in read("actor", text)


def test_a_place_whose_residents_are_joined_by_a_body_does_not_act() -> None:
    assert "云桥街道" not in read("actor", "民政局联合云桥街道的居民开展活动。")
    assert "区委" in read("actor", "区委联合学校开展活动。")
