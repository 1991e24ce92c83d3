"""Tables with a submission a column, and what looks like one and is none (all people and places 虚构)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from damage import PROSE
from openpyxl import Workbook

from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.pipeline import read_report
from ingest.readers import find, read
from ingest.readers.mapping import Mapping, load_mapping

Rows = Sequence[Sequence[object]]
PEOPLE = ["赵甲乙", "钱丙丁", "孙戊己"]
ACROSS: Rows = [
    ["序号", 1, 2, 3],
    ["案例名称", "停车难的化解", "破解飞线问题", "加装电梯的做法"],
    ["申报单位", "甲街道", "乙街道", "丙街道"],
    ["联系人", *PEOPLE],
    ["联系电话", "13800000001", "0571-80000002", "13800000003"],
    ["案例背景", *PROSE[:3]],
    ["主要做法", *PROSE[1:4]],
    ["取得成效", *PROSE[2:5]],
]


def workbook(rows: Rows, merged: Sequence[str] = (), name: str = "汇总") -> bytes:
    book = Workbook()
    book.active.title = name
    for cells in rows:
        book.active.append(list(cells))
    for span in merged:
        book.active.merge_cells(span)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def delimited(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def walked(folder: Path, name: str, data: bytes, mapping: Mapping | None = None) -> tuple[list[RawReport], list[SetAside]]:
    (folder / name).write_bytes(data)
    items = list(find([folder / name], collection="测试", mapping=mapping))
    return [item for item in items if isinstance(item, RawReport)], [item for item in items if isinstance(item, SetAside)]


def sources(found: tuple[list[RawReport], list[SetAside]]) -> tuple[list[str], list[str]]:
    return [report.source for report in found[0]], [item.source for item in found[1]]


def test_a_column_is_a_submission(tmp_path: Path) -> None:
    reports, aside = walked(tmp_path, "表.xlsx", workbook(ACROSS))
    assert not aside
    assert [(report.source, report.media) for report in reports] == [(f"表.xlsx#汇总!{letter}", "row") for letter in "BCD"]
    reading = read_report("测试", reports[1])
    assert (reading.metadata.title, reading.metadata.applicant) == ("破解飞线问题", "乙街道")
    assert reading.text == f"破解飞线问题\n案例背景\n{PROSE[1]}\n主要做法\n{PROSE[2]}\n取得成效\n{PROSE[3]}"
    assert PEOPLE[1] not in reading.source
    assert "80000002" not in reading.source
    at = reading.text.index(PROSE[2])
    assert [item.value for item in reading.at(at, at + 5, "cell")] == ["汇总!C7"]
    assert [item.value for item in reading.at(0, 3, "cell")] == ["汇总!C2"]


def test_text_that_is_delimited(tmp_path: Path) -> None:
    reports, aside = walked(tmp_path, "表.csv", delimited(ACROSS))
    assert not aside
    assert [report.source for report in reports] == ["表.csv#B", "表.csv#C", "表.csv#D"]
    assert read(reports[2]).locations[0].value == "D2"


def test_a_page_called_xls(tmp_path: Path) -> None:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in ACROSS)
    found = walked(tmp_path, "导出.xls", f"<html><meta charset='utf-8'><table>{lines}</table></html>".encode())
    assert sources(found) == (["导出.xls#B", "导出.xls#C", "导出.xls#D"], [])


def test_titles_notes_and_names_of_columns_around_it(tmp_path: Path) -> None:
    rows = [["2023年停车案例汇总表"], [], ["项目", "案例一", "案例二", "填写说明"]]
    rows += [[*cells[:3], "不超过200字"] for cells in ACROSS]
    rows += [["填表人：周甲", None, "审核：吴乙"], ["注：请于6月底前报送，逾期不再受理。"]]
    reports, aside = walked(tmp_path, "表.xlsx", workbook(rows, ["A1:D1"]))
    assert not aside
    assert [report.source for report in reports] == ["表.xlsx#汇总!B", "表.xlsx#汇总!C"]
    for report, title in zip(reports, ("停车难的化解", "破解飞线问题"), strict=True):
        draft = read(report)
        assert draft.metadata.title == title
        for words in ("案例一", "案例二", "200字", "周甲", "吴乙", "逾期"):
            assert words not in draft.text


def test_labels_in_two_levels_and_cells_that_several_share(tmp_path: Path) -> None:
    rows = [
        ["基本信息", "案例名称", "停车难的化解", "破解飞线问题", "加装电梯的做法"],
        [None, "所在区", "南桥区", None, "北桥区"],
        [None, "类别", "环境"],
        ["案例正文", "主要做法", PROSE[0], PROSE[1], PROSE[2]],
        [None, None, PROSE[3], None, PROSE[4]],
        [None, "取得成效", PROSE[1], PROSE[2], PROSE[3]],
    ]
    merged = ["A1:A3", "A4:A6", "C2:D2", "C3:E3", "B4:B5"]
    reports, aside = walked(tmp_path, "表.xlsx", workbook(rows, merged))
    assert not aside
    drafts = [read(report) for report in reports]
    assert [(draft.metadata.title, draft.metadata.place, draft.metadata.category) for draft in drafts] == [
        ("停车难的化解", "南桥区", "环境"), ("破解飞线问题", "南桥区", "环境"), ("加装电梯的做法", "北桥区", "环境"),
    ]  # fmt: skip
    assert f"主要做法\n{PROSE[0]}\n{PROSE[3]}\n取得成效\n{PROSE[1]}" in drafts[0].text
    assert "汇总!C5" in {item.value for item in drafts[0].locations}


def test_an_explicit_number_is_the_key_where_it_names_one_column(tmp_path: Path) -> None:
    rows = [["编号", "NQ-001", "NQ-002", "NQ-002"], *ACROSS[1:]]
    assert sources(walked(tmp_path, "表.xlsx", workbook(rows))) == (["NQ-001", "表.xlsx#汇总!C", "表.xlsx#汇总!D"], [])


def test_a_column_without_a_text_and_a_total_are_none(tmp_path: Path) -> None:
    rows = [[*cells, "合计" if not number else None] for number, cells in enumerate(ACROSS)]
    rows[5:] = [[*cells[:3], None, None] for cells in rows[5:]]
    reports, aside = walked(tmp_path, "表.xlsx", workbook(rows))
    assert len(reports) == 2
    assert [(item.source, item.code) for item in aside] == [("表.xlsx#汇总!D", "empty")]
    assert "第 D 列" in aside[0].message


def test_labels_that_stand_again_below_and_beside(tmp_path: Path) -> None:
    below = [*ACROSS, [], *[[cells[0], *cells[:0:-1]] for cells in ACROSS]]
    found = walked(tmp_path, "表.xlsx", workbook(below))
    assert sources(found) == ([f"表.xlsx#汇总!{name}" for name in ("B", "C", "D", "B10", "C10", "D10")], [])
    assert [read(report).metadata.title for report in found[0]][2:4] == ["加装电梯的做法"] * 2
    beside = [[*cells[:3], cells[0], cells[3]] for cells in ACROSS]
    assert sources(walked(tmp_path, "表.xlsx", workbook(beside))) == ([f"表.xlsx#汇总!{name}" for name in "BCE"], [])


def test_a_mapping_names_odd_labels(tmp_path: Path) -> None:
    rows = [
        ["哪件事", "停车", "飞线"], ["谁报的", "甲街道", "乙街道"], ["说说看", *PROSE[:2]], ["找谁", *PEOPLE[:2]], ["打分", 95, 96],
    ]  # fmt: skip
    file = tmp_path / "列.yaml"
    file.write_text("哪件事: 标题\n谁报的: applicant\n说说看: 正文\n4: 隐私\n打分: 忽略\n", encoding="utf-8")
    reports, aside = walked(tmp_path, "表.xlsx", workbook(rows), load_mapping(file))
    assert not aside
    readings = [read_report("测试", report) for report in reports]
    assert [(reading.metadata.title, reading.metadata.applicant) for reading in readings] == [("停车", "甲街道"), ("飞线", "乙街道")]
    assert all(words not in readings[0].source for words in (PEOPLE[0], "95"))


def test_marks_of_secrecy(tmp_path: Path) -> None:
    marked = (
        [["机密★10年"], *ACROSS],
        [["密级：秘密", None, None, None], *ACROSS],
        [*ACROSS, ["注：密级：机密"]],
        [["密级", "机密"], *ACROSS],
    )
    for rows in marked:
        reports, (aside,) = walked(tmp_path, "表.xlsx", workbook(rows))
        assert not reports
        assert (aside.source, aside.code) == ("表.xlsx", "classified")
    rows = [*ACROSS, ["密级", "公开", "机密", "无"]]
    reports, aside_of = walked(tmp_path, "表.xlsx", workbook(rows))
    assert [report.source for report in reports] == ["表.xlsx#汇总!B", "表.xlsx#汇总!D"]
    assert [(item.source, item.code) for item in aside_of] == [("表.xlsx#汇总!C", "classified")]
    for data in (workbook([["内部资料 注意保存"], *ACROSS]), workbook(ACROSS, name="内部资料")):
        reports, _ = walked(tmp_path, "表.xlsx", data)
        assert [read_report("测试", report).metadata.handling for report in reports] == ["内部资料"] * 3


FORM: Rows = [
    ["南桥区金点子征集活动申报表"],
    ["案例名称", "楼道堆物清理", "编号", "NQ-2023-07"],
    ["申报单位", "南桥社区", "联系人", PEOPLE[0]],
    ["主要做法", PROSE[0] + PROSE[1]],
    ["取得成效", PROSE[2]],
]
FORMS: list[tuple[Rows, Sequence[str]]] = [
    (FORM, ["A1:D1", "B4:D4", "B5:D5"]),
    ([["案例名称", "楼道清理"], ["申报单位", "南桥社区"], ["主要做法", PROSE[0]], ["取得成效", PROSE[1]]], ()),
    (  # explanations beside the values
        [
            ["项目", "填写内容", "填写说明"], ["案例名称", "楼道清理", "请写全称，不超过30字"], ["申报单位", "南桥社区", "请与公章一致"],
            ["主要做法", PROSE[0], "请分条写明具体做法，突出创新之处，不超过1500字。"],
            ["取得成效", PROSE[1], "请用数据说明成效，不超过500字，附佐证。"],
        ],
        (),
    ),
    (  # explanations without a head
        [
            ["案例名称", "楼道清理", "必填"], ["申报单位", "南桥社区", "必填，与公章一致"],
            ["主要做法", PROSE[0], "请分条写明具体做法，突出创新之处，不超过1500字。"], ["取得成效", PROSE[1], "选填"],
        ],
        (),
    ),
    (  # labels of the form's own beside the first values
        [
            ["案例名称", "楼道清理", "参与户数", 120], ["申报单位", "南桥社区", "覆盖面积", 300],
            ["主要做法", PROSE[0]], ["取得成效", PROSE[1]],
        ],
        ["B3:D3", "B4:D4"],
    ),
    (  # texts beside each other
        [
            ["案例名称", "楼道清理", "申报单位", "南桥社区"], ["案例背景", PROSE[0], "主要做法", PROSE[1]],
            ["取得成效", PROSE[2], "启示", PROSE[3]],
        ],
        (),
    ),
    (  # a merged cell written out
        [["案例名称", *["楼道清理"] * 3], ["申报单位", *["南桥社区"] * 3], ["主要做法", *[PROSE[0]] * 3], ["取得成效", *[PROSE[1]] * 3]],
        (),
    ),
    (  # periods
        [["项目名称", "2022年", "2023年"], ["实施情况", *PROSE[:2]], ["主要成效", *PROSE[2:4]], ["存在问题", *PROSE[3:5]]],
        (),
    ),
    (  # figures with words on them
        [["类别", "一季度", "二季度"], ["案例数", 3, 5], ["工作措施", *PROSE[:2]], ["取得成效", *PROSE[2:4]]],
        (),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "merged"), FORMS)
def test_a_form_stays_a_form(tmp_path: Path, rows: Rows, merged: Sequence[str]) -> None:
    reports, aside = walked(tmp_path, "表.xlsx", workbook(rows, merged))
    assert not aside
    assert [(report.source, report.media) for report in reports] == [("表.xlsx", "table")]


@pytest.mark.parametrize(
    "rows",
    [
        [["栏目", "标题", "正文"], ["案例背景", "由来", PROSE[0]], ["主要做法", "协商", PROSE[1]], ["取得成效", "变化", PROSE[2]]],
        [["标题", "类别", "正文"], ["案例背景", "停车", PROSE[0]], ["主要做法", "飞线", PROSE[1]], ["取得成效", "电梯", PROSE[2]]],
        [
            ["案例名称", "申报单位", "主要做法"], ["停车难问题", "甲街道", PROSE[0]], ["飞线整治成效", "乙街道", PROSE[1]],
            ["题目", "丙", PROSE[2]],
        ],
    ],
)  # fmt: skip
def test_a_list_with_labels_among_its_values_stays_a_list(tmp_path: Path, rows: Rows) -> None:
    assert sources(walked(tmp_path, "表.xlsx", workbook(rows))) == ([f"表.xlsx#汇总!{number}" for number in (2, 3, 4)], [])


def test_figures_stay_figures(tmp_path: Path) -> None:
    rows = [["街道", "甲街道", "乙街道"], ["案例名称数", 3, 5], ["成效", "好", "较好"]]
    reports, (aside,) = walked(tmp_path, "表.xlsx", workbook(rows))
    assert not reports
    assert "数字" in aside.message
