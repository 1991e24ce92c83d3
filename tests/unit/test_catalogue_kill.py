"""A process that is killed in the middle of taking reports in leaves whole batches and nothing half-written."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from locations import sqlite_url
from readings import batch

from corpus.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
BATCHES = 100
PROGRAM = f"""
import sys
sys.path.insert(0, "tests")
from readings import batch
from corpus.catalogue import Catalogue
with Catalogue.open(sys.argv[1]) as catalogue:
    for number in range({BATCHES}):
        catalogue.put_many(batch(number))
        print(number, flush=True)
"""


def run_and_kill(url: str, batches: int, seconds: float) -> set[int]:
    """The batches that the program said were in, when it was killed `seconds` after it had said so of a number of them."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(batches)]
    time.sleep(seconds)
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return {int(line) for line in said}


def test_killed_while_it_writes(tmp_path: Path, sqlite_template: Path) -> None:
    chance = random.Random(3)
    url = sqlite_url(Path(shutil.copy(sqlite_template, tmp_path / "库.db")))
    acknowledged: set[int] = set()
    for _ in range(4):
        acknowledged |= run_and_kill(url, len(acknowledged) + chance.randint(1, 3), chance.uniform(0, 0.03))
        with Catalogue.open(url) as catalogue:
            assert catalogue.check() == []
            there = {report.source for report in catalogue.reports()}
            batches = {int(source[:3]) for source in there}
            assert acknowledged <= batches
            assert there == {item.source for number in batches for item in batch(number)}
            assert len(catalogue.feed(0, 10_000)) == len(there)
            for number in batches:
                items = batch(number)
                found = catalogue.readings([item.reading.report for item in items])
                assert [found[item.reading.report] for item in items] == [item.reading for item in items]
    assert 4 <= len(acknowledged) < BATCHES
