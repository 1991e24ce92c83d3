"""The command line run in this process, on a store of its own, with the bundled model."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Call, Done

from search_api.cli import run


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run one command line in an empty working folder; the store is `store.db` there."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("DATABASE_URL", "NEO4J_URI", "ELASTICSEARCH_URL", "JINDIANZI_USER", "JINDIANZI_GRAPH", "JINDIANZI_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JINDIANZI_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("JINDIANZI_MODEL", "use")
    monkeypatch.setenv("JINDIANZI_WORKERS", "0")  # this process, which starts sooner; tests/unit/test_workers.py has the others

    def called(*arguments: str) -> Done:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Done(status, printed.out, printed.err)

    return called
