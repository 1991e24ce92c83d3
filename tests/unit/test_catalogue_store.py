"""Opening an SQLite store that is damaged, locked, full, read-only, or not one at all: a clear error, and nothing half-written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from locations import sqlite_url
from readings import incoming
from sqlalchemy import Connection, event
from sqlalchemy.pool import Pool

from corpus.catalogue import Catalogue, engine
from corpus.errors import SettingError, StoreDamaged, StoreError, StoreFull, StoreLocked, StoreReadOnly

ROOT = Path(__file__).parents[2]
TEXT = "老楼加梯记\n" + "一楼反对加装电梯。居委会开了三次会。" * 50


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "库 100%?#.db"))


@contextmanager
def on_connect(*statements: str) -> Iterator[None]:
    def settings(connection: sqlite3.Connection, _entry: Any) -> None:
        for statement in statements:
            connection.execute(statement)

    event.listen(Pool, "connect", settings)
    try:
        yield
    finally:
        event.remove(Pool, "connect", settings)


def open_file(path: Path, *, read_only: bool = False) -> Catalogue:
    """As `Catalogue.open`, for a file name that no URL holds."""
    store = engine.connect_file(path, read_only=read_only)
    return Catalogue(store)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/db", "库.db", "", "neo4j://host"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(SettingError, match="JINDIANZI_STORE"):
        Catalogue.open(url)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Catalogue.open("postgresql+psycopg://user:geheim@127.0.0.1:1/db")
    assert "geheim" not in str(caught.value)


def test_folders_are_made_and_the_file_may_have_any_name(tmp_path: Path, path: Path) -> None:
    new = tmp_path / "新 建" / "深" / "金点子.db"
    with Catalogue.open(sqlite_url(new)) as catalogue:
        assert catalogue.path == new
    assert new.exists()
    with open_file(path) as catalogue:
        catalogue.put_many([incoming(TEXT)])
    with open_file(path, read_only=True) as catalogue:
        assert catalogue.counts()["reports"] == 1


def test_a_relative_file_stays_the_same_when_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Catalogue.open("sqlite:///var/库.db") as catalogue:
        monkeypatch.chdir(ROOT)
        catalogue.put_many([incoming(TEXT)])
    with Catalogue.open(sqlite_url(tmp_path / "var" / "库.db")) as catalogue:
        assert catalogue.counts()["reports"] == 1


def test_settings_of_a_connection(path: Path) -> None:
    with open_file(path) as catalogue, catalogue._store.raw() as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 8000}


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at\n" * 40, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "库.db"
    file.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(StoreDamaged, match=r"库\.db"):
            Catalogue.open(sqlite_url(file), read_only=read_only)
    assert file.read_bytes() == content


def test_a_store_cut_short(tmp_path: Path, path: Path) -> None:
    with open_file(path) as catalogue:
        catalogue.put_many([incoming(TEXT, source=f"{n}.txt") for n in range(50)])
    file = tmp_path / "半.db"
    file.write_bytes(path.read_bytes()[:300_000])
    with pytest.raises(StoreDamaged), Catalogue.open(sqlite_url(file)) as catalogue:
        catalogue.readings([report.id for report in catalogue.reports()])


def test_another_programs_database(tmp_path: Path) -> None:
    file = tmp_path / "他.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmark (url)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(StoreDamaged):
        Catalogue.open(sqlite_url(file))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="文件夹"):
        Catalogue.open(sqlite_url(tmp_path))


def test_nothing_there_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="还没有库"):
        Catalogue.open(sqlite_url(tmp_path / "无.db"), read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_cannot_be_read_but_can_be_filled(tmp_path: Path) -> None:
    file = tmp_path / "空.db"
    file.touch()
    with pytest.raises(StoreReadOnly):
        Catalogue.open(sqlite_url(file), read_only=True)
    Catalogue.open(sqlite_url(file)).close()


def test_locked_for_too_long(path: Path) -> None:
    with on_connect("PRAGMA busy_timeout=50"), open_file(path) as catalogue, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="占用"):
            catalogue.put_many([incoming(TEXT)])
        assert catalogue.counts()["reports"] == 0  # reading goes on
        other.rollback()
        assert catalogue.put_many([incoming(TEXT)]) == ["new"]


def test_a_full_disk_writes_nothing_and_later_goes_on(path: Path) -> None:
    pages = path.stat().st_size // 4096
    with on_connect(f"PRAGMA max_page_count={pages + 40}"), open_file(path) as catalogue:
        catalogue.put_many([incoming(TEXT)])
        head = catalogue.head()
        with pytest.raises(StoreFull, match="磁盘已满"):
            catalogue.put_many([incoming(f"{n}{TEXT}", source=f"{n}.txt") for n in range(100)])
        assert catalogue.head() == head
        assert catalogue.counts()["reports"] == 1
        assert catalogue.put_many([incoming("题\n小。", source="小.txt")]) == ["new"]
        assert catalogue.check() == []
    with open_file(path) as catalogue:
        assert catalogue.head() == head + 1


def test_a_full_disk_when_the_store_is_made(tmp_path: Path) -> None:
    file = tmp_path / "库.db"
    with on_connect("PRAGMA max_page_count=5"), pytest.raises(StoreFull):
        Catalogue.open(sqlite_url(file))
    with Catalogue.open(sqlite_url(file)) as catalogue:
        assert catalogue.counts()["reports"] == 0


def test_an_error_inside_a_transaction_rolls_all_of_it_back(path: Path) -> None:
    with open_file(path) as catalogue:

        def write(then: Callable[[Connection], object]) -> None:
            with catalogue._work() as work:
                work.changed("report", "x")
                work.connection.exec_driver_sql("INSERT INTO meta VALUES ('a', 'b')")
                then(work.connection)

        with pytest.raises(ZeroDivisionError):
            write(lambda _connection: 1 / 0)
        with pytest.raises(StoreError):
            write(lambda connection: connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)"))
        with pytest.raises(StoreError):
            catalogue.set_meta("a", "\ud83d")
        assert (catalogue.meta("a"), catalogue.head()) == (None, 0)


@pytest.mark.skipif(os.name != "posix", reason="file rights as on POSIX")
@pytest.mark.parametrize("log", [False, True])
def test_what_cannot_be_written_can_be_read(sqlite_template: Path, log: bool) -> None:
    """In a folder without the right to write, with and without a log left beside the file; by a user who is not the administrator."""
    program = f"""
