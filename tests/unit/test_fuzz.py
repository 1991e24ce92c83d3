"""Spoilt files of every format: a sound reading or one of our own errors, and neither a crash nor a hang.

Twenty variants of each format here, a thousand in `make soak`; fewer of those that take seconds each. A failure names the seed and the
number of the variant: `spoilt(seeds()[format], number)` makes it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from formats import NAMES, Seed, seeds
from fuzzing import LIMITS, Spoilt, check, spoilt

from corpus.model import Reading
from ingest.readers import find
from ingest.workers import Workers

FEW, MANY = 20, 1000
SLOW_FEW, SLOW_MANY = 2, 60


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One process that reads them all, so that what hangs or crashes is named instead of taking the tests along."""
    with Workers(LIMITS, 1) as started:
        yield started


def seed_of(name: str) -> Seed:
    if name not in seeds():
        pytest.skip(f"{name}: no program on this machine makes such a file")
    return seeds()[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_itself_is_read(name: str, tmp_path: Path, workers: Workers) -> None:
    seed = seed_of(name)
    assert check(seed, Spoilt(seed.data, "nothing"), tmp_path, workers) == []
    found = find([tmp_path / seed.name], collection="试", limits=LIMITS, expand=workers.expand)
    read = [item[1] for item in workers.read("试", found) if isinstance(item, tuple)]
    assert any(isinstance(item, Reading) and "加装电梯" in item.text for item in read)


def spoil(name: str, numbers: range, folder: Path, workers: Workers) -> list[str]:
    seed = seed_of(name)
    wrong = []
    for number in numbers:
        variant = spoilt(seed, number)
        wrong += [f"{name} {number} ({variant.how}): {what}" for what in check(seed, variant, folder, workers)]
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_spoilt_files(name: str, tmp_path: Path, workers: Workers) -> None:
    count = SLOW_FEW if seed_of(name).slow else FEW
    assert spoil(name, range(count), tmp_path, workers) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_many_spoilt_files(name: str, tmp_path: Path, workers: Workers) -> None:
    count = SLOW_MANY if seed_of(name).slow else MANY
    assert spoil(name, range(count), tmp_path, workers) == []
