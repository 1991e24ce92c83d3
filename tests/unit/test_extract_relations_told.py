"""Relations that a position, a payment or a fixed phrase tells."""

from __future__ import annotations

import pytest

from corpus.model import Fact, Metadata
from ingest.extract import extract


def _relations(text: str) -> list[Fact]:
    found, _ = extract(text, (), (), Metadata())
    return [fact for fact in found if fact.type == "relation"]


def _triples(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(fact.head, fact.relation, fact.tail) for fact in _relations(text)]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("综治办牵头，会同派出所、司法所，清点出租屋。", ("综治办", "cooperates_with", "司法所")),
        ("综治办牵头建设“云桥”数据平台。", ("综治办", "leads", "“云桥”数据平台")),
        ("社区请派出所、物业公司一起走访。", ("社区", "cooperates_with", "派出所")),
        ("区司法局与区妇联联合走访。", ("区司法局", "cooperates_with", "区妇联")),
        ("业委会和物业公司每月开一次“三方茶话会”。", ("物业公司", "carries_out", "三方茶话会")),
        ("区城管局约谈物业公司。", ("区城管局", "supervises", "物业公司")),
    ],
)
def test_fixed_phrases(text: str, triple: tuple[str, str, str]) -> None:
    found = _triples(text)
    assert any(
        (head, relation) == triple[:2] and tail is not None and (tail in triple[2] or triple[2] in tail) for head, relation, tail in found
    ), found


def test_those_whom_somebody_acts_with_do_not_act_for_themselves() -> None:
    found = _triples("区住建局会同区城管局、区市监局对群租房开展集中整治。")
    assert [head for head, relation, _ in found if relation == "addresses"] == ["区住建局"]


def test_what_a_position_demands_is_its_own_words_where_they_name_nothing() -> None:
    [fact] = [fact for fact in _relations("业主要求公开三年账目。") if fact.relation == "demands"]
    assert (fact.head, fact.tail_type) == ("业主", None)
    assert fact.tail is not None
    assert "公开三年账目" in fact.tail


def test_the_thing_itself_is_the_tail_where_it_has_a_name() -> None:
    facts = [fact for fact in _relations("一楼业主反对加装电梯。") if fact.relation == "objects_to"]
    assert [(fact.tail, fact.tail_type) for fact in facts] == [("加装电梯", "issue")]


@pytest.mark.parametrize("text", ["反对的声音少了。", "群众的期盼和心愿都记下来了。", "社区召开“考古周”筹备推进会。"])
def test_nouns_and_names_of_meetings_tell_no_relation(text: str) -> None:
    assert [triple for triple in _triples(text) if triple[1] in ("demands", "objects_to", "carries_out")] == []


def test_a_law_is_the_basis_of_the_vote_that_follows() -> None:
    found = [fact for fact in _relations("依照民法典第二百七十八条，36户业主中有30户同意。") if fact.relation == "based_on"]
    assert all(fact.tail == "民法典" for fact in found)


def test_who_gave_an_honour() -> None:
    found = _triples("社区被云岭市民政局评为“全市和谐社区”。")
    assert all(tail == "云岭市民政局" for _, relation, tail in found if relation == "awarded_by")


def test_who_bears_the_cost() -> None:
    found = _triples("“邻里食堂”的电费由区民政局承担。")
    assert ("区民政局", "funds", "邻里食堂") in found
