"""`reread --labels`: another vocabulary comes to stored texts; what needs its file is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import invented
import pytest
from commands import Call

from corpus.catalogue import Catalogue, Incoming
from ingest.pipeline import PIPELINE


@pytest.fixture
def stale(call: Call, tmp_path: Path) -> None:
    """Four reports, of which three were read with another vocabulary and one with other steps."""
    invented.write(tmp_path / "材料", range(4))
    call("ingest", tmp_path / "材料")
    with Catalogue.open(f"sqlite:///{tmp_path / 'store.db'}") as catalogue:
        batch = []
        for number, report in enumerate(catalogue.reports()):
            reading = catalogue.reading(report.reading)
            data, media = catalogue.revision_bytes(report.id)
            pipeline = "1-old" if number == 3 else f"{PIPELINE[:-12]}{'0' * 12}"
            old = replace(reading, pipeline=pipeline, id=f"{reading.id[:-1]}_", facts=reading.facts[:1])
            batch.append(Incoming(old, report.collection, report.source, data, media))
        catalogue.put_many(batch)


@pytest.mark.usefixtures("stale")
def test_only_labels_are_read_anew_and_the_rest_is_named(call: Call, tmp_path: Path) -> None:
    done = call("reread", "--labels", "--json")
    assert (done.status, len(done.body["changed"])) == (0, 3)
    assert "还有 1 份" in done.err
    with Catalogue.open(f"sqlite:///{tmp_path / 'store.db'}") as catalogue:
        assert len(catalogue.stale(PIPELINE)) == 1
    assert call("reread", "--labels", "--json").body["changed"] == []
    assert len(call("reread", "--json").body["changed"]) == 1
    assert "还有" not in call("reread", "--labels").err
    assert len(call("facts", "000002.txt", "--json").body["facts"]) > 5


@pytest.mark.usefixtures("stale")
def test_without_it_everything_is_brought_up(call: Call, tmp_path: Path) -> None:
    assert len(call("reread", "--json").body["changed"]) == 4
    with Catalogue.open(f"sqlite:///{tmp_path / 'store.db'}") as catalogue:
        assert catalogue.stale(PIPELINE) == []
    assert set(call("status", "--json").body["behind"].values()) == {0}
