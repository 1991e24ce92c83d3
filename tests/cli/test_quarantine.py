"""`quarantine`: what could not be read is listed, and read again with one command once it is mended."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import invented
import pytest
from commands import Call


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINDIANZI_WORKERS", "0")


def document(text: str) -> bytes:
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(members: dict[str, bytes], *, locked: bool = False) -> bytes:
    """A zip file; `locked` marks its members as encrypted, which is all that a program without the password sees of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    data = out.getvalue()
    if locked:
        for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            parts = data.split(signature)
            data = signature.join([parts[0], *(part[: at - 4] + bytes([part[at - 4] | 1]) + part[at - 3 :] for part in parts[1:])])
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    invented.write(folder, range(1))
    (folder / "截断.docx").write_bytes(document(invented.report(5))[:3000])
    (folder / "加密.zip").write_bytes(packed({"甲.txt": invented.report(6).encode()}, locked=True))
    (folder / "空.txt").write_bytes(b"")
    return folder


def listed(call: Call) -> dict[str, str]:
    return {item["source"]: item["message"] for item in call("quarantine", "--json").body["set_aside"]}


def test_what_is_set_aside_is_listed_with_reason_and_remedy(call: Call, folder: Path) -> None:
    assert call("quarantine").out.startswith("没有未能读取的文件")
    call("ingest", folder, "--no-wait")
    done = call("quarantine")
    assert done.status == 0
    for name in ("截断.docx", "空.txt"):
        assert name in done.out
    assert "加密.zip" in done.out
    assert "--retry" in done.out
    assert len(listed(call)) == 3


def test_what_was_mended_comes_in_and_is_no_longer_listed(call: Call, folder: Path) -> None:
    call("ingest", folder, "--no-wait")
    (folder / "截断.docx").write_bytes(document(invented.report(5)))
    (folder / "加密.zip").write_bytes(packed({"甲.txt": invented.report(6).encode()}))
    done = call("quarantine", "--retry", "--json")
    assert sorted(done.body["new"]) == ["加密.zip/甲.txt", "截断.docx"]
    assert done.status == 1  # one is still empty
    assert list(listed(call)) == ["空.txt"]
    assert call("status", "--json").body["counts"]["reports"] == 3
    assert call("search", invented.report(6).split("\n", 1)[0], "--json").body["hits"][0]["source"] == "加密.zip/甲.txt"
    (folder / "空.txt").write_text(invented.report(7), encoding="utf-8")
    assert call("quarantine", "--retry").status == 0
    assert listed(call) == {}


def test_what_is_still_broken_stays_with_the_newer_reason(call: Call, folder: Path) -> None:
    call("ingest", folder, "--no-wait")
    before = listed(call)
    (folder / "空.txt").write_bytes(bytes(range(256)) * 40)
    done = call("quarantine", "--retry")
    assert done.status == 1
    after = listed(call)
    assert after.keys() == before.keys()
    assert after["空.txt"] != before["空.txt"]
    assert after["截断.docx"] == before["截断.docx"]


def test_a_file_that_is_gone_stays_listed_and_says_so(call: Call, folder: Path) -> None:
    call("ingest", folder, "--no-wait")
    (folder / "空.txt").unlink()
    assert call("quarantine", "--retry").status == 1
    assert "不存在" in listed(call)["空.txt"]


def test_a_member_of_an_archive_is_found_again(call: Call, folder: Path) -> None:
    (folder / "打包.zip").write_bytes(packed({"内/坏.docx": document(invented.report(8))[:3000], "内/好.txt": invented.report(9).encode()}))
    call("ingest", folder, "--no-wait")
    assert "打包.zip/内/坏.docx" in listed(call)
    (folder / "打包.zip").write_bytes(packed({"内/坏.docx": document(invented.report(8)), "内/好.txt": invented.report(9).encode()}))
    body = call("quarantine", "--retry", "--json").body
    assert "打包.zip/内/坏.docx" in body["new"]
    assert "打包.zip/内/好.txt" in body["unchanged"]
    assert "打包.zip/内/坏.docx" not in listed(call)


def test_a_raised_limit_is_a_fix_too(call: Call, tmp_path: Path) -> None:
    (tmp_path / "多.zip").write_bytes(packed({f"{number}.txt": invented.report(number).encode() for number in range(4)}))
    call("ingest", tmp_path / "多.zip", "--no-wait", "--limit", "members=3")
    assert "--limit members=" in listed(call)["多.zip"]
    assert len(call("quarantine", "--retry", "--json").body["new"]) == 4
    assert listed(call) == {}


def test_a_fix_does_not_touch_another_collection(call: Call, folder: Path) -> None:
    call("ingest", folder / "空.txt", "--collection", "甲集", "--no-wait")
    call("ingest", folder / "截断.docx", "--collection", "乙集", "--no-wait")
    assert [item["source"] for item in call("quarantine", "--collection", "甲集", "--json").body["set_aside"]] == ["空.txt"]
    (folder / "截断.docx").write_bytes(document(invented.report(5)))
    call("quarantine", "--retry")
    assert list(listed(call)) == ["空.txt"]
    assert [row["collection"] for row in call("search", "社区", "--json").body["hits"]] == ["乙集"]


def test_one_can_be_forgotten(call: Call, folder: Path) -> None:
    call("ingest", folder, "--no-wait")
    assert call("quarantine", "--forget", "空.txt").status == 0
    assert "空.txt" not in listed(call)
    refused = call("quarantine", "--forget", "空.txt")
    assert refused.status == 2
    assert "空.txt" in refused.err


def test_a_fix_of_a_table_is_read_with_the_columns_that_were_told(call: Call, tmp_path: Path) -> None:
    table, mapping = tmp_path / "表.csv", tmp_path / "列.yaml"
    mapping.write_text("甲栏: title\n乙栏: contact\n丙栏: text\n", encoding="utf-8")
    long = "社区楼道里堆满旧家具，居民议事会商量以后分批清理，三周清出四十处。"
    rows = ["甲栏,乙栏,丙栏", f"楼道清理,王小明,{long}", f"门口停车,李小红,{long}"]
    table.write_bytes(b"\x00\x01\x02" * 500)
    assert call("ingest", table, "--mapping", mapping).status == 1
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert call("quarantine", "--retry").status == 0
    assert len(call("status", "--json").body["collections"]) == 1
    assert call("status", "--json").body["counts"]["reports"] == 2
    assert call("export", tmp_path / "出", "--source").status == 0
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "出").iterdir()))
    assert "王小明" not in whole
    assert "楼道清理" in whole
