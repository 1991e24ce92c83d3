"""The case card of a report read from its bytes: what stands in which line. Places and people are invented."""

from __future__ import annotations

import pytest

from corpus.model import Reading
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.card import LINES, Card, cards

TEXT = """云梯路社区楼道清理的一年

一、起因
云梯路社区建于1992年，共有9栋楼、512户，没有物业公司。2021年，楼道堆物的投诉有44件，居民向社区反映通道被旧家具堵死。

二、做法
2022年3月，社区党委牵头，联合区消防救援大队逐层排查。部分老人不同意清走，担心东西丢失。按照《云梯市消防条例》，堆物点被列出清单。社区把旧车棚改成储物间，召开居民议事会两次，以30票同意、2票反对通过了《云梯路楼道公约》。改造投入6.8万元，历时三个月。

三、成效
截至2023年8月，堆物点由210处减少到12处。不过，六号楼今年7月又出现堆放旧家具的情况，社区拟在年底前加装监控。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_report("案例", RawReport("云梯路.txt", TEXT.encode(), "txt", "云梯路.txt"))


@pytest.fixture(scope="module")
def card(reading: Reading) -> Card:
    (only,) = cards(reading)
    return only


def said(card: Card, key: str) -> str:
    return "\n".join(sentence.text for sentence in card.line(key).sentences)


def test_every_line_is_cited_from_the_text(reading: Reading, card: Card) -> None:
    assert [line.key for line in card.lines] == [key for key, _ in LINES]
    for line in card.lines:
        for sentence in line.sentences:
            assert reading.text[sentence.start : sentence.end] == sentence.text
            assert sentence.facts


def test_who_led_is_told_even_where_nothing_is_named_that_was_led(card: Card) -> None:
    assert "社区党委牵头" in said(card, "lead")


def test_a_partial_relapse_is_left_open_and_makes_the_case_partly_solved(card: Card) -> None:
    assert "六号楼今年7月又出现" in said(card, "unresolved")
    assert "减少到12处" not in said(card, "unresolved")
    assert card.case.outcome == "部分解决"


def test_a_basis_is_what_something_rests_on(card: Card) -> None:
    assert "消防条例" in said(card, "policy")
    assert "公约" not in said(card, "policy")


def test_what_was_done_comes_before_how_it_was_raised(card: Card) -> None:
    assert "改成储物间" in said(card, "steps")


def test_cost_duration_and_objections_are_found(card: Card) -> None:
    assert "6.8万元" in said(card, "input")
    assert "三个月" in said(card, "duration")
    assert "担心东西丢失" in said(card, "dispute")


def test_what_a_partial_success_leaves_is_left_open() -> None:
    text = TEXT.replace("不过，六号楼今年7月又出现堆放旧家具的情况", "晚上仍有十余处摊点回流，执法人员下班后没有人管")
    (only,) = cards(read_report("案例", RawReport("二.txt", text.encode(), "txt", "二.txt")))
    assert "仍有十余处" in said(only, "unresolved")
