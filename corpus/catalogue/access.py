"""An opened catalogue: how it is opened and closed, and the transactions that its methods run in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from corpus.catalogue import versions
from corpus.catalogue.engine import Store, connect
from corpus.catalogue.feed import Work


class Access:
    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open the store at `url` (`sqlite:///file`, `postgresql+psycopg://...`); a new one is made, an older one migrated.

        Raises SettingError for another URL, StoreTooNew, StoreDamaged, StoreReadOnly, StoreLocked, StoreFull. With `read_only` the store
        must be there and is not touched, also where file or folder cannot be written.
        """
        store = connect(url, read_only=read_only)
        try:
            versions.prepare(store)
        except BaseException:
            store.close()
            raise
        return cls(store)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    @property
    def where(self) -> str:
        """The file, or the URL without its password, for messages."""
        return self._store.where

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return self._store.path

    @property
    def read_only(self) -> bool:
        return self._store.read_only

    @contextmanager
    def _work(self) -> Iterator[Work]:
        with self._store.writing() as connection:
            work = Work(connection)
            yield work
            work.finish()
