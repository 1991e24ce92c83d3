"""Where the names of firms begin: behind the word for their role, behind who hires them."""

from __future__ import annotations

import pytest

from corpus.model import Metadata
from ingest.extract import extract


def actors(text: str) -> list[str]:
    found, _ = extract(text, (), (), Metadata())
    return [fact.name for fact in found if fact.type == "actor"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("承建方阳光电梯工程有限公司进场施工。", "阳光电梯工程有限公司"),
        ("中标企业晨光建设工程有限公司已经进场。", "晨光建设工程有限公司"),
        ("物业公司由远航物业服务有限公司承接。", "远航物业服务有限公司"),
        ("社区与瑞和置业有限公司签订协议。", "瑞和置业有限公司"),
        ("棠里街道请来瑞和物业。", "瑞和物业"),
        ("业委会与前期物业远航物业签订协议。", "远航物业"),
    ],
)
def test_the_brand_of_a_firm(text: str, name: str) -> None:
    assert name in actors(text)


@pytest.mark.parametrize(
    "text", ["社区引入专业物业。", "居民请来正规物业。", "由小区物业管理。", "业主与原物业打官司。", "物业由政府兜底物业接管。"]
)
def test_what_kind_of_firm_is_no_brand(text: str) -> None:
    assert {name for name in actors(text) if name.endswith("物业")} <= {"物业", "原物业", "小区物业"}


def test_works_before_a_firms_last_word_are_no_programme() -> None:
    found, _ = extract("中标企业晨光建设工程有限公司已经进场。", (), (), Metadata())
    assert [fact.name for fact in found if fact.type == "programme"] == []
