"""The vocabulary is whole and consistent: ids, labels and terms, and what the formats and the field ask for."""

from __future__ import annotations

from typing import get_args

import opencc
import pytest

from corpus import vocabulary
from corpus.errors import NotFound
from corpus.fold import fold
from corpus.model import ENTITY_TYPES, FactType, Modality, ReportKind, Role
from corpus.vocabulary import Cue, narrative

RELATIONS = [
    *("takes_part_in", "leads", "carries_out", "proposes", "decides", "funds", "addresses", "part_of", "located_in", "uses"),
    *("results_in", "awarded_by", "based_on", "assists", "cooperates_with", "demands", "objects_to", "mediates", "supervises", "evaluates"),
]
STRUCTURAL = ["has_case", "mentions", "about_issue", "uses_method", "in_place"]
ACTOR_KINDS = [
    *("党组织", "人大政协", "政府部门", "派出机关", "政法机关", "群团组织", "事业单位", "居（村）委会", "业主组织"),
    *("集体经济组织", "社会组织", "企业", "驻区/共建单位", "居民群体", "媒体", "专家", "个人"),
]
CARD = ["地点与社区类型", "问题", "争议焦点", "牵头单位", "参与主体", "做法步骤", "政策依据", "投入", "历时", "结果", "遗留问题", "出处"]


def all_cues() -> list[Cue]:
    outcomes, stances = vocabulary.outcomes(), vocabulary.stances()
    return [
        *(*vocabulary.issues(), *vocabulary.methods(), *vocabulary.steps(), *vocabulary.headings().cues),
        *(*outcomes.states, *outcomes.told_by, *outcomes.stages, *stances.stances, *stances.holders, *stances.topics),
        *(value for aspect in vocabulary.contexts() for value in aspect.values),
    ]


def test_issues_are_two_trees_of_two_levels_with_enough_in_them() -> None:
    issues = vocabulary.issues()
    tops = [issue for issue in issues if issue.parent is None]
    assert {issue.tree for issue in tops} == {"resident", "governing"}
    assert len(tops) >= 25
    for top in tops:
        below = vocabulary.children(top.id)
        assert len(below) >= 3, top.id
        assert {issue.tree for issue in below} == {top.tree}
    assert all(vocabulary.concept(issue.parent).parent is None for issue in issues if issue.parent)
    assert all(issue.terms for issue in issues if issue.parent)


def test_ids_labels_and_terms_are_unique() -> None:
    concepts_ = [*vocabulary.issues(), *vocabulary.methods()]
    assert len({concept.id for concept in concepts_}) == len(concepts_)
    for listed in (vocabulary.issues(), vocabulary.methods()):
        assert len({concept.label for concept in listed}) == len(listed)
        terms = [fold(term) for concept in listed for term in concept.terms]
        assert len(set(terms)) == len(terms)


def test_methods_that_differ_are_kept_apart() -> None:
    def of(text: str) -> set[str]:
        return {concept.id for _, _, concept in vocabulary.method_finder().find(text)}

    assert of("推行积分制") == {"incentive.points"}
    assert of("开设时间银行") == {"incentive.time_bank"}
    assert of("深化党建联建") == {"party_led.alliance"}
    assert of("打造红色物业") == {"party_led.red_property"}


def test_terms_are_simplified_and_no_single_characters() -> None:
    simplify = opencc.OpenCC("t2s").convert
    for cue in all_cues():
        assert [term for term in cue.terms if simplify(term) != term or len(term) < 2] == [], cue.id


def test_patterns_need_words() -> None:
    for cue in all_cues():
        for pattern in cue.patterns:
            assert pattern.search("今天天气很好，大家都去看花了") is None, (cue.id, pattern.pattern)


def test_an_exclude_holds_a_term_where_there_are_only_terms() -> None:
    for cue in all_cues():
        if not cue.patterns:
            assert all(any(term in exclude for term in cue.terms) for exclude in cue.excludes), cue.id


def test_every_relation_and_structural_edge_is_declared() -> None:
    edges = vocabulary.ontology().edges
    assert [edge for edge in edges if not edges[edge].structural] == RELATIONS
    assert [edge for edge in edges if edges[edge].structural] == STRUCTURAL
    assert set(vocabulary.ontology().nodes) == {"report", "case", *ENTITY_TYPES}
    assert all(edge.heads and edge.tails and edge.zh and edge.en for edge in edges.values())
    assert all(edge.verbs for edge in edges.values() if not edge.structural)


