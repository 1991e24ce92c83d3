"""Tables of Word files, made with python-docx: forms in the shapes that offices give them, and tables that are no forms."""

from __future__ import annotations

import re

import docx as writer
import pytest
from damage import PROSE
from docx.document import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_docx import W, add, draft_of, marked, placed, repacked, saved

from ingest.draft import Draft
from ingest.pipeline import repair

Merge = tuple[int, int, int, int]


def table(document: Document, rows: list[tuple[str, ...]], merged: tuple[Merge, ...] = ()) -> None:
    """A table of these texts; `merged` cells (from row and column, to row and column) keep the text of the first."""
    made = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(number, column).text = text
    for top, left, bottom, right in merged:
        text = made.cell(top, left).text
        made.cell(top, left).merge(made.cell(bottom, right)).text = text


def form(rows: list[tuple[str, ...]], *merged: Merge) -> Draft:
    document = writer.Document()
    table(document, rows, merged)
    return draft_of(saved(document))


def test_pairs_side_by_side_with_hints_blanks_and_groups() -> None:
    draft = form(
        [
            ("案例名称（不超过20字）", "停车难", "申 报 单 位", "甲街道"),
            ("联系人", "", "电　话：", "0571-1234567"),
            ("联系方式", "手机", "13800138000", ""),
            ("工作亮点", "协商", "参与人数", "30人"),
            ("主要做法（1000字以内）", PROSE[0] + PROSE[1], "", ""),
        ],
        (4, 1, 4, 3),
    )
    assert draft.source.split("\n") == [
        "案例名称（不超过20字）：停车难",
        "申报单位：甲街道",
        "联系人：",
        "电话：0571-1234567",
        "联系方式",
        "手机：13800138000",
        "工作亮点：协商",
        "参与人数：30人",
        "主要做法（1000字以内）",
        PROSE[0] + PROSE[1],
    ]
    assert draft.text.split("\n") == [
        "案例名称：停车难",
        "申报单位：甲街道",
        "电话：0571-1234567",
        "联系方式",
        "手机：13800138000",
        "工作亮点：协商",
        "参与人数：30人",
        "主要做法",
        PROSE[0] + PROSE[1],
    ]
    assert marked(draft, "field") == [
        ("案例名称", "案例名称：停车难"),
        ("申报单位", "申报单位：甲街道"),
        ("电话", "电话：0571-1234567"),
        ("手机", "手机：13800138000"),
        ("工作亮点", "工作亮点：协商"),
        ("参与人数", "参与人数：30人"),
    ]
    assert marked(draft, "heading") == [("1", "主要做法")]
    assert placed(draft, "cell")[0] == ("表1!B1", "案例名称（不超过20字）：停车难")
    assert placed(draft, "row") == [("表1!3", "联系方式")]


def test_labels_above_their_values() -> None:
    draft = form([("案例名称", "申报单位", "参与户数"), ("停车难", "甲街道", "86户"), ("摘要", PROSE[5], "")], (2, 1, 2, 2))
    assert draft.text.split("\n") == ["案例名称：停车难", "申报单位：甲街道", "参与户数：86户", f"摘要：{PROSE[5]}"]
    assert [value for value, _ in marked(draft, "field")][:3] == ["案例名称", "申报单位", "参与户数"]


def test_several_rows_under_labels_are_a_list_whose_contacts_are_hidden() -> None:
    draft = form([("姓  名", "单位", "联系电话"), ("张三丰", "甲街道", "13800138000"), ("李四光", "乙社区", "13900139000")])
    assert draft.text.split("\n") == [
        "单位",
        "甲街道",
        "姓名：张三丰\t联系电话：13800138000",
        "乙社区",
        "姓名：李四光\t联系电话：13900139000",
    ]
    repaired, private = repair(draft)
    assert {draft.source[start:end] for start, end in private} == {"张三丰", "13800138000", "李四光", "13900139000"}
    assert "张三丰" not in repaired.text
    cases = form([("序号", "案例名称", "申报单位"), ("1", "停车难", "甲街道"), ("2", "飞线充电", "乙街道")])
    assert cases.text.split("\n") == ["序号\t案例名称\t申报单位", "1\t停车难\t甲街道", "2\t飞线充电\t乙街道"]
    assert repair(cases)[0].metadata.applicant is None


