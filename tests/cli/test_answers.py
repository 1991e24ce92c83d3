"""Asking on the command line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import docx
import invented
import pytest
from commands import Call


@pytest.fixture
def library(call: Call, tmp_path: Path) -> Call:
    invented.write(tmp_path / "案例", range(12))
    (tmp_path / "名 字.txt").write_text(invented.report(40), encoding="utf-8")
    assert call("ingest", tmp_path / "案例", tmp_path / "名 字.txt").status == 0
    return call


def test_search_prints_the_body_of_the_api(library: Call) -> None:
    body = library("search", "小区停车位不够", "-k", "3", "--json").body
    assert set(body) >= {"hits", "facets", "filters", "next", "degraded", "verdict"}
    assert len(body["hits"]) == 3
    best = body["hits"][0]
    assert set(best) >= {"report", "source", "case", "title", "score", "place", "year", "passages", "reasons", "sample"}
    passage = best["passages"][0]
    text = library("show", best["report"], "--json").body["text"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    for start, end in passage["highlights"]:
        assert passage["text"][start:end].strip()


def test_a_run_is_in_the_form_of_trec(library: Call, tmp_path: Path) -> None:
    queries = [{"id": "q1", "text": "加装电梯"}, {"id": "q 2", "text": "楼道堆物"}, {"id": "q3", "text": "停"}]
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(json.dumps(query) for query in queries), encoding="utf-8")
    assert library("search", "--batch", path, "--run", tmp_path / "run.trec", "-k", "100").status == 0
    lines = [line.split() for line in (tmp_path / "run.trec").read_text(encoding="utf-8").splitlines()]
    assert all(len(line) == 6 and line[1] == "Q0" and line[5] == "jindianzi" for line in lines)
    for identifier in ("q1", "q%202", "q3"):
        mine = [line for line in lines if line[0] == identifier]
        assert [int(line[3]) for line in mine] == list(range(1, len(mine) + 1))
        scores = [float(line[4]) for line in mine]
        assert all(first > second for first, second in pairwise(scores))
        assert len({line[2] for line in mine}) == len(mine) > 0
    assert "名%20字.txt" in {line[2] for line in lines}


@pytest.mark.parametrize("query", ["梯", "!!！？", "𠮷𠮷", "SELECT * FROM report; --", 'a AND "b', "加裝電梯", "电" * 20_000, " "])
def test_any_query_is_answered(library: Call, query: str) -> None:
    done = library("search", query, "--json")
    assert done.status == 0
    assert done.body["verdict"] in ("found", "none")


def test_a_query_that_is_too_long_says_so(library: Call) -> None:
    done = library("search", "电" * 20_001)
    assert done.status == 2
    assert "20,000" in done.err or "20000" in done.err


def test_one_character_finds(library: Call) -> None:
    hits = library("search", "梯", "--json").body["hits"]
    assert any("梯" in passage["text"] for passage in hits[0]["passages"])


def test_precedents_of_a_situation(library: Call, tmp_path: Path) -> None:
    path = tmp_path / "情况.txt"
    path.write_text("我社区三幢居民想加装电梯，一楼两户担心采光，坚决反对，已上访两次，请问别处怎么处理。", encoding="gb18030")
    body = library("precedents", path, "-k", "2", "--json").body
    assert "加装电梯" in body["hits"][0]["title"]
    assert body["hits"][0]["aspects"]
    for aspect in body["hits"][0]["aspects"]:
        assert {"aspect", "label", "mine", "theirs"} <= aspect.keys()


def test_precedents_of_a_word_file_and_of_a_web_page(library: Call, tmp_path: Path) -> None:
    told = "我社区三幢居民想加装电梯，一楼两户担心采光，坚决反对，已上访两次，请问别处怎么处理。"
    document = docx.Document()
    document.add_paragraph(told)
    document.save(str(tmp_path / "情况.docx"))
    (tmp_path / "情况.html").write_text(f"<html><body><script>x()</script><p>{told}</p></body></html>", encoding="utf-8")
    for name in ("情况.docx", "情况.html"):
        done = library("precedents", tmp_path / name, "-k", "1", "--json")
        assert done.status == 0
        assert "加装电梯" in done.body["hits"][0]["title"]
    (tmp_path / "坏.docx").write_bytes((tmp_path / "情况.docx").read_bytes()[:500])
    assert library("precedents", tmp_path / "坏.docx").status == 2


def test_a_batch_that_fails_leaves_no_run(library: Call, tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text('{"id": "a", "text": "电梯\u2028加装"}\n{"id": "b", "text": "' + "电" * 20_001 + '"}', "utf-8")
    assert library("search", "--batch", tmp_path / "queries.jsonl", "--run", tmp_path / "run.trec").status == 2
    assert not list(tmp_path.glob("run.trec*"))


def test_show_facts_and_neighbours(library: Call) -> None:
    shown = library("show", "000001.txt")
    assert shown.status == 0
    assert "做法步骤" in shown.out
    facts = library("facts", "000001.txt", "--type", "measure", "--json").body["facts"]
    assert facts
    assert {fact["type"] for fact in facts} == {"measure"}
    actors = [fact for fact in library("facts", "000001.txt", "--type", "actor", "--json").body["facts"] if fact.get("entity")]
    body = library("neighbours", actors[0]["entity"], "--json").body
    assert body["rows"]
    assert all(row["evidence"] for row in body["rows"] if row["relation"] != "has_case")
    assert library("neighbours", "不存在的主体").status == 2


def test_a_path_leads_from_one_to_the_other(library: Call) -> None:
    reports = {fact["report"] for fact in library("facts", "000001.txt", "--type", "issue", "--json").body["facts"]}
    issue = library("facts", "000001.txt", "--type", "issue", "--json").body["facts"][0]["entity"]
    report = reports.pop()
    body = library("path", report, issue, "--json").body
    assert body["end"]["id"] == issue
    assert body["paths"]
    for path in body["paths"]:
        at = report
        for step in path["steps"]:
            assert step["from"] == at
            at = step["node"]["id"]
        assert at == issue
    assert "→" in library("path", report, issue).out
    assert library("path", issue, "不存在的主体").status == 2


def test_help_and_errors_in_both_languages(call: Call) -> None:
    assert "读入文件" in call("--help").out
    assert "Read files" in call("--lang", "en", "--help").out
    assert call("nonsense").status == 2
    assert call("search").status == 2
    assert "--channel" in call("search", "--channel", "x", "y").err
    assert call("--lang", "en", "show", "zzz").err == "zzz: no such report\n"


def test_a_store_without_reports_answers_none(call: Call) -> None:
    body = call("search", "加装电梯", "--json").body
    assert (body["hits"], body["verdict"]) == ([], "none")


def test_an_index_that_is_behind_says_so(call: Call, tmp_path: Path) -> None:
    invented.write(tmp_path / "案例", range(2))
    assert call("ingest", tmp_path / "案例", "--no-wait").status == 0
    assert any("索引" in remark for remark in call("search", "加装电梯", "--json").body["degraded"])
    assert call("sync").status == 0
    assert call("search", "加装电梯", "--json").body["degraded"] == []
