"""After a withdrawal and a checkpoint, the bytes of an SQLite file hold nothing of what was withdrawn."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from locations import sqlite_url
from readings import incoming, masked

from corpus.catalogue import Catalogue, Incoming
from corpus.errors import StoreReadOnly
from corpus.model import Entity, Mention, SetAside

HAN = [chr(point) for point in range(0x4E00, 0x5A00)]


def item(chance: random.Random, mark: str) -> Incoming:
    """A report of any length with `mark` in its title, path and every sentence."""
    sentences = (f"{mark}" + "".join(chance.choices(HAN, k=chance.randint(2, 60))) + "。" for _ in range(chance.randint(1, 12)))
    text = "\n".join([f"{mark}题", *("".join(sentences) for _ in range(chance.randint(1, 9)))])
    return incoming(text, source=f"{mark}路.txt")


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


@pytest.mark.parametrize("seed", [1, 5])
def test_of_withdrawn_reports_no_byte_is_left(tmp_path: Path, sqlite_template: Path, seed: int) -> None:
    """Reports come, change and go in any order: pages are split, balanced and freed (with seed 5, secure_delete alone leaves a path)."""
    chance = random.Random(seed)
    path = Path(shutil.copy(sqlite_template, tmp_path / "库.db"))
    marks = [f"@{number:03d}@" for number in range(60)]
    live: dict[str, str] = {}
    with Catalogue.open(sqlite_url(path)) as catalogue:
        for start in range(0, len(marks), 12):
            batch = [item(chance, mark) for mark in marks[start : start + 12]]
            catalogue.put_many(batch)
            live |= {mark: one.reading.report for mark, one in zip(marks[start:], batch, strict=False)}
            work = catalogue.passages_without_vector("m", 1000)
            catalogue.put_vectors("m", {hash: np.ones(32) for hash, _ in work})
            for mark in chance.sample(sorted(live), 4):
                catalogue.put_many([item(chance, mark)])
            for mark in chance.sample(sorted(live), 5):
                catalogue.correct(live[mark], "title", f"{mark}改", who="编辑")
                catalogue.set_aside([SetAside("案例", f"{mark}路.txt", "damaged", f"{mark}路.txt：坏")])
                catalogue.withdraw(live.pop(mark), why="测试", who="编辑")
        assert catalogue.checkpoint()
        content = bytes_of(path)
        found = {mark for mark in marks if mark.encode() in content}
        assert found == set(live)
        assert catalogue.counts()["reports"] == len(live)
        assert catalogue.check() == []
        texts = {line for reading in catalogue.readings(list(live.values())).values() for line in reading.text.split("\n") if line}
        assert catalogue.vector_counts("m")[1] == len(texts)


def test_the_originals_of_masked_data_go_too(tmp_path: Path, sqlite_template: Path) -> None:
    path = Path(shutil.copy(sqlite_template, tmp_path / "库.db"))
    one = masked("来信\n电话13800001111请回。", "13800001111")
    with Catalogue.open(sqlite_url(path)) as catalogue:
        catalogue.put_many([one])
        assert b"13800001111" in bytes_of(path)
        catalogue.withdraw(one.reading.report, why="", who="")
        assert catalogue.checkpoint()
        assert b"13800001111" not in bytes_of(path)


def test_a_checkpoint_that_was_not_reached_is_made_up_for_later(tmp_path: Path, sqlite_template: Path) -> None:
    """The wish to write the file anew is in the same transaction as the withdrawal, so it is not lost with the process."""
    path = Path(shutil.copy(sqlite_template, tmp_path / "库.db"))
    empty = path.stat().st_size
    with Catalogue.open(sqlite_url(path)) as catalogue:
        for seed in range(40):
            catalogue.put_many([item(random.Random(seed), f"@{seed:03d}@")])
        size = path.stat().st_size
        for report in catalogue.reports():
            catalogue.withdraw(report.id, why="", who="")
    with Catalogue.open(sqlite_url(path), read_only=True) as catalogue, pytest.raises(StoreReadOnly):
        catalogue.checkpoint()
    with Catalogue.open(sqlite_url(path)) as catalogue:
        assert catalogue.checkpoint()
        assert path.stat().st_size - empty < (size - empty) / 2
        assert catalogue.meta("unscrubbed") is None


def test_the_file_is_written_anew_only_when_all_have_followed(tmp_path: Path, sqlite_template: Path) -> None:
    path = Path(shutil.copy(sqlite_template, tmp_path / "库.db"))
    one = item(random.Random(1), "@001@")
    mention = Mention("m", one.reading.report, "actor", "@001@居委会", "")
    entity = Entity("e", "actor", "@001@居委会", mentions=("m",))
    with Catalogue.open(sqlite_url(path)) as catalogue:
        catalogue.put_many([one])
        catalogue.put_entities([entity], mentions=[mention], after=0, mark=1)
        catalogue.withdraw(one.reading.report, why="", who="")
        withdrawn = catalogue.head()
        assert not catalogue.checkpoint(followed=withdrawn - 1)
        catalogue.put_entities(gone=["e"], gone_mentions=["m"], after=1, mark=withdrawn)
        assert not catalogue.checkpoint(followed=withdrawn)  # that the entity is gone is news as well
        assert catalogue.checkpoint(followed=catalogue.head())
        assert b"@001@" not in bytes_of(path)
        assert catalogue.checkpoint(followed=0)


def test_a_reader_that_holds_an_old_state_puts_it_off(tmp_path: Path, sqlite_template: Path) -> None:
    path = Path(shutil.copy(sqlite_template, tmp_path / "库.db"))
    one = item(random.Random(1), "@001@")
    with Catalogue.open(sqlite_url(path)) as catalogue, Catalogue.open(sqlite_url(path)) as other:
        catalogue.put_many([one])
        with other._store.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM report").scalar()
            catalogue.withdraw(one.reading.report, why="", who="")
            with catalogue._store.raw() as raw:
                raw.execute("PRAGMA busy_timeout=50")
            assert not catalogue.checkpoint()
        assert catalogue.checkpoint()
        assert b"@001@" not in bytes_of(path)
