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
