"""Files that are hostile, locked, broken or not what they say: refused or limited, with a message that names the limit and how to raise it.

All files are made here. Nothing of them is read beyond the limits, and nothing is written outside the folder that is made for unpacking.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import docx
import invented
import openpyxl
import pytest
from formats import seeds
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Reading, SetAside
from ingest.limits import DEFAULT, Limits
from ingest.readers import find
from ingest.workers import Workers

TEXT = invented.report(1)
ZEROS = b"0" * (3 * 1024 * 1024)
_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">{_BOMB}<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def read(path: Path, limits: Limits = DEFAULT) -> list[Reading | SetAside]:
    """What comes of a file: readings, and what was set aside."""
    workers = Workers(limits, 0)
    out: list[Reading | SetAside] = []
    for item in workers.read("试", find([path], collection="试", limits=limits, expand=workers.expand)):
        if isinstance(item, SetAside):
            out.append(item)
        else:
            raw, result = item
            out.append(result if isinstance(result, Reading) else SetAside("试", raw.source, result.code, str(result)))
    return out


def only(path: Path, limits: Limits = DEFAULT) -> Reading | SetAside:
    (one,) = read(path, limits)
    return one


def reading(path: Path, limits: Limits = DEFAULT) -> Reading:
    one = only(path, limits)
    assert isinstance(one, Reading), one
    return one


def refused(path: Path, code: str = "", limits: Limits = DEFAULT) -> str:
    """The message for a file of which nothing is read."""
    one = only(path, limits)
    assert isinstance(one, SetAside), "it was read"
    assert not code or one.code == code, one
    assert path.name in one.message
    return one.message


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def repacked(path: Path, source: bytes, changes: dict[str, bytes]) -> Path:
    """An office file with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        members = {item.filename: archive.read(item) for item in archive.infolist()}
    return packed(path, members | changes)


