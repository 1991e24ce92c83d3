"""Of what a language model claims, only what the text bears out is kept; for each check a claim that passes and one that does not."""

from __future__ import annotations

import math
from typing import Any

import pytest

from corpus.model import Fact
from ingest.annotate import CONFIDENCE, Answer, check

TEXT = (
    "2023年5月，柳浪社区党委牵头成立楼道议事会，先后召开四次议事会。一楼住户赵某反对在门口装充电棚，担心起火。"
    "区民政局拨付8万元，每户出资150元，另做了6块展板。柳浪社区共有住户420户，是1996年建的老旧小区。\n"
    "根据《物业管理条例》，业委会修订了停车公约。充电棚由物业公司负责运营。到2023年9月，充电棚建成，争吵平息。"
    "居民孙某说：“夜里睡得踏实了。”居民多次拨打12345。顶楼漏水还没有解决。下一步将召开听证会，拟设立“邻里基金”。"
    "联系人钱某，电话＊＊＊＊＊＊＊＊＊＊＊。物业公司和业委会组成停车小组，监督队由楼长、网格员等组成。赵某不肯搬走电动车。街道由社区协助，开展“3＋X”行动。"
)
LEADS = {"type": "relation", "relation": "leads", "quote": "柳浪社区党委牵头成立楼道议事会", "head_type": "actor", "tail_type": "actor"}


def one(**claim: Any) -> Fact:
    checked = check(TEXT, Answer((claim,)))
    assert dict(checked.rejected) == {}
    (fact,) = checked.facts
    assert TEXT[fact.start : fact.end] == fact.name
    assert TEXT[fact.sentence_start : fact.sentence_end] == fact.sentence
    assert fact.sentence_start <= fact.start < fact.end <= fact.sentence_end
    assert fact.confidence == CONFIDENCE
    return fact


def why(claim: object) -> str:
    checked = check(TEXT, Answer((claim,)))
    assert checked.facts == []
    (reason,) = checked.rejected
    return reason


