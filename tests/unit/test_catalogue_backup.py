"""Backup and restore of an SQLite store."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from locations import sqlite_url
from readings import incoming

from corpus.catalogue import Catalogue
from corpus.errors import StoreDamaged, StoreTooNew, UsageError

ONE, TWO = incoming("一\n内容一。"), incoming("二\n内容二。", source="二.txt")


@pytest.fixture
def store(tmp_path: Path, sqlite_template: Path) -> Iterator[Catalogue]:
    with Catalogue.open(sqlite_url(Path(shutil.copy(sqlite_template, tmp_path / "库.db")))) as opened:
        yield opened


def sources(catalogue: Catalogue) -> list[str]:
    return [report.source for report in catalogue.reports()]


def test_a_backup_is_one_file_with_the_state_of_its_moment(store: Catalogue, tmp_path: Path) -> None:
    target = tmp_path / "备份" / "一.db"
    store.put_many([ONE])
    store.backup(target)
    store.put_many([TWO])
    assert [file.name for file in target.parent.iterdir()] == ["一.db"]
    with Catalogue.open(sqlite_url(target), read_only=True) as copy:
        assert sources(copy) == ["一.txt"]
        assert copy.reading(ONE.reading.id) == ONE.reading
        assert copy.check() == []


def test_a_file_is_not_overwritten_unless_forced(store: Catalogue, tmp_path: Path) -> None:
    target = tmp_path / "一.db"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError, match="已存在"):
        store.backup(target)
    assert target.read_bytes() == b"mine"
    store.backup(target, force=True)
    Catalogue.open(sqlite_url(target)).close()


def test_the_store_is_no_place_for_its_own_backup(store: Catalogue) -> None:
    assert store.path is not None
    with pytest.raises(UsageError, match="自身"):
        store.backup(store.path, force=True)
    assert store.check() == []


def test_a_backup_that_fails_leaves_nothing(store: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Exception, match="file"):
        store.backup(tmp_path / "file" / "一.db")
    assert sorted(file.suffix for file in tmp_path.iterdir() if "partial" in file.name) == []


def test_a_restore_fills_an_empty_place(store: Catalogue, tmp_path: Path) -> None:
    store.put_many([ONE, TWO])
    store.backup(tmp_path / "一.db")
    url = sqlite_url(tmp_path / "新" / "库.db")
    Catalogue.restore(tmp_path / "一.db", url)
    with Catalogue.open(url) as restored:
        assert sources(restored) == ["一.txt", "二.txt"]
        assert restored.head() == store.head()
        assert restored.meta("identity") != store.meta("identity")
    assert [file.name for file in (tmp_path / "新").iterdir()] == ["库.db"]


def test_a_restore_replaces_only_when_forced_and_is_seen_by_who_has_the_store_open(store: Catalogue, tmp_path: Path) -> None:
    store.put_many([ONE])
    store.backup(tmp_path / "一.db")
    store.put_many([TWO])
    url = sqlite_url(tmp_path / "库.db")
    identity = store.meta("identity")
    with pytest.raises(UsageError, match="已有报告"):
        Catalogue.restore(tmp_path / "一.db", url)
    assert sources(store) == ["一.txt", "二.txt"]
    Catalogue.restore(tmp_path / "一.db", url, force=True)
    assert sources(store) == ["一.txt"]
    assert store.meta("identity") != identity
    assert store.put_many([TWO]) == ["new"]
    assert store.check() == []


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_restore_in_place_of_a_damaged_store_keeps_it_aside(store: Catalogue, tmp_path: Path, content: bytes) -> None:
    store.put_many([ONE])
    store.backup(tmp_path / "一.db")
    place = tmp_path / "坏" / "库.db"
    place.parent.mkdir()
    for name in ("库.db.damaged", "库.db.damaged2"):
        place.write_bytes(content)
        with pytest.raises(UsageError, match="损坏"):
            Catalogue.restore(tmp_path / "一.db", sqlite_url(place))
        Catalogue.restore(tmp_path / "一.db", sqlite_url(place), force=True)
        with Catalogue.open(sqlite_url(place)) as restored:
            assert sources(restored) == ["一.txt"]
        assert place.with_name(name).read_bytes() == content


def test_what_is_no_whole_store_of_a_known_version_is_not_restored(store: Catalogue, tmp_path: Path) -> None:
    store.put_many([incoming(f"{n}\n" + "内容。" * 200, source=f"{n}.txt") for n in range(20)])
    good = tmp_path / "好.db"
    store.backup(good)
    foreign, newer, damaged = tmp_path / "他.db", tmp_path / "新.db", tmp_path / "坏.db"
    foreign.write_bytes(b"x" * 5000)
    shutil.copy(good, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE jindianzi_version SET version_num = '9999'")
        connection.commit()
    content = bytearray(good.read_bytes())
    content[150_000:200_000] = b"\xaa" * 50_000
    damaged.write_bytes(content)
    before = sources(store)
    for file, error in ((foreign, StoreDamaged), (newer, StoreTooNew), (damaged, StoreDamaged), (tmp_path / "无.db", UsageError)):
        with pytest.raises(error):
            Catalogue.restore(file, sqlite_url(tmp_path / "库.db"), force=True)
    assert sources(store) == before


def test_postgresql_has_tools_of_its_own(postgres_template: str, tmp_path: Path) -> None:
    with Catalogue.open(postgres_template) as catalogue, pytest.raises(UsageError, match="pg_dump"):
        catalogue.backup(tmp_path / "一.db")