def test_a_label_over_several_rows_and_a_value_of_several_lines() -> None:
    rows = [("申报单位", "甲街道", ""), ("参与撰写人员", "张三丰\n李四光", ""), ("成效", PROSE[4] + PROSE[3], ""), ("", PROSE[5], "")]
    values = ((0, 1, 0, 2), (1, 1, 1, 2), (2, 1, 2, 2), (3, 1, 3, 2), (4, 1, 4, 2))
    draft = form([*rows, ("类别", "自治", "")], *values, (2, 0, 3, 0))
    assert draft.text.split("\n") == [
        "申报单位：甲街道",
        "参与撰写人员：张三丰、李四光",
        "成效",
        PROSE[4] + PROSE[3],
        PROSE[5],
        "类别：自治",
    ]


def test_figures_stay_in_their_columns() -> None:
    draft = form([("指标", "2018年", "2019年"), ("投诉量", "120件", "30件"), ("", "", "减少"), ("", "", "")])
    assert draft.text == "指标\t2018年\t2019年\n投诉量\t120件\t30件\n\t\t减少"
    assert placed(draft, "row") == [("表1!1", "指标\t2018年\t2019年"), ("表1!2", "投诉量\t120件\t30件"), ("表1!3", "\t\t减少")]
    assert draft.marks == ()


def test_two_columns_of_headings_and_text_without_labels_anybody_knows() -> None:
    draft = form([("停车之困", PROSE[0] + PROSE[1]), ("共治之路", PROSE[2] + PROSE[3]), ("小结", "短")])
    assert marked(draft, "heading") == [("1", "停车之困"), ("1", "共治之路")]
    assert draft.text == f"停车之困\n{PROSE[0]}{PROSE[1]}\n共治之路\n{PROSE[2]}{PROSE[3]}\n小结\t短"


def test_a_cell_that_fills_its_row_is_a_paragraph_and_tables_may_be_nested() -> None:
    document = writer.Document()
    table(document, [("申报单位", "甲街道"), ("案例名称", "停车难"), ("案例正文", "")], ((2, 0, 2, 1),))
    cell = document.tables[0].add_row().cells
    cell[0].merge(cell[1]).text = PROSE[0]
    inner = cell[0].add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "类别", "自治"
    draft = draft_of(saved(document))
    assert draft.text.split("\n") == ["申报单位：甲街道", "案例名称：停车难", "案例正文", PROSE[0], "类别：自治"]
    assert marked(draft, "heading") == [("1", "案例正文")]
    assert marked(draft, "field")[-1] == ("类别", "类别：自治")


def test_cells_in_content_controls_and_notes_in_cells() -> None:
    document = writer.Document()
    table(document, [("申报单位", "甲街道"), ("类别", "自治")])
    add(document.tables[0].cell(1, 1).paragraphs[0], '<w:r><w:footnoteReference w:id="9"/></w:r>')
    row = document.tables[0].rows[0]._tr
    held = parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>")
    cell = row.tc_lst[1]
    row.replace(cell, held)
    held[1].append(cell)
    note = '<w:footnote w:id="9"><w:p><w:r><w:t>见附件</w:t></w:r></w:p></w:footnote>'
    data = repacked(saved(document), "word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>".encode())
    assert draft_of(data).text == "申报单位：甲街道\n类别：自治\n（注1：见附件）"


@pytest.mark.parametrize("label", ["申报单位", "申 报 单 位", "申报\n单位", "申报单位：", "※申报单位", "申报单位*", "申报单位（盖章）"])
def test_labels_as_forms_write_them(label: str) -> None:
    assert marked(form([(label, "甲街道"), ("案例名称", "停车难")]), "field")[0] == ("申报单位", "申报单位：甲街道")


LABELS = ("申报单位", "联系人", "类别", "工作亮点", "摘要（300字）")
CELLS = st.sampled_from(["", "", *LABELS, "甲街道", "张三丰", "30人", PROSE[0], f"{PROSE[1]}\n{PROSE[2]}"])


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)))
@settings(deadline=None, max_examples=40)
def test_every_cell_is_in_the_source_once(rows: list[list[str]]) -> None:
    if not any(cell for row in rows for cell in row):
        return
    draft = form([tuple(row) for row in rows])
    words = [line for row in rows for cell in row for line in cell.split("\n") if line]
    shown, written = (sorted(re.sub("[\\s：、]", "", text)) for text in (draft.source, "".join(words)))
    assert shown == written
    for place in draft.locations:
        assert place.start < place.end
    for piece in draft.offsets.pieces:
        assert piece.step in ("", "docx.hint", "docx.blank")