KEPT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "actor", "quote": "柳浪社区党委牵头成立楼道议事会", "name": "柳浪社区党委"}, {"name": "柳浪社区党委"}),
    ({"type": "actor", "quote": "区民政局"}, {"name": "区民政局"}),
    ({"type": "person", "quote": "居民孙某说", "name": "孙某", "post": "居民"}, {"name": "孙某", "post": "居民"}),
    ({"type": "issue", "quote": "顶楼漏水还没有解决", "name": "顶楼漏水"}, {"name": "顶楼漏水"}),
    ({"type": "policy", "quote": "根据《物业管理条例》", "name": "物业管理条例"}, {"name": "物业管理条例"}),
    ({"type": "policy", "quote": "根据《物业管理条例》", "name": "《物业管理条例》"}, {"name": "《物业管理条例》"}),
    (
        {
            "type": "position",
            "quote": "一楼住户赵某反对在门口装充电棚",
            "name": "反对在门口装充电棚",
            "stance": "objection",
            "holder": "赵某",
        },
        {"stance": "objection", "holder": "赵某"},
    ),
    ({"type": "position", "quote": "担心起火", "stance": "顾虑"}, {"stance": "concern"}),
    ({"type": "position", "quote": "担心起火", "stance": "concern", "holder": "赵某"}, {"holder": "赵某"}),
    ({"type": "platform", "quote": "多次拨打12345", "name": "12345"}, {"name": "12345"}),
    ({"type": "outcome", "quote": "争吵平息", "told_by": "自述"}, {"told_by": "自述", "state": None, "modality": "asserted"}),
    ({"type": "step", "quote": "下一步将召开听证会", "step": "商议"}, {"step": "商议", "modality": "planned"}),
    ({"type": "step", "quote": "先后召开四次议事会", "step": "商议"}, {"step": "商议"}),
    ({"type": "step", "quote": "先后召开四次议事会", "step": "deliberation"}, {"step": "商议"}),
    ({"type": "outcome", "quote": "到2023年9月，充电棚建成，争吵平息", "state": "已解决", "told_by": "自述"}, {"state": "已解决"}),
    ({"type": "outcome", "quote": "顶楼漏水还没有解决", "state": "未解决"}, {"state": "未解决"}),
    ({"type": "context", "quote": "1996年建的老旧小区", "name": "老旧小区", "aspect": "社区类型"}, {"aspect": "社区类型"}),
    ({"type": "measure", "quote": "区民政局拨付8万元", "value": 80000, "unit": "元"}, {"name": "8万元", "value": 80000.0, "unit": "元"}),
    ({"type": "measure", "quote": "区民政局拨付8万元", "value": "8", "unit": "万元"}, {"value": 80000.0, "unit": "元"}),
    ({"type": "measure", "quote": "每户出资150元", "value": 150, "subject": "出资"}, {"value": 150.0, "per": "户", "subject": "出资"}),
    ({"type": "measure", "quote": "先后召开四次议事会", "value": 4, "unit": "次"}, {"name": "四次", "value": 4.0}),
    ({"type": "measure", "quote": "另做了6块展板", "value": 6, "unit": "块"}, {"name": "6块", "value": 6.0, "unit": "块"}),
    ({"type": "date", "quote": "2023年5月，柳浪社区党委", "value": "2023-05"}, {"name": "2023年5月", "value": "2023-05"}),
    ({"type": "quote", "quote": "居民孙某说：“夜里睡得踏实了。”", "name": "夜里睡得踏实了。", "speaker": "孙某"}, {"speaker": "孙某"}),
    ({"type": "quote", "quote": "“夜里睡得踏实了。”"}, {"name": "夜里睡得踏实了。"}),
    (LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会"}, {"head": "柳浪社区党委", "tail": "楼道议事会", "relation": "leads"}),
    (
        {"type": "relation", "relation": "carries_out", "quote": "充电棚由物业公司负责运营", "head": "物业公司", "tail": "充电棚"}
        | {"head_type": "actor", "tail_type": "platform"},
        {"head": "物业公司", "tail": "充电棚"},
    ),
    (
        {"type": "relation", "relation": "based_on", "quote": "根据《物业管理条例》，业委会修订了停车公约", "head": "业委会"}
        | {"tail": "物业管理条例", "head_type": "actor", "tail_type": "policy"},
        {"head": "业委会", "tail": "物业管理条例"},
    ),
]

BOTH = {"type": "relation", "relation": "part_of", "head_type": "actor", "tail_type": "actor"}
KEPT += [
    (BOTH | {"quote": "物业公司和业委会组成停车小组", "head": "业委会", "tail": "停车小组"}, {"head": "业委会", "tail": "停车小组"}),
    (BOTH | {"quote": "监督队由楼长、网格员等组成", "head": "楼长", "tail": "监督队"}, {"head": "楼长", "tail": "监督队"}),
    (
        {"type": "relation", "relation": "objects_to", "quote": "赵某不肯搬走电动车", "head": "赵某", "tail": "不肯搬走电动车"}
        | {"head_type": "person", "tail_type": "issue"},
        {"tail": "不肯搬走电动车", "modality": "asserted"},
    ),
]


@pytest.mark.parametrize(("claim", "told"), KEPT)
def test_what_the_text_says_is_kept(claim: dict[str, Any], told: dict[str, Any]) -> None:
    fact = one(**claim)
    assert {name: getattr(fact, name) for name in told} == told


