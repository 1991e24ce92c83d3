"""Two lenses on a case, and the remark on a basis out of date. Places and people are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import NOT_TOLD, Reading
from corpus.vocabulary import steps
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.basis import outdated
from search_api.lenses import Lenses, lenses

TEXT = """望溪社区停车难治理

一、背景
望溪社区建于1996年，共有620户，车位不足。社区推行“六步议事法”，即民提、民议、民决、民筹、民办、民评。

二、做法
2022年3月，居民向社区反映通道被车堵死。社区居委会召开居民议事会三次，逐项讨论方案。4月，业主投票表决，通过了划线方案。望溪区青禾社会工作服务中心参与方案设计，驻点社工逐户走访。居民自筹12万元，8月完成车位改造。

三、成效
截至2023年1月，新增车位86个。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_report("案例", RawReport("望溪.txt", TEXT.encode(), "txt", "望溪.txt"))


@pytest.fixture(scope="module")
def seen(reading: Reading) -> Lenses:
    (case,) = reading.cases
    return lenses(reading, case)


def said(rows: object, label: str) -> str:
    (row,) = [row for row in rows if row.label == label]  # type: ignore[attr-defined]
    return "\n".join(cited.text for cited in row.sentences)


def test_every_step_has_its_row_and_only_what_was_done_is_evidence(reading: Reading, seen: Lenses) -> None:
    assert [row.label for row in seen.steps] == [step.label for step in steps()]
    assert "投票表决" in said(seen.steps, "决定")
    assert "自筹12万元" in said(seen.steps, "筹资")
    assert "六步议事法" not in "".join(said(seen.steps, row.label) for row in seen.steps)
    assert said(seen.steps, "评价") == ""  # 文中未记载, though 民评 is named
    for row in (*seen.steps, *seen.participants):
        for cited in row.sentences:
            assert reading.text[cited.start : cited.end] == cited.text
            assert cited.facts


def test_who_takes_part_is_told_by_what_they_do(seen: Lenses) -> None:
    assert "召开居民议事会" in said(seen.participants, "社区")
    assert "青禾社会工作服务中心参与" in said(seen.participants, "社会工作")
    assert said(seen.participants, "社会慈善资源") == ""
    assert {row.label for row in seen.participants if "三社" in row.schemes} == {"社区", "社会组织", "社会工作"}
    assert len(seen.participants) == 5
    assert NOT_TOLD == "文中未记载"


def test_a_basis_that_was_replaced_or_revised_since_is_remarked_and_none_is_said_to_hold() -> None:
    text = "望溪社区依据《物权法》和《信访条例》处理，按照《中华人民共和国民法典》第二百七十八条组织表决，参照《物业管理条例》收费。"
    facts = read_report("案例", RawReport("望溪二.txt", text.encode(), "txt", "望溪二.txt")).facts
    found = outdated(facts, "2021-06", "2026-03-01")
    assert [(one.policy.title, one.replaced_by, one.date) for one in found] == [
        ("中华人民共和国物权法", "中华人民共和国民法典", "2021-01-01"),
        ("信访条例", "信访工作条例", "2022-05-01"),
    ]
    assert [one.policy.title for one in outdated(facts, "2021-06", "2021-12-31")] == ["中华人民共和国物权法"]


def test_a_revision_counts_where_the_case_was_told_before_it() -> None:
    text = "望溪村按照《村民委员会组织法》召开村民会议。"
    facts = read_report("案例", RawReport("望溪三.txt", text.encode(), "txt", "望溪三.txt")).facts
    assert [one.date for one in outdated(facts, "2020", "2026-11-01")] == ["2026-01-01"]
    assert outdated(facts, "2026-05", "2026-11-01") == ()
    assert outdated(facts, "2020", "2025-12-31") == ()
    assert [one.replaced_by for one in outdated(facts, None, "2025-12-31")] == [None]
    assert outdated([replace(facts[0], type="actor")], None, "2026-11-01") == ()
