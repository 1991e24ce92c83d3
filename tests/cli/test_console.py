"""The command as a process of its own: a console in GBK, a working folder in Chinese, output into a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import invented

ROOT = Path(__file__).parents[2]


def process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT), "JINDIANZI_MODEL": "use"}
    environment.pop("JINDIANZI_STORE", None)
    command = [sys.executable, "-m", "search_api.cli", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


def test_a_console_in_gbk_and_a_folder_in_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "工作 目录"
    folder.mkdir()
    (folder / "材料").mkdir()
    (folder / "材料" / "𠮷字路.txt").write_text("𠮷字路社区加装电梯\n\n" + invented.report(1), encoding="utf-8")
    read = process(folder, "ingest", "材料")
    assert read.returncode == 0, read.stderr.decode("gbk")
    assert read.stdout.decode("gbk").startswith("新增 1")
    found = process(folder, "search", "加装电梯")
    assert found.returncode == 0, found.stderr.decode("gbk")
    assert "加装电梯" in found.stdout.decode("gbk")
    assert (folder / "var" / "jindianzi.db").is_file()
