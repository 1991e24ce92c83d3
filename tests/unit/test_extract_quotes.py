"""Quotations of several sentences."""

from __future__ import annotations

from corpus.model import Metadata
from ingest.extract import extract


def test_the_sentence_of_a_quotation_holds_all_of_it() -> None:
    text = "社区主任李某说：“先把楼道清出来。再谈装电梯的事，大家都同意。”会后开始登记。"
    facts, _ = extract(text, (), (), Metadata())
    quotes = [fact for fact in facts if fact.type == "quote"]
    assert quotes
    for fact in facts:
        assert fact.sentence_start <= fact.start <= fact.end <= fact.sentence_end
        assert text[fact.sentence_start : fact.sentence_end] == fact.sentence
