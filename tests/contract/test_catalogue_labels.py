"""Readings that only the facts are new of: bytes, page lines, revision and originals stay, and nothing newer is put back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import incoming, masked

from corpus.catalogue import Catalogue, Incoming
from corpus.model import Judgement, PageLines, SetAside

TEXT = "来信\n电话13800001111请回。一楼反对加装电梯。"


def relabelled(catalogue: Catalogue, item: Incoming, pipeline: str = "2") -> Incoming:
    """The item's reading with fewer facts, by another version."""
    reading = item.reading
    personal = catalogue.personal(reading.id)
    new = replace(reading, id=f"{reading.id[:-2]}{pipeline:>02}", pipeline=pipeline, facts=reading.facts[1:], personal=personal, page=None)
    return Incoming(new, item.collection, item.source, b"", "", labels_of=reading.id)


@pytest.fixture
def item(catalogue: Catalogue) -> Incoming:
    made = masked(TEXT, "13800001111", source="甲.txt")
    made = replace(made, reading=replace(made.reading, page=PageLines("host:news.example", "b", ("l1", "l2"))))
    catalogue.put_many([made])
    return made


def test_only_the_facts_change(catalogue: Catalogue, item: Incoming) -> None:
    head, pages = catalogue.head(), catalogue.site_pages("案例", "host:news.example")
    new = relabelled(catalogue, item)
    assert catalogue.put_many([new]) == ["changed"]
    report = catalogue.report(item.reading.report)
    assert (report.reading, report.number, report.revision) == (new.reading.id, 1, item.reading.revision)
    assert [stored.fact for stored in catalogue.facts(report=report.id)] == list(item.reading.facts[1:])
    assert [one.original for one in catalogue.personal(report.reading)] == ["13800001111"]
    assert catalogue.revision_bytes(report.id) == (item.data, "txt")
    assert [page for _, _, page in catalogue.site_pages("案例", "host:news.example")] == [page for _, _, page in pages]
    assert [(change.kind, change.id) for change in catalogue.feed(head)] == [("report", report.id)]
    assert catalogue.put_many([new]) == ["unchanged"]


def test_what_was_read_again_or_withdrawn_meanwhile_stays(catalogue: Catalogue, item: Incoming) -> None:
    late = relabelled(catalogue, item, "3")
    catalogue.put_many([relabelled(catalogue, item)])
    assert catalogue.put_many([late]) == ["unchanged"]
    again = relabelled(catalogue, incoming(TEXT, source="乙.txt"))
    assert catalogue.put_many([again]) == ["unchanged"]
    catalogue.withdraw(item.reading.report, why="", who="")
    assert catalogue.put_many([late]) == ["unchanged"]
    assert catalogue.reports() == []


def test_a_judged_reading_stays_beside_it(catalogue: Catalogue, item: Incoming) -> None:
    catalogue.judge(Judgement("j", "wrong", item.reading.id, "", "评审", "2024-05-01T00:00:00Z"))
    catalogue.put_many([relabelled(catalogue, item)])
    assert catalogue.reading(item.reading.id).facts == item.reading.facts


def test_what_was_set_aside_of_the_source_stays_so(catalogue: Catalogue, item: Incoming) -> None:
    catalogue.set_aside([SetAside("案例", "甲.txt", "damaged", "坏了")])
    catalogue.put_many([relabelled(catalogue, item)])
    assert [one.source for one in catalogue.quarantine()] == ["甲.txt"]
