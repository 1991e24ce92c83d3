"""What a database says, turned into the project's own errors: nothing of SQLAlchemy, sqlite3 or psycopg leaves the catalogue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from corpus.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreReadOnly

_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
}
# PostgreSQL, appendix A, "PostgreSQL Error Codes"
_SQLSTATE: dict[str, type[StoreError]] = {
    "25006": StoreReadOnly,  # read_only_sql_transaction
    "40001": StoreLocked,  # serialization_failure
    "40P01": StoreLocked,  # deadlock_detected
    "42501": StoreReadOnly,  # insufficient_privilege
    "53100": StoreFull,  # disk_full
    "55P03": StoreLocked,  # lock_not_available
    "XX001": StoreDamaged,  # data_corrupted
    "XX002": StoreDamaged,  # index_corrupted
}
_MESSAGES: dict[type[StoreError], tuple[str, str, str]] = {
    StoreLocked: ("库被另一个程序占用太久", "等它写完，或结束那个程序后再试", "the store is held by another process"),
    StoreReadOnly: ("库只能读，不能写", "检查文件和所在文件夹的写权限，或换一个库（JINDIANZI_STORE）", "the store cannot be written"),
    StoreFull: (
        "磁盘已满，本次改动没有写入",
        "腾出空间后重新运行，已写入的内容不受影响",
        "no space left, nothing of this change was written",
    ),
    StoreDamaged: (
        "不是本程序的库，或文件已损坏",
        "用 jindianzi restore 恢复备份，或换一个库（JINDIANZI_STORE）",
        "not a store, or a damaged one",
    ),
    StoreError: ("库不能完成这次操作", "检查磁盘和数据库服务是否正常，再试一次", "the store cannot do it"),
}


def failure(kind: type[StoreError], where: str, detail: str = "") -> StoreError:
    """The error `kind` with its standing message; `detail` (a database's own words, without data) is put in brackets."""
    what, remedy, en = _MESSAGES[kind]
    return kind(f"{what}（{detail}）" if detail else what, where=where, remedy=remedy, en=en)


def translate(error: Exception, where: str) -> StoreError:
    """The error of our tree for one that a database raised."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        kind = _SQLITE.get(code & 0xFF, StoreError) if isinstance(code, int) else StoreError
    else:
        kind = _SQLSTATE.get(str(getattr(original, "sqlstate", "")), StoreError)
    return failure(kind, where, str(original).splitlines()[0] if kind is StoreError and str(original) else "")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise what a database raises inside as the error of our tree that fits it."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise translate(error, where) from error
    except UnicodeEncodeError as error:  # from a driver that is given half of a surrogate pair
        raise failure(StoreError, where, "文字中有不能保存的字符") from error