import os, sys
from corpus.catalogue import Catalogue
from corpus.errors import StoreReadOnly
url = "sqlite:///" + sys.argv[1]
Catalogue.open(sys.argv[2]).close()  # what is imported late may not be readable later
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    Catalogue.open(url)
except StoreReadOnly as error:
    print("refused", str(error).startswith(sys.argv[1]))
with Catalogue.open(url, read_only=True) as catalogue:
    print(catalogue.counts()["reports"], len(catalogue.reports()[0].metadata.title), {log})
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = folder / "库"
        work.mkdir()
        path = Path(shutil.copy(sqlite_template, work / "库.db"))
        with open_file(path) as catalogue:
            catalogue.put_many([incoming(TEXT)])
            if log:
                kept = {file: file.read_bytes() for file in work.iterdir()}
        if log:
            for file, content in kept.items():
                file.write_bytes(content)
        assert path.with_name("库.db-wal").exists() is log
        for file in work.iterdir():
            file.chmod(0o444)
        folder.chmod(0o755)
        work.chmod(0o555)
        try:
            command = [sys.executable, "-c", program, str(path), sqlite_url(folder / "其他.db")]
            found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        finally:
            work.chmod(0o755)
    assert found.stdout.split() == ["refused", "True", "1", "5", str(log)], found.stderr
