"""What cannot be read or written: a message that names place and remedy, the rest of the batch goes on, nothing half-written stays."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path

import docx
import invented
import pytest
from commands import Call


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    invented.write(folder, range(2))
    (folder / "空.txt").write_bytes(b"")
    (folder / "空白.txt").write_text(" \n\u3000\n", encoding="utf-8")
    (folder / "二进制.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "怪编码.txt").write_bytes(b"\x80\xff\xfe\x81\xff" * 30 + "文字".encode("gb18030"))
    document = docx.Document()
    document.add_paragraph("一段文字。")
    document.save(str(folder / "好.docx"))
    (folder / "截断.docx").write_bytes((folder / "好.docx").read_bytes()[:2000])
    with zipfile.ZipFile(folder / "假.docx", "w") as archive:
        archive.writestr("hello.txt", "这不是 Word 文件，是一个改了名字的压缩包，里面有一段社区议事的文字。")
    rows = [json.dumps({"id": f"r{number}", "text": invented.report(number)}, ensure_ascii=False) for number in range(60)]
    rows[56] = '{"id": "r56", "text": '
    (folder / "表.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "代理.jsonl").write_text(
        '{"id": "s1", "text": "半个代理对 \\ud800 在这里。"}\n{"id": "s2", "text": "零 \\u0000 字符。"}\n', encoding="utf-8"
    )
    return folder


def test_what_is_bad_is_set_aside_and_the_rest_goes_on(call: Call, bad: Path) -> None:
    done = call("ingest", bad, "--json")
    assert done.status == 1
    body = done.body
    assert {"000000.txt", "000001.txt", "好.docx", "r0", "r59"} <= set(body["new"])
    reasons = {item["source"]: item for item in body["set_aside"]}
    codes = {source: item["code"] for source, item in reasons.items()}
    assert codes["空.txt"] == "empty"
    assert codes["空白.txt"] == "empty"
    assert codes["二进制.txt"] in ("unknown_format", "unknown_encoding")
    assert codes["截断.docx"] == "damaged"
    assert "假.docx/hello.txt" in body["new"]  # an archive, whatever it is called
    broken = next(item for item in reasons.values() if "表.jsonl" in item["message"])
    assert "57" in broken["message"]
    assert broken["code"] == "damaged"
    for item in reasons.values():
        assert len(item["message"]) > 10
    assert call("status", "--json").body["set_aside"]
    for source in ("空.txt", "截断.docx"):
        assert source not in {row["source"] for row in call("search", "文字", "-k", "100", "--json").body["hits"]}


def test_a_mended_file_is_no_longer_set_aside(call: Call, bad: Path) -> None:
    call("ingest", bad)
    (bad / "空.txt").write_text(invented.report(9), encoding="utf-8")
    assert "空.txt" in call("ingest", bad, "--json").body["new"]
    assert "空.txt" not in {item["source"] for item in call("status", "--json").body["set_aside"]}


def test_a_file_over_the_limit_is_refused_by_name(call: Call, tmp_path: Path) -> None:
    big = tmp_path / "大.txt"
    with big.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    done = call("ingest", big, "--json")
    assert done.status == 1
    item = done.body["set_aside"][0]
    assert (item["source"], item["code"]) == ("大.txt", "too_large")


def test_a_path_that_is_not_there(call: Call, tmp_path: Path) -> None:
    done = call("ingest", tmp_path / "没有.txt", "--json")
    assert done.status in (1, 2)
    assert "没有.txt" in done.out + done.err


def test_the_same_key_from_two_files(call: Call, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "报告.txt").write_text(invented.report(len(name)) + name, encoding="utf-8")
    body = call("ingest", tmp_path / "甲", tmp_path / "乙", "--json").body
    assert body["new"] == ["报告.txt"]
    assert body["set_aside"][0]["code"] == "duplicate_key"


def test_a_store_made_by_a_newer_version(call: Call, tmp_path: Path) -> None:
    call("status")
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("UPDATE jindianzi_version SET version_num = '9999_future'")
    connection.commit()
    connection.close()
    done = call("status")
    assert done.status == 3
    assert "store.db" in done.err


def test_a_store_that_is_no_database(call: Call, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"this is no database, it is a text" * 100)
    before = (tmp_path / "store.db").read_bytes()
    done = call("status")
    assert done.status == 3
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_locked_store(call: Call, tmp_path: Path) -> None:
    invented.write(tmp_path / "案例", range(1))
    call("status")
    holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        done = call("ingest", tmp_path / "案例")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert done.status == 3
    assert "store.db" in done.err
    assert call("ingest", tmp_path / "案例").status == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_store_that_may_only_be_read(call: Call, tmp_path: Path) -> None:
    invented.write(tmp_path / "案例", range(1))
    call("ingest", tmp_path / "案例")
    (tmp_path / "store.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert call("search", "社区").status == 0
        assert call("ingest", tmp_path / "案例").status == 3
    finally:
        tmp_path.chmod(0o755)


def test_graph_and_index_of_servers_are_refused(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://neo4j:secret@127.0.0.1:7687")
    done = call("status")
    assert done.status == 2
    assert "secret" not in done.err


def test_a_model_that_is_missing_or_spoilt(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    invented.write(tmp_path / "案例", range(2))
    monkeypatch.setenv("JINDIANZI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("JINDIANZI_MODEL", "bge")
    done = call("model", "use", "bge")
    assert done.status == 3
    assert "model get" in done.err
    monkeypatch.setenv("JINDIANZI_MODEL", "auto")
    assert call("ingest", tmp_path / "案例").status == 0
    body = call("status", "--json").body
    assert "model get" in body["model"]["notice"]


def test_script_in_text_title_and_name_stays_text(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "恶意"
    folder.mkdir()
    script = "<script>alert('坏')</script>"
    (folder / "<b>名.txt").write_text(f"{script}标题\n\n正文里有{script}，居民反对。\n", encoding="utf-8")
    assert call("ingest", folder).status == 0
    hits = call("search", script, "--json").body["hits"]
    assert hits[0]["source"] == "<b>名.txt"


def test_samples_and_own_reports_are_never_mixed(call: Call, tmp_path: Path) -> None:
    invented.write(tmp_path / "案例", range(1))
    assert call("ingest", tmp_path / "案例").status == 0
    refused = call("samples", "load")
    assert refused.status == 2
    assert "JINDIANZI_STORE" in refused.err
    assert call("status", "--json").body["counts"]["samples"] == 0


def test_a_place_that_cannot_be_written_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    for command in (("export", tmp_path / "文件" / "出"), ("status", "--store", f"sqlite:///{tmp_path / '文件' / 'a.db'}")):
        done = call(*command)
        assert done.status == 3
        assert str(tmp_path / "文件") in done.err
        assert "请检查路径" in done.err
        assert "Traceback" not in done.err


def test_serving_a_store_that_cannot_be_opened_says_so_at_once(call: Call, tmp_path: Path) -> None:
    (tmp_path / "坏.db").write_text("不是数据库" * 300, encoding="utf-8")
    done = call("serve", "--port", "8397", "--store", f"sqlite:///{tmp_path / '坏.db'}")
    assert done.status == 3
    assert "坏.db" in done.err
    assert "提供服务" not in done.err
