"""Ingestion killed with SIGKILL at random moments: afterwards everything agrees, and nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import invented
import pytest

from corpus.catalogue import Catalogue
from search_api.exporting import export
from search_api.settings import load
from search_api.stores import opened
from search_api.sync import behind

REPORTS = 240
ROOT = Path(__file__).resolve().parents[2]
LONGEST = 4.0  # seconds until the kill


def command(store: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "search_api.cli", *arguments, "--store", f"sqlite:///{store}", "--model", "use"]


def killed(arguments: list[str], after: float) -> bool:
    """Run, kill after that many seconds. Whether it was still running then."""
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        _, said = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    assert process.returncode == 0, said
    return False


def committed(store: Path) -> set[str]:
    """Sources in the catalogue, each with its whole reading."""
    if not store.exists():
        return set()
    with Catalogue.open(f"sqlite:///{store}") as catalogue:
        assert catalogue.check() == []
        reports = catalogue.reports()
        readings = catalogue.readings([report.id for report in reports])
        for report in reports:
            reading = readings[report.id]
            assert reading.passages
            assert reading.facts
            assert catalogue.passages([passage.id for passage in reading.passages]).keys() == {item.id for item in reading.passages}
        return {report.source for report in reports}


def assert_agreement(store: Path) -> None:
    settings = load({"store": f"sqlite:///{store}", "model": "use"}, environ={}, folder=store.parent)
    with opened(settings) as stores:
        catalogue = stores.catalogue
        assert not any(behind(stores).values())
        reports = catalogue.reports()
        assert len(reports) == len({report.source for report in reports}) == REPORTS
        assert stores.graph.reports() == {report.id: report.reading for report in reports}
        assert stores.graph.refused() == stores.index.refused() == []
        counts = catalogue.counts()
        found = stores.index.counts()
        assert (found.reports, found.passages) == (counts["reports"], counts["passages"])
        model = stores.embedder.fingerprint
        present, wanted = catalogue.vector_counts(model)
        assert present == wanted
        coverage = stores.index.coverage(model)
        assert coverage.present == coverage.wanted == wanted
        assert stores.index.live_model() == model


def run(kills: int, folder: Path, seed: int) -> None:
    pick = random.Random(seed)
    source = folder / "reports"
    invented.write(source, range(REPORTS))
    store = folder / "store.db"
    before: set[str] = set()
    done = 0
    while done < kills:
        if killed(command(store, "ingest", str(source)), pick.uniform(0.3, LONGEST)):
            done += 1
            now = committed(store)
            assert before <= now, "an acknowledged report is gone"
            before = now
        else:  # finished: begin again with an empty store
            assert_agreement(store)
            for path in folder.glob("store.db*"):
                path.unlink()
            before = set()
    assert not killed(command(store, "ingest", str(source)), 600)
    assert_agreement(store)
    fresh = folder / "fresh.db"
    assert not killed(command(fresh, "ingest", str(source)), 600)
    for name in ("store", "fresh"):
        with Catalogue.open(f"sqlite:///{folder / name}.db") as catalogue:
            export(catalogue, folder / name, source=True)
    for name in ("reports", "entities", "facts", "sources"):
        interrupted, straight = (folder / which / f"{name}.jsonl" for which in ("store", "fresh"))
        assert interrupted.read_bytes() == straight.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX systems")
def test_ingestion_killed_at_random_moments(tmp_path: Path) -> None:
    run(25, tmp_path, seed=1)


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX systems")
def test_ingestion_killed_a_thousand_times(tmp_path: Path) -> None:
    run(int(os.environ.get("KILLS", "1000")), tmp_path, seed=2)
