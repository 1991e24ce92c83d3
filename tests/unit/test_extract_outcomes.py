"""Outcomes: what came of the case, who says so, and how the case as a whole ended."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from witness import Witness

from corpus.model import Metadata, Outcome
from ingest.extract import extract
from ingest.extract.finding import Finding
from ingest.extract.outcomes import case_outcome


def _states(text: str) -> list[str | None]:
    return [finding.state for finding in Witness(text, role="outcome").outcomes()]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2022年6月，两部电梯同时投用。", "已解决"),
        ("困扰居民多年的停车难题得到解决。", "已解决"),
        ("全年投诉由上年的38件降至11件。", "部分解决"),
        ("夜里仍有十余处流动摊点回流。", "部分解决"),
        ("差额部分至今没有到位，问题尚未解决。", "未解决"),
        ("不到三个月，摊贩又回来了，问题反弹。", "反弹"),
        ("9月12日，社区宣布项目中止。", "中止"),
    ],
)
def test_state_of_a_sentence(text: str, state: str) -> None:
    assert state in _states(text)


@pytest.mark.parametrize(
    "text",
    [
        "下一步，社区将彻底解决停车问题。",
        "如果资金到位，停车问题就能得到解决。",
        "要及时有效化解各种矛盾纠纷。",
        "建立长效机制，防止问题反弹。",
        "我国历史性地解决了绝对贫困问题。",
        "受寒潮影响，气温明显下降。",
        "服务费由每度1.2元降到0.9元。",
        "对撤场企业，区里下达了责令改正通知书。",
    ],
)
def test_plans_suppositions_and_other_matters_are_no_outcome(text: str) -> None:
    assert _states(text) == []


def test_before_the_results_a_failure_is_how_things_stood() -> None:
    text = "协商未果，项目停工。"
    assert [f.state for f in Witness(text, role="background").outcomes()] == []
    assert "未解决" in [f.state for f in Witness(text, role="outcome").outcomes()]


def test_a_proposal_has_no_outcome() -> None:
    text = "2022年6月，两部电梯同时投用。"
    assert Witness(text, role="outcome", metadata=Metadata(kind="proposal")).outcomes() == []


def test_who_says_so() -> None:
    def told(text: str, metadata: Metadata | None = None) -> list[str | None]:
        return [f.told_by for f in Witness(text, role="outcome", metadata=metadata).outcomes()]

    assert told("王奶奶说：“楼道里的堆物已经全部解决了，走路踏实多了。”") == ["当事人"]
    assert told("区住建局组织联合验收，项目通过了验收。") == ["上级验收"]
    assert told("2022年6月，两部电梯同时投用。") == ["自述"]
    assert told("2022年6月，两部电梯同时投用。", Metadata(kind="news")) == ["媒体"]


def _finding(place: int, state: str, confidence: float = 0.85) -> Finding:
    return Finding("outcome", place, place + 1, "test", confidence, state=state, modality="asserted")


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ([], "未记载"),
        (["已解决"], "已解决"),
        (["未解决", "已解决"], "已解决"),
        (["已解决", "反弹"], "反弹"),
        (["已解决", "未解决"], "部分解决"),
        (["已解决", "部分解决"], "部分解决"),
        (["未解决", "中止"], "中止"),
        (["反弹", "未解决"], "反弹"),
    ],
)
def test_outcome_of_the_case(states: list[str], outcome: str) -> None:
    assert case_outcome([_finding(place, state) for place, state in enumerate(states)]) == outcome


@given(st.lists(st.sampled_from(["已解决", "部分解决", "未解决", "反弹", "中止"]), max_size=8))
def test_outcome_does_not_depend_on_the_order_of_the_findings_given(states: list[str]) -> None:
    found = [_finding(place, state) for place, state in enumerate(states)]
    assert case_outcome(found) == case_outcome(found[::-1])
    assert case_outcome(found) in get_args(Outcome)
    assert (case_outcome(found) == "未记载") == (not states)


def test_better_figures_take_nothing_from_a_success() -> None:
    text = "2022年6月，两部电梯同时投用。投诉由上年的38件降至11件。"
    assert case_outcome(Witness(text, role="outcome").outcomes()) == "已解决"


def test_doubtful_findings_do_not_decide() -> None:
    assert case_outcome([_finding(0, "已解决"), _finding(1, "未解决", 0.6)]) == "已解决"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("5月12日，四公里水泥路通到了村口。", "已解决"),
        ("今年2月8日电梯开始载客。", "已解决"),
        ("3月9日市场重新开业。", "已解决"),
        ("社区终于将拖了三年的工程结束。", "已解决"),
        ("新业委会已于6月2日备案。", "已解决"),
        ("南门路段白天已无固定占道摊点。", "已解决"),
        ("涉及舞队的报警为3次，上年同期24次。", "部分解决"),
        ("大院的问题只能算解决了一半。", "部分解决"),
        ("目前还没有找到稳妥的办法。", "未解决"),
        ("两次改造，市场又走回老样子。", "反弹"),
    ],
)
def test_outcomes_told_as_a_story(text: str, state: str) -> None:
    assert state in _states(text)


@pytest.mark.parametrize(
    "text",
    [
        "总目标：三个月内疏散通道恢复畅通。",
        "矛盾纠纷化解能力明显提高。",
        "街道正在摸查另外五栋楼，其中两栋尚未解决。",
        "社区将于明年让市场重新开业。",
    ],
)
def test_aims_abilities_and_other_places_are_no_outcome(text: str) -> None:
    assert _states(text) == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("6月28日，两部电梯同时投用。收尾费用至今没有进展。", "已解决"),
        ("三部电梯投用，一个单元因条件不具备而中止。", "部分解决"),
        ("整治验收合格。欠费追缴没有进展，大修资金尚未落实。", "部分解决"),
        ("投诉由上年的38件降至11件，可还有11件多半是卸货的声音。", "部分解决"),
        ("个案只能认为部分解决。两部电梯同时投用。", "部分解决"),
    ],
)
def test_what_is_left_open_is_weighed_against_what_was_done(text: str, outcome: str) -> None:
    assert case_outcome(Witness(text, role="outcome").outcomes()) == outcome


def test_a_body_that_checks_others_tells_of_what_they_did() -> None:
    text = "关于农贸市场整治“回头看”情况的通报\n督查组发现，占道问题尚未解决。"
    found = Witness(text, role="outcome", metadata=Metadata(kind="document")).outcomes()
    assert {finding.told_by for finding in found} == {"上级验收"}


def test_a_share_of_people_who_can_accept_it_is_no_rest_that_is_left() -> None:
    facts, _ = extract("三、成效\n发放问卷412份，收回387份，对现在的安排表示可以接受的占90.4%。", (), (), Metadata())
    assert {fact.rule for fact in facts if fact.type == "outcome"} == {"outcome.figure"}


@pytest.mark.parametrize(
    "text",
    [
        "物业费收缴率从46%升到81%",
        "涉及该市场的投诉2021年52件，2022年9件",
        "整治以来没有再发生火灾",
        "3号楼仍有四户没有签约",
        "街道9月回访，76户中70户表示满意",
    ],
)
def test_a_result_is_its_whole_sentence(text: str) -> None:
    witness = Witness(f"（一）{text}。", role="outcome")
    assert witness.words(witness.outcomes()) == [text]


@pytest.mark.parametrize(
    "text",
    ["目标是投诉降到5件以下。", "收缴率能不能升到80%？", "施工单位重新报价，降到9万元。", "我国脱贫县已全覆盖。", "还有一件事要说。"],
)
def test_aims_questions_and_prices_are_no_result(text: str) -> None:
    assert Witness(text, role="outcome").outcomes() == []


def test_one_finding_a_sentence_partly_solved_where_it_tells_of_both() -> None:
    found = Witness("三部电梯投用，一个单元因条件不具备而中止。", role="outcome").outcomes()
    assert [finding.state for finding in found] == ["部分解决"]


def test_what_a_resident_says_of_it_is_told_by_the_resident() -> None:
    witness = Witness("王奶奶说：“现在下楼踏实多了。”", role="outcome")
    assert [(witness.text[f.start : f.end], f.told_by) for f in witness.outcomes()] == [("现在下楼踏实多了", "当事人")]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("问题没有彻底解决。2021年5月，两部电梯全部投用，问题得到解决。", "已解决"),
        ("2021年5月，两部电梯投用。但问题没有彻底解决。", "部分解决"),
    ],
)
def test_an_early_failure_does_not_decide_a_case_that_was_solved_later(text: str, outcome: str) -> None:
    assert case_outcome(Witness(text, role="outcome").outcomes()) == outcome


@pytest.mark.parametrize(
    "text",
    [
        "她盘活了社区的烂尾楼。",
        "这个社区只有300户居民。",
        "每个网格不仅有队员，还有安全员。",
        "搜救工作仍在进行。",
        "到2030年社区覆盖率不低于80%。",
    ],
)
def test_what_stands_so_or_is_aimed_at_is_no_outcome(text: str) -> None:
    assert Witness(text, role="outcome").outcomes() == []


def test_trouble_that_fell_is_a_result_wherever_it_is_told() -> None:
    text = "场外占道摊点由改造前的64处降到12处。"
    assert Witness(text, role="background").outcomes()
    assert not Witness("随礼由50元涨到300元。", role="background").outcomes()
