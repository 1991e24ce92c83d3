"""Migrations make the tables that the code expects, on each engine, and what is no store of ours is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from readings import incoming
from sqlalchemy import create_engine, text

import corpus.catalogue.migrations
from corpus.catalogue import Catalogue, versions
from corpus.catalogue.schema import metadata
from corpus.errors import StoreDamaged, StoreReadOnly, StoreTooNew


def run(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_migrated_tables_are_those_of_the_schema(store_url: str) -> None:
    engine = create_engine(store_url)
    with engine.connect() as connection:
        options = {"version_table": versions.VERSION_TABLE, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    if engine.dialect.name == "sqlite":  # it has no identity columns, which older Alembics take for a difference
        differences = [one for one in differences if not (isinstance(one, list) and one[0][0] == "modify_default")]
    assert differences == []


def test_the_known_versions_are_the_migrations_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.catalogue.migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(versions.KNOWN)
    assert scripts.get_current_head() == versions.HEAD


def test_a_new_store_is_made_once(empty_url: str) -> None:
    with Catalogue.open(empty_url) as first:
        first.put_many([incoming("题\n内容。")])
        identity = first.meta("identity")
    with Catalogue.open(empty_url) as again:
        assert again.counts()["reports"] == 1
        assert again.meta("identity") == identity
    with Catalogue.open(empty_url, read_only=True) as reader:
        assert reader.counts()["reports"] == 1
        with pytest.raises(StoreReadOnly):
            reader.set_meta("a", "b")


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store_url: str) -> None:
    table = versions.VERSION_TABLE
    run(store_url, f"UPDATE {table} SET version_num = '9999'")
    try:
        for read_only in (False, True):
            with pytest.raises(StoreTooNew, match="9999"):
                Catalogue.open(store_url, read_only=read_only)
    finally:
        run(store_url, f"UPDATE {table} SET version_num = '{versions.HEAD}'")


def test_somebody_elses_tables_are_left_alone(empty_url: str) -> None:
    run(empty_url, "CREATE TABLE report (name TEXT)")
    with pytest.raises(StoreDamaged):
        Catalogue.open(empty_url)
    run(empty_url, "INSERT INTO report VALUES ('theirs')")
