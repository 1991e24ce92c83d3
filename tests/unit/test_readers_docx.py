"""Word files, made with python-docx: headings, forms, numbers, tracked changes, and files that are broken or hostile."""

from __future__ import annotations

import contextlib
import random
import zipfile
from io import BytesIO

import docx
import pytest
from damage import PROSE
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnknownFormat, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.pipeline import repair
from ingest.readers import read
from ingest.readers.docx_package import open_package

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def draft_of(data: bytes) -> Draft:
    return read(RawReport("甲.docx", data, "docx", "甲.docx"))


def submission() -> Document:
    document = docx.Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("停车难在哪里")
    run.bold, run.font.size = True, Pt(22)
    table = document.add_table(rows=4, cols=4)
    rows = (
        ("申报单位", "甲区乙街道办事处", "案例类别", "居民自治"),
        ("联 系 人", "张三丰", "联系电话", "13800138000"),
        ("编号", "JD-012", "总投入", "18万元"),
        ("摘要", "", "", ""),
    )
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(3, 1).merge(table.cell(3, 3)).text = f"{PROSE[0]}\n{PROSE[1]}"
    document.add_heading("一、背景", 1)
    document.add_paragraph(PROSE[0])
    document.add_paragraph().add_run("二、做法").bold = True
    document.add_paragraph("（一）把话摊开说")
    document.add_paragraph(PROSE[2])
    return document


def test_linear_text_and_marks() -> None:
    draft = draft_of(saved(submission()))
    assert draft.source == draft.text
    marked = [(mark.kind, mark.value, draft.text[mark.start : mark.end]) for mark in draft.marks]
    assert ("title", "", "停车难在哪里") in marked
    assert ("field", "", "申报单位：甲区乙街道办事处") in marked
    assert ("heading", "1", "一、背景") in marked
    assert ("heading", "1", "二、做法") in marked
    assert ("heading", "1", "摘要") in marked
    assert f"摘要\n{PROSE[0]}\n{PROSE[1]}\n" in draft.text


def test_form_fields_become_metadata_and_contacts_are_private() -> None:
    draft, private = repair(draft_of(saved(submission())))
    assert draft.metadata.applicant == "甲区乙街道办事处"
    assert draft.metadata.category == "居民自治"
    assert draft.metadata.number == "JD-012"
    assert {draft.source[start:end] for start, end in private} == {"张三丰", "13800138000"}
    for gone in ("张三丰", "13800138000", "申报单位"):
        assert gone not in draft.text
    assert "18万元" in draft.text


def test_automatic_numbers_are_written_out() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2 "/></w:lvl>'
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "背景"), (1, "小区"), (1, "车位"), (0, "做法"), (1, "协商")):
        paragraph = document.add_paragraph(text)
        properties = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    assert draft_of(saved(document)).text.split("\n") == ["一、背景", "1.1 小区", "1.2 车位", "二、做法", "2.1 协商"]


def test_insertions_stay_and_deletions_and_comments_go() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("街道拨款")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>十万元</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>十八万元</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:r {W}><w:t>，</w:t><w:tab/><w:t>居民自筹。</w:t><w:br/><w:t>第二行</w:t></w:r>"))
    assert draft_of(saved(document)).text == "街道拨款十八万元，\t居民自筹。\n第二行"


def test_text_boxes_are_read_once() -> None:
    document = docx.Document()
    inner = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph("框外的话")._p.append(parse_xml(box))
    assert draft_of(saved(document)).text.split("\n") == ["框外的话", "框里的话"]


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(EmptySource):
        draft_of(saved(docx.Document()))


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return out.getvalue()


def test_cut_short_encrypted_and_other_formats() -> None:
    data = saved(submission())
    for broken, error in (
        (data[: len(data) // 2], DamagedSource),
        (data[:40], DamagedSource),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), UnknownFormat),
        (b"plain text", UnknownFormat),
        (repacked(data, "word/document.xml", b"<w:document"), DamagedSource),
    ):
        with pytest.raises(error) as caught:
            draft_of(broken)
        assert "甲.docx" in str(caught.value)
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UnknownFormat):
        draft_of(other.getvalue())


def test_entity_bombs_and_zip_bombs_are_refused() -> None:
    data = saved(submission())
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(DamagedSource, match="实体"):
        draft_of(repacked(data, "word/document.xml", b'<?xml version="1.0"?>' + entities + b"<x>&b;</x>"))
    with pytest.raises(SourceTooLarge, match="压缩"):
        draft_of(repacked(data, "word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>"))
    with pytest.raises(SourceTooLarge):
        open_package(data, "甲.docx", limit=1000)


def test_mutated_files_raise_only_our_errors() -> None:
    chance = random.Random(3)
    data = saved(submission())
    document = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    for number in range(20):
        if number % 2:
            mutated = bytearray(data)
            for _ in range(20):
                mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        else:
            inner = bytearray(document)
            for _ in range(3):
                inner[chance.randrange(len(inner))] = chance.randrange(256)
            mutated = bytearray(repacked(data, "word/document.xml", bytes(inner)))
        with contextlib.suppress(UnreadableSource):
            draft_of(bytes(mutated))