def test_edges_allow_only_the_declared_ends() -> None:
    leads = vocabulary.ontology().edges["leads"]
    assert leads.allows("actor", "programme")
    assert not leads.allows("place", "actor")


def test_actor_kinds_are_those_of_the_field() -> None:
    assert [kind.label for kind in vocabulary.actor_kinds()] == ACTOR_KINDS
    for kind in vocabulary.actor_kinds():
        assert all(exclude.endswith(kind.suffixes) for exclude in kind.excludes)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("清河街道办事处", "派出机关"),
        ("清河街道党工委", "党组织"),
        ("柳林社区居委会", "居（村）委会"),
        ("柳林社区党委", "党组织"),
        ("柳林小区业委会", "业主组织"),
        ("区民政局", "政府部门"),
        ("城南派出所", "政法机关"),
        ("区残疾人联合会", "群团组织"),
        ("养犬自律联合会", "社会组织"),
        ("同心社会工作服务中心", "社会组织"),
        ("柳林党群服务中心", "事业单位"),
        ("安居物业服务有限公司", "企业"),
        ("东村股份经济合作社", "集体经济组织"),
        ("两代表一委员", "人大政协"),
        ("居民骨干", "居民群体"),
        ("县融媒体", "媒体"),
        ("格局", None),
        ("农贸市场", None),
    ],
)
def test_the_longest_suffix_tells_the_kind_of_an_actor(name: str, label: str | None) -> None:
    kind = vocabulary.actor_kind(name)
    assert (kind.label if kind else None) == label


def test_posts_and_suffixes_come_longest_first() -> None:
    for words in (vocabulary.posts().words, vocabulary.posts().address, [suffix for suffix, _ in vocabulary.actor_suffixes()]):
        assert [len(word) for word in words] == sorted((len(word) for word in words), reverse=True)
    assert {"科长", "主任", "书记", "局长", "会长", "社区党委书记"} <= set(vocabulary.posts().words)
    assert {"王", "邹", "汪"} <= vocabulary.surnames().single
    assert "欧阳" in vocabulary.surnames().compound
    assert vocabulary.place_actors()["街道"].label == "派出机关"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("背景与起因", "background"),
        ("社区概况", "background"),
        ("背景资料", "background"),
        ("治理痛点", "problem"),
        ("案例分析", "problem"),
        ("做法与经过", "approach"),
        ("经验做法", "approach"),
        ("主要做法", "approach"),
        ("服务计划", "approach"),
        ("取得成效", "outcome"),
        ("成效评估", "outcome"),
        ("经验启示", "insight"),
        ("专业反思", "insight"),
        ("下一步打算", "other"),
        ("参与撰写人员", "other"),
        ("重要资料附录", "other"),
    ],
)
def test_headings_of_the_templates_have_their_role(heading: str, role: str) -> None:
    assert vocabulary.headings().words[heading] == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一楼业主为什么反对", "dispute"),
        ("坚持党建引领，凝聚治理合力", "approach"),
        ("从“没人管”到“大家管”", "approach"),
        ("项目带来的变化", "outcome"),
        ("给基层的几点启示", "insight"),
        ("老楼的烦心事", "problem"),
        ("今后努力的方向", "other"),
    ],
)
def test_headings_in_other_words_are_told_by_pattern(heading: str, role: str) -> None:
    assert next(role for pattern, role in vocabulary.headings().patterns if pattern.search(heading)) == role


def test_units_scale_money_and_shares_only() -> None:
    units = vocabulary.units()
    assert {unit.unit for unit in units.units if unit.scale != 1} == {"元", "%"}
    assert {"户", "人", "家", "个", "件", "次", "辆", "栋", "部", "处", "平方米", "个月"} <= {unit.word for unit in units.units}
    assert units.scales["万"] * 500 == 5_000_000
    assert units.per["每户"] == "户"
    assert units.per["人均"] == "人"
    sides = {(item.word, item.side) for item in units.approximators}
    assert {("约", "before"), ("将近", "before"), ("余", "after"), ("左右", "after"), ("以上", "after"), ("不足", "before")} <= sides


