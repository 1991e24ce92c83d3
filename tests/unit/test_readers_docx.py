"""Word files, made with python-docx: headings, forms, numbers, tracked changes, and files that are broken or hostile."""

from __future__ import annotations

import contextlib
import random
import zipfile
from io import BytesIO

import docx as writer
import pytest
from damage import PROSE
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnknownFormat, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.limits import Limits
from ingest.pipeline import repair
from ingest.readers import ocr
from ingest.readers.docx import reader as docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def draft_of(data: bytes) -> Draft:
    return docx.read(RawReport("甲.docx", data, "docx", "甲.docx"), Limits())


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The file with this part put in, or in place of the one it has."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def marked(draft: Draft, kind: str) -> list[tuple[str, str]]:
    return [(mark.value, draft.text[mark.start : mark.end]) for mark in draft.marks if mark.kind == kind]


def placed(draft: Draft, kind: str) -> list[tuple[str, str]]:
    return [(place.value, draft.source[place.start : place.end]) for place in draft.locations if place.kind == kind]


def add(paragraph: Paragraph, xml: str) -> None:
    """Put elements at the end of a paragraph."""
    for element in parse_xml(f"<w:p {NAMES}>{xml}</w:p>"):
        paragraph._p.append(element)


def submission() -> Document:
    document = writer.Document()
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
    assert ("field", "申报单位", "申报单位：甲区乙街道办事处") in marked
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


def numbered(document: Document, levels: str, ident: int, override: str = "") -> None:
    """Add a list of these levels: its definition and, by `ident`, its use."""
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{ident}">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="{ident}"><w:abstractNumId w:val="{ident}"/>{override}</w:num>'))


def listed(document: Document, text: str, ident: int, level: int = 0) -> None:
    properties = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(properties))


def test_automatic_numbers_are_written_out() -> None:
    document = writer.Document()
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1-%3"/></w:lvl>'
    )
    numbered(document, levels, 77)
    for level, text in ((0, "背景"), (1, "小区"), (1, "车位"), (0, "做法"), (1, "协商"), (2, "表决")):
        listed(document, text, 77, level)
    assert draft_of(saved(document)).text.split("\n") == ["一、背景", "1.1 小区", "1.2 车位", "二、做法", "2.1 协商", "2-1 表决"]


@pytest.mark.parametrize(
    ("form", "pattern", "expected"),
    [
        ("upperRoman", "%1.", ["IV.甲", "V.乙"]),
        ("ideographTraditional", "（%1）", ["（丁）甲", "（戊）乙"]),
        ("decimalEnclosedCircle", "%1", ["④甲", "⑤乙"]),
        ("decimalZero", "%1)", ["04)甲", "05)乙"]),
        ("lowerLetter", "%1.", ["d.甲", "e.乙"]),
        ("none", "", ["甲", "乙"]),
    ],
)
def test_numbers_of_every_form_count_from_where_the_list_starts(form: str, pattern: str, expected: list[str]) -> None:
    document = writer.Document()
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    numbered(
        document, f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>', 80, override
    )
    listed(document, "甲", 80)
    listed(document, "乙", 80)
    assert draft_of(saved(document)).text.split("\n") == expected


def test_bullets_are_items_of_a_list() -> None:
    document = writer.Document()
    document.add_paragraph("协商定下三条：")
    for text in ("白天共享", "夜间登记"):
        document.add_paragraph(text, style="List Bullet")
    draft = draft_of(saved(document))
    assert draft.text == "协商定下三条：\n• 白天共享\n• 夜间登记"
    assert marked(draft, "item") == [("1", "• 白天共享"), ("1", "• 夜间登记")]


def test_insertions_stay_and_deletions_and_comments_go() -> None:
    document = writer.Document()
    paragraph = document.add_paragraph("街道拨款")
    add(paragraph, "<w:del><w:r><w:delText>十万元</w:delText></w:r></w:del>")
    add(paragraph, "<w:ins><w:r><w:t>十八万元</w:t></w:r></w:ins>")
    add(paragraph, "<w:r><w:t>，</w:t><w:tab/><w:t>居民自筹。</w:t><w:br/><w:t>第二行</w:t></w:r>")
    document.add_comment(paragraph.runs, "这里要核实", author="某人", initials="某")
    add(
        document.add_paragraph("搬走的原处："),
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>",
    )
    assert draft_of(saved(document)).text == "街道拨款十八万元，\t居民自筹。\n第二行\n搬走的原处：新"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = writer.Document()
    first = document.add_paragraph("居民代表")
    first._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {W}><w:del/></w:rPr>"))
    document.add_paragraph("开了五次会。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "删去的行", "留下的行"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {W}/>"))
    assert draft_of(saved(document)).text == "居民代表开了五次会。\n留下的行"


