"""Which version a store has, and bringing an older one up to date: checked at every opening, migrated by Alembic only where needed."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select, table, text
from sqlalchemy import column as named

from corpus.catalogue import schema
from corpus.catalogue.engine import Store
from corpus.catalogue.failures import failure
from corpus.catalogue.feed import MIGRATION_LOCK, lock
from corpus.errors import StoreDamaged, StoreReadOnly, StoreTooNew

HEAD: Final = "0004"
KNOWN: Final = ("0001", "0002", "0003", HEAD)  # every revision in migrations/versions, oldest first
VERSION_TABLE: Final = "jindianzi_version"
IDENTITY: Final = "identity"

_ALEMBIC = threading.Lock()  # its environment is global
_version = table(VERSION_TABLE, named("version_num"))


def stored(connection: Connection, where: str) -> str | None:
    """The version of the store, None where it is empty. Raises StoreDamaged for somebody else's database, StoreTooNew for a later one."""
    look = inspect(connection)
    if not look.has_table(VERSION_TABLE):
        present = set(look.get_table_names())
        if present & schema.TABLES or (present and connection.dialect.name == "sqlite"):
            raise failure(StoreDamaged, where)
        return None
    version = connection.scalar(select(_version.c.version_num))
    if version is None:
        raise failure(StoreDamaged, where)
    if version not in KNOWN:
        raise StoreTooNew(
            f"库由更新版本的程序建立（库版本 {version}，本程序最高 {HEAD}）",
            where=where,
            remedy="升级 jindianzi 后再打开，或换一个库（JINDIANZI_STORE）",
            en="made by a newer version of the program",
        )
    return str(version)


def prepare(store: Store) -> None:
    """Make sure that the store has the newest version; two processes that open an empty one at once wait for each other."""
    with store.reading() as connection:
        version = stored(connection, store.where)
    if version != HEAD:
        _update(store)
    store.use_wal()


def _update(store: Store) -> None:
    if store.read_only:
        raise StoreReadOnly(
            "库是空的或由旧版本建立，只读方式下不能更新",
            where=store.where,
            remedy="先以可写方式打开一次（如 jindianzi status）",
            en="needs a migration, which reading cannot do",
        )
    with store.writing() as connection:
        lock(connection, MIGRATION_LOCK)
        if stored(connection, store.where) != HEAD:
            migrate(connection)


def migrate(connection: Connection, target: str = "head") -> None:
    """Run the migrations up to `target` inside the transaction of `connection`."""
    from alembic import command  # 0.2 s, and only a new or an old store needs it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ALEMBIC:
        command.upgrade(config, target)
    renew_identity(connection)


def renew_identity(connection: Connection) -> None:
    """Give the store a new random identity, so that projections kept elsewhere see that its feed is not the one they followed."""
    connection.execute(text("DELETE FROM meta WHERE key = :key"), {"key": IDENTITY})
    connection.execute(schema.meta.insert(), {"key": IDENTITY, "value": uuid.uuid4().hex})