def test_a_replaced_basis_says_when_and_by_what() -> None:
    by_title = {policy.title: policy for policy in vocabulary.policies()}
    property_law = by_title["中华人民共和国物权法"]
    assert (property_law.replaced, property_law.replaced_by) == ("2021-01-01", "中华人民共和国民法典")
    assert property_law.replaced_before("2021-06")
    assert property_law.replaced_before("2021")
    assert not property_law.replaced_before("2020-12-31")
    assert by_title["信访条例"].replaced_by == "信访工作条例"
    for policy in vocabulary.policies():
        assert policy.replaced_by is None or policy.replaced_by in by_title, policy.title
        dates = [policy.in_force, *policy.revised, policy.replaced]
        known = [date for date in dates if date]
        assert known == sorted(known), policy.title
        assert not policy.title.startswith("《")


def test_renamed_bodies_and_places() -> None:
    renamed = {old: body for body in vocabulary.bodies() for old in body.old}
    assert "政法委" in renamed["综治办"].new
    assert "应急管理局" in renamed["安监局"].new
    merged = next(change for change in vocabulary.place_changes() if "浙江省杭州市江干区" in change.old)
    assert (merged.new, merged.kind) == (("浙江省杭州市上城区",), "merged")


def test_all_provinces_are_there_with_different_names_and_signs() -> None:
    provinces = vocabulary.provinces()
    assert len(provinces) == 34
    signs = [sign for province in provinces for sign in province.signs]
    assert len(set(signs)) == len(signs)
    assert all(province.name.startswith(province.short) for province in provinces)
    assert [province.short for province in provinces if province.kind == "municipality"] == ["北京", "天津", "上海", "重庆"]
    assert [level.order for level in vocabulary.levels()] == list(range(1, len(vocabulary.levels()) + 1))
    for level in vocabulary.levels():
        assert all(exclude.endswith(level.suffixes) for exclude in level.excludes), level.id


def test_screen_has_the_card_in_order_and_a_word_for_every_field() -> None:
    assert [label for _, label in vocabulary.screen_group("card")] == CARD
    for prefix, keys in (
        ("fact", get_args(FactType)),
        ("role", get_args(Role)),
        ("kind", get_args(ReportKind)),
        ("modality", get_args(Modality)),
        ("stance", narrative.STANCES),
        ("entity_type", ENTITY_TYPES),
    ):
        assert {key for key, _ in vocabulary.screen_group(prefix)} == set(keys), prefix
    assert vocabulary.screen("verdict.none").startswith("库中没有同类问题的案例")
    assert vocabulary.screen("search.results", n=3) == "找到 3 个相关案例"
    with pytest.raises(KeyError, match="没有的词"):
        vocabulary.screen("没有的词")
    with pytest.raises(KeyError):
        vocabulary.screen("search.results", m=3)


def test_labels_by_kind() -> None:
    assert vocabulary.label("stance", "objection") == "反对"
    assert vocabulary.label("relation", "leads") == "牵头"
    assert vocabulary.label("issue", "housing.lift") == "加装电梯"
    assert vocabulary.label("issue", "unknown") == "unknown"


def test_synonyms_lead_from_daily_to_official_words() -> None:
    assert len(vocabulary.synonyms()) >= 80
    for text, official in (("我家旁边的菜场", "农贸市场"), ("加梯没人管", "加装电梯"), ("楼下飞线", "飞线充电"), ("物业跑了", "物业撤场")):
        assert official in {group.words[0] for _, _, group in vocabulary.synonym_lexicon().find(text)}, text


def test_boilerplate_lists_what_stands_around_a_text() -> None:
    boilerplate = vocabulary.boilerplate()
    assert {"navigation", "breadcrumb", "share", "counter", "copyright", "related", "advertising", "spam", "form"} <= set(boilerplate.words)
    assert any(pattern.search("您现在的位置：首页 > 新闻") for pattern in boilerplate.patterns["breadcrumb"])
    assert any(pattern.search("浏览次数：1024") for pattern in boilerplate.patterns["counter"])


def test_each_concept_knows_its_line_up() -> None:
    assert vocabulary.lineage("housing.lift") == ("housing.lift", "housing")
    assert "housing.lift" in {child.id for child in vocabulary.children("housing")}
    assert vocabulary.children("housing.lift") == ()
    with pytest.raises(NotFound):
        vocabulary.concept("housing.unknown")
