"""Short forms inside one report: the full name they stand for, and nothing where there is a choice."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract
from ingest.extract.shortnames import is_shorter, parts


def wholes(type: str, text: str) -> dict[str, str | None]:
    """Each mention of a type with its full name; the last of several alike."""
    facts: list[Fact] = extract(text, (), (), Metadata())[0]
    return {fact.name: fact.canonical for fact in facts if fact.type == type}


@pytest.mark.parametrize(
    ("name", "full", "shorter"),
    [
        ("恒瑞公司", "恒瑞物业有限公司", True),
        ("恒瑞物业", "恒瑞物业有限公司", True),
        ("恒瑞物业", "恒远物业有限公司", False),
        ("区信访局", "区信访工作局", True),
        ("区民政局", "市民政局", False),
        ("妇联", "梧桐街道妇女联合会", False),  # too short a word for one body
        ("第三网格党支部", "银湖区梧桐社区第三网格党支部", True),
        ("东海大学", "东海师范大学", False),
        ("红十字会", "红十字会柳岸分会", False),
        ("志愿者", "银湖区志愿者", False),
        ("社区服务中心", "社区服务管理中心", False),
    ],
)
def test_a_shorter_form(name: str, full: str, shorter: bool) -> None:
    assert is_shorter(parts(name, None), parts(full, None)) is shorter


def test_a_company_by_its_short_name() -> None:
    found = wholes("actor", "恒瑞物业有限公司进驻小区。半年后，恒瑞公司要求提价。")
    assert found["恒瑞公司"] == "恒瑞物业有限公司"


def test_a_short_name_that_fits_two_companies_is_neither() -> None:
    found = wholes("actor", "恒瑞物业有限公司先来，恒瑞环境有限公司后到。半年后，恒瑞公司要求提价。")
    assert found.get("恒瑞公司") in (None, "恒瑞公司")


def test_the_office_spoken_of_before() -> None:
    found = wholes("actor", "汐榕区审计局抽查了十个社区。该局把问题写成一本手册。")
    assert found["该局"] == "汐榕区审计局"


def test_that_office_behind_two_of_them_is_nobody() -> None:
    found = wholes("actor", "汐榕区审计局、汐榕区财政局一起抽查了十个社区。该局把问题写成一本手册。")
    assert found.get("该局") in (None, "该局")


def test_our_office_is_the_only_one() -> None:
    assert wholes("actor", "汐榕区民政局：我局把社工站交给社会组织运营。")["我局"] == "汐榕区民政局"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("社区书记陈立秋上门。陈书记说，先修水管。", "陈立秋"),
        ("社区书记陈立秋上门，街道书记陈大为督办。陈书记说，先修水管。", "陈书记"),
        ("居民代表陈立秋上门。陈书记说，先修水管。", "陈书记"),
    ],
)
def test_a_post_behind_a_surname(text: str, whole: str) -> None:
    assert wholes("person", text)["陈书记"] == whole


def test_somebody_introduced_anew_is_not_the_one_of_that_surname() -> None:
    found = wholes("person", "业委会主任陈立秋主张先换物业。街道的老陈直摇头。老陈说，没人愿意接盘。")
    assert "陈立秋" in found
    assert found.get("老陈") != "陈立秋"


def test_a_name_that_is_hidden_is_nobody_else() -> None:
    found = wholes("person", "业委会主任周立秋住在三楼。周立秋的儿子周某牵头征求意见。")
    assert found.get("周某") != "周立秋"


def test_a_short_name_that_the_text_introduces() -> None:
    found = wholes("actor", "恒瑞物业有限公司（以下简称“恒瑞”）进驻小区。半年后，恒瑞要求提价。")
    assert found["恒瑞"] == "恒瑞物业有限公司"


def test_a_document_by_its_number() -> None:
    found = wholes(
        "policy", "《汐榕区加装电梯补助办法》（汐政办发〔2022〕15号）规定每台补助二十万元。老人只记得15号文能领二十万。16号文没人提。"
    )
    assert found["15号文"] == "汐榕区加装电梯补助办法"
    assert "16号文" not in found


def test_a_branch_is_not_its_body() -> None:
    found = wholes("actor", "汐榕区慈善会统一采购。汐榕区慈善会柳岸分会负责发放。")
    assert found["汐榕区慈善会柳岸分会"] == "汐榕区慈善会柳岸分会"
    assert found["汐榕区慈善会"] == "汐榕区慈善会"
    assert "汐榕区慈善会成立柳岸分会" not in wholes("actor", "汐榕区慈善会成立柳岸分会。")


def test_editions_of_a_programme_are_two() -> None:
    facts = extract("第五届公益创投投了36个项目。第六届公益创投只投了18个项目。本届公益创投更看重实效。", (), (), Metadata())[0]
    found = [fact.canonical for fact in facts if fact.type == "programme"]
    assert found == ["第五届公益创投", "第六届公益创投", "第六届公益创投"]


def test_that_district_behind_one_that_was_not_read() -> None:
    facts = extract("汐榕区不藏私。同一座城市的嘉荫区晚了十年，该区是看了账本才学的。", (), (), Metadata())[0]
    assert not any(fact.name == "该区" and fact.canonical == "汐榕区" for fact in facts)
