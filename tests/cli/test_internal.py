"""What is marked as internal stays in the house, and what an earlier version read without looking for marks is not given away."""

from __future__ import annotations

from pathlib import Path

import invented
import pytest
from commands import Call
from sqlalchemy import create_engine, text

OPEN, INTERNAL = "公开.txt", "内部.txt"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / OPEN).write_text(invented.report(1), encoding="utf-8")
    (folder / INTERNAL).write_text("内部资料 注意保管\n" + invented.report(2), encoding="utf-8")
    return folder


def sources(folder: Path, name: str = "reports.jsonl") -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_internal_reports_are_exported_only_when_asked_for(call: Call, reports: Path, tmp_path: Path) -> None:
    assert call("ingest", reports).status == 0
    assert call("export", tmp_path / "出", "--source").status == 0
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "出").iterdir()))
    assert OPEN in whole
    assert INTERNAL not in whole
    shown = call("show", INTERNAL, "--json").body
    assert shown["handling"] == "内部资料"
    assert shown["id"] not in whole
    for fact in shown["facts"]:
        assert fact["sentence"] not in whole or fact["sentence"] in sources(tmp_path / "出")
    assert call("export", tmp_path / "全", "--internal").status == 0
    assert INTERNAL in sources(tmp_path / "全")


def test_nothing_is_given_away_that_was_read_by_an_earlier_version(call: Call, reports: Path, tmp_path: Path) -> None:
    assert call("ingest", reports).status == 0
    engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE reading SET pipeline = '1-old'"))
    engine.dispose()
    refused = call("export", tmp_path / "出")
    assert refused.status == 2
    assert "reread" in refused.err
    assert call("reread").status == 0
    assert call("export", tmp_path / "出").status == 0
    assert INTERNAL not in sources(tmp_path / "出")
