"""Reading files in, again, changed, withdrawn, corrected; what is exported afterwards."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import sys
from pathlib import Path

import invented
import pytest
from commands import Call

from corpus.catalogue import Catalogue


def exported(call: Call, folder: Path) -> dict[str, list[dict[str, object]]]:
    assert call("export", folder, "--source").status == 0
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in sorted(folder.glob("*.jsonl"))
    }


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    invented.write(tmp_path / "案例", range(6))
    return tmp_path / "案例"


def test_reading_again_changes_no_row(call: Call, reports: Path, tmp_path: Path) -> None:
    first = call("ingest", reports, "--json")
    assert (first.status, len(first.body["new"])) == (0, 6)
    dump = rows(tmp_path / "store.db")
    again = call("ingest", reports, "--json")
    assert (again.status, len(again.body["unchanged"])) == (0, 6)
    assert rows(tmp_path / "store.db") == dump


def rows(store: Path) -> list[str]:
    """Every row of every table, as SQL."""
    connection = sqlite3.connect(store)
    dump = list(connection.iterdump())
    connection.close()
    return dump


def test_a_changed_file_changes_only_what_came_from_it(call: Call, reports: Path, tmp_path: Path) -> None:
    call("ingest", reports)
    before = exported(call, tmp_path / "before")
    (reports / "000003.txt").write_text(invented.report(77), encoding="utf-8")
    assert call("ingest", reports, "--json").body["changed"] == ["000003.txt"]
    after = exported(call, tmp_path / "after")
    changed = {row["id"] for row in before["reports"] if row["source"] == "000003.txt"}
    for name, column in (("reports", "id"), ("facts", "report"), ("sources", "report")):
        kept = [[unlinked(row) for row in rows[name] if row[column] not in changed] for rows in (before, after)]
        assert kept[0] == kept[1]
    assert "第77号" in next(str(row["text"]) for row in after["reports"] if row["source"] == "000003.txt")


def unlinked(row: dict[str, object]) -> dict[str, object]:
    """Without the entities: the id of one may change when another report joins it, and leads on."""
    return {name: value for name, value in row.items() if not name.endswith("entity")}


def test_any_order_of_arrival_gives_the_same_export(call: Call, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("ingest", reports)
    assert call("export", tmp_path / "straight", "--source").status == 0
    monkeypatch.setenv("JINDIANZI_STORE", f"sqlite:///{tmp_path / 'other.db'}")
    names = sorted(path.name for path in reports.iterdir())
    random.Random(4).shuffle(names)
    for name in names:
        assert call("ingest", reports / name).status == 0
    assert call("export", tmp_path / "shuffled", "--source").status == 0
    for path in (tmp_path / "straight").iterdir():
        assert path.read_bytes() == (tmp_path / "shuffled" / path.name).read_bytes(), path.name


def test_every_fact_stands_where_it_says(call: Call, reports: Path, tmp_path: Path) -> None:
    call("ingest", reports)
    rows = exported(call, tmp_path / "out")
    texts = {row["id"]: str(row["text"]) for row in rows["reports"]}
    sources = {row["report"]: str(row["text"]) for row in rows["sources"]}
    assert rows["facts"]
    for fact in rows["facts"]:
        text, start, end = texts[fact["report"]], int(str(fact["start"])), int(str(fact["end"]))
        assert text[int(str(fact["sentence_start"])) : int(str(fact["sentence_end"]))] == fact["sentence"]
        assert text[start:end] == sources[fact["report"]][int(str(fact["source_start"])) : int(str(fact["source_end"]))]


def test_a_deleted_report_leaves_no_trace(call: Call, reports: Path, tmp_path: Path) -> None:
    words = ["独特的名字", "蓝鲸里的住户推选出代表", "蓝鲸恳谈会"]
    (reports / f"{words[0]}.txt").write_text(f"{invented.report(500)}\n{words[1]}，开了三次{words[2]}。\n", encoding="utf-8")
    call("ingest", reports)
    raw = (tmp_path / "store.db").read_bytes()
    assert all(word.encode() in raw for word in words)
    assert call("delete", "独特的名字.txt", "--why", "重复", "--as", "审核员").status == 0
    for path in tmp_path.glob("store.db*"):
        assert not any(word.encode() in path.read_bytes() for word in words), path.name
    assert call("status", "--json").body["counts"]["reports"] == 6
    again = call("ingest", reports, "--json").body
    assert again["withdrawn"] == ["独特的名字.txt"]
    assert call("ingest", reports, "--restore", "--json").body["new"] == ["独特的名字.txt"]


def test_deleting_needs_a_reason_and_a_name(call: Call, reports: Path) -> None:
    call("ingest", reports)
    assert call("delete", "000001.txt").status == 2
    unsigned = call("delete", "000001.txt", "--why", "重复")
    assert unsigned.status == 2
    assert "JINDIANZI_USER" in unsigned.err


def test_a_correction_survives_reading_again(call: Call, reports: Path) -> None:
    call("ingest", reports)
    assert call("correct", "000002.txt", "title=更正后的标题", "published=2020-05-01", "--as", "编辑").status == 0
    (reports / "000002.txt").write_text(invented.report(2) + "\n又及。\n", encoding="utf-8")
    assert call("ingest", reports, "--json").body["changed"] == ["000002.txt"]
    body = call("show", "000002.txt", "--json").body
    assert (body["title"], body["published"]) == ("更正后的标题", "2020-05-01")
    assert call("correct", "000002.txt", "颜色=红", "--as", "编辑").status == 2


def test_a_correction_holds_for_the_case_that_the_report_tells(call: Call, reports: Path, tmp_path: Path) -> None:
    call("ingest", reports)
    assert call("correct", "000002.txt", "title=更正后的标题", "kind=proposal", "stage=设想", "--as", "编辑").status == 0
    [case] = call("show", "000002.txt", "--json").body["cases"]
    assert (case["title"], case["kind"], case["stage"]) == ("更正后的标题", "proposal", "设想")
    hits = call("search", "更正后的标题", "--json").body["hits"]
    assert hits[0]["case_title"] == "更正后的标题"
    assert call("export", tmp_path / "out").status == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [case] in [row["cases"] for row in rows]


def test_no_wait_returns_after_the_commit_and_sync_catches_up(call: Call, reports: Path) -> None:
    assert call("ingest", reports, "--no-wait").status == 0
    body = call("status", "--json").body
    assert body["counts"]["reports"] == 6
    assert body["behind"]["index"] > 0
    assert call("sync").status == 0
    assert set(call("status", "--json").body["behind"].values()) == {0}


def test_prune_proposes_and_deletes_nothing(call: Call, reports: Path) -> None:
    call("ingest", reports)
    (reports / "000004.txt").unlink()
    assert call("ingest", reports, "--prune", "--json").body["missing"] == ["000004.txt"]
    assert call("status", "--json").body["counts"]["reports"] == 6


def test_a_list_of_files_on_standard_input(call: Call, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = "\n".join(str(path) for path in sorted(reports.iterdir())[:2])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(names.encode("utf-8")), encoding="utf-8"))
    assert call("ingest", "-", "--json").body["new"] == ["000000.txt", "000001.txt"]


def test_backup_and_restore(call: Call, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("ingest", reports)
    assert call("export", tmp_path / "before").status == 0
    assert call("backup", tmp_path / "b.db").status == 0
    monkeypatch.setenv("JINDIANZI_STORE", f"sqlite:///{tmp_path / 'restored.db'}")
    assert call("restore", tmp_path / "b.db").status == 0
    assert call("export", tmp_path / "after").status == 0
    for path in (tmp_path / "before").iterdir():
        assert path.read_bytes() == (tmp_path / "after" / path.name).read_bytes()
    assert set(call("status", "--json").body["behind"].values()) == {0}
    assert call("search", "农贸市场", "--json").body["hits"]


def test_rebuilding_finds_the_same(call: Call, reports: Path) -> None:
    call("ingest", reports)
    before = call("search", "楼道堆物怎么清", "--json").body["hits"]
    assert call("sync", "--rebuild").status == 0
    assert call("search", "楼道堆物怎么清", "--json").body["hits"] == before


def test_reread_reads_from_the_kept_bytes(call: Call, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("ingest", reports)
    assert call("export", tmp_path / "before").status == 0
    shutil.rmtree(reports)
    with Catalogue.open(f"sqlite:///{tmp_path / 'store.db'}") as catalogue:
        assert len(catalogue.stale("another version")) == 6
    monkeypatch.setattr("search_api.ingesting.PIPELINE", "another version")
    assert len(call("reread", "--json").body["unchanged"]) == 6
    assert call("export", tmp_path / "after").status == 0
    assert (tmp_path / "before" / "facts.jsonl").read_bytes() == (tmp_path / "after" / "facts.jsonl").read_bytes()
