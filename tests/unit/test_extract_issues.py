"""Issues: what is told as a problem, and nothing that only names a thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from witness import Witness


def _ids(text: str) -> list[str | None]:
    return [finding.concept for finding in Witness(text).issues()]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("云岭小区停车难，夜里有四十多辆车停在消防通道上。", "parking.shortage"),
        ("楼道堆物把三楼的平台堵死了。", "safety.corridor"),
        ("二楼业主反对加装电梯。", "housing.lift"),
        ("一楼的群租房里住着二十三个人。", "housing.group_rental"),
        ("农贸市场门前占道经营，居民投诉不断。", "market.wet_market"),
    ],
)
def test_problem_is_linked_to_the_vocabulary(text: str, concept: str) -> None:
    assert concept in _ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "早上她去农贸市场买菜。",
        "省里印发了《关于加装电梯的指导意见》。",
        "区垃圾分类办的老周来过两次。",
        "三户口头答应了。",
        "我国持续推进老旧小区改造。",
    ],
)
def test_what_only_names_a_thing_is_no_issue(text: str) -> None:
    assert _ids(text) == []


def test_one_fact_a_sentence_and_issue() -> None:
    witness = Witness("飞线充电屡禁不止，飞线最多的一栋有三十处飞线。第二天飞线充电又出现了。")
    assert [finding.concept for finding in witness.issues()].count("safety.flying_wire") == 2


def test_modality_of_a_problem() -> None:
    assert [f.modality for f in Witness("整治以后未再发生噪声扰民。").issues()] == ["negated"]
    assert [f.modality for f in Witness("为防止飞线充电，社区装了插座。").issues()] == ["conditional"]
    assert [f.modality for f in Witness("院子里没有物业。").issues()] == ["asserted"]


@given(st.text(alphabet="停车难飞线充电小区的，。反对加装梯“”《》\n没有"))
def test_findings_lie_in_the_text_once_a_sentence(text: str) -> None:
    witness = Witness(text)
    found = witness.issues()
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    keys = [(witness.scene.sentence(finding.start), finding.concept) for finding in found]
    assert len(keys) == len(set(keys))
