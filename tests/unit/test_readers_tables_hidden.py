"""What a workbook hides is not read; where it looks like submissions, it is said (all people and places 虚构)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from damage import PROSE
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.model import SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT
from ingest.readers import find, read
from ingest.readers.mapping import Mapping, load_mapping
from ingest.readers.office import convert, find_program

OFFICE = pytest.mark.skipif(find_program() is None, reason="没有安装 LibreOffice")
HEAD = ["编号", "案例名称", "申报单位", "主要做法", "评审记录"]


def rows(first: int, count: int) -> list[list[object]]:
    return [
        [f"NQ-{n:03}", f"第{n}个停车案例", "甲街道", f"{n}。{PROSE[n % 6]}", f"评审组{n}：{PROSE[(n + 1) % 6]}"]
        for n in range(first, first + count)
    ]


def filled(sheet: Worksheet, lines: Sequence[Sequence[object]]) -> Worksheet:
    for cells in lines:
        sheet.append(list(cells))
    return sheet


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def walked(folder: Path, name: str, data: bytes, mapping: Mapping | None = None) -> tuple[list[RawReport], list[SetAside]]:
    (folder / name).write_bytes(data)
    items = list(find([folder / name], collection="测试", mapping=mapping))
    return [item for item in items if isinstance(item, RawReport)], [item for item in items if isinstance(item, SetAside)]


def with_hidden(lines: Sequence[Sequence[object]], name: str = "旧") -> bytes:
    book = Workbook()
    filled(book.active, [HEAD, *rows(1, 2)])
    filled(book.create_sheet(name), lines).sheet_state = "hidden"
    return saved(book)


def test_a_hidden_sheet_of_submissions_is_set_aside(tmp_path: Path) -> None:
    reports, (aside,) = walked(tmp_path, "表.xlsx", with_hidden([HEAD, *rows(2, 3)]))
    assert len(reports) == 2
    assert (aside.source, aside.key) == ("表.xlsx#旧", "表.xlsx")
    assert "2 件" in aside.message  # the third is shown in the other sheet
    assert "取消隐藏" in aside.message


def test_a_hidden_form_and_columns_are_set_aside(tmp_path: Path) -> None:
    form = [["案例名称", "楼道清理", "编号", "NQ-9"], ["申报单位", "南桥社区"], ["主要做法", PROSE[5]]]
    across = [["案例名称", "停车", "飞线"], ["申报单位", "甲街道", "乙街道"], ["主要做法", *PROSE[:2]]]
    for lines, count in ((form, "1 件"), (across, "2 件")):
        reports, (aside,) = walked(tmp_path, "表.xlsx", with_hidden(lines))
        assert len(reports) == 2
        assert aside.source == "表.xlsx#旧"
        assert count in aside.message


@pytest.mark.parametrize(
    "lines",
    [
        [["停车治理"], ["环境整治"], ["公开"], ["秘密"], ["机密"]],
        [["案例名称", "申报单位", "类别"], ["停车", "甲街道", "环境"]],
        [["填表说明"], ["请分条写明具体做法，突出创新之处，不超过1500字，逾期不再受理。"]],
    ],
)
def test_hidden_options_names_and_explanations_are_no_submissions(tmp_path: Path, lines: list[list[object]]) -> None:
    reports, aside = walked(tmp_path, "表.xlsx", with_hidden(lines))
    assert (len(reports), aside) == (2, [])


@pytest.mark.parametrize(
    "lines",
    [[["密级：机密"], HEAD, *rows(3, 2)], [["机密★10年"]], [["机密★长期"], ["某村情况"]], [[*HEAD, "密级"], [*rows(3, 1)[0], "机密"]]],
)
def test_marks_in_hidden_sheets_refuse_the_file(tmp_path: Path, lines: list[list[object]]) -> None:
    reports, (aside,) = walked(tmp_path, "表.xlsx", with_hidden(lines))
    assert not reports
    assert (aside.source, aside.code) == ("表.xlsx", "classified")


def test_sheets_are_read_where_all_that_is_filled_is_hidden(tmp_path: Path) -> None:
    book = Workbook()
    filled(book.create_sheet("旧"), [HEAD, *rows(1, 2)]).sheet_state = "hidden"
    reports, aside = walked(tmp_path, "表.xlsx", saved(book))
    assert ([report.source for report in reports], aside) == (["NQ-001", "NQ-002"], [])


def away() -> Workbook:
    book = Workbook()
    sheet = filled(book.active, [["汇总表"], HEAD, *rows(1, 4), ["", "只有名称"]])
    for number in (4, 7):
        sheet.row_dimensions[number].hidden = True
    for letter in "AE":
        sheet.column_dimensions[letter].hidden = True
    return book


def test_hidden_rows_are_set_aside_and_hidden_columns_left_out(tmp_path: Path) -> None:
    reports, aside = walked(tmp_path, "表.xlsx", saved(away()))
    assert [report.source for report in reports] == ["NQ-001", "NQ-003", "NQ-004"]
    for report in reports:
        assert "评审组" not in read(report).text
        assert "评审组" not in report.data.decode()
    assert [item.source for item in aside] == ["NQ-002", "表.xlsx#Sheet!E列"]
    assert "第 4 行" in aside[0].message
    assert "评审记录" in aside[1].message


@OFFICE
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_hidden_rows_and_columns_of_other_workbooks(tmp_path: Path, ending: str) -> None:
    data = convert(saved(away()), ".xlsx", ending, DEFAULT, "表")
    reports, aside = walked(tmp_path, f"表.{ending}", data)
    assert [report.source for report in reports] == ["NQ-001", "NQ-003", "NQ-004"]
    assert [item.source for item in aside] == ["NQ-002", f"表.{ending}#Sheet!E列"]


def test_hidden_rows_of_a_page(tmp_path: Path) -> None:
    lines = [HEAD, *rows(1, 2)]
    page = "".join(
        ("<tr style='display: none'>" if number == 2 else "<tr>") + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for number, cells in enumerate(lines)
    )
    reports, aside = walked(tmp_path, "表.xls", f"<meta charset='utf-8'><table>{page}</table>".encode())
    assert ([report.source for report in reports], [item.source for item in aside]) == (["NQ-001"], ["NQ-002"])


def test_a_mapping_reads_a_hidden_column(tmp_path: Path) -> None:
    (tmp_path / "列.yaml").write_text("E: 栏目\n", encoding="utf-8")
    reports, aside = walked(tmp_path, "表.xlsx", saved(away()), load_mapping(tmp_path / "列.yaml"))
    assert "评审组1" in read(reports[0]).text
    assert [item.source for item in aside] == ["NQ-002"]


def test_marks_in_hidden_rows_and_columns_count(tmp_path: Path) -> None:
    book = Workbook()
    sheet = filled(
        book.active, [[*HEAD, "密级"], *[[*cells, level] for cells, level in zip(rows(1, 3), ("公开", "机密", "秘密"), strict=True)]]
    )
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[4].hidden = True
    reports, aside = walked(tmp_path, "表.xlsx", saved(book))
    assert [report.source for report in reports] == ["NQ-001"]
    assert [(item.source, item.code) for item in aside] == [("表.xlsx#Sheet!3", "classified"), ("表.xlsx#Sheet!4", "classified")]
    sheet = filled(book.create_sheet("封面", 0), [["机密★10年"]])
    sheet.row_dimensions[1].hidden = True
    reports, (whole,) = walked(tmp_path, "表.xlsx", saved(book))
    assert (reports, whole.code) == ([], "classified")


def test_a_submission_that_goes_on_in_hidden_rows_is_not_read_by_halves(tmp_path: Path) -> None:
    book = Workbook()
    sheet = filled(book.active, [HEAD, *rows(1, 1), ["", "", "", PROSE[3]], *rows(2, 1)])
    sheet.row_dimensions[3].hidden = True
    reports, (aside,) = walked(tmp_path, "表.xlsx", saved(book))
    assert ([report.source for report in reports], aside.source) == (["NQ-002"], "NQ-001")


def test_a_form_with_hidden_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = filled(
        book.active, [["案例名称", "楼道清理"], ["申报单位", "南桥社区"], ["主要做法", PROSE[0]], ["取得成效", PROSE[1]], ["得分", 95]]
    )
    sheet.merge_cells("B3:D3")
    for number in (4, 5):
        sheet.row_dimensions[number].hidden = True
    (report,), (aside,) = walked(tmp_path, "表.xlsx", saved(book))
    assert read(report).text.endswith(f"主要做法\n{PROSE[0]}")
    assert (aside.source, "B4" in aside.message) == ("表.xlsx#Sheet!B4", True)


def test_hidden_columns_of_submissions_in_columns(tmp_path: Path) -> None:
    book = Workbook()
    across = [["案例名称", "停车", "飞线", "电梯"], ["申报单位", "甲", "乙", "丙"], ["主要做法", *PROSE[:3]], ["评审记录", *PROSE[3:]]]
    sheet = filled(book.active, across)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[4].hidden = True
    reports, aside = walked(tmp_path, "表.xlsx", saved(book))
    assert [report.source for report in reports] == ["表.xlsx#Sheet!B", "表.xlsx#Sheet!D"]
    assert [item.source for item in aside] == ["表.xlsx#Sheet!C", "表.xlsx#Sheet!4行"]
    assert PROSE[3] not in read(reports[0]).text
