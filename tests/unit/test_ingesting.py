"""Reading again never keeps what must not be kept, and never puts an older revision over a newer one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import invented
import pytest

from corpus.catalogue import Catalogue, Incoming
from ingest.draft import RawReport
from ingest.pipeline import read_report
from search_api.ingesting import ingest_found, reread

MARKED = "机密★10年\n" + invented.report(1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(f"sqlite:///{tmp_path / 'a.db'}")


def old(source: str, text: str, bytes_: bytes) -> Incoming:
    """A reading as an earlier version made it from `bytes_`, which it took for `text`."""
    reading = read_report("案例", RawReport(source, text.encode(), "txt", source))
    return Incoming(replace(reading, pipeline="1-old", revision=hashlib.sha256(bytes_).hexdigest()), "案例", source, bytes_, "txt")


def test_what_turns_out_to_be_classified_goes(catalogue: Catalogue, tmp_path: Path) -> None:
    with catalogue:
        catalogue.put_many(
            [old("甲.txt", invented.report(1), MARKED.encode()), old("乙.txt", invented.report(2), invented.report(2).encode())]
        )
        result = reread(catalogue)
        assert (result.withdrawn, result.changed) == (["甲.txt"], ["乙.txt"])
        assert [report.source for report in catalogue.reports()] == ["乙.txt"]
        assert catalogue.judgements("withdrawn")[0].why
        catalogue.checkpoint()
    assert MARKED.encode() not in (tmp_path / "a.db").read_bytes()


def test_an_older_revision_does_not_come_back(catalogue: Catalogue) -> None:
    first, second = invented.report(1), invented.report(2)
    with catalogue:
        ingest_found(catalogue, [RawReport("甲.txt", first.encode(), "txt", "甲.txt")], "案例")
        kept = read_report("案例", RawReport("甲.txt", first.encode(), "txt", "甲.txt"))
        ingest_found(catalogue, [RawReport("甲.txt", second.encode(), "txt", "甲.txt")], "案例")
        late = Incoming(replace(kept, pipeline="9-other"), "案例", "甲.txt", first.encode(), "txt", again=True)
        assert catalogue.put_many([late]) == ["unchanged"]
        (report,) = catalogue.reports()
        assert catalogue.reading(report.reading).revision == hashlib.sha256(second.encode()).hexdigest()
