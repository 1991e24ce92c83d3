"""Old office files: made by LibreOffice from what python-docx wrote, and files that are called what they are not."""

from __future__ import annotations

import os
import stat
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from damage import PROSE
from test_readers_docx import add, marked, repacked, saved, submission

from corpus.errors import DamagedSource, SourceTooLarge, UnknownFormat
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.readers import office
from ingest.readers.docx import reader as docx
from ingest.readers.sniff import kind_of

NEEDS = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed: .doc, .wps, .rtf and .odt not tried")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = f"<html><head><title>停车难</title></head><body><h1>停车难在哪里</h1>{''.join(f'<p>{line}</p>' for line in PROSE)}</body></html>"


def read(data: bytes, name: str, limits: Limits | None = None) -> Draft:
    return office.read(RawReport(name, data, "doc", name), limits or Limits())


@cache
def original() -> bytes:
    """The form with its headings, and what offices put into files besides."""
    document = submission()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    paragraph = document.add_paragraph("街道拨款")
    add(paragraph, '<w:del w:id="901" w:author="a" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>十万元</w:delText></w:r></w:del>')
    add(paragraph, '<w:ins w:id="902" w:author="a" w:date="2020-01-01T00:00:00Z"><w:r><w:t>十八万元</w:t></w:r></w:ins>')
    document.add_comment(paragraph.runs, "要核实", author="某人", initials="某")
    document.add_paragraph("白天共享", style="List Bullet")
    document.add_page_break()
    document.add_paragraph("图1 改造后的车库")
    return saved(document)


@cache
def converted(to: str) -> bytes:
    return office.convert(original(), ".docx", to, Limits(), "甲.docx")


@NEEDS
@pytest.mark.parametrize(("kind", "name"), [("doc", "甲.docx"), ("odt", "甲.odt")])
def test_old_formats_are_read_like_the_new_one_whatever_they_are_called(kind: str, name: str) -> None:
    assert kind_of(converted(kind)) == kind
    draft, same = read(converted(kind), name), read(original(), "甲.docx")
    assert draft.source == same.source
    assert draft.text == same.text
    assert [(mark.kind, mark.value, mark.start, mark.end) for mark in draft.marks] == [
        (mark.kind, mark.value, mark.start, mark.end) for mark in same.marks
    ]
    assert draft.text.endswith("街道拨款十八万元\n• 白天共享\n图1 改造后的车库")
    assert draft.locations == same.locations


@NEEDS
def test_rich_text_in_gbk() -> None:
    def coded(text: str) -> bytes:
        return b"".join(b"\\'%02x" % byte for byte in text.encode("gbk"))

    body = rb"{\b " + coded("一、背景") + rb"}\par " + coded(PROSE[0].replace("2021", "")) + rb"\par "
    draft = read(rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0\fs32 " + body + b"}", "甲.doc")
    assert draft.text.split("\n") == ["一、背景", PROSE[0].replace("2021", "")]
    assert marked(draft, "heading") == [("1", "一、背景")]


def test_word_files_pages_and_text_with_the_ending_of_an_old_file_are_read_as_what_they_are() -> None:
    data = saved(submission())
    assert read(data, "甲.doc") == docx.read(RawReport("甲.docx", data, "docx", "甲.docx"), Limits())
    for encoding in ("utf-8", "gb18030", "utf-16"):
        page = read(PAGE.encode(encoding), "甲.doc")
        assert page.text.split("\n") == ["停车难在哪里", *PROSE]
    assert read(f"{PROSE[0]}\n{PROSE[1]}".encode("gb18030"), "甲.wps").text == f"{PROSE[0]}\n{PROSE[1]}"


def test_macros_are_not_looked_at() -> None:
    data = repacked(saved(submission()), "word/vbaProject.bin", OLE + bytes(3000))
    types = zipfile.ZipFile(BytesIO(data)).read("[Content_Types].xml")
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = repacked(
        data,
        "[Content_Types].xml",
        types.replace(b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind),
    )
    assert read(data, "甲.docm") == read(saved(submission()), "甲.docx")


def encrypted_package() -> bytes:
    """The beginning of a .docx file with a password: an OLE container with the stream EncryptedPackage."""
    return OLE + bytes(1528) + "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(96)


def workbook() -> bytes:
    file = BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (encrypted_package(), "甲.docx", "已加密.*取消密码"),
        (b"%PDF-1.7\n", "甲.doc", "内容却是 PDF.*扩展名改为 .pdf"),
        (workbook(), "甲.docx", "电子表格"),
        (OLE + bytes(4000), "甲.doc", "不是文字文档"),
        ("只是一段文字。".encode(), "甲.docx", "不是文字文档.*另存为 .docx"),
        (bytes(range(256)) * 20, "甲.doc", "不是文本文件"),
    ],
    ids=["password", "pdf", "xlsx", "ole", "text", "binary"],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, name: str, what: str) -> None:
    with pytest.raises(UnknownFormat, match=what) as caught:
        read(data, name)
    assert caught.value.where == name


@NEEDS
def test_a_doc_with_a_password_is_told_by_its_header() -> None:
    data = bytearray(converted("doc"))
    header = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[header + 11] |= 1
    with pytest.raises(UnknownFormat, match="已加密"):
        read(bytes(data), "甲.doc")


@NEEDS
def test_a_broken_file_is_damaged_and_no_plain_text() -> None:
    data = converted("doc")
    with pytest.raises(DamagedSource, match="LibreOffice 打不开"):
        read(data[:1536] + "WordDocument".encode("utf-16-le") + b"garbage " * 500, "甲.doc")
    with pytest.raises(SourceTooLarge, match="--limit unpacked="):
        office.convert(data, ".doc", "docx", Limits(unpacked=0), "甲.doc")


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(UnknownFormat, match=r"需要 LibreOffice.*用 WPS 或 Word 打开后另存为 .docx"):
        read(b"{\\rtf1 a}", "甲.rtf")
    with pytest.raises(UnknownFormat, match=r"另存为 .xlsx"):
        office.convert(OLE, ".et", "xlsx", Limits(), "甲.et")


@pytest.mark.skipif(os.name == "nt", reason="the program that hangs is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive = tmp_path / "alive"  # a pipe that stays open as long as a process of the program lives
    os.mkfifo(alive)
    end = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nexec 3> {alive}\necho begun >&3\nsleep 600 &\nwait\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "find_program", lambda: program)
    with pytest.raises(SourceTooLarge, match="--limit seconds=2"):
        office.convert(b"x", ".doc", "docx", Limits(seconds=1), "甲.doc")
    os.set_blocking(end, True)
    with os.fdopen(end, "rb") as pipe:
        assert pipe.read() == b"begun\n"  # returns when nobody is left
