"""Questions to the graph as a whole, and its export, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Call

from search_api.graph_export import FORMATS

TEXT = """南桥街道菱角里社区加装电梯

浙江省杭州市上城区南桥街道菱角里社区有住宅18栋。2021年3月，居民提出加装电梯，也有人担心噪声扰民。
南桥街道会同上城区住房和城乡建设局开展协商议事，先后召开三次协商会。
2022年6月，加装电梯的问题得到解决，居民投诉由38件下降到11件。
"""


@pytest.fixture
def library(call: Call, tmp_path: Path) -> Call:
    (tmp_path / "成.txt").write_text(TEXT, encoding="utf-8")
    assert call("ingest", tmp_path / "成.txt").status == 0
    return call


def test_questions_print_the_body_of_the_api_or_sentences(library: Call) -> None:
    questions: dict[str, tuple[str, ...]] = {
        "uses": ("method", "协商议事"),
        "partners": ("partners", "杭州市"),
        "pairs": ("issues", "加装电梯", "--least", "1"),
        "contrasts": ("contrast", "--issue", "加装电梯"),
        "entries": ("timeline", "成.txt"),
    }
    for name, question in questions.items():
        body = library("graph", *question, "--json").body
        assert isinstance(body[name], list), question
        shown = library("graph", *question)
        assert shown.status == 0, shown.err
        for sentence in {"开展协商议事，先后召开三次协商会"} if name in ("uses", "partners") else set():
            assert sentence in shown.out
    assert "2022-06" in library("graph", "timeline", "成.txt").out
    assert "不说明因果" in library("graph", "issues").out
    assert "结果不同" in library("graph", "contrast").out


def test_a_wrong_question_says_what_to_do(library: Call) -> None:
    for question in (("timeline",), ("timeline", "成.txt", "--place", "杭州市"), ("method", "没有过"), ("partners", "没有这个县")):
        asked = library("graph", *question)
        assert asked.status == 2
        assert asked.err.count("。") >= 1


def test_neighbours_of_one_type(library: Call) -> None:
    rows = library("neighbours", "加装电梯", "--type", "case", "--json").body["rows"]
    assert {row["node"]["type"] for row in rows} == {"case"}
    assert library("neighbours", "加装电梯", "--relation", "part_of", "--json").body["rows"] == []
    assert library("neighbours", "加装电梯", "--type", "animal").status == 2


@pytest.mark.parametrize("form", FORMATS)
def test_the_graph_is_exported_instead(library: Call, tmp_path: Path, form: str) -> None:
    body = library("export", tmp_path / "出", "--graph", form, "--json").body
    files = {str(path.relative_to(tmp_path / "出")) for path in (tmp_path / "出").rglob("*") if path.is_file()}
    assert files == set(body["files"])
    assert body["nodes"] > 0 < body["edges"]
    assert str(body["edges"]) in library("export", tmp_path / "出", "--graph", form).out


def test_the_export_of_lines_stays_what_it_was(library: Call, tmp_path: Path) -> None:
    written = library("export", tmp_path / "出", "--json").body
    assert set(written) == {"reports.jsonl", "entities.jsonl", "facts.jsonl"}
    assert library("export", tmp_path / "出", "--graph", "csv", "--source").status == 2
    assert library("export", tmp_path / "出", "--graph", "dot").status == 2


def test_samples_are_marked_in_the_graph(call: Call, tmp_path: Path) -> None:
    assert call("samples", "load").status == 0
    call("export", tmp_path, "--graph", "jsonld")
    rows = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert all(row["sample"] for row in rows if "@type" in row)
    body = call("graph", "issues", "--json").body
    assert all(example["case"]["sample"] for pair in body["pairs"] for example in pair["examples"])
    assert "虚构" in call("graph", "issues").out
