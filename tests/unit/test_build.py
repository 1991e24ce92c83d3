"""What a report contributes to the graph: nodes, edges with their evidence, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graphs import Said, related, report_of, said, told, without_cases

from corpus.model import Reading
from corpus.vocabulary import issues, methods, ontology
from corpus.vocabulary.ontology import EdgeType
from graph.build import Built, build
from graph.resolve import entities, mentions
from graph.store.writing import check

PLACE = "浙江省杭州市上城区"


def built(reading: Reading) -> Built:
    resolved = entities(mentions(reading.report, reading))
    return build(report_of(reading), reading, {key: entity for entity in resolved for key in entity.mentions})


def triples(found: Built) -> set[tuple[str, str, str]]:
    """Edges by the names of their ends."""
    name = {node.id: node.name for node in found.subgraph.nodes}
    return {(name[edge.head], edge.type, name[edge.tail]) for edge in found.subgraph.edges}


def test_report_cases_and_what_they_speak_of() -> None:
    issue, method = issues()[-1], methods()[-1]
    reading = told(
        "菜场记",
        [said("issue", issue.label, concept=issue.id), said("method", method.label, concept=method.id)],
        [said("actor", "采荷街道"), said("place", "采荷街道")],
        places=["杭州市", f"{PLACE}采荷街道"],
    )
    found = built(reading)
    assert triples(found) == {
        ("菜场记", "has_case", "案例1"),
        ("菜场记", "has_case", "案例2"),
        ("案例1", "about_issue", issue.label),
        ("案例1", "uses_method", method.label),
        ("案例2", "mentions", "采荷街道"),
        ("案例2", "in_place", "采荷街道"),
    }
    nodes = {(node.type, node.name): node for node in found.subgraph.nodes}
    assert nodes["report", "菜场记"].report == nodes["case", "案例1"].report == reading.report
    assert (nodes["case", "案例1"].state, nodes["case", "案例1"].place) == ("已解决", "杭州市")
    assert nodes["issue", issue.label].concept == issue.id
    check(found.subgraph)


def test_an_edge_keeps_where_it_was_read() -> None:
    reading = told("记", [said("actor", "采荷街道", modality="planned", time="2018", confidence=0.5)], place=PLACE)
    (fact,) = reading.facts
    (edge,) = (edge for edge in built(reading).subgraph.edges if edge.type == "mentions")
    proof = edge.evidence
    assert (proof.report, proof.reading, proof.fact, proof.case) == (reading.report, reading.id, fact.id, fact.case)
    assert reading.text[proof.start : proof.end] == "采荷街道"
    assert reading.text[proof.sentence_start :].startswith(proof.sentence)
    assert (proof.modality, proof.time, proof.confidence) == ("planned", "2018", 0.5)
    (home,) = (edge for edge in built(reading).subgraph.edges if edge.type == "has_case")
    assert reading.text[home.evidence.start : home.evidence.end] == home.evidence.sentence == "案例1"


def test_a_relation_joins_what_the_report_names() -> None:
    found = built(told("记", [said("actor", "采荷街道"), related("采荷街道", "cooperates_with", "上城区民政局")], place=PLACE))
    assert ("采荷街道", "cooperates_with", "上城区民政局") in triples(found)
    assert ("案例1", "mentions", "上城区民政局") in triples(found)
    mentioned = [edge for edge in found.subgraph.edges if edge.type == "mentions"]
    assert len(mentioned) == 2, "what has a fact of its own is not counted again for its relations"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (related("采荷街道", "awarded_by", "王建国", tail_type="person"), "不能连接"),
        (related("采荷街道", "befriends", "上城区民政局"), "没有“befriends”这种关系"),
        (related("采荷街道", "has_case", "上城区民政局"), "没有“has_case”这种关系"),
        (related("采荷街道", "part_of", "采荷街道"), "与自身的关系"),
    ],
)
def test_what_the_ontology_does_not_allow_is_left_out_and_named(content: Said, reason: str) -> None:
    reading = told("记", [content], place=PLACE)
    found = built(reading)
    assert [edge.type for edge in found.subgraph.edges] == ["has_case"]
    (left_out,) = found.left_out
    assert left_out.fact == reading.facts[0].id
    assert reason in left_out.reason
    check(found.subgraph)


@pytest.mark.parametrize("relation", [edge for edge in ontology().edges.values() if not edge.structural], ids=lambda edge: edge.id)
def test_each_relation_joins_what_it_may_and_nothing_else(relation: EdgeType) -> None:
    types = [node.id for node in ontology().nodes.values() if not node.structural]
    for head in types:
        for tail in types:
            content = related("甲头名称", relation.id, "乙尾名称", head_type=head, tail_type=tail)  # type: ignore[arg-type]
            found = built(told("记", [content], place=PLACE))
            made = [edge for edge in found.subgraph.edges if edge.type == relation.id]
            allowed = head in relation.heads and tail in relation.tails
            assert (len(made), len(found.left_out)) == ((1, 0) if allowed else (0, 1)), (head, tail)


def test_every_edge_that_is_made_is_one_of_the_ontology() -> None:
    types = [node for node in ontology().nodes if node not in ("report", "case")]
    content = [said(type, f"某种{type}名称") for type in types]
    for reading in (told("记", content, place=f"{PLACE}采荷街道"), without_cases(told("记", content, place=f"{PLACE}采荷街道"))):
        found = built(reading)
        type_of = {node.id: node.type for node in found.subgraph.nodes}
        assert {type_of[edge.tail] for edge in found.subgraph.edges} >= set(types)
        for edge in found.subgraph.edges:
            assert ontology().edges[edge.type].allows(type_of[edge.head], type_of[edge.tail]), edge


def test_background_and_reports_without_cases_hang_on_the_report() -> None:
    reading = told("记", [said("actor", "采荷街道", case=None)], place=f"{PLACE}采荷街道")
    assert ("记", "mentions", "采荷街道") in triples(built(reading))
    bare = without_cases(told("记", [said("place", "采荷街道")], place=f"{PLACE}采荷街道"))
    assert triples(built(bare)) == {("记", "mentions", "采荷街道"), ("记", "in_place", "采荷街道")}


def test_only_an_asserted_place_of_the_case_is_where_it_is() -> None:
    reading = told("记", [said("place", "采荷街道", modality="negated"), said("place", "望江街道")], places=[f"{PLACE}采荷街道"])
    assert not [edge for edge in built(reading).subgraph.edges if edge.type == "in_place"]


def test_facts_without_an_entity_yet_are_left_for_later() -> None:
    reading = told("记", [said("actor", "采荷街道"), related("采荷街道", "assists", "上城区民政局")], place=PLACE)
    found = build(report_of(reading), reading, {})
    assert {node.type for node in found.subgraph.nodes} == {"report", "case"}
    assert len(found.left_out) == 1


def test_the_same_facts_in_another_order_build_the_same() -> None:
    reading = told("记", [said("actor", "采荷街道"), said("actor", "上城区民政局"), said("place", "采荷街道")], place=PLACE)
    assert built(replace(reading, facts=tuple(reversed(reading.facts)))) == built(reading)


def test_a_title_is_the_case_s_or_its_first_line() -> None:
    reading = told("记", [said("actor", "采荷街道")])
    (case,) = reading.cases
    for title, words in (("采荷街道", "采荷街道"), ("不在文中", "案例1")):
        renamed = replace(reading, cases=(replace(case, title=title),))
        (edge,) = (edge for edge in built(renamed).subgraph.edges if edge.type == "has_case")
        assert edge.evidence.sentence == words