def document() -> bytes:
    made = docx.Document()
    for line in TEXT.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def used() -> float:
    """Peak memory of this process in megabytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


class TestBombs:
    def test_what_unpacks_to_too_much_is_refused_by_name(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "弹.zip", {"好.txt": TEXT.encode(), "大.txt": ZEROS})
        messages = [item.message for item in read(path, Limits(unpacked=2)) if isinstance(item, SetAside)]
        assert messages
        assert all("解压后的大小" in message and "--limit unpacked=" in message for message in messages)

    def test_a_size_in_the_directory_that_lies_does_not_help(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "谎.zip", {"大.txt": ZEROS})
        data = path.read_bytes().replace(len(ZEROS).to_bytes(4, "little"), (100).to_bytes(4, "little"))
        path.write_bytes(data)
        before = used()
        found = read(path, Limits(unpacked=2))
        assert not any(isinstance(item, Reading) and len(item.text) > 1000 for item in found)
        assert used() - before < 200

    def test_many_files(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "多.zip", {f"{number}.txt": b"x" for number in range(30)})
        assert "--limit members=" in refused(path, "too_large", Limits(members=20))

    def test_archives_in_archives(self, tmp_path: Path) -> None:
        data = TEXT.encode()
        name = "芯.txt"
        for level in range(6):
            data, name = packed(tmp_path / "层.zip", {name: data}).read_bytes(), f"层{level}.zip"
        (item,) = read(tmp_path / "层.zip", Limits(depth=4))
        assert isinstance(item, SetAside)
        assert (item.code, "--limit depth=" in item.message) == ("too_large", True)
        (found,) = read(tmp_path / "层.zip", Limits(depth=6))
        assert isinstance(found, Reading)

    @pytest.mark.parametrize("name", ["docx", "xlsx"])
    def test_office_files_unpack_too(self, tmp_path: Path, name: str) -> None:
        inner = {"docx": "word/media/image1.bmp", "xlsx": "xl/media/image1.bmp"}[name]
        part = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}[name]
        path = repacked(tmp_path / f"弹.{name}", seeds()[name].data, {part: b"<a>" + ZEROS + b"</a>", inner: ZEROS})
        assert "--limit unpacked=" in refused(path, "too_large", Limits(unpacked=2))

    @pytest.mark.parametrize("name", ["docx", "xlsx"])
    def test_entities_that_multiply_are_not_resolved(self, tmp_path: Path, name: str) -> None:
        part = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}[name]
        with zipfile.ZipFile(io.BytesIO(seeds()[name].data)) as archive:
            xml = archive.read(part).decode()
        body = xml.partition("?>")[2] or xml
        for entity in ("&e9;", "&f;"):
            spoilt = DOCTYPE + body.replace("</w:t>", f"{entity}</w:t>").replace("</t>", f"{entity}</t>")
            before = used()
            for item in read(repacked(tmp_path / f"实体.{name}", seeds()[name].data, {part: spoilt.encode()})):
                if isinstance(item, Reading):
                    assert "root:" not in item.text
                    assert len(item.text) < 10_000
            assert used() - before < 200

    def test_a_picture_of_a_gigabyte(self, tmp_path: Path) -> None:
        def chunk(kind: bytes, data: bytes) -> bytes:
            return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

        head = (40_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
        data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
        path = tmp_path / "巨图.png"
        path.write_bytes(data)
        message = refused(path, "too_large")
        assert "像素" in message
        assert "--limit pixels=" in message

    def test_a_picture_of_that_size_inside_a_pdf(self, tmp_path: Path) -> None:
        picture = Image.new("1", (12_000, 12_000))
        path = tmp_path / "巨图.pdf"
        picture.save(path, "PDF")
        before = used()
        assert "--limit pixels=" in refused(path, "", Limits(pixels=1)) or used() - before < 300

    def test_a_pdf_of_too_many_pages(self, tmp_path: Path) -> None:
        path = tmp_path / "多页.pdf"
        canvas = Canvas(str(path))
        for number in range(60):
            canvas.drawString(72, 700, f"page {number}")
            canvas.showPage()
        canvas.save()
        message = refused(path, "too_large", Limits(pages=50))
        assert "60 页" in message
        assert "--limit pages=" in message

    def test_the_usual_limit_refuses_five_thousand_pages(self, tmp_path: Path) -> None:
        kids = " ".join(["3 0 R"] * 5000)
        objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count 5000/Kids[{kids}]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        ]
        body, places = b"%PDF-1.4\n", []
        for number, content in enumerate(objects, 1):
            places.append(len(body))
            body += f"{number} 0 obj{content}endobj\n".encode()
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        end = f"xref\n0 4\n0000000000 65535 f \n{table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
        (tmp_path / "五千页.pdf").write_bytes(body + end.encode())
        assert "--limit pages=" in refused(tmp_path / "五千页.pdf", "too_large")

    def test_a_table_of_too_many_rows(self, tmp_path: Path) -> None:
        rows = "\n".join(f"JDZ-{number},案例{number},青禾社区,居民商议了这件事，问题得到解决。" for number in range(40))
        (tmp_path / "长表.csv").write_text("申报编号,案例名称,申报单位,正文\n" + rows, encoding="utf-8")
        messages = [item.message for item in read(tmp_path / "长表.csv", Limits(rows=30)) if isinstance(item, SetAside)]
        assert any("--limit rows=" in message for message in messages)

    def test_a_sheet_that_says_it_is_a_million_rows_long(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for row in (["申报编号", "案例名称", "申报单位", "正文"], ["JDZ-1", "案例一", "青禾社区", "居民商议了这件事，问题得到解决。"]):
            book.active.append(row)
        book.active.cell(1_000_000, 300, " ")
        book.save(tmp_path / "虚长.xlsx")
        before = used()
        one = only(tmp_path / "虚长.xlsx")
        assert isinstance(one, Reading) or "1000000 行" in one.message
        assert used() - before < 300

    def test_a_page_with_megabytes_of_script(self, tmp_path: Path) -> None:
        html = seeds()["html"].data.decode()
        script = "<script>" + "var a = '<div>不是正文</div>';\n" * 100_000 + "</script>"
        (tmp_path / "脚本.html").write_text(
            html.replace("</head>", script + "</head>").replace("</body>", script + "</body>"), encoding="utf-8"
        )
        text = reading(tmp_path / "脚本.html").text
        assert "加装电梯" in text
        assert "不是正文" not in text

    def test_tags_in_tags_in_tags(self, tmp_path: Path) -> None:
        html = "<html><body>" + "<div>" * 60_000 + "".join(f"<p>{line}</p>" for line in TEXT.splitlines()) + "</body></html>"
        (tmp_path / "套.html").write_text(html, encoding="utf-8")
        assert all(isinstance(item, Reading) or item.code != "reader_failed" for item in read(tmp_path / "套.html"))

    def test_one_file_over_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "大.txt").write_bytes(ZEROS)
        message = refused(tmp_path / "大.txt", "too_large", Limits(size=2))
        assert "文件大小为 3 MB，超过 2 MB" in message
        assert "--limit size=" in message


class TestEscapes:
    """Members that want to be written elsewhere than into the folder for unpacking."""

    NAMES = ("../../逃出.txt", "/逃出.txt", "C:\\逃出.txt", "..\\..\\逃出.txt", "甲/../../逃出.txt")

    @pytest.fixture
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The folder in which temporary folders are made, three levels down, so that what climbs out of them is seen."""
        place = tmp_path / "一" / "二" / "三"
        place.mkdir(parents=True)
        monkeypatch.setattr(tempfile, "tempdir", str(place))
        return place

    def check(self, path: Path, tmp_path: Path) -> None:
        """Nothing is written outside, nothing left behind, and no key of what is read climbs."""
        before = set(tmp_path.rglob("*"))
        workers = Workers(DEFAULT, 0)
        for item in workers.read("试", find([path], collection="试", limits=DEFAULT, expand=workers.expand)):
            assert isinstance(item, SetAside) or ".." not in item[0].source.replace("\\", "/").split("/")
        assert set(tmp_path.rglob("*")) == before
        assert not Path("/逃出.txt").exists()

    @pytest.mark.parametrize("name", NAMES)
    def test_out_of_a_zip(self, tmp_path: Path, place: Path, name: str) -> None:
        path = packed(tmp_path / "逃.zip", {name: TEXT.encode(), "好.txt": TEXT.encode()})
        self.check(path, tmp_path)
        assert any(isinstance(item, Reading) for item in read(path))

    @pytest.mark.parametrize("name", NAMES)
    def test_out_of_a_tar(self, tmp_path: Path, place: Path, name: str) -> None:
        with tarfile.open(tmp_path / "逃.tar", "w") as archive:
            member = tarfile.TarInfo(name)
            member.size = len(TEXT.encode())
            archive.addfile(member, io.BytesIO(TEXT.encode()))
        self.check(tmp_path / "逃.tar", tmp_path)

    def test_links_are_not_followed(self, tmp_path: Path, place: Path) -> None:
        (tmp_path / "秘密.txt").write_text("别处的文件：" + TEXT, encoding="utf-8")
        with tarfile.open(tmp_path / "链.tar", "w") as archive:
            for name, target in (("链.txt", str(tmp_path / "秘密.txt")), ("夹", str(tmp_path))):
                member = tarfile.TarInfo(name)
                member.type, member.linkname = tarfile.SYMTYPE, target
                archive.addfile(member)
            member = tarfile.TarInfo("夹/写入.txt")
            member.size = 3
            archive.addfile(member, io.BytesIO("甲".encode()))
        self.check(tmp_path / "链.tar", tmp_path)
        assert not any("别处的文件" in item.text for item in read(tmp_path / "链.tar") if isinstance(item, Reading))

    @pytest.mark.skipif(shutil.which("7z") is None, reason="7z makes the archive")
    def test_out_of_a_7z(self, tmp_path: Path, place: Path) -> None:
        (tmp_path / "源").mkdir()
        (tmp_path / "源" / "好.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "源" / "链.txt").symlink_to("/etc/passwd")
        command = ["7z", "a", "-snl", str(tmp_path / "链.7z"), "."]
        subprocess.run(command, cwd=tmp_path / "源", check=True, capture_output=True)
        self.check(tmp_path / "链.7z", tmp_path)
        assert not any("root:" in item.text for item in read(tmp_path / "链.7z") if isinstance(item, Reading))


class TestLocked:
    def test_a_pdf_with_a_password(self, tmp_path: Path) -> None:
        path = tmp_path / "密.pdf"
        canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
        canvas.drawString(72, 700, "text")
        canvas.save()
        message = refused(path)
        assert "密码" in message

    def test_a_pdf_that_only_forbids_copying_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "限.pdf"
        canvas = Canvas(str(path), encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
        for number in range(20):
            canvas.drawString(72, 760 - 20 * number, f"Line {number} of a text that anybody may open and read.")
        canvas.save()
        assert "anybody may open" in reading(path).text

    @pytest.mark.skipif(shutil.which("7z") is None, reason="7z makes the archive")
    @pytest.mark.parametrize("ending", ["zip", "7z"])
    def test_an_archive_with_a_password(self, tmp_path: Path, ending: str) -> None:
        (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
        command = ["7z", "a", "-psecret", str(tmp_path / f"密.{ending}"), str(tmp_path / "甲.txt")]
        subprocess.run(command, check=True, capture_output=True)
        found = read(tmp_path / f"密.{ending}")
        assert found
        for item in found:
            assert isinstance(item, SetAside)
            assert "密" in item.message
            assert any(word in item.message for word in ("密码", "加密"))

    def test_macros_are_left_alone(self, tmp_path: Path) -> None:
        source = document()
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            types = archive.read("[Content_Types].xml").decode()
        types = types.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        path = repacked(
            tmp_path / "宏.docm", source, {"[Content_Types].xml": types.encode(), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}
        )
        found = reading(path)
        assert "居民" in found.text
        assert "macro" not in found.text


class TestBroken:
    @pytest.mark.parametrize("name", ["docx", "xlsx", "pdf", "zip", "7z", "png", "doc", "odt"])
    @pytest.mark.parametrize("share", [0.1, 0.6])
    def test_cut_short(self, tmp_path: Path, name: str, share: float) -> None:
        if name not in seeds():
            pytest.skip(f"no program here makes a {name}")
        seed = seeds()[name]
        path = tmp_path / seed.name
        path.write_bytes(seed.data[: int(len(seed.data) * share)])
        for item in read(path):
            assert isinstance(item, Reading) or item.code in ("damaged", "unknown_format", "empty"), item

    def test_a_pdf_whose_table_of_places_is_wrong_is_read_all_the_same(self, tmp_path: Path) -> None:
        data = seeds()["pdf"].data
        at = data.rindex(b"startxref")
        (tmp_path / "错.pdf").write_bytes(data[:at] + b"startxref\n7\n%%EOF\n")
        assert "加装电梯" in reading(tmp_path / "错.pdf").text

    def test_nothing_in_it(self, tmp_path: Path) -> None:
        for ending in ("txt", "html", "docx", "pdf", "xlsx", "zip", "png", "eml", "jsonl", "doc"):
            path = tmp_path / f"空.{ending}"
            path.write_bytes(b"")
            refused(path, "empty")


class TestWrongEndings:
    """What a file is decides, not what it is called; where that cannot be, the message says so."""

    @pytest.mark.parametrize(
        ("name", "ending"),
        [
            ("docx", "doc"),
            ("docx", "txt"),
            ("docx", "pdf"),
            ("docx", "zip"),
            ("html", "doc"),
            ("html", "txt"),
            ("html", "docx"),
            ("pdf", "docx"),
            ("pdf", "txt"),
            ("utf8", "docx"),
            ("utf8", "pdf"),
            ("gbk", "html"),
            ("xlsx", "csv"),
            ("csv", "xlsx"),
            ("zip", "docx"),
            ("png", "pdf"),
            ("rtf", "doc"),
            ("mht", "doc"),
            ("jsonl", "json"),
        ],
    )
    def test_it_is_read_as_what_it_is_or_named(self, tmp_path: Path, name: str, ending: str) -> None:
        if name not in seeds():
            pytest.skip(f"no program here makes a {name}")
        path = tmp_path / f"错.{ending}"
        path.write_bytes(seeds()[name].data)
        for item in read(path):
            if isinstance(item, Reading):
                assert "加装电梯" in item.text
            else:
                assert item.code in ("unknown_format", "damaged"), item
                assert any(word in item.message for word in ("扩展名", "格式", "不是", "另存", "损坏", "无法")), item.message

    @pytest.mark.parametrize("name", ["程序.exe", "录像.mp4", "无名", "演示.pptx", "案例.caj", "公文.ofd"])
    def test_what_is_no_material_is_named(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 20)
        assert len(refused(tmp_path / name, "unknown_format")) > len(name) + 10

    def test_folders_named_like_files_and_odd_names(self, tmp_path: Path) -> None:
        (tmp_path / "案例.docx").mkdir()
        (tmp_path / "案例.docx" / "一.txt").write_text(TEXT, encoding="utf-8")
        assert isinstance(only(tmp_path / "案例.docx"), Reading)
