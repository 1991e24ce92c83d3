"""Why mentions are taken for one thing: between reports, inside one, and by people; and what the dated list of renamed bodies says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graphs import said, told
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Fact, Judgement, Mention, Metadata, Reading, with_ids
from graph.mentions import mentions
from graph.reasons import LABELS, Reason, reasons, succession
from graph.resolve import entities
from ingest.extract import extract

PLACE = "浙江省杭州市上城区"


def of(*readings: Reading, judgements: tuple[Judgement, ...] = ()) -> dict[str, tuple[Reason, ...]]:
    every = [mention for reading in readings for mention in mentions(reading.report, reading)]
    facts = {fact.id: fact for reading in readings for fact in reading.facts}
    return reasons(every, judgements, facts)


def ids(found: tuple[Reason, ...]) -> set[str]:
    return {one.id for one in found}


def judged(kind: str, one: str, other: str) -> Judgement:
    return Judgement(f"{kind}{one}", kind, one, other, "刘敏", "2025-01-01")


def read(text: str) -> Reading:
    reading = told("甲", [])
    return replace(reading, text=text, facts=with_ids(reading.report, extract(text, (), (), Metadata())[0]), cases=())


def why(text: str, name: str) -> dict[str, str]:
    """Reason and label for each form read of the thing called `name`."""
    reading = read(text)
    (mention,) = (one for one in mentions(reading.report, reading) if one.name == name)
    facts = {fact.id: fact for fact in reading.facts}
    return {form: one.label for one in reasons([mention], (), facts)[mention.key] for form in one.forms}


class TestBetweenReports:
    def test_same_name_in_the_same_place(self) -> None:
        one, other = (told(source, [said("actor", "上城区民政局")], place="杭州市") for source in ("甲", "乙"))
        found = of(one, other)
        assert [ids(each) for each in found.values()] == [{"same_name_same_place", "as_named"}] * 2
        first, second = found
        assert next(one.mentions for one in found[first] if one.mentions) == (second,)

    def test_a_place_told_with_fewer_units(self) -> None:
        full = told("甲", [said("place", "常青社区")], place=PLACE)
        short = told("乙", [said("place", "常青社区")], place="杭州市")
        assert all("same_name_less_place" in ids(each) for each in of(full, short).values())

    def test_what_stands_alone_says_so(self) -> None:
        found = of(told("甲", [said("person", "李女士")]), told("乙", [said("person", "李女士")]))
        assert all("alone" in ids(each) for each in found.values())

    def test_a_persons_word_comes_first_and_names_the_judgement(self) -> None:
        one, other = told("甲", [said("actor", "城管队")]), told("乙", [said("actor", "执法队")])
        first, second = sorted(mention.key for reading in (one, other) for mention in mentions(reading.report, reading))
        found = of(one, other, judgements=(judged("same", first, second),))
        assert [found[key][0] for key in (first, second)] == [
            Reason("confirmed", "人工确认", 1.0, mentions=(other,), judgement=f"same{first}") for other in (second, first)
        ]

    def test_what_a_person_parted_says_from_what(self) -> None:
        one, other = (told(source, [said("actor", "上城区民政局")], place="杭州市") for source in ("甲", "乙"))
        first, second = sorted(mention.key for reading in (one, other) for mention in mentions(reading.report, reading))
        found = of(one, other, judgements=(judged("different", first, second),))
        assert {one.id for one in found[first] if one.mentions} == {"kept_apart"}

    @given(st.permutations(range(6)))
    def test_order_makes_no_difference(self, order: list[int]) -> None:
        every = [
            mention
            for number, place in enumerate(["杭州市", "杭州市", PLACE, "沈阳市", "沈阳市和平区", ""])
            for mention in mentions(f"r{number}", told(str(number), [said("place", "和平社区")], place=place or None))
        ]
        assert reasons([every[at] for at in order]) == reasons(every)
        assert set(reasons(every)) == {key for entity in entities(every) for key in entity.mentions}


class TestInsideAReport:
    def test_each_way_of_saying_it(self) -> None:
        found = why("杭州市上城区民政局召开会议。区民政局派人到场。上城区民政局记录在案。该局第二天公布结果。", "上城区民政局")
        assert found["杭州市上城区民政局"] == found["上城区民政局"] == "原文名称"
        assert found["区民政局"] == "按上下文补全地点"
        assert found["该局"] == "文中指代"

    def test_a_short_name_that_the_text_introduces(self) -> None:
        assert why("恒瑞物业有限公司（以下简称“恒瑞”）进驻小区。恒瑞提价。", "恒瑞物业有限公司")["恒瑞"] == "简称（文中注明）"

    def test_one_that_only_fits(self) -> None:
        assert why("恒瑞物业有限公司进驻小区。半年后，恒瑞公司要求提价。", "恒瑞物业有限公司")["恒瑞公司"] == LABELS["short_in_report"][0]

    def test_a_renaming_that_the_text_tells_has_its_year(self) -> None:
        found = why("2018年，上城区综治办更名为上城区平安办。上城区平安办设在二楼。", "上城区综治办")
        assert found["上城区平安办"] == "文中说明更名（2018）"

    def test_without_facts_the_names_alone_tell(self) -> None:
        mention = Mention("k", "r", "actor", "上城区市场监管局", "杭州市", names=("上城区市场监督管理局", "上城区市场监管局"))
        assert {one.id: one.forms for one in reasons([mention])["k"] if one.forms} == {
            "usual_short": ("上城区市场监督管理局",),
            "as_named": ("上城区市场监管局",),
        }
        assert all(one.facts == () for one in reasons([mention])["k"])


@pytest.mark.parametrize(
    ("old", "new", "date"),
    [
        ("临江区安监局", "临江区应急管理局", "2018-03"),
        ("临江区工商局", "临江区市场监督管理局", "2018-03"),
        ("临江区安监局", "望江区应急管理局", None),
        ("临江区应急管理局", "临江区安监局", None),
        ("临江区民政局", "临江区民政局", None),
    ],
)
def test_the_dated_list(old: str, new: str, date: str | None) -> None:
    found = succession(old, new)
    assert (found.date if found else None) == date


def test_the_dated_list_joins_nothing() -> None:
    readings = [
        told(source, [said("actor", name)], place="杭州市") for source, name in (("甲", "上城区安监局"), ("乙", "上城区应急管理局"))
    ]
    every = [mention for reading in readings for mention in mentions(reading.report, reading)]
    assert len(entities(every)) == 2


def test_every_reason_has_a_label_and_a_confidence() -> None:
    assert all(label and 0 < confidence <= 1 for label, confidence in LABELS.values())
    fact = Fact("f", "actor", "甲", 0, 1, "甲。", 0, 2)
    assert reasons([], (), {"f": fact}) == {}
