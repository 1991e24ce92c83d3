"""Policies: titles, numbers, articles, issuers, dates; no books, papers or decisions on single cases."""

from __future__ import annotations

import pytest
from witness import Witness


def test_law_with_its_article() -> None:
    (found,) = Witness("依照《中华人民共和国民法典》第二百七十八条，24户同意。").policies()
    assert (found.canonical, found.concept, found.qualifier) == ("中华人民共和国民法典", "civil_code", "第二百七十八条")


def test_well_known_law_without_marks() -> None:
    witness = Witness("当时按物权法第七十六条计算，比例够了。")
    assert witness.words(witness.policies()) == ["物权法"]
    assert [f.canonical for f in witness.policies()] == ["中华人民共和国物权法"]


@pytest.mark.parametrize("number", ["柳政函〔2018〕12号", "柳政函[2018]12号", "柳政函（2018）12号", "柳政办发【2018】第12号"])
def test_number_behind_a_title(number: str) -> None:
    (found,) = Witness(f"2018年5月12日，区住建局印发《柳城区加装电梯实施意见》（{number}）。").policies()
    assert found.aliases == (number,)
    assert found.time == "2018-05-12"


def test_number_alone_and_before_a_title() -> None:
    alone, titled = Witness("根据柳政办函〔2019〕7号文件执行。柳建发〔2021〕47号《柳城区加装电梯办法》同时废止。").policies()
    assert (alone.canonical, alone.rule) == ("柳政办函〔2019〕7号", "policy.number")
    assert (titled.canonical, titled.aliases) == ("柳城区加装电梯办法", ("柳建发〔2021〕47号",))


def test_decree_number() -> None:
    witness = Witness("依据国务院令第379号办理。")
    assert witness.words(witness.policies()) == ["国务院令第379号"]


def test_short_title_means_the_document_named_before() -> None:
    found = Witness("区里出台《柳城区物业管理实施办法》，《办法》共九章。").policies()
    assert [f.canonical for f in found] == ["柳城区物业管理实施办法"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "《柳城日报》作了报道。",
        "他写的《六步工作法》一书出版了。",
        "《决策》杂志来采访。",
        "大家合唱《茉莉花》。",
        "《通知》另行下发。",
        "区城管局作出限期拆除决定（柳城管限拆字〔2020〕第6号）。",
        "这家店违反环境保护法律法规。",
    ],
)
def test_what_is_no_policy(text: str) -> None:
    assert Witness(text).policies() == []
