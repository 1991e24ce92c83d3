"""Relations: who did what with whom, as far as the clause says it."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from corpus.vocabulary import ontology
from ingest.extract import extract


def relations(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == "relation"]


def triples(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(fact.head, fact.relation, fact.tail) for fact in relations(text)]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("枫林区住建局联合云桥街道办事处上门。", ("枫林区住建局", "cooperates_with", "云桥街道办事处")),
        ("枫林区启动槐荫片区综合整治工程。", ("枫林区", "carries_out", "槐荫片区综合整治工程")),
        ("枫林区民政局打造的‘湖畔夜话’协商平台。", ("枫林区民政局", "carries_out", "湖畔夜话")),
        ("槐荫社区位于枫林区。", ("槐荫社区", "located_in", "枫林区")),
        ("槐荫片区综合整治工程由云桥街道办事处牵头。", ("云桥街道办事处", "leads", "槐荫片区综合整治工程")),
        ("湖北省委授予“平安区”称号。", ("平安区", "awarded_by", "湖北省委")),
        ("枫林区住建局依据民法典作出答复。", ("枫林区住建局", "based_on", "民法典")),
        ("在邻里驿站内设立“说事坊”。", ("说事坊", "part_of", "邻里驿站")),
    ],
)
def test_triples(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(text)


def test_a_list_gives_one_relation_each() -> None:
    found = triples("云桥街道会同区城管局、区市监局上门。")
    assert [tail for _, relation, tail in found if relation == "cooperates_with"] == ["区城管局", "区市监局"]


def test_the_subject_of_the_clause_before_goes_on() -> None:
    text = "枫林区民政局总结各地经验，推行“七步工作法”。"
    [fact] = [fact for fact in relations(text) if fact.relation == "carries_out"]
    assert fact.head == "枫林区民政局"
    assert fact.confidence < 0.8


def test_a_clause_with_a_subject_of_its_own_takes_none() -> None:
    assert triples("枫林区民政局高度重视，居民生活条件改善后推行“七步工作法”。") == []


def test_plans_and_denials_are_marked() -> None:
    assert [fact.modality for fact in relations("枫林区住建局拟会同云桥街道办事处上门。")] == ["planned"]
    assert [fact.modality for fact in relations("枫林区住建局没有联合云桥街道办事处。")] == ["negated"]


def test_words_inside_names_join_nothing() -> None:
    assert triples("枫林区社区服务中心、云桥街道综合整治工程指挥部。") == []


def test_only_what_the_ontology_allows() -> None:
    text = "枫林区住建局联合云桥街道办事处、居民代表推行“七步工作法”，依托‘湖畔夜话’平台解决加装电梯难题，荣获全国优秀案例。"
    for fact in relations(text):
        assert fact.relation is not None
        assert fact.head_type is not None
        assert fact.tail_type is not None
        assert ontology().edges[fact.relation].allows(fact.head_type, fact.tail_type)


def test_a_leader_a_group_and_its_members() -> None:
    found = triples("综治办牵头，派出所、云桥街道安监办、消防中队组成工作组，夜里上门。")
    assert ("综治办", "leads", "工作组") in found
    assert {head for head, relation, tail in found if (relation, tail) == ("part_of", "工作组")} == {"派出所", "云桥街道安监办", "消防中队"}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("社区党委牵头成立加梯议事小组。", ("社区党委", "leads", "加梯议事小组")),
        ("加装电梯工作由区住建局牵头。", ("区住建局", "leads", "加装电梯")),
        ("云桥街道牵头，区城管局、市场监管所配合，启动占道经营整治。", ("区城管局", "assists", "云桥街道")),
        ("云桥街道成立工作专班，区住建局、供电公司参加。", ("供电公司", "part_of", "工作专班")),
        ("由社区党委、业委会组成的“红色物业联盟”定期议事。", ("业委会", "part_of", "红色物业联盟")),
        ("云桥街道下属的集体资产公司有人值守。", ("集体资产公司", "part_of", "云桥街道")),
        ("区民政局、区财政局联合印发《关于加强社区养老服务的意见》。", ("区民政局", "decides", "关于加强社区养老服务的意见")),
        ("区民政局、区财政局联合印发《关于加强社区养老服务的意见》。", ("区民政局", "cooperates_with", "区财政局")),
        ("区民政局出资20万元支持“邻里食堂”建设。", ("区民政局", "funds", "邻里食堂")),
        ("区住建局会同云桥街道对群租房开展集中整治。", ("区住建局", "addresses", "群租房")),
        ("社区自2021年6月起在全市首创“邻光宝”互助新模式。", ("社区", "carries_out", "邻光宝")),
        ("一楼业主反对加装电梯。", ("一楼业主", "objects_to", "加装电梯")),
        ("市民政局委托华东大学对“邻里食堂”项目进行评估。", ("华东大学", "evaluates", "邻里食堂")),
    ],
)
def test_more_than_a_verb_and_its_object(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(text)


def test_the_amount_is_evidence_of_who_paid() -> None:
    text = "区民政局出资20万元支持“邻里食堂”建设。"
    [fact] = [fact for fact in relations(text) if fact.relation == "funds"]
    assert "20万元" in [text[start:end] for start, end in fact.evidence]


@pytest.mark.parametrize(
    "text",
    [
        "2025年退役军人就业服务专项行动启动。",  # 就 inside 就业 puts nothing before the verb
        "民政部、财政部等联合启动2025年退役军人就业服务专项行动。",
    ],
)
def test_those_whom_a_plan_is_for_do_not_carry_it_out(text: str) -> None:
    assert [triple for triple in triples(text) if "退役军人" in triple] == []


def test_what_somebody_ought_to_do_is_planned() -> None:
    assert {fact.modality for fact in relations("各级党委要广泛开展“寒冬送温暖”专项行动。")} <= {"planned"}
