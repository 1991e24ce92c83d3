"""Awards: what was received or conferred, with the giver; not what is striven for, and no bonuses."""

from __future__ import annotations

import pytest
from witness import Witness


def _names(text: str) -> list[str]:
    witness = Witness(text)
    return witness.words(witness.awards())


def test_list_of_titles_in_quotation_marks() -> None:
    assert _names("社区先后荣获“全国和谐社区建设示范社区”“省民主法治村”等称号。") == ["全国和谐社区建设示范社区", "省民主法治村"]


def test_list_without_marks() -> None:
    assert _names("社区获评全国先进基层党组织、省级文明社区。") == ["全国先进基层党组织", "省级文明社区"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020年被评为“最美社区”。", "最美社区"),
        ("做法入选全省基层治理典型案例。", "全省基层治理典型案例"),
        ("该项目被确定为市级试点。", "市级试点"),
        ("该区高分通过“第二批治理创新实验区”验收。", "第二批治理创新实验区"),
    ],
)
def test_single_award(text: str, name: str) -> None:
    assert _names(text) == [name]


def test_giver_is_told() -> None:
    (found,) = Witness("2021年，该做法被省民政厅授予“治理创新十佳”称号。").awards()
    assert (found.organisation, found.modality) == ("省民政厅", "asserted")


def test_what_is_striven_for_is_planned() -> None:
    (found,) = Witness("下一步，社区力争获评全国优秀案例。").awards()
    assert found.modality == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "居民的获得感明显提升。",
        "做法获得居民好评和支持。",
        "镇里设“红白事简办”奖励，少办一桌奖200元。",
        "农户获得补贴2万元。",
        "镇里争取“一事一议”奖补4万元。",
    ],
)
def test_what_is_no_award(text: str) -> None:
    assert _names(text) == []
