"""Fixtures that several suites share.

Strategy: nothing is mocked. A catalogue is a real SQLite file in a temporary folder; where DATABASE_URL names a PostgreSQL database, the
same tests run there too, in a schema of their own that is dropped afterwards. The tables are made once a session (a template file, a
schema that is emptied), because migrating takes longer than most tests.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from locations import sqlite_url
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from corpus.catalogue import Catalogue
from corpus.catalogue.schema import feed, judgement, metadata

NO_POSTGRES = (
    "PostgreSQL not tried: set DATABASE_URL=postgresql+psycopg://user:password@host/database (docker compose up -d postgres starts one)"
)

# The same examples every time, so that a run says something about the change it follows; `make soak` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile(os.environ.get("JINDIANZI_EXAMPLES", "same"))


def _has_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs PostgreSQL where there is none, by a mark: pytest then says so once a file, not once a test."""
    if _has_postgres():
        return
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "postgresql" in callspec.params.values():
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRES))


def _schema() -> Iterator[str]:
    """URL of a new, empty schema in the PostgreSQL database of DATABASE_URL."""
    if not _has_postgres():
        pytest.skip(NO_POSTGRES)
    url = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{name}"'))
    yield url.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{name}" CASCADE'))
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store in which nothing has been written yet."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    with Catalogue.open(sqlite_url(path)) as catalogue:
        catalogue.checkpoint()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    schema = _schema()
    url = next(schema)
    Catalogue.open(url).close()
    yield url
    next(schema, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a store with tables and nothing in them, on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "库.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield sqlite_url(path)
        return
    url: str = request.getfixturevalue("postgres_template")
    yield url
    engine = create_engine(url)
    with engine.begin() as connection:  # TRUNCATE would make new files for every table
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for table in (feed, judgement):
            connection.execute(text(f"ALTER TABLE {table.name} ALTER COLUMN number RESTART"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a place for a store that nobody has opened yet, on each engine."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "库.db")
    else:
        yield from _schema()


@pytest.fixture
def catalogue(store_url: str) -> Iterator[Catalogue]:
    with Catalogue.open(store_url) as opened:
        yield opened