REJECTED: list[tuple[str, object]] = [
    ("shape", "柳浪社区党委"),
    ("shape", ["actor"]),
    ("shape", {"type": "actor"}),
    ("shape", {"type": "actor", "quote": 3}),
    ("shape", {"type": "actor", "quote": "   "}),
    ("shape", {"type": ["actor"], "quote": "区民政局"}),
    ("shape", {"type": "actor", "quote": "区民政局", "name": {"zh": "区民政局"}}),
    ("shape", {"type": "measure", "quote": "每户出资150元"}),
    ("shape", {"type": "measure", "quote": "每户出资150元", "value": True}),
    ("shape", {"type": "measure", "quote": "每户出资150元", "value": math.inf}),
    ("shape", {"type": "measure", "quote": "每户出资150元", "value": 10**400}),
    ("shape", {"type": "measure", "quote": "每户出资150元", "value": "一百五十块左右吧"}),
    ("type", {"type": "gossip", "quote": "区民政局"}),
    ("quote", {"type": "actor", "quote": "区财政局拨付8万元", "name": "区财政局"}),
    ("quote", {"type": "actor", "quote": "区民政局拨付了8万元", "name": "区民政局"}),
    ("name", {"type": "actor", "quote": "区民政局拨付8万元", "name": "物业公司"}),
    ("name", {"type": "measure", "quote": "区民政局拨付8万元", "name": "150元", "value": 150}),
    ("form", {"type": "actor", "quote": "联系人钱某，电话＊＊＊＊＊＊＊＊＊＊＊", "name": "＊＊＊＊＊＊＊＊＊＊＊"}),
    ("form", {"type": "actor", "quote": "2023年5月，柳浪社区党委牵头成立楼道议事会，先后召开四次议事会。一楼住户赵某反对在门口装充电棚"}),
    ("form", {"type": "policy", "quote": "业委会修订了停车公约", "name": "业委会"}),
    ("form", {"type": "quote", "quote": "充电棚由物业公司负责运营", "speaker": "物业公司"}),
    ("identifier", {"type": "position", "quote": "担心起火", "stance": "fury"}),
    ("identifier", {"type": "step", "quote": "先后召开四次议事会", "step": "庆祝"}),
    ("identifier", {"type": "outcome", "quote": "争吵平息", "state": "大获成功"}),
    ("identifier", {"type": "outcome", "quote": "争吵平息", "state": "未记载"}),
    ("identifier", {"type": "outcome", "quote": "争吵平息", "state": "已解决", "told_by": "邻居"}),
    ("identifier", {"type": "context", "quote": "老旧小区", "aspect": "气候"}),
    ("identifier", LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会", "relation": "loves"}),
    ("identifier", LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会", "relation": "has_case"}),
    ("identifier", LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会", "tail_type": "dragon"}),
    ("attribute", {"type": "person", "quote": "居民孙某说", "name": "孙某", "organisation": "柳浪社区党委"}),
    ("attribute", {"type": "position", "quote": "担心起火", "stance": "concern", "holder": "李某"}),
    ("attribute", {"type": "position", "quote": "担心起火", "stance": "concern", "holder": "业委会"}),
    ("attribute", {"type": "quote", "quote": "“夜里睡得踏实了。”", "speaker": "王某某"}),
    ("attribute", {"type": "measure", "quote": "每户出资150元", "value": 150, "subject": "租金"}),
    ("value", {"type": "measure", "quote": "区民政局拨付8万元", "value": 9, "unit": "万元"}),
    ("value", {"type": "measure", "quote": "区民政局拨付8万元", "value": 8, "unit": "元"}),
    ("value", {"type": "measure", "quote": "区民政局拨付8万元", "value": 80000, "unit": "户"}),
    ("value", {"type": "measure", "quote": "区民政局拨付8万元", "value": 150, "unit": "元"}),
    ("value", {"type": "measure", "quote": "开展“3＋X”行动", "value": 3, "unit": "＋"}),
    ("value", {"type": "measure", "quote": "2023年5月，柳浪社区党委", "value": 2023, "unit": "年"}),
    ("value", {"type": "measure", "quote": "担心起火", "value": 1, "unit": "次"}),
    ("value", {"type": "date", "quote": "2023年5月，柳浪社区党委", "value": "2023-06"}),
    ("value", {"type": "date", "quote": "2023年5月，柳浪社区党委", "value": "2023-05-01"}),
    ("value", {"type": "date", "quote": "担心起火", "value": "2023-05"}),
    ("ends", LEADS | {"head": "柳浪社区党委", "tail": "物业公司"}),
    ("ends", LEADS | {"head": "街道", "tail": "楼道议事会"}),
    ("ends", LEADS | {"head": "楼道议事会", "tail": "楼道议事会"}),
    ("allowed", LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会", "tail_type": "policy"}),
    ("direction", LEADS | {"head": "楼道议事会", "tail": "柳浪社区党委"}),
    ("direction", LEADS | {"head": "柳浪社区党委", "tail": "楼道议事会", "relation": "supervises"}),
    ("direction", BOTH | {"quote": "物业公司和业委会组成停车小组", "head": "停车小组", "tail": "业委会"}),
    ("direction", BOTH | {"quote": "监督队由楼长、网格员等组成", "head": "监督队", "tail": "网格员"}),
    (
        "direction",
        {"type": "relation", "relation": "assists", "quote": "街道由社区协助", "head": "街道", "tail": "社区"}
        | {"head_type": "actor", "tail_type": "actor"},
    ),
    ("modality", {"type": "outcome", "quote": "顶楼漏水还没有解决", "state": "已解决"}),
    ("shape", {"type": "outcome", "quote": "争吵平息"}),
]


@pytest.mark.parametrize(("reason", "claim"), REJECTED)
def test_what_the_text_does_not_bear_out_is_thrown_away(reason: str, claim: object) -> None:
    assert why(claim) == reason


def test_a_sentence_may_not_lend_its_name_to_another() -> None:
    """Both ends stand in the quotation, but each in a sentence of its own."""
    quote = "柳浪社区党委牵头成立楼道议事会，先后召开四次议事会。一楼住户赵某反对"
    assert why(LEADS | {"quote": quote, "head": "柳浪社区党委", "tail": "赵某", "tail_type": "actor"}) == "ends"


def test_our_own_rules_say_what_is_planned_or_denied() -> None:
    planned = one(type="programme", quote="拟设立“邻里基金”", name="邻里基金", modality="asserted")
    assert planned.modality == "planned"
    assert one(type="method", quote="柳浪社区党委牵头成立楼道议事会", name="楼道议事会").modality == "asserted"


def test_the_more_careful_reading_wins() -> None:
    assert one(type="method", quote="柳浪社区党委牵头成立楼道议事会", name="楼道议事会", modality="planned").modality == "planned"
    assert one(type="method", quote="柳浪社区党委牵头成立楼道议事会", name="楼道议事会", modality="vague").modality == "asserted"


def test_what_was_not_asked_for_is_never_taken_over() -> None:
    extra = {
        "id": "x",
        "rule": "policy.title",
        "concept": "market",
        "confidence": 1,
        "canonical": "某某",
        "aliases": ["甲"],
        "phone": "139",
    }
    fact = one(type="actor", quote="区民政局", **extra)
    assert (fact.id, fact.rule, fact.concept, fact.canonical, fact.aliases) == ("", "", None, None, ())


def test_a_claim_made_twice_counts_once_and_a_bad_one_leaves_the_others() -> None:
    good = {"type": "actor", "quote": "区民政局拨付8万元", "name": "区民政局"}
    checked = check(TEXT, Answer((good, "junk", good, {"type": "actor", "quote": "没有的话"}), surplus=4))
    assert [fact.name for fact in checked.facts] == ["区民政局"]
    assert dict(checked.rejected) == {"shape": 1, "quote": 1, "surplus": 4}


def test_only_the_text_decides_about_relative_dates() -> None:
    """去年 needs the date of the report, which is not part of the text that answers are kept by."""
    checked = check("去年5月，柳浪社区开了会。", Answer(({"type": "date", "quote": "去年5月", "value": "2022-05"},)))
    assert dict(checked.rejected) == {"value": 1}
