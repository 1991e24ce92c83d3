"""From paths to raw reports: keys, order, what a file really is, limits, and that nothing large is held."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from archives import zipped
from damage import PROSE
from docx import Document
from openpyxl import Workbook

from corpus.errors import DamagedSource, UnreadableSource
from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import READERS, find, find_again, read
from ingest.readers.containers import EXPANDERS, Found, Inside, expanded
from ingest.readers.formats import MEDIA

TEXT = "\n".join(PROSE)
PAGE = f"<html><head><title>停车</title></head><body><p>{TEXT}</p></body></html>"


def found(*paths: Path, limits: Limits = DEFAULT) -> list[RawReport | SetAside]:
    return list(find(paths, collection="测试", limits=limits))


def the_report(path: Path) -> RawReport:
    (item,) = found(path)
    assert isinstance(item, RawReport), item
    return item


def the_refusal(path: Path, limits: Limits = DEFAULT) -> SetAside:
    (item,) = found(path, limits=limits)
    assert isinstance(item, SetAside), item
    return item


def document() -> bytes:
    buffer = io.BytesIO()
    made = Document()
    made.add_paragraph(TEXT)
    made.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    book.active.append(["案例名称", "案例内容"])
    book.active.append(["停车", PROSE[0]])
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("案例.docx", document(), "docx"),
        ("案例.doc", document(), "docx"),
        ("案例.txt", document(), "docx"),
        ("案例.dat", document(), "docx"),
        ("案例", document(), "docx"),
        ("案例.zip", document(), "docx"),
        ("案例.docx", b"%PDF-1.7\n", "pdf"),
        ("案例.txt", b"%PDF-1.7\n", "pdf"),
        ("案例.doc", PAGE.encode(), "html"),
        ("案例.txt", PAGE.encode("gb18030"), "html"),
        ("案例.txt", b"<p>1</p>" + TEXT.encode(), "txt"),
        ("案例.asp", PAGE.encode(), "html"),
        ("案例.doc", b"{\\rtf1 text}", "rtf"),
        ("案例.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), "doc"),
        ("案例.doc", TEXT.encode(), "doc"),
        ("图.jpg", b"\x89PNG\r\n\x1a\n" + bytes(30), "image"),
        ("图.pdf", b"\xff\xd8\xff\xe0" + bytes(30), "image"),
        ("记录.md", b"<div>1</div>\n# \xe6\xa0\x87", "md"),
        ("一.MD", TEXT.encode(), "md"),
        ("案例.docx", b"PK\x03\x04broken", "docx"),
    ],
)
def test_what_a_file_is_goes_by_its_bytes_where_they_are_certain(tmp_path: Path, name: str, data: bytes, media: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    report = the_report(path)
    assert (report.source, report.media, report.key, report.path) == (name, media, name, str(path))


@pytest.mark.parametrize("name", ["表.xls", "表.csv", "表.docx", "表.txt"])
def test_a_workbook_under_any_name_is_read_as_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(workbook())
    assert [(item.source, item.key) for item in found(tmp_path / name)] == [(f"{name}#Sheet!2", name)]


def test_a_zip_of_files_that_is_called_docx_is_opened(tmp_path: Path) -> None:
    (tmp_path / "材料.docx").write_bytes(zipped({"案例.txt": TEXT.encode()}))
    assert the_report(tmp_path / "材料.docx").source == "材料.docx/案例.txt"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("文件.ofd", zipped({"OFD.xml": b"<OFD/>"}), "请用 OFD 阅读器打开后另存为 PDF"),
        ("文件.pdf", zipped({"OFD.xml": b"<OFD/>"}), "OFD"),
        ("稿.pages", zipped({"Index/Document.iwa": b"x"}), "Word"),
        ("片.ppt", b"\xd0\xcf\x11\xe0" + bytes(600), "演示文稿"),
        ("程序.exe", b"MZ" + bytes(600), "程序"),
        ("录音.mp3", b"ID3" + bytes(60), "文字稿"),
        ("案例.xyz", TEXT.encode(), "可读取 txt"),
        ("案例", TEXT.encode(), "无扩展名"),
        ("锁.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    item = the_refusal(tmp_path / name)
    assert item.code == "unknown_format"
    assert words in item.message
    assert name in item.message


def test_every_medium_has_a_reader_or_an_expander(tmp_path: Path) -> None:
    assert set(MEDIA.values()) <= {*READERS, *EXPANDERS, "jsonl"}
    for media in READERS:
        with pytest.raises(UnreadableSource):
            read(RawReport("坏", b"\x00\x01\x02", media, "坏"))


def test_light_files_do_not_load_heavy_libraries(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from ingest.readers import find, read\n"
        f"[read(item) for item in find([Path({str(tmp_path)!r})], collection='c')]\n"
        "print([name for name in ('pypdfium2', 'PIL', 'rapidocr', 'onnxruntime', 'python_calamine', 'rarfile') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


def test_limits_and_files_that_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "大.txt").write_bytes(b"a" * 1_200_000)
    (tmp_path / "大.jsonl").write_text(json.dumps({"id": "x", "text": "字" * 200_000}) + "\n" + " " * 500_000, encoding="utf-8")
    items = found(tmp_path, tmp_path / "没有.txt", limits=Limits(size=1))
    codes = {item.source: item.code for item in items if isinstance(item, SetAside)}
    assert codes == {"空.txt": "empty", "大.txt": "too_large", "没有.txt": "vanished", "大.jsonl#1": "too_large"}
    message = next(item.message for item in items if isinstance(item, SetAside) and item.source == "大.txt")
    assert "--limit size=" in message


def test_members_of_an_archive_are_bound_like_files(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"大.txt": b"a" * 1_200_000, "小.txt": TEXT.encode()}))
    items = found(tmp_path / "a.zip", limits=Limits(size=1))
    assert [(type(item), item.source) for item in items] == [(SetAside, "a.zip/大.txt"), (RawReport, "a.zip/小.txt")]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    assert the_refusal(tmp_path / "管.txt").code == "unknown_format"


def test_the_folder_beside_a_saved_page_is_part_of_it(tmp_path: Path) -> None:
    for name in ("停车.html", "停车_files/logo.png", "停车_files/a/b.js", "另_files/乙.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else TEXT, encoding="utf-8")
    assert [item.source for item in found(tmp_path)] == ["停车.html", "另_files/乙.txt"]


def test_files_are_found_again_under_their_old_key(tmp_path: Path) -> None:
    path = tmp_path / "0001"
    path.write_bytes(zipped({"案例.txt": TEXT.encode(), "坏.txt": b""}))
    items = list(find_again([("甲/投稿.zip", str(path)), ("没有.txt", tmp_path / "无")], collection="测试"))
    assert [item.source for item in items] == ["甲/投稿.zip/坏.txt", "甲/投稿.zip/案例.txt", "没有.txt"]
    assert [item.key for item in items] == ["甲/投稿.zip", "甲/投稿.zip", "没有.txt"]
    assert {item.path for item in items} == {str(path), str(tmp_path / "无")}


def test_another_way_to_expand_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"案例.txt": TEXT.encode()}))
    (tmp_path / "b.zip").write_bytes(zipped({"案例.txt": TEXT.encode()}))
    asked = []

    def expand(media: str, path: Path, key: str, folder: Path) -> Iterable[Found]:
        asked.append((media, key))
        assert not list(folder.iterdir())
        return [(key, DamagedSource("坏", where=key))] if key == "b.zip" else list(expanded(media, path, key, folder, DEFAULT))

    items = list(find([tmp_path], collection="测试", expand=expand))
    assert asked == [("archive", "a.zip"), ("archive", "b.zip")]
    assert [(item.source, isinstance(item, RawReport)) for item in items] == [("a.zip/案例.txt", True), ("b.zip", False)]


def test_inside_and_errors_can_go_to_another_process() -> None:
    for value in (Inside("a/b", Path("c")), Limits(), DamagedSource("坏", where="a", remedy="b")):
        again = pickle.loads(pickle.dumps(value))
        assert again == value or str(again) == str(value)


@pytest.mark.parametrize("packed", [False, True])
def test_a_long_jsonl_file_is_read_in_little_memory(tmp_path: Path, packed: bool) -> None:
    rows, size = 3000, 10_000
    line = json.dumps({"id": "%d", "text": "字" * (size // 3)}, ensure_ascii=False) + "\n"
    path = tmp_path / ("长.zip" if packed else "长.jsonl")
    if packed:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("长.jsonl", "w") as file:
            for number in range(rows):
                file.write(line.replace("%d", str(number)).encode())
    else:
        with path.open("w", encoding="utf-8") as text:
            text.writelines(line.replace("%d", str(number)) for number in range(rows))
    tracemalloc.start()
    try:
        count = total = 0
        for item in find([path], collection="测试"):
            assert isinstance(item, RawReport)
            count += 1
            total += len(item.data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == rows
    assert total > 29_000_000
    assert peak < 8_000_000
