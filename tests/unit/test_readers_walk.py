"""From paths to raw reports: keys, order, what a file really is, limits, and that nothing large is held."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import pickle
import re
import struct
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from archives import zipped
from damage import PROSE
from docx import Document
from openpyxl import Workbook

from corpus.errors import ClassifiedSource, DamagedSource, StoreFull, UnreadableSource
from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.pipeline import read_report
from ingest.readers import READERS, concealed, find, find_again, read, set_aside
from ingest.readers.containers import EXPANDERS, Found, Inside, expanded
from ingest.readers.formats import MEDIA, media_of
from ingest.readers.office import find_program
from ingest.readers.sniff import kind_of

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


def marked(items: Iterable[RawReport | SetAside]) -> list[SetAside]:
    """All are refused for a mark of secrecy, and nothing that is kept of them says more than where they lay."""
    refused = []
    for item in items:
        assert isinstance(item, SetAside)
        assert item.code == "classified"
        assert not re.search("[绝机]密|(?<!国家)秘密|停车", f"{item.source}{item.key}{item.message}{item.path}")
        refused.append(item)
    return refused


def test_marks_in_names_of_files_and_folders_refuse_what_is_in_them(tmp_path: Path) -> None:
    for name in ("甲/机密★停车.txt", "甲/绝密/停车.txt", "甲/绝密/停车2.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "绝密_停车.zip").write_bytes(zipped({"一.txt": TEXT.encode()}))
    refused = marked(found(tmp_path))
    assert len({item.source for item in refused}) == len(refused) == 4
    assert all(re.fullmatch("(?:甲/)?（文件名不显示）#[0-9a-f]{8}", item.source) for item in refused)
    assert all((item.key, item.path) == (item.source, "") for item in refused)
    (tmp_path / "甲/绝密").rename(tmp_path / "秘密10年")
    assert len(marked(found(tmp_path / "秘密10年"))) == 1  # the folder itself was named


def test_a_marked_folder_in_an_archive_refuses_what_is_in_it(tmp_path: Path) -> None:
    members = {
        "机密★10年/停车.txt": TEXT.encode(),
        "公开/一.txt": TEXT.encode(),
        "机密★10年/空.txt": b"",
        "停车（秘密）.zip": zipped({"a.txt": b"a"}),
    }
    (tmp_path / "x.zip").write_bytes(zipped(members))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    (tmp_path / "y.tar").write_bytes(buffer.getvalue())
    for name in ("x.zip", "y.tar"):
        items = found(tmp_path / name)
        assert [item.source for item in items if isinstance(item, RawReport)] == [f"{name}/公开/一.txt"]
        refused = marked(item for item in items if isinstance(item, SetAside))
        assert len({item.source for item in refused}) == 3
        assert {item.key for item in refused} == {name}  # can be found again: it says nothing
        assert {item.path for item in refused} == {str(tmp_path / name)}


def test_what_else_is_wrong_with_a_marked_source_is_not_told() -> None:
    error = DamagedSource("坏", where="甲/机密★停车.txt")
    (item,) = marked([set_aside("测试", "甲/机密★停车.txt", error, path="/a/甲/机密★停车.txt", key="甲/机密★停车.txt")])
    assert item.path == ""
    raw = RawReport("一.txt", b"", "txt", "一.txt", "/a/一.txt", "一.txt")
    assert concealed("测试", raw, DamagedSource("坏", where="一.txt")) == SetAside(
        "测试", "一.txt", "damaged", "一.txt：坏。", "", "/a/一.txt", "一.txt"
    )


def test_rows_of_a_marked_title_are_refused_and_internal_files_mark_their_rows(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "text": TEXT, "title": "机密★10年 停车"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    (report,) = found(tmp_path / "a.jsonl")
    assert isinstance(report, RawReport)
    with pytest.raises(ClassifiedSource):
        read_report("测试", report)
    lines = [json.dumps({"id": str(at), "text": f"{at}{TEXT}"}, ensure_ascii=False) for at in range(2)]
    (tmp_path / "内部资料.jsonl").write_text("\n".join(lines), encoding="utf-8")
    reports = found(tmp_path / "内部资料.jsonl")
    kept = [RawReport(item.source, item.data, item.media, item.source) for item in reports if isinstance(item, RawReport)]
    assert [read_report("测试", item).metadata.handling for item in kept] == ["内部资料"] * 2


def test_a_member_of_an_internal_archive_is_internal(tmp_path: Path) -> None:
    (tmp_path / "内部资料_七月.zip").write_bytes(zipped({"停车/案例.txt": TEXT.encode()}))
    assert read_report("测试", the_report(tmp_path / "内部资料_七月.zip")).metadata.handling == "内部资料"


def test_a_title_that_is_no_text_is_mended(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "\\ud800", "text": "甲", "title": "\\ud800乙"}', encoding="utf-8")
    report = the_report(tmp_path / "a.jsonl")
    assert f"{report.source}{read(report).metadata.title}".encode()


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_names_in_another_encoding_are_decoded(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + "来件".encode("gb18030")
    Path(os.fsdecode(folder)).mkdir()
    for name in ("停车难治理案例.txt".encode("gb18030"), "楼道议事.txt".encode()):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(TEXT.encode())
    Path(os.fsdecode(folder + b"/" + "空的材料.txt".encode("gb18030"))).touch()
    items = found(tmp_path)
    assert sorted(item.source for item in items) == ["来件/停车难治理案例.txt", "来件/楼道议事.txt", "来件/空的材料.txt"]
    for item in items:
        assert item.path == ""
        assert f"{item.source}{item.key}".encode()
    alone = found(Path(os.fsdecode(folder + b"/" + "停车难治理案例.txt".encode("gb18030"))))
    assert [item.source for item in alone] == ["停车难治理案例.txt"]


def test_an_archive_of_very_many_names_is_refused_in_little_memory(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0) + b"a00000"
    count = 300_000
    path = tmp_path / "多.zip"
    path.write_bytes(entry * count + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, len(entry) * count, 0, 0))
    for name in ("多.zip", "多.docx", "多.txt"):
        path = path.rename(tmp_path / name)
        tracemalloc.start()
        try:
            refused = the_refusal(path)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert refused.code == "too_large"
        assert "--limit members=" in refused.message
        assert peak < 2_000_000


def test_a_large_old_office_file_is_told_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "大.doc"
    with path.open("wb") as file:
        file.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
        file.write(bytes(1_048_576 - 520) + "WordDocument".encode("utf-16-le") + bytes(20_000_000 - 16))
        file.write(bytes(-file.tell() % 512) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(2000))
    tracemalloc.start()
    try:
        refused = the_refusal(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "密码" in refused.message
    assert peak < 6_000_000


def test_names_of_a_large_archive_and_of_one_behind_a_program(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "大.zip", "w") as archive:
        for number in range(66_000):  # over what the numbers of 16 bits hold
            archive.writestr(f"{number}/", "")
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("[Content_Types].xml", "<a/>")
    assert media_of("大.zip", tmp_path / "大.zip", Limits(members=60_000)) == "docx"
    (tmp_path / "前.zip").write_bytes(b"PK" + bytes(100) + document() + b"")
    assert media_of("前.zip", tmp_path / "前.zip") == "docx"
    with zipfile.ZipFile(tmp_path / "表.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert media_of("表.zip", tmp_path / "表.zip") == "table"


def test_comments_before_a_page_are_passed_in_one_way() -> None:
    assert kind_of(b"<!---->" * 500 + b"x") == ""  # in more ways it would not end
    assert kind_of(b"<!-- a -->\n<!-- b -->" * 20 + b"<html>") == "html"


@pytest.mark.skipif(find_program() is None, reason="没有安装 LibreOffice")
def test_the_xml_of_word_2003_is_read(tmp_path: Path) -> None:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PROSE)
    (tmp_path / "案例.doc").write_text(
        f'{head}<w:wordDocument xmlns:w="{space}"><w:body>{lines}</w:body></w:wordDocument>', encoding="utf-8"
    )
    draft = read(the_report(tmp_path / "案例.doc"))
    assert PROSE[0] in draft.text
    assert "w:wordDocument" not in draft.text


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.txt.gz", "cut.zip"])
def test_a_full_disk_ends_the_run_and_is_no_damaged_archive(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"一.txt": TEXT.encode() * 40, "二.txt": TEXT.encode()})
    if name == "a.tar":
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            entry = tarfile.TarInfo("一.txt")
            entry.size = 5
            archive.addfile(entry, io.BytesIO(b"12345"))
        data = buffer.getvalue()
    elif name == "a.txt.gz":
        data = gzip.compress(TEXT.encode())
    elif name == "cut.zip":
        data = data[:-60]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "out").mkdir()
    opened = Path.open

    class Full(io.BytesIO):
        def write(self, _: object, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def fill(path: Path, mode: str = "r", **named: object) -> object:
        if "w" not in mode:
            return opened(path, mode, **named)  # type: ignore[call-overload]
        opened(path, mode).close()
        return Full()

    monkeypatch.setattr(Path, "open", fill)
    with pytest.raises(StoreFull, match="磁盘空间不足") as caught:
        list(expanded("archive", tmp_path / name, name, tmp_path / "out", DEFAULT))
    assert caught.value.where == str(tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())
    with pytest.raises(StoreFull):
        found(tmp_path / name)