BOX = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    "drawing",
    [
        f"<mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        '<w:pict><v:shape><v:textpath string="框里的话"/></v:shape></w:pict>',
    ],
    ids=["drawing", "fallback", "vml", "art"],
)
def test_text_boxes_are_read_once(drawing: str) -> None:
    document = writer.Document()
    paragraph = document.add_paragraph("框外")
    add(paragraph, f"<w:r>{drawing}</w:r><w:r><w:t>的话</w:t></w:r>")
    assert draft_of(saved(document)).text.split("\n") == ["框外的话", "框里的话"]


def char(kind: str, data: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def test_diagrams_are_read_where_they_stand() -> None:
    diagram, drawing = "http://schemas.openxmlformats.org/drawingml/2006/diagram", "http://schemas.openxmlformats.org/drawingml/2006/main"
    points = "".join(
        f"<d:pt{kind}><d:t><a:p><a:r><a:t>{text[:1]}</a:t></a:r><a:r><a:t>{text[1:]}</a:t></a:r></a:p></d:t></d:pt>"
        for kind, text in (("", "民提"), (' type="node"', "民议"), (' type="sibTrans"', "连线"), ("", "民决"))
    )
    model = f'<d:dataModel xmlns:d="{diagram}" xmlns:a="{drawing}"><d:ptLst>{points}</d:ptLst></d:dataModel>'
    document = writer.Document()
    part = Part(PackURI("/word/diagrams/data1.xml"), "application/xml", model.encode(), document.part.package)
    ident = document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    shown = f'<d:relIds xmlns:d="{diagram}" xmlns:r="{relation}" r:dm="{ident}"/>'
    add(document.add_paragraph("步骤如下："), f"<w:r><w:drawing>{shown}</w:drawing></w:r>")
    document.add_paragraph("就这样办。")
    assert draft_of(saved(document)).text.split("\n") == ["步骤如下：", "民提", "民议", "民决", "就这样办。"]


def test_only_what_is_shown_is_read() -> None:
    document = writer.Document()
    for xml in (
        # the instruction of a field is left out, also where a field stands inside it
        char("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + char("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"{char('separate')}<w:r><w:t>9</w:t></w:r>{char('end')}{char('separate')}<w:r><w:t>结果</w:t></w:r>{char('end')}"
        "<w:r><w:t>之后</w:t></w:r>",
        '<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr="DATE"><w:r><w:t>日期</w:t></w:r></w:fldSimple>',
        "<w:r><w:ruby><w:rt><w:r><w:t>tíng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>停</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>车</w:t></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>看得见</w:t></w:r>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtContent><w:r><w:t>填好的</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        add(document.add_paragraph(), xml)
    assert draft_of(saved(document)).text.split("\n") == ["结果之后", "链接日期", "停车", "看得见", "填好的"]


def test_signs_and_boxes_to_tick_are_characters() -> None:
    document = writer.Document()
    paragraph = document.add_paragraph("类别：")
    add(paragraph, '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>居民自治</w:t></w:r>')
    add(paragraph, '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/><w:t>平安建设</w:t></w:r>')
    add(paragraph, '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0a8</w:t></w:r><w:r><w:t>其他</w:t></w:r>')
    for checked, text in (("<w:checked/>", "已实施"), ('<w:checked w:val="0"/>', "设想")):
        box = char("begin", f"<w:ffData><w:checkBox>{checked}</w:checkBox></w:ffData>")
        add(
            paragraph, f"{box}<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>{char('separate')}{char('end')}<w:r><w:t>{text}</w:t></w:r>"
        )
    assert draft_of(saved(document)).text == "类别：☑居民自治☐平安建设☐其他☑已实施☐设想"


def test_notes_stand_behind_their_paragraph() -> None:
    document = writer.Document()
    add(document.add_paragraph("投诉减少了"), '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>78%，居民满意。</w:t></w:r>')
    add(document.add_paragraph("经验推广到全区"), '<w:r><w:endnoteReference w:id="5"/></w:r><w:r><w:t>。</w:t></w:r>')
    data = saved(document)
    note = '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
    note += '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>据街道统计。</w:t></w:r></w:p></w:footnote>'
    note += '<w:footnote w:id="3"><w:p><w:r><w:t>没有人提到的注。</w:t></w:r></w:p></w:footnote>'
    end = '<w:endnote w:id="5"><w:p><w:r><w:t>文件待发。</w:t></w:r></w:p></w:endnote>'
    data = repacked(data, "word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>".encode())
    data = repacked(data, "word/endnotes.xml", f"<w:endnotes {W}>{end}</w:endnotes>".encode())
    draft = draft_of(data)
    assert draft.text == "投诉减少了78%，居民满意。\n（注1：据街道统计。）\n经验推广到全区。\n（尾注1：文件待发。）"
    assert placed(draft, "note") == [("注1", "（注1：据街道统计。）"), ("尾注1", "（尾注1：文件待发。）")]


def test_captions_by_style_by_words_and_under_a_picture() -> None:
    document = writer.Document()
    document.add_paragraph(PROSE[0])
    add(document.add_paragraph(), "<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    document.add_paragraph("居民在楼下开会").alignment = WD_ALIGN_PARAGRAPH.CENTER
    add(document.add_paragraph(), "<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    document.add_paragraph("二、做法").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("改造后的车库", style="Caption")
    document.add_paragraph("图2 社区议事流程图").runs[0].bold = True
    document.add_paragraph("表1-1：投诉变化")
    document.add_paragraph("图2显示投诉少了。")
    document.add_paragraph("表决通过以后才动工")
    draft = draft_of(saved(document))
    assert marked(draft, "caption") == [("", "居民在楼下开会"), ("", "改造后的车库"), ("", "图2 社区议事流程图"), ("", "表1-1：投诉变化")]


def styled(document: Document, text: str, size: float, *, bold: bool = False, centred: bool = False, font: str = "") -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if font:
        run._r.get_or_add_rPr().append(parse_xml(f'<w:rFonts {W} w:eastAsia="{font}"/>'))


def test_headings_by_look() -> None:
    document = writer.Document()
    styled(document, "甲区乙街道", 22, centred=True, font="方正小标宋简体")
    styled(document, "关于破解停车难的实践", 22, centred=True, font="方正小标宋简体")
    styled(document, "——以枫桥社区为例", 18, centred=True, font="楷体")
    for number, heading in (("一、", "背景与起因"), ("二、", "做法与经过")):
        styled(document, number + heading, 16, font="黑体")
        styled(document, "（一）先把话摊开说", 16, font="楷体_GB2312")
        styled(document, "难在车位", 16, font="楷体_GB2312")
        styled(document, PROSE[0], 16, font="仿宋_GB2312")
        styled(document, "经过协商，大家同意。", 16, bold=True)
    styled(document, "成效", 16, centred=True, font="仿宋_GB2312")
    styled(document, PROSE[4], 16, font="仿宋_GB2312")
    styled(document, "（2019年12月）", 16, bold=True, centred=True)
    draft = draft_of(saved(document))
    assert marked(draft, "title") == [("", "甲区乙街道关于破解停车难的实践")]
    assert draft.source.startswith("甲区乙街道\n关于破解停车难的实践\n——以枫桥社区为例\n")
    middle = [("2", "（一）先把话摊开说"), ("2", "难在车位")]
    assert marked(draft, "heading") == [("1", "一、背景与起因"), *middle, ("1", "二、做法与经过"), *middle, ("3", "成效")]


def test_the_look_of_the_text_is_no_heading() -> None:
    document = writer.Document()
    for text in (PROSE[0], "居民代表大会", PROSE[1], PROSE[2], "散会"):
        styled(document, text, 14, bold=True, font="黑体")
    assert marked(draft_of(saved(document)), "heading") == []


def test_pages_where_word_last_laid_them_out() -> None:
    document = writer.Document()
    document.add_paragraph("第一页的话。")
    add(document.add_paragraph("这一段跨"), "<w:r><w:lastRenderedPageBreak/><w:t>了页。</w:t></w:r>")
    document.add_page_break()
    add(document.add_paragraph(), "<w:r><w:lastRenderedPageBreak/><w:t>第三页。</w:t></w:r>")
    table = document.add_table(1, 2)
    for cell, text in zip(table.rows[0].cells, ("申报单位", "甲街道"), strict=True):
        add(cell.paragraphs[0], f"<w:r><w:lastRenderedPageBreak/><w:t>{text}</w:t></w:r>")
    draft = draft_of(saved(document))
    assert draft.text == "第一页的话。\n这一段跨了页。\n第三页。\n申报单位：甲街道"
    assert placed(draft, "page") == [("1", "第一页的话。\n这一段跨"), ("2", "了页。\n"), ("3", "第三页。\n"), ("4", "申报单位：甲街道")]


def test_pages_by_written_breaks_only_where_these_are_all() -> None:
    def pages(length: int, said: str = "") -> list[tuple[str, str]]:
        document = writer.Document()
        document.add_paragraph("甲" * length)
        document.add_page_break()
        document.add_paragraph("乙")
        document.add_paragraph("丙").paragraph_format.page_break_before = True
        document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("丁")
        data = saved(document)
        properties = zipfile.ZipFile(BytesIO(data)).read("docProps/app.xml")
        if said:
            data = repacked(data, "docProps/app.xml", properties.replace(b"<Pages>1<", f"<Pages>{said}<".encode()))
        return [(number, text[:1]) for number, text in placed(draft_of(data), "page")]

    assert pages(100) == [("1", "甲"), ("2", "乙"), ("3", "丙"), ("4", "丁")]
    assert pages(100, said="9") == []  # the file was longer when it was laid out
    assert pages(5000) == []  # no page holds this


def test_headers_and_footers_are_in_the_source_and_not_in_the_text() -> None:
    document = writer.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "机密★10年"
    section.header.paragraphs[0].text = "内部资料"
    section.footer.paragraphs[0].text = "— 1 —"
    document.add_paragraph("停车难的办法")
    draft = draft_of(saved(document))
    assert draft.source == "机密★10年\n内部资料\n停车难的办法"
    assert draft.text == "停车难的办法"
    assert [(piece.step, draft.source[piece.source_start : piece.source_end]) for piece in draft.offsets.pieces if piece.step] == [
        ("docx.header", "机密★10年\n"),
        ("docx.header", "内部资料\n"),
    ]


@pytest.mark.parametrize(
    ("said", "first", "title", "marks"),
    [
        ("破解停车难的实践", "破解“停车难”的实践", "", [("", "破解“停车难”的实践")]),
        ("破解停车难的实践", PROSE[0] + PROSE[1], "破解停车难的实践", []),
        ("破解停车难的实践", "另一篇文章的题目", "", []),
        ("Microsoft Word - 文档1", PROSE[0] + PROSE[1], "", []),
    ],
    ids=["marks", "stands-in", "stale", "junk"],
)
def test_the_title_of_the_file_is_weak(said: str, first: str, title: str, marks: list[tuple[str, str]]) -> None:
    document = writer.Document()
    document.core_properties.title, document.core_properties.author = said, "张三丰"
    document.add_paragraph(first)
    document.add_paragraph(PROSE[2])
    draft = draft_of(saved(document))
    assert (draft.metadata.title, marked(draft, "title"), draft.metadata.authors) == (title, marks, ())


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("heading 2", [("heading", "2")]),
        ("标题 1", [("heading", "1")]),
        ("二级标题", [("heading", "2")]),
        ("3级标题（公文）", [("heading", "3")]),
        ("公文标题", [("title", "")]),
        ("文章标题", [("title", "")]),
        ("题注", [("caption", "")]),
        ("标题说明", []),
    ],
)
def test_styles_by_the_names_that_offices_give_them(name: str, mark: list[tuple[str, str]]) -> None:
    document = writer.Document()
    style = document.styles.add_style("own", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("停车难在哪里", style=style)
    style.name = name
    document.add_paragraph(PROSE[0])
    draft = draft_of(saved(document))
    assert [(found.kind, found.value) for found in draft.marks] == mark


def test_a_document_that_is_a_page_put_into_it() -> None:
    document = writer.Document()
    page = f"<html><body><h1>停车难在哪里</h1>{''.join(f'<p>{line}</p>' for line in PROSE)}</body></html>"
    part = Part(PackURI("/word/afchunk.html"), "text/html", page.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk")
    draft = draft_of(saved(document))
    assert (draft.source, draft.text) == (page, "\n".join(("停车难在哪里", *PROSE)))


@pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed: pictures in Word files not tried")
def test_a_document_of_pasted_scans_is_read_as_a_scan() -> None:
    document = writer.Document()
    for text in ("GOVERNANCE 2019", "PARKING 312"):
        picture, file = Image.new("RGB", (900, 300), "white"), BytesIO()
        ImageDraw.Draw(picture).text((60, 90), text, fill="black", font_size=80)
        picture.save(file, "PNG")
        document.add_picture(file)
    draft = draft_of(saved(document))
    assert draft.source.split() == ["GOVERNANCE", "2019", "PARKING", "312"]
    assert [(page, text.strip()) for page, text in placed(draft, "page")] == [("1", "GOVERNANCE 2019"), ("2", "PARKING 312")]


def test_small_pictures_are_no_scans() -> None:
    document = writer.Document()
    file = BytesIO()
    Image.new("RGB", (100, 100), "red").save(file, "PNG")
    document.add_picture(file)
    with pytest.raises(EmptySource):
        draft_of(saved(document))


@given(
    st.lists(st.lists(st.tuples(st.text("停车难在，。 ", max_size=6), st.booleans()), max_size=4), min_size=1, max_size=8),
)
@settings(deadline=None, max_examples=25)
def test_pages_cover_the_source_in_order(paragraphs: list[list[tuple[str, bool]]]) -> None:
    document = writer.Document()
    document.add_paragraph("始")
    lines = ["始"]
    breaks = 0
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, before in runs:
            breaks += before
            add(paragraph, f"<w:r>{'<w:lastRenderedPageBreak/>' * before}<w:t>{text}</w:t></w:r>")
        lines.append("".join(text for text, _ in runs))
    document.add_paragraph("终")
    draft = draft_of(saved(document))
    assert draft.text == "\n".join(line for line in [*lines, "终"] if line.strip())
    pages = [place for place in draft.locations if place.kind == "page"]
    if breaks:
        assert [pages[0].start, *(page.end for page in pages)] == [*(page.start for page in pages), len(draft.source)]
        assert (pages[0].value, pages[-1].value) == ("1", str(breaks + 1))
    else:
        assert not pages


def test_strict_documents_and_other_names_of_the_main_part() -> None:
    data = saved(submission())
    document = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = repacked(data, "word/document.xml", document.replace(old, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert draft_of(strict) == draft_of(data)
    renamed = repacked(data, "word/document2.xml", document)
    relations = zipfile.ZipFile(BytesIO(data)).read("_rels/.rels").replace(b"word/document.xml", b"/word/document2.xml")
    renamed = repacked(repacked(renamed, "_rels/.rels", relations), "word/document.xml", b"<x/>")
    assert draft_of(renamed).text == draft_of(data).text


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(EmptySource):
        draft_of(saved(writer.Document()))


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


def test_entity_bombs_are_refused_in_any_encoding() -> None:
    data = saved(submission())
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    for content in (b'<?xml version="1.0"?>' + bomb.encode(), b"\xff\xfe" + bomb.encode("utf-16-le")):
        for part in ("word/document.xml", "word/styles.xml"):
            with pytest.raises(DamagedSource, match="实体"):
                draft_of(repacked(data, part, content))


def test_zip_bombs_are_refused_with_the_limit_that_would_let_them_in() -> None:
    bomb = repacked(saved(submission()), "word/media/a.xml", b"")
    bomb = repacked(bomb, "word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    with pytest.raises(SourceTooLarge, match=r"48 MB，超过 20 MB.*--limit unpacked=50"):
        docx.read(RawReport("甲.docx", bomb, "docx", "甲.docx"), Limits(unpacked=20))
    with pytest.raises(SourceTooLarge, match="--limit memory="):
        docx.read(RawReport("甲.docx", bomb, "docx", "甲.docx"), Limits(memory=500))
    with pytest.raises(SourceTooLarge, match="--limit members="):
        docx.read(RawReport("甲.docx", saved(submission()), "docx", "甲.docx"), Limits(members=5))
    with pytest.raises(DamagedSource):  # a single text of 50 MB is no document, whatever the limits
        docx.read(RawReport("甲.docx", bomb, "docx", "甲.docx"), Limits())


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
