"""What a figure counts: behind it, before it, in the clause before, or what the figures before it count."""

from __future__ import annotations

import pytest
from witness import Witness

from ingest.extract import comparisons, dates, measures


def subjects(text: str) -> list[str | None]:
    scene = Witness(text).scene
    found = measures.find(scene, dates.find(scene))
    comparisons.compare(scene, found)
    return [measure.subject for measure in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("社区更换30盏路灯。", ["路灯"]),
        ("还有二十辆车停在路边。", ["车"]),
        ("这是五栋类似的楼。", ["楼"]),
        ("工作队抽查了12个夜晚，没有发现异常。", ["夜晚"]),
        ("提出三种做法。", ["做法"]),
        ("被清理的摊点中有9户属低保家庭。", ["低保家庭"]),
        ("加上政府给的20万元补助，资金够了。", ["补助"]),
        ("每单另收3元配送费。", ["配送费"]),
        ("过半业主参加了投票。", ["业主"]),
        ("发放1枚“时光章”。", ["时光章"]),
        ("排查出“飞线”286处。", ["飞线"]),
        ("书记三次登门。", ["登门"]),
    ],
)
def test_what_stands_behind_a_figure(text: str, told: list[str]) -> None:
    assert subjects(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("社区出1.2万元买了设备。", ["出"]),
        ("改造投入6.8万元。", ["投入"]),
        ("新的合同租期五年。", ["租期"]),
        ("垃圾分类正确投放率从52%升到83%。", ["垃圾分类正确投放率", "垃圾分类正确投放率"]),
        ("电梯完好率保持在98%以上。", ["电梯完好率"]),
        ("净宽恢复到5.5米以上。", ["净宽"]),
        ("同意的有36户。", ["同意"]),
        ("517户同意，86户反对。", ["同意", "反对"]),
        ("附议代表：9人", ["附议代表"]),
        ("周奶奶（84岁，住在二楼）也来了。", ["周奶奶"]),
        ("供暖刚满二十天。", ["供暖"]),
    ],
)
def test_what_stands_before_a_figure(text: str, told: list[str]) -> None:
    found = subjects(text)
    assert len(found) == len(told)
    assert all(subject is not None and (word in subject or subject in word) for subject, word in zip(found, told, strict=True)), found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("骑手推代表6名，物业推4名。", ["代表", "代表"]),
        ("调查了9个应用，其中4个每天要打卡。", ["应用", "应用"]),
        ("社区现有居民1180户约3100人。", ["居民", "居民"]),
        ("户籍老年人1.4万人，占户籍人口的31%。", ["户籍老年人", "户籍老年人"]),
        ("60岁以上占三成四。", [None, "60岁以上"]),
        ("两类订单的时限，分别为3分钟、4分钟。", ["时限", "时限"]),
        ("信访件，2018年46件，2021年9件，降了八成。", ["信访件"] * 3),
    ],
)
def test_what_earlier_figures_and_clauses_tell(text: str, told: list[str | None]) -> None:
    assert subjects(text)[-len(told) :] == told


def test_part_with_a_noun_of_its_own() -> None:
    assert subjects("工作组5人，其中3名党员。")[-1] == "党员"


@pytest.mark.parametrize("text", ["全村共160户。", "现场来了300人。", "在另一处，共有16户。"])
def test_bare_numbers_of_people_take_no_noun_from_an_earlier_clause(text: str) -> None:
    assert subjects("街道建了凉亭，" + text)[-1] in (None, "村", "全村", "来")


def test_a_number_in_another_paragraph_is_not_gone_on_with() -> None:
    assert subjects("社区装了路灯30盏。\n后来坏了4盏。")[-1] != "路灯"


def test_a_figure_between_others_takes_no_word_of_quantity() -> None:
    assert "万人" not in subjects("务工规模达到3278万人，比上年增加133万人，增长4.2%。")
