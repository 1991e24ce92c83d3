"""The samples: loaded into two collections, marked as invented everywhere, asked three questions, removed."""

from __future__ import annotations

import json
from pathlib import Path

from commands import Call

from search_api.samples import QUESTIONS, REPORTS, SUBMISSIONS


def test_samples_from_loading_to_removal(call: Call, tmp_path: Path) -> None:
    loaded = call("samples", "load", "--json").body
    assert {name: len(result["new"]) for name, result in loaded.items()} == {REPORTS: 24, SUBMISSIONS: 12}
    assert not any(result["set_aside"] for result in loaded.values())

    body = call("search", "加装电梯 一楼反对", "--json").body
    assert body["hits"]
    assert all(hit["sample"] and "示例（虚构）" in hit["notice"] for hit in body["hits"])
    assert call("export", tmp_path / "out", "--source").status == 0
    for name in ("reports", "entities", "facts", "sources"):
        for line in (tmp_path / "out" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            assert "示例（虚构）" in json.loads(line)["notice"]
    near = call("neighbours", "桐花里社区", "--json").body
    assert all("示例（虚构）" in node["notice"] for node in (near["entity"], *(row["node"] for row in near["rows"])))
    for command in (("neighbours", "桐花里社区"), ("facts", "AL-2020-004")):
        assert "示例（虚构）" in call(*command).out

    answers = call("samples", "ask")
    assert answers.status == 0
    assert all(question in answers.out for question in QUESTIONS)
    assert "示例（虚构）" in answers.out

    (tmp_path / "自己的").mkdir()
    (tmp_path / "自己的" / "一.txt").write_text("某社区清理楼道堆物的情况。", encoding="utf-8")
    assert call("ingest", tmp_path / "自己的").status == 2
    assert call("samples", "load", "--json").body[REPORTS]["unchanged"]
    assert call("samples", "remove", "--json").body["removed"] == 36
    assert call("status", "--json").body["counts"]["reports"] == 0
    assert call("ingest", tmp_path / "自己的").status == 0
