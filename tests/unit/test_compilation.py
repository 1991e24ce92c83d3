"""Compilations are split into their cases, and single reports are not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from compilations import Style, Written, text_of, written
from damage import PROSE

from corpus.model import Case
from ingest.draft import Mark
from ingest.segment import cases, find_headings, passages, paths, sections, title

STYLES = [
    Style(),
    Style(number="案例{n}：", contents="points", wrapped=True),
    Style(number="【案例{n}】", contents="blanks", parts=True, front="notice"),
    Style(number="{c}、", contents="round", subheads="none"),
    Style(number="{n}. ", contents="plain", parts=True, back=False),
    Style(number="", contents="dots", subheads="some", wrapped=True),
    Style(number="", contents="plain", parts=True, front="notice"),
    Style(number="", contents="blanks", subheads="none"),
    Style(number="案例{c}　", contents="", parts=True, front="notice"),
    Style(number="案例之{c}：", contents="", subheads="none", front=""),
    Style(number="{c}、", contents="", subheads="none", front="", back=False),
    Style(number="", contents="", subheads="all", front="notice"),
    Style(number="{n}.", contents="", subheads="all", back=False),
]


def split(text: str, marks: tuple[Mark, ...] = ()) -> tuple[str, tuple[Case, ...]]:
    name, body = title(text, "", marks, "")
    headings = find_headings(text, body, marks)
    return name, cases("r", text, name, body, sections(text, body, headings), headings)


def check(text: str, found: tuple[Case, ...], cases: list[Written]) -> None:
    assert [case.title for case in found] == [case.title + case.subtitle for case in cases]
    for case, told in zip(found, cases, strict=True):
        ((start, end),) = case.spans
        own = text[start:end]
        assert told.mark in own
        assert own.endswith(told.lines[-1])
        assert sum(other.mark in own for other in cases) == 1
        assert "不属于任何一个案例" not in own
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize("style", STYLES, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_thirty_cases(style: Style, seed: int) -> None:
    told = written(30, style, seed)
    text = text_of(told, style)
    check(text, split(text)[1], told)


MINUTES = f"""青瓦社区议事协商会议纪要
时间：2021年5月12日
地点：社区议事厅
一、会议听取了停车整治情况的汇报
{PROSE[1]}
二、会议讨论了资金来源
{PROSE[3]}
三、会议议定事项
1. 由社区牵头，本月底前完成车位划线。
2. 由物业公司公示收支。
3. 由居民代表监督。"""
SUMMARY = f"""安和区2021年基层治理工作总结
一、工作开展情况
（一）强化党建引领
{PROSE[0]}
（二）推进协商议事
{PROSE[1]}
二、存在问题
（一）资金不足
{PROSE[2]}
（二）力量不足
{PROSE[3]}
三、下一步打算
（一）强化党建引领
{PROSE[4]}
（二）推进协商议事
{PROSE[5]}"""
STUDY = f"""安和区社区协商调研报告
目 录
一、调研背景 ........ 1
二、现状与问题 ........ 3
（一）参与不足 ........ 3
（二）资金不足 ........ 5
三、主要做法 ........ 8
四、对策建议 ........ 12
一、调研背景
{PROSE[0]}
二、现状与问题
（一）参与不足
{PROSE[1]}
（二）资金不足
{PROSE[2]}
三、主要做法
{PROSE[3]}
四、对策建议
{PROSE[4]}"""
RULES = """安和区居民议事规则
第一章 总则
一、为规范居民议事活动，保障居民权利，制定本规则。
二、本规则适用于各社区。
第二章 议事程序
一、居民可以提出议题，由社区收集。
二、议题由议事会讨论。
第三章 附则
一、本规则由区民政局解释。
二、本规则自印发之日起施行。"""
SINGLE = f"""三个“一”破解停车难
——青瓦社区入选全区典型案例
一、一张表摸清底数
{PROSE[0]}
二、一支队伍上门劝导
{PROSE[1]}
三、一本账公开到底
{PROSE[3]}
{PROSE[4]}"""
SLOGANS = f"""{PROSE[0]}
从“抢车位”到“坐下来”
{PROSE[1]}
钱袋子也要晒一晒
{PROSE[3]}
规矩大家一起定
{PROSE[2]}
{PROSE[4]}"""
TWO_PARTS = f"""机床厂大院的车位
一、背景
{PROSE[0]}
二、做法
{PROSE[1]}
三、成效
{PROSE[4]}
附件：停车公约
一、本公约由全体业主共同遵守。
二、车位按先后顺序停放。"""


@pytest.mark.parametrize("text", [MINUTES, SUMMARY, STUDY, RULES, SINGLE, SLOGANS, TWO_PARTS], ids=lambda text: text[:10])
def test_single_reports_are_not_split(text: str) -> None:
    assert len(split(text)[1]) == 1


def test_the_contents_page_of_a_single_report_is_no_row_of_headings() -> None:
    headings = find_headings(STUDY, title(STUDY, "", (), "")[1])
    assert [heading.words for heading in headings] == [
        "目录", "调研背景", "现状与问题", "参与不足", "资金不足", "主要做法", "对策建议",
    ]  # fmt: skip
    parts = sections(STUDY, title(STUDY, "", (), "")[1], headings)
    assert [part.role for part in parts] == ["other", "background", "problem", "problem", "problem", "approach", "approach"]


def test_what_a_case_is_told_by() -> None:
    text = "\n".join(
        (
            "安和区基层治理优秀案例选编",
            "案例一",
            "“小板凳”议出大和谐",
            "——青瓦社区停车治理的实践",
            "（柳溪街道办事处）",
            *PROSE[:3],
            "案例二",
            "石桥头社区：早市有了新办法",
            "申报单位：安和区河东街道",
            *PROSE[3:],
        )
    )
    first, second = split(text)[1]
    assert (first.title, first.place) == ("“小板凳”议出大和谐——青瓦社区停车治理的实践", "柳溪街道")
    assert (second.title, second.place) == ("石桥头社区：早市有了新办法", "安和区河东街道")


def test_titles_in_the_contents_may_differ_from_those_in_the_text() -> None:
    told = written(6, Style(number="", contents=""), 3)
    entries = [
        f"{n}.{case.title.replace('社区', '小区', 1).replace('“', '').replace('”', '')} …… {3 * n}" for n, case in enumerate(told, 1)
    ]
    body = "\n".join("\n".join((case.title, *case.body, *case.lines)) for case in told)
    text = "\n".join(("社区治理案例", "目录", *entries, body))
    assert [case.title for case in split(text)[1]] == [case.title for case in told]


def test_sections_of_a_compilation_have_the_roles_of_their_case() -> None:
    told = written(4, Style(subheads="none"), 5)
    text = text_of(told, Style(subheads="none"))
    _, body = title(text, "", (), "")
    headings = find_headings(text, body)
    parts = sections(text, body, headings)
    for case in (heading for heading in headings if heading.case):
        end = next((other.start for other in headings if other.start > case.start), len(text))
        roles = [part.role for part in parts if case.start <= part.start < end]
        assert "outcome" in roles
        assert len(roles) > 2
    assert parts[0].role == "other"
    assert parts[-1].role == "other"


DISPUTES = (
    "1.彩礼退多少", "【基本案情】周某与女友订婚，给付彩礼，女方只愿退一半。", "【调解过程】村调解员走访两家，商定退还数额。",
    "【调解结果】签订协议，当场付清。",
    "2.一棵老樟树", "【基本案情】新修村道要经过一棵樟树，村民不同意移栽。", "【调解过程】大家开会商定。", "【调解结果】道路绕行11米。",
)  # fmt: skip


@pytest.mark.parametrize("cover", [(), ("二〇二三年九月",), ("中共青瓦县委政法委员会", "二〇二三年九月")])
def test_the_cover_is_no_case_and_two_cases_are_a_compilation(cover: tuple[str, ...]) -> None:
    _, found = split("\n".join(("枫桥经验在我县", "——典型案例汇编（二则）", *cover, *DISPUTES)))
    assert [case.title for case in found] == ["彩礼退多少", "一棵老樟树"]


def test_titles_without_sub_headings_are_as_many_as_the_head_says() -> None:
    said = (
        "1.彩礼退多少",
        "周某与女友订婚，给付彩礼，女方只愿退一半。村调解员走访两家，签订了协议。",
        "2.一棵老樟树",
        "新修村道要经过一棵樟树。镇里开会，道路绕行11米，树保住了。",
    )
    assert [case.title for case in split("\n".join(("调解案例选编（两例）", *said)))[1]] == ["彩礼退多少", "一棵老樟树"]
    assert len(split("\n".join(("一桩彩礼案的调解", *said)))[1]) == 1


def test_a_label_alone_belongs_to_the_case_below_it_and_the_contents_page_to_no_passage() -> None:
    told = written(3, Style(number="", contents=""), 4)
    entries = [f"案例{'一二三'[n]}　{case.title}…………………{2 * n + 2}" for n, case in enumerate(told)]
    body = "\n".join("\n".join((f"案例{'一二三'[n]}", case.title, *case.body, *case.lines)) for n, case in enumerate(told))
    text = "\n".join(
        ("协商议事案例选编", "目录", "前言………………1", *entries, "后记………………9", "前言", "为推广经验，选编三篇。", body, "后记", "谢谢大家。")
    )
    name, low = title(text, "", (), "")
    headings = find_headings(text, low)
    parts = sections(text, low, headings)
    found = cases("r", text, name, low, parts, headings)
    assert [case.title for case in found] == [case.title for case in told]
    assert [text[case.start : case.start + 3] for case in found] == ["案例一", "案例二", "案例三"]
    assert not any("案例" in text[case.start + 3 : case.end].split("\n")[-1] for case in found)
    assert {part.role for part in parts if part.start < text.index("为推广经验")} == {"other"}
    shown = passages("x", text, parts, found, paths(headings))
    assert not any("……" in passage.text for passage in shown)
    assert all(passage.case for passage in shown if "案例" in passage.text)
