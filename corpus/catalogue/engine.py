"""Opening a store: SQLite files with the settings the project needs, PostgreSQL by URL, and transactions that read or write.

The sqlite3 module begins transactions by itself, late and not before a SELECT, so it is switched to leave that to us
(`isolation_level=None`) and BEGIN is sent here: a reading transaction sees one state from its first SELECT to its end, a writing one takes
the lock before it looks (BEGIN IMMEDIATE), so that what it read is still so when it writes. See "SQLite transaction control" in the
documentation of SQLAlchemy's SQLite dialect.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from corpus.catalogue.failures import failure, translated
from corpus.errors import SettingError, StoreError, StoreReadOnly

BUSY_SECONDS = 8.0
_WRITE = "jindianzi_write"


class Store:
    """An opened database: hands out connections in a transaction and turns every database error into one of ours.

    One object may be used by many threads (each transaction has a connection of its own), not across a fork.
    """

    def __init__(self, engine: Engine, where: str, path: Path | None, *, read_only: bool) -> None:
        self.where = where
        self.path = path
        self.read_only = read_only
        self.sqlite = path is not None
        self._engine = engine
        self._read = engine if self.sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        self._write = engine.execution_options(**{_WRITE: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store and never blocks a writer, nor waits for one."""
        with translated(self.where), self._read.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed whole, or rolled back whole when anything is raised inside."""
        if self.read_only:
            raise failure(StoreReadOnly, self.where)
        with translated(self.where), self._write.begin() as connection:
            yield connection

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The SQLite connection itself, outside of a transaction, for what SQL cannot say (backup, checkpoint)."""
        with translated(self.where):
            borrowed = self._engine.raw_connection()
            try:
                connection = borrowed.driver_connection
                if not isinstance(connection, sqlite3.Connection):
                    raise StoreError("这项操作只适用于 SQLite 库", where=self.where, en="only for SQLite")
                yield connection
            finally:
                borrowed.close()

    def use_wal(self) -> None:
        """Keep a write-ahead log from now on: a property of the file, set once it is known to be ours.

        The switch does not wait for locks by itself when several processes open a new file at once.
        """
        if not self.sqlite or self.read_only:
            return
        until = time.monotonic() + BUSY_SECONDS
        with self.raw() as connection:
            while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                try:
                    connection.execute("PRAGMA journal_mode=WAL")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                    time.sleep(0.02)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


def connect(url: str, *, read_only: bool = False) -> Store:
    """Open `url` without looking at what it holds.

    Raises SettingError for a URL that is none of `sqlite:///file` and `postgresql+psycopg://...`, and the StoreError kinds.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return connect_file(Path(parsed.database or ""), read_only=read_only)
    return Store(_postgres_engine(parsed, read_only=read_only), parsed.render_as_string(hide_password=True), None, read_only=read_only)


def connect_file(path: Path, *, read_only: bool = False) -> Store:
    """Open the SQLite file `path`, as `connect` does."""
    path = path.absolute()
    return Store(sqlite_engine(path, read_only=read_only), str(path), path, read_only=read_only)


def _parse(url: str) -> URL:
    remedy = "写成 sqlite:///文件路径 或 postgresql+psycopg://用户:密码@主机/库名"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingError("库的地址写法不对", where="JINDIANZI_STORE", remedy=remedy, en="not a store URL") from error
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "sqlite+pysqlite") and parsed.database not in (None, "", ":memory:"):
        return parsed
    if parsed.drivername != "postgresql+psycopg":
        raise SettingError("库的地址写法不对", where="JINDIANZI_STORE", remedy=remedy, en="not a store URL")
    return parsed


def sqlite_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the SQLite file `path` with the settings every writer of that file must have (WAL, FULL, secure_delete).

    `read_only`: never writes, also where file or folder cannot be written; the file must be there.
    """
    if read_only and not path.exists():
        raise StoreError("还没有库", where=str(path), remedy="先用 jindianzi ingest 读入文件", en="no store yet")
    if not read_only:
        _writable(path)
    engine = create_engine(
        "sqlite://", creator=_connector(path, read_only), poolclass=QueuePool, pool_size=8, max_overflow=-1, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")  # what is sorted does not reach a temporary file
        if read_only:
            connection.execute("PRAGMA query_only=ON")
            return
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITE) else "BEGIN")

    return engine


def _writable(path: Path) -> None:
    with_file = path if path.exists() else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(StoreReadOnly, str(path)) from error
    if path.is_dir():
        raise StoreError("这是文件夹，不是库文件", where=str(path), remedy="在 JINDIANZI_STORE 里写明文件名", en="a folder, not a file")
    if not os.access(path.parent, os.W_OK) or (with_file and not os.access(with_file, os.W_OK)):
        raise failure(StoreReadOnly, str(path))


def _connector(path: Path, read_only: bool) -> Callable[[], sqlite3.Connection]:
    mode = "?mode=rwc"
    if read_only:
        # In a folder that cannot be written SQLite has no place for the index of its log; without a log there is nothing to index.
        settled = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        mode = "?immutable=1" if settled else "?mode=ro"
    address = path.as_uri() + mode
    options: dict[str, Any] = {"uri": True, "timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False}
    if sys.version_info >= (3, 12):
        options["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL

    def connector() -> sqlite3.Connection:
        opened: sqlite3.Connection = sqlite3.connect(address, **options)
        return opened

    return connector


def _postgres_engine(url: URL, *, read_only: bool) -> Engine:
    try:
        engine = create_engine(url, pool_size=8, max_overflow=16, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise SettingError(
            "缺少 PostgreSQL 的驱动", where="JINDIANZI_STORE", remedy='运行 pip install "jindianzi[postgres]"', en="psycopg is missing"
        ) from error

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _entry: ConnectionPoolEntry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{int(BUSY_SECONDS)}s'")
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return engine
