"""Figures that do not agree with one another. Places and figures are invented."""

from __future__ import annotations

import pytest

from corpus.model import Reading
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.api.shapes.reports import Remark
from search_api.card_bodies import disagreement_body
from search_api.inconsistencies import Inconsistency, disagreeing, inconsistencies


def reading(text: str) -> Reading:
    return read_report("案例", RawReport("一.txt", text.encode(), "txt", "一.txt"))


def found(text: str) -> list[tuple[str, list[str]]]:
    return [(one.kind, [fact.name for fact in one.facts]) for one in disagreeing(reading(text).facts)]


@pytest.mark.parametrize(
    ("text", "kind", "figures"),
    [
        ("柳荫社区居民共有98户，其中同意60户，反对20户，其余28户没有表态。", "parts", ["98户", "60户", "20户", "28户"]),
        ("柳荫社区居民共有30户，其中35户是租户。", "parts", ["30户", "35户"]),
        ("柳荫社区改造投入50万元，其中街道补助30万元，居民自筹25万元。", "parts", ["50万元", "30万元", "25万元"]),
        ("柳荫社区居民代表会议实到58人，赞成47人，反对9人，弃权5人。", "parts", ["58人", "47人", "9人", "5人"]),
        ("柳荫社区街道出资30万元，居民出资20万元，合计60万元。", "parts", ["60万元", "30万元", "20万元"]),
        ("柳荫社区42户中有39户同意，同意率82.9%。", "share", ["42户", "39户", "82.9%"]),
        ("柳荫社区志愿者由20人增加到30人，增加了15人。", "change", ["30人", "15人"]),
    ],
)
def test_figures_that_do_not_agree_are_found(text: str, kind: str, figures: list[str]) -> None:
    ((what, names),) = found(text)
    assert what == kind
    assert sorted(names) == sorted(figures)


@pytest.mark.parametrize(
    "text",
    [
        "柳荫社区居民共有98户，其中同意60户，反对20户，其余18户没有表态。",
        "柳荫社区居民共有98户，其中老年户40户、租户70户。",  # kinds that overlap
        "柳荫社区居民约有98户，其中同意60户，反对20户，其余28户没有表态。",  # no exact number
        "柳荫社区改造投入50万元，其中街道补助30万元，居民自筹20万元。",
        "柳荫社区改造投入50万元，其中街道补助30万元。",
        "柳荫社区来了65名运动员和8名教练员，其中获奖的59名。",
        "柳荫社区42户中有39户同意，同意率92.9%。",
        "柳荫社区志愿者由20人增加到30人，增加了10人。",
        "柳荫社区居民代表会议应到63人，实到58人，赞成47人，反对9人，弃权2人。",
        "柳荫社区街道每年出资30万元，居民出资20万元，合计60万元。",
    ],
)
def test_figures_that_may_agree_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_one_quantity_with_two_values() -> None:
    text = "柳荫市河东区柳荫社区加装电梯。柳荫社区项目总投资48万元。\n\n柳荫社区居民同意。柳荫社区项目总投资52万元。"
    assert found(text) == [("values", ["48万元", "52万元"])]
    assert found(text.replace("项目总投资52万元", "项目预算总投资52万元")) == []


def test_the_remark_names_the_facts_and_cites_their_sentence() -> None:
    read = reading("柳荫社区共有30户居民，没有物业公司，楼道堆物多。2021年3月，社区召开议事会。42户中有39户同意，同意率82.9%，堆物清走了。")
    (one,) = [one for case in read.cases for one in inconsistencies(read, case)]
    assert isinstance(one, Inconsistency)
    body = disagreement_body(one)
    assert body["key"] == "figures_share"
    assert body["generated"] == "系统生成"
    assert body["label"].startswith("数据不一致")
    assert body["facts"] == [fact.id for fact in one.facts]
    (cited,) = body["sentences"]
    assert read.text[cited["start"] : cited["end"]] == cited["text"]
    assert "82.9%" in cited["text"]


def test_the_remark_has_the_shape_of_the_interface() -> None:
    text = "柳荫社区42户中有39户同意，同意率82.9%。"
    (one,) = disagreeing(reading(text).facts)
    remark = Remark.model_validate(disagreement_body(one))
    assert remark.sentences is not None
    assert [sentence.facts for sentence in remark.sentences] == [[fact.id for fact in one.facts]]
