"""What a language model found is kept with its report, survives a new reading as far as its text does, and goes with the report."""

from __future__ import annotations

from readings import incoming

from corpus.catalogue import Catalogue
from corpus.model import Reading
from corpus.stretches import stretches

LONG = "一" * 800


def put(catalogue: Catalogue, text: str, **options: str) -> Reading:
    item = incoming(text, **options)  # type: ignore[arg-type]
    catalogue.put_many([item])
    return item.reading


def annotate(catalogue: Catalogue, reading: Reading, data: str = "{}", model: str = "m@1") -> list[str]:
    hashes = [stretch.hash for stretch in stretches(reading.text, reading.passages)]
    catalogue.put_annotations(model, {(reading.report, hash): data for hash in hashes}, {reading.report: reading.id})
    return hashes


def test_annotations_are_given_back_by_report_and_model(catalogue: Catalogue) -> None:
    one, other = put(catalogue, "题\n甲。", source="一.txt"), put(catalogue, "题\n乙。", source="二.txt")
    (hash,) = annotate(catalogue, one, "甲")
    annotate(catalogue, one, "甲二", model="n@1")
    annotate(catalogue, other, "乙")
    assert [(a.hash, a.model, a.data) for a in catalogue.annotations([one.report])] == [(hash, "m@1", "甲"), (hash, "n@1", "甲二")]
    assert [a.data for a in catalogue.annotations([one.report, other.report], "n@1")] == ["甲二"]
    assert catalogue.annotations([]) == []


def test_equal_text_is_found_in_whichever_report_it_was_asked_about(catalogue: Catalogue) -> None:
    one = put(catalogue, "题\n甲。", source="一.txt")
    (hash,) = annotate(catalogue, one, "甲")
    assert catalogue.annotations_of_texts([hash, "another"], "m@1") == {hash: "甲"}
    assert catalogue.annotations_of_texts([hash], "n@1") == {}


def test_a_later_answer_takes_the_place_of_an_earlier(catalogue: Catalogue) -> None:
    one = put(catalogue, "题\n甲。")
    annotate(catalogue, one, "先")
    annotate(catalogue, one, "后")
    assert [a.data for a in catalogue.annotations([one.report])] == ["后"]


def test_what_was_found_in_a_reading_that_is_no_longer_the_one_is_dropped(catalogue: Catalogue) -> None:
    old = put(catalogue, "题\n甲。")
    put(catalogue, "题\n乙。")
    assert catalogue.put_annotations("m@1", {(old.report, "h"): "{}"}, {old.report: old.id}) == 0
    assert catalogue.put_annotations("m@1", {("none", "h"): "{}"}, {"none": "x"}) == 0
    assert catalogue.annotations([old.report]) == []


def test_a_new_reading_keeps_what_was_found_in_text_that_it_still_has(catalogue: Catalogue) -> None:
    before = put(catalogue, f"题\n{LONG}\n{LONG[:750]}乙")
    first, second = annotate(catalogue, before)
    put(catalogue, f"题\n{LONG}\n{LONG[:750]}丙")
    assert [a.hash for a in catalogue.annotations([before.report])] == [first]
    assert second != first
    put(catalogue, f"题\n{LONG}\n{LONG[:750]}丙", pipeline="2")  # the same text read by another version
    assert [a.hash for a in catalogue.annotations([before.report])] == [first]


def test_they_go_with_their_report_and_leave_the_facts_by_rule_alone(catalogue: Catalogue) -> None:
    one, other = put(catalogue, "题\n甲。", source="一.txt"), put(catalogue, "题\n甲。", source="二.txt")
    (hash,) = annotate(catalogue, one)
    annotate(catalogue, other)
    facts, head = catalogue.counts()["facts"], catalogue.head()
    catalogue.withdraw(one.report, why="试", who="某")
    assert catalogue.annotations([one.report]) == []
    assert catalogue.annotations_of_texts([hash], "m@1") == {hash: "{}"}
    assert catalogue.remove_annotations([one.report]) == 0
    assert catalogue.remove_annotations() == 1
    assert catalogue.annotations([other.report]) == []
    assert catalogue.counts()["facts"] == facts - len(one.facts)
    assert catalogue.head() == head + 1  # the withdrawal: what models find is in no feed


def test_those_of_some_reports_alone_can_be_removed(catalogue: Catalogue) -> None:
    one, other = put(catalogue, "题\n甲。", source="一.txt"), put(catalogue, "题\n乙。", source="二.txt")
    annotate(catalogue, one)
    annotate(catalogue, other)
    assert catalogue.remove_annotations([one.report]) == 1
    assert [a.report for a in catalogue.annotations([one.report, other.report])] == [other.report]
