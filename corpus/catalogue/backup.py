"""One file that holds the whole of an SQLite store, and back: by SQLite's own backup, so other processes may go on reading and writing."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.catalogue import versions
from corpus.catalogue.engine import Store, connect, connect_file
from corpus.catalogue.failures import failure, translated
from corpus.errors import StoreDamaged, StoreError, StoreFull, UsageError


def backup(store: Store, target: Path, *, force: bool) -> None:
    """Write the state of this moment to `target`, which appears whole or not at all. Raises UsageError where it is there already."""
    path = _file_of(store)
    if target.exists() and target.samefile(path):
        raise UsageError("不能备份到库文件自身", where=str(target), remedy="换一个文件名", en="that is the store itself")
    if target.exists() and not force:
        raise UsageError("文件已存在", where=str(target), remedy="换一个文件名，或加 --force 覆盖", en="the file is there already")
    with _partial(target) as partial:
        with store.raw() as source:
            _copy(source, partial, str(target))
        partial.replace(target)


def restore(source: Path, url: str, *, force: bool) -> None:
    """Make the store at `url` what the backup `source` holds, in one transaction; the store gets a new identity.

    Raises StoreError kinds where `source` is no whole store of a version that is known, UsageError where the store has reports and `force`
    is not set. With `force` a file in its place that is no store, or no longer one, is kept under another name (`库.db.damaged`).
    """
    inspect(source)
    _make_room(url, force)
    with connect(url) as target:
        path = _file_of(target)
        with _partial(path) as partial:
            with connect_file(source, read_only=True) as opened, opened.raw() as original:
                _copy(original, partial, target.where)
            _renew(partial)
            with target.raw() as live, translated(target.where), closing(sqlite3.connect(partial)) as copy:
                copy.backup(live)


def inspect(source: Path) -> None:
    """Check that `source` is a whole store of a version that this program knows."""
    if not source.is_file():
        raise UsageError("没有这个备份文件", where=str(source), en="no such backup")
    with connect_file(source, read_only=True) as store, store.reading() as connection:
        if versions.stored(connection, store.where) is None:
            raise failure(StoreDamaged, store.where)
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise failure(StoreDamaged, store.where)


def _file_of(store: Store) -> Path:
    if store.path is None:
        raise UsageError(
            "PostgreSQL 库不能这样备份或恢复",
            where=store.where,
            remedy="用 pg_dump 备份，用 pg_restore 恢复",
            en="use pg_dump and pg_restore",
        )
    return store.path


def _make_room(url: str, force: bool) -> None:
    with connect(url) as target:
        path = _file_of(target)
        try:
            with target.reading() as connection:
                empty = versions.stored(connection, target.where) is None
                occupied = not empty and connection.exec_driver_sql("SELECT 1 FROM report LIMIT 1").first() is not None
        except StoreDamaged as error:
            if not force:
                raise _refused("这个位置上的文件不是本程序的库，或已损坏", target.where) from error
            target.close()
            _rename(path)
            return
    if occupied and not force:
        raise _refused("库里已有报告", str(path))


def _refused(what: str, where: str) -> UsageError:
    return UsageError(
        what, where=where, remedy="换一个库，或加 --force 用备份替换", en="there is something in its place; --force replaces it"
    )


def _rename(path: Path) -> None:
    """Move a damaged file, and the log beside it, out of the way."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged{'' if number == 1 else number}")).exists():
        number += 1
    try:
        for end in ("", "-wal", "-shm"):
            part = path.with_name(path.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
    except OSError as error:
        raise failure(StoreError, str(path), error.strerror or "") from error


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A name beside `target` for a file on its way; what is left there afterwards is removed."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        yield partial
    except OSError as error:
        raise failure(StoreFull if error.errno == errno.ENOSPC else StoreError, str(target), error.strerror or "") from error
    finally:
        for leftover in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: Path, where: str) -> None:
    with translated(where), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _renew(copy: Path) -> None:
    """Bring a restored copy up to date and tell it from the store that it was copied from."""
    with connect_file(copy) as store:
        versions.prepare(store)
        with store.writing() as connection:
            versions.renew_identity(connection)
