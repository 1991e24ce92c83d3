"""Places by number and by repetition: houses and entrances, sites, estates without their kind in the name, lists."""

from __future__ import annotations

import pytest

from corpus.model import Metadata
from ingest.extract import extract


def names(text: str) -> list[str]:
    facts, _ = extract(text, (), (), Metadata())
    return [fact.name for fact in facts if fact.type == "place"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("31号楼3单元共十户。", "31号楼3单元"),
        ("火起在9栋二楼。", "9栋"),
        ("14幢的林师傅不同意。", "14幢"),
        ("1、4单元先装。", "1、4单元"),
        ("2至5单元电梯投用。", "2至5单元"),
        ("枫林区云桥街道槐荫社区6幢2单元门口", "枫林区云桥街道槐荫社区6幢2单元"),
    ],
)
def test_houses_by_number(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text", ["小区共12幢楼。", "改造老楼36栋，惠及千户。", "8栋高层，640户。", "另一单元也签了。", "每幢都有楼长。", "装了三个单元。"]
)
def test_numbers_of_houses_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_house_is_no_measure_and_lies_in_the_estate_named_before() -> None:
    facts, _ = extract("枫林区云桥街道槐荫社区是老旧小区。9栋的林师傅不同意。", (), (), Metadata())
    assert [fact.place for fact in facts if fact.name == "9栋"] == ["枫林区>云桥街道>槐荫社区>9栋"]
    assert not [fact for fact in facts if fact.type == "measure"]


def test_sites_by_name() -> None:
    text = "柳溪农贸市场在枫林区云桥街道。柳溪市场扩建后，该市场投诉少了。整治占道，农村市场不在其列。"
    assert names(text)[:1] == ["柳溪农贸市场"]
    assert {"柳溪市场", "该市场"} <= set(names(text))
    assert "农村市场" not in names(text)


def test_an_estate_introduced_as_one_is_found_again() -> None:
    text = "枫影湾是2012年交付的商品房小区，900户。议事会谈到枫影湾的车位。"
    assert names(text).count("枫影湾") == 2
    assert names("这里是2012年交付的商品房小区。这里很静。") == []


def test_a_list_with_one_last_word() -> None:
    assert {"石洼", "鼓塘", "打铁坪"} <= set(names("枫林区石洼街道靠山。石洼、鼓塘、打铁坪三个街道都有石梯。"))
    assert names("绿化、保洁、安保三个小区都有。") == []


def test_a_name_that_begins_with_the_word_for_and() -> None:
    assert names("和顺街道：先行先试。云桥街道派员。和顺街道有七个社区。").count("和顺街道") == 2
