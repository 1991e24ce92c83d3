"""Any sequence of what can happen to a catalogue leaves what a plain model of it says, however often it is closed and opened between."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from locations import sqlite_url
from readings import incoming

from corpus.catalogue import Catalogue, Incoming
from corpus.errors import NotFound
from corpus.identity import report_id

SOURCES = ("一.txt", "二.txt", "三.txt")
TEXTS = ("甲\n甲的内容。都好。", "乙\n乙的内容。", "甲\n甲的内容。都好。又加一句。", "")


@dataclass
class Model:
    """The catalogue in a few lines: what is there, what was corrected, what was taken out."""

    held: dict[str, tuple[Incoming, int]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def put(self, item: Incoming) -> str:
        source = item.source
        if source in self.gone and not item.restore:
            return "withdrawn"
        self.gone.discard(source)
        if source not in self.held:
            self.held[source] = (item, 1)
            return "new"
        before, number = self.held[source]
        if (before.data, before.reading.pipeline) == (item.data, item.reading.pipeline):
            return "unchanged"
        self.held[source] = (item, number + (before.data != item.data))
        return "changed"

    def withdraw(self, source: str) -> None:
        del self.held[source]
        self.titles.pop(source, None)
        self.gone.add(source)

    def state(self) -> list[Any]:
        rows: list[Any] = []
        for source, (item, number) in sorted(self.held.items()):
            title = self.titles.get(source, item.reading.metadata.title)
            rows.append((source, number, replace(item.reading.metadata, title=title), item.reading, item.data))
        return rows


def state(catalogue: Catalogue) -> list[Any]:
    rows: list[Any] = []
    for report in catalogue.reports():
        found = catalogue.reading(report.reading)
        assert [stored.fact for stored in catalogue.facts(report=report.id)] == list(found.facts)
        rows.append((report.source, report.number, report.metadata, found, catalogue.revision_bytes(report.id)[0]))
    return rows


PUT = st.tuples(
    st.just("put"), st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(TEXTS), st.sampled_from("12"), st.booleans()), max_size=4)
)
STEPS = st.lists(
    PUT
    | st.tuples(st.just("withdraw"), st.sampled_from(SOURCES))
    | st.tuples(st.just("correct"), st.tuples(st.sampled_from(SOURCES), st.sampled_from(("新题", "又一题"))))
    | st.tuples(st.just("checkpoint"), st.none()),
    max_size=14,
)


def run(catalogue: Catalogue, model: Model, action: str, of: Any) -> None:
    if action == "put":
        items = [incoming(text, source=source, pipeline=pipeline, restore=restore) for source, text, pipeline, restore in of]
        head = catalogue.head()
        outcomes = catalogue.put_many(items)
        assert outcomes == [model.put(item) for item in items]
        written = {item.reading.report for item, outcome in zip(items, outcomes, strict=True) if outcome in ("new", "changed")}
        assert {change.id for change in catalogue.feed(head)} == written
    elif action == "checkpoint":
        assert catalogue.checkpoint()
    else:
        source = of if action == "withdraw" else of[0]
        report = report_id("案例", source)
        there = source in model.held
        if action == "withdraw" and there:
            model.withdraw(source)
        if not there and not (action == "withdraw" and source in model.gone):
            with pytest.raises(NotFound):
                _said(catalogue, action, report, of)
            return
        _said(catalogue, action, report, of)
        if action == "correct":
            model.titles[source] = of[1]


def _said(catalogue: Catalogue, action: str, report: str, of: Any) -> None:
    if action == "withdraw":
        catalogue.withdraw(report, why="", who="编辑")
    else:
        catalogue.correct(report, "title", of[1], who="编辑")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, reopen=st.integers(0, 2**14 - 1))
def test_the_catalogue_is_what_the_model_says(sqlite_template: Path, steps: list[tuple[str, Any]], reopen: int) -> None:
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url(Path(shutil.copy(sqlite_template, Path(folder) / "库.db")))
        catalogue = Catalogue.open(url)
        try:
            for at, (action, of) in enumerate(steps):
                run(catalogue, model, action, of)
                if reopen >> at & 1:
                    catalogue.close()
                    catalogue = Catalogue.open(url)
            assert state(catalogue) == model.state()
            assert {judgement.target for judgement in catalogue.judgements("withdrawn")} == {report_id("案例", s) for s in model.gone}
            assert catalogue.check() == []
        finally:
            catalogue.close()
