"""Connections to a SQLite file that the catalogue, the graph and the index may share: same pragmas, short writing transactions, errors in
our own words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreReadOnly

_WAIT = 30.0  # seconds to wait for another writer
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH)
_FULL = (sqlite3.SQLITE_FULL,)


class Connections:
    """One connection a thread, all closed by `close`. `wait`: seconds to wait for a lock."""

    def __init__(self, path: Path, wait: float = _WAIT) -> None:
        self.path = path
        self._wait = wait
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def get(self) -> sqlite3.Connection:
        """This thread's connection. Raises the StoreError that fits where the file cannot be opened."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self.errors():
                connection = self._open()
            self._local.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self._wait, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY", "cache_size = -65536"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the file; joins the one this thread is in."""
        connection = self.get()
        with self.errors():
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A writing transaction: all of it or nothing."""
        connection = self.get()
        with self.errors():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rollback()

    @contextmanager
    def errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._as_store_error(error) from error

    def _as_store_error(self, error: sqlite3.Error) -> StoreError:
        where = str(self.path)
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _LOCKED:
            return StoreLocked("数据文件正被另一个程序写入", where=where, remedy="请等它结束后再试")
        if code in _READ_ONLY:
            return StoreReadOnly("数据文件打不开或不能写入", where=where, remedy="请检查文件与文件夹的权限")
        if code in _FULL:
            return StoreFull("磁盘已满", where=where, remedy="请腾出空间后再试，已保存的内容没有丢失")
        if code in _DAMAGED:
            return StoreDamaged("不是数据库文件，或文件已损坏", where=where, remedy="请用 jindianzi restore 恢复备份")
        return StoreError(f"数据文件读写失败（{error}）", where=where, remedy="请再试一次；若仍失败，请运行 jindianzi sync --rebuild")

    def checkpoint(self, *, rewrite: bool = False) -> None:
        """Move the write-ahead log into the file and empty it, so that nothing deleted stays readable there. A log that other connections
        still read is emptied by a later call. `rewrite`: write the file anew, because balancing pages leaves old copies of rows in them."""
        with self.errors():
            if rewrite:
                self.get().execute("VACUUM")
            self.get().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connections of all threads; `get` opens new ones."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._local = threading.local()
