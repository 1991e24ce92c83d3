"""Tables of submissions: what is a row, what are its fields and texts, and what is no list at all."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from archives import zipped
from damage import PROSE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import SettingError, UnreadableSource
from corpus.model import Reading, SetAside
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.pipeline import read_report
from ingest.readers import find, read
from ingest.readers.columns import field_of
from ingest.readers.mapping import Mapping, load_mapping
from ingest.readers.office import convert, find_program

OFFICE = pytest.mark.skipif(find_program() is None, reason="没有安装 LibreOffice")
HEAD = ["序号", "案例名称", "申报单位", "联系人", "联系电话", "类别", "申报时间", "案例背景", "主要做法", "取得成效"]
PEOPLE = ["赵甲乙", "钱丙丁", "孙戊己"]
PHONES = ["13800000001", "0571-80000002", "13800000003"]


def row(number: int) -> list[object]:
    texts = [PROSE[(number + at) % 6] for at in range(3)]
    date = datetime.datetime(2023, 5, number + 1)
    return [number + 1, f"第{number + 1}个停车难案例", f"{'甲乙丙'[number]}街道", PEOPLE[number], PHONES[number], "停车", date, *texts]


def submissions(sheet: Worksheet) -> None:
    for cells in (HEAD, *(row(number) for number in range(3))):
        sheet.append(cells)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append(list(cells))
    for span in merged:
        book.active.merge_cells(span)
    return saved(book)


def walked(
    folder: Path, name: str, data: bytes, *, limits: Limits = DEFAULT, mapping: Mapping | None = None
) -> tuple[list[RawReport], list[SetAside]]:
    (folder / name).write_bytes(data)
    items = list(find([folder / name], collection="测试", limits=limits, mapping=mapping))
    return [item for item in items if isinstance(item, RawReport)], [item for item in items if isinstance(item, SetAside)]


def readings(folder: Path, name: str, data: bytes, mapping: Mapping | None = None) -> list[Reading]:
    reports, aside = walked(folder, name, data, mapping=mapping)
    assert not aside
    return [read_report("测试", report) for report in reports]


def csv_text(delimiter: str = ",") -> str:
    return (
        "\n".join(delimiter.join(f'"{cell}"' if cell != HEAD[0] else str(cell) for cell in cells) for cells in (HEAD, *map(row, range(3))))
        + "\n"
    )


def test_a_row_is_a_submission(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "汇总"
    submissions(book.active)
    reports, aside = walked(tmp_path, "汇总表.xlsx", saved(book))
    assert not aside
    assert [report.source for report in reports] == ["汇总表.xlsx#汇总!2", "汇总表.xlsx#汇总!3", "汇总表.xlsx#汇总!4"]
    assert {report.media for report in reports} == {"row"}
    reading = read_report("测试", reports[1])
    known = reading.metadata
    assert (known.title, known.applicant, known.category, known.published) == ("第2个停车难案例", "乙街道", "停车", "2023-05-02")
    assert reading.text == f"第2个停车难案例\n案例背景\n{PROSE[1]}\n主要做法\n{PROSE[2]}\n取得成效\n{PROSE[3]}"
    assert [(part.role, part.heading) for part in reading.sections] == [
        ("background", "案例背景"), ("approach", "主要做法"), ("outcome", "取得成效"),
    ]  # fmt: skip
    at = reading.text.index(PROSE[2])
    assert [item.value for item in reading.at(at, at + 5, "cell")] == ["汇总!I3"]
    assert [item.value for item in reading.at(0, 3, "cell")] == ["汇总!B3"]


def test_every_piece_has_its_cell_and_contacts_are_hidden(tmp_path: Path) -> None:
    book = Workbook()
    submissions(book.active)
    (report, *_), _ = walked(tmp_path, "a.xlsx", saved(book))
    draft = read(report)
    places = [(item.value.removeprefix("Sheet!"), draft.source[item.start : item.end].partition("\n")[0]) for item in draft.locations]
    assert places == [
        ("B2", "第1个停车难案例"), ("D2", "联系人：赵甲乙"), ("E2", "联系电话：13800000001"), ("C2", "申报单位：甲街道"),
        ("F2", "类别：停车"), ("G2", "申报时间：2023-05-01"), ("H2", "案例背景"), ("I2", "主要做法"), ("J2", "取得成效"),
    ]  # fmt: skip
    reading = read_report("测试", report)
    for text in (reading.text, reading.source):
        assert PEOPLE[0] not in text
        assert PHONES[0] not in text


PRIVATE = [
    "联系人",
    "联系人及电话",
    "负责人姓名",
    "手机号码（必填）",
    "身份证号",
    "通讯地址",
    "电子邮箱",
    "银行账号",
    "项目负责人",
    "微信号",
]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.lists(st.sampled_from(PRIVATE), min_size=1, max_size=5, unique=True),
    value=st.text(alphabet="周吴郑王冯陈。；，、\n 0123456789-", min_size=2, max_size=150).filter(lambda value: len(value.strip()) > 1),
    others=st.integers(0, 45),
)
def test_what_private_columns_hold_is_never_shown(tmp_path: Path, headers: list[str], value: str, others: int) -> None:
    head = ["案例名称", "案例内容", *(f"指标{number}" for number in range(others)), *headers]
    cells = ["停车案例", "\n".join(PROSE), *range(others), *(value for _ in headers)]
    (reading,) = readings(tmp_path, "a.xlsx", sheet_of([head, cells]))
    kept = [
        line.partition("：")[2] for line in reading.source.split("\n") if line.partition("：")[0] not in {f"指标{n}" for n in range(others)}
    ]
    assert not set("周吴郑王冯陈") & set("".join(kept).replace("周边", ""))
    assert "\n".join(PROSE)[-20:] in reading.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    reports, aside = walked(tmp_path, "a.csv", csv_text(delimiter).replace("停车难案例", "“停车难”，\n案例").encode(encoding))
    assert not aside
    assert [report.source for report in reports] == ["a.csv#2", "a.csv#3", "a.csv#4"]
    draft = read(reports[2])
    assert draft.metadata.title == "第3个“停车难”， 案例"
    assert draft.text.endswith(f"取得成效\n{PROSE[4]}")
    assert draft.locations[-1].value == "J4"


def test_csv_by_hand(tmp_path: Path) -> None:
    wide = "案例名称，申报单位，案例内容\n停车，甲街道，" + PROSE[0].replace("，", "、") + "\n"
    (report,), _ = walked(tmp_path, "宽.csv", wide.encode())
    assert read(report).metadata.applicant == "甲街道"
    said = f"sep=|\n案例名称|案例内容\n停车|{PROSE[0]}\n"
    (report,), _ = walked(tmp_path, "说.csv", said.encode())
    assert (report.source, read(report).locations[0].value) == ("说.csv#3", "A3")
    quote = f'案例名称,案例内容\n"三问"工作法,{PROSE[0].replace("，", "")}\n停车"自治,{PROSE[1].replace("，", "")}\n'
    reports, _ = walked(tmp_path, "引.csv", quote.encode())
    assert [read(report).metadata.title for report in reports] == ['"三问"工作法', '停车"自治'] or len(reports) == 2


def test_the_head_is_found_below_titles_in_two_levels(tmp_path: Path) -> None:
    rows = [
        ["2023年基层治理案例征集汇总表"],
        ["填报单位：南桥区"],
        ["序号", "案例名称", "申报单位", "联系信息", None, "案例内容"],
        [None, None, None, "联系人", "电话", "背景", "主要做法（800字以内）", "成效"],
        [1, "停车难治理", "甲街道", PEOPLE[0], PHONES[0], *PROSE[:3]],
        [2, "飞线整治", "乙街道", PEOPLE[1], PHONES[1], *PROSE[3:6]],
        ["合计", 2],
        ["注：请于6月底前报送，逾期不再受理。"],
    ]
    merged = ["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:H3"]
    for spans in (merged, []):
        reports, aside = walked(tmp_path, "a.xlsx", sheet_of(rows, spans))
        assert not aside
        drafts = [read(report) for report in reports]
        assert [draft.metadata.title for draft in drafts] == ["停车难治理", "飞线整治"]
        assert [[draft.text[mark.start : mark.end] for mark in draft.marks if mark.kind == "heading"] for draft in drafts] == [
            ["背景", "主要做法", "成效"]
        ] * 2


def test_rows_that_go_on_groups_and_cells_that_several_rows_share(tmp_path: Path) -> None:
    rows = [
        ["序号", "所在区", "案例名称", "主要做法", "成效"],
        ["一、停车类"],
        [1, "南桥区", "停车难治理", PROSE[0], PROSE[1]],
        [None, None, None, PROSE[2]],
        [2, None, "飞线整治", PROSE[3], PROSE[4]],
        ["二、环境类"],
        [3, "北桥区", "楼道清理", PROSE[5], PROSE[0]],
        ["序号", "所在区", "案例名称", "主要做法", "成效"],
        [4, "北桥区", "只有名称"],
    ]
    reports, aside = walked(tmp_path, "a.xlsx", sheet_of(rows, ["A2:E2", "B3:B5", "A3:A4", "C3:C4", "A6:E6"]))
    assert [item.source for item in aside] == ["a.xlsx#Sheet!9"]
    assert "第 9 行" in aside[0].message
    drafts = [read(report) for report in reports]
    assert [(draft.metadata.title, draft.metadata.place, draft.metadata.category) for draft in drafts] == [
        ("停车难治理", "南桥区", "停车类"), ("飞线整治", "南桥区", "停车类"), ("楼道清理", "北桥区", "环境类"),
    ]  # fmt: skip
    assert f"主要做法\n{PROSE[0]}\n{PROSE[2]}\n成效" in drafts[0].text
    assert {item.value for item in drafts[0].locations} >= {"Sheet!D3", "Sheet!D4"}


def test_an_explicit_number_is_the_key_where_it_names_one_row(tmp_path: Path) -> None:
    head = ["编号", "案例名称", "案例内容"]
    rows = [["NQ-001", "一", PROSE[0]], ["NQ-002", "二", PROSE[1]], ["NQ-002", "三", PROSE[2]], [4, "四", PROSE[3]]]
    reports, _ = walked(tmp_path, "a.xlsx", sheet_of([head, *rows]))
    assert [report.source for report in reports] == ["NQ-001", "a.xlsx#Sheet!3", "a.xlsx#Sheet!4", "a.xlsx#Sheet!5"]
    assert read(reports[1]).metadata.number == "NQ-002"


def test_each_sheet_has_its_own_head_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    submissions(book.active)
    other = book.create_sheet("第二批")
    other.cell(3, 2, "标题")
    other.cell(3, 3, "正文")
    other.cell(4, 2, "楼道清理")
    other.cell(4, 3, PROSE[0])
    hidden = book.create_sheet("旧")
    submissions(hidden)
    hidden.sheet_state = "hidden"
    book.create_sheet("统计").append(["街道", "件数"])
    reports, aside = walked(tmp_path, "a.xlsx", saved(book))
    assert not aside
    assert [report.source for report in reports][3:] == ["a.xlsx#第二批!4"]
    assert read(reports[3]).text == f"楼道清理\n{PROSE[0]}"
    assert read(reports[3]).locations[1].value == "第二批!C4"


def test_a_form_is_one_report(tmp_path: Path) -> None:
    rows = [
        ["南桥区第二届金点子征集活动申报表"],
        ["案例名称", "楼道堆物清理", "编号", "NQ-2023-07"],
        ["申报单位", "南桥社区", "联系人", PEOPLE[0]],
        ["联系\n电话", PHONES[0], "类别", "环境"],
        ["主要做法", PROSE[0] + PROSE[1]],
        ["成效"],
        [PROSE[2]],
        ["推荐单位意见", None],
    ]
    (report,), aside = walked(tmp_path, "申报表.xlsx", sheet_of(rows, ["A1:D1", "B5:D5", "A7:D7"]))
    assert not aside
    assert (report.source, report.media) == ("申报表.xlsx", "table")
    reading = read_report("测试", report)
    known = reading.metadata
    assert (known.title, known.number, known.applicant, known.category) == ("楼道堆物清理", "NQ-2023-07", "南桥社区", "环境")
    assert reading.text.endswith(f"主要做法\n{PROSE[0]}{PROSE[1]}\n成效\n{PROSE[2]}")
    assert PEOPLE[0] not in reading.source
    assert PHONES[0] not in reading.source
    at = reading.text.index(PROSE[2])
    assert [item.value for item in reading.at(at, at + 9, "cell")] == ["Sheet!A7"]


def test_a_form_with_labels_above_its_values(tmp_path: Path) -> None:
    rows = [["案例名称", "申报单位", "联系人"], ["楼道清理", "南桥社区", PEOPLE[0]], ["主要做法"], [PROSE[0]], ["取得成效"], [PROSE[1]]]
    (report,), _ = walked(tmp_path, "a.xlsx", sheet_of(rows))
    draft = read(report)
    assert (report.media, draft.metadata.title, draft.metadata.applicant) == ("table", "楼道清理", "南桥社区")
    assert draft.text.endswith(f"主要做法\n{PROSE[0]}\n取得成效\n{PROSE[1]}")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["街道", "户数", "比例"], ["甲街道", 120, 0.5], ["乙街道", 80, 0.3]], "数字"),
        ([["序号", "案例名称", "申报单位"], [1, "停车难治理", "甲街道"], [2, "飞线整治", "乙街道"]], "名单"),
        ([["案例名称", None, "申报单位", None], ["联系人", None, "电话", None], ["主要做法", None]], "没有案例的文字"),
        ([[]], "空"),
    ],
)
def test_tables_without_a_text_say_so(tmp_path: Path, rows: list[list[object]], words: str) -> None:
    reports, aside = walked(tmp_path, "a.xlsx", sheet_of(rows))
    assert not reports
    assert [(item.source, item.code) for item in aside] == [("a.xlsx", "empty")]
    assert words in aside[0].message


def test_a_mapping_names_odd_columns(tmp_path: Path) -> None:
    rows = [["哪件事", "谁报的", "说说看", "找谁", "打分"], ["停车", "甲街道", PROSE[0], PEOPLE[0], 95]]
    data = sheet_of(rows)
    file = tmp_path / "列.yaml"
    file.write_text("哪件事: 标题\n谁报的: applicant\n说说看: 正文\nD: 隐私\n打分: 忽略\n", encoding="utf-8")
    (reading,) = readings(tmp_path, "a.xlsx", data, load_mapping(file))
    assert (reading.metadata.title, reading.metadata.applicant) == ("停车", "甲街道")
    assert reading.text == f"停车\n说说看\n{PROSE[0]}"
    assert PEOPLE[0] not in reading.source
    assert "95" not in reading.source
    file.write_text("A: title\nB: 申报单位\nC: text\n", encoding="utf-8")
    (reading,) = readings(tmp_path, "a.xlsx", data, load_mapping(file))
    assert reading.metadata.title == "停车"


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "列: 无此字段\n", "a: [", "列: {a: 1}\n"])
def test_a_mapping_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "列.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        load_mapping(tmp_path / "列.yaml")
    assert "申报单位" in str(caught.value)
    with pytest.raises(SettingError):
        load_mapping(tmp_path / "无.yaml")


def test_a_page_called_xls(tmp_path: Path) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in (HEAD, *map(row, range(3))))
    page = f'<html><meta charset="gb2312"><table><tr><td colspan=10>汇总<br>表</td></tr>{cells}</table></html>'
    reports, aside = walked(tmp_path, "导出.xls", page.encode("gb18030"))
    assert not aside
    assert [report.source for report in reports] == ["导出.xls#3", "导出.xls#4", "导出.xls#5"]
    assert read(reports[0]).metadata.applicant == "甲街道"


def test_text_called_xls(tmp_path: Path) -> None:
    reports, _ = walked(tmp_path, "导出.xls", csv_text("\t").encode("gb18030"))
    assert len(reports) == 3


@OFFICE
@pytest.mark.parametrize("suffix", [".xls", ".et", ".ods"])
def test_other_workbooks(tmp_path: Path, suffix: str) -> None:
    book = Workbook()
    submissions(book.active)
    book.active.insert_rows(1)
    book.active["A1"] = "汇总"
    data = convert(saved(book), ".xlsx", suffix.replace(".et", ".xls")[1:], DEFAULT, "a.xlsx")
    reports, aside = walked(tmp_path, f"a{suffix}", data)
    assert not aside
    assert [report.source for report in reports] == [f"a{suffix}#Sheet!{number}" for number in (3, 4, 5)]
    assert read(reports[0]).metadata.published == "2023-05-01"


def test_bytes_of_a_row_are_enough_to_read_it_again(tmp_path: Path) -> None:
    book = Workbook()
    submissions(book.active)
    reports, _ = walked(tmp_path, "a.xlsx", saved(book))
    again = RawReport(reports[0].source, reports[0].data, "row", reports[0].source)
    assert read(again) == read(reports[0])
    told = json.loads(reports[0].data)
    assert told["sheet"] == "Sheet"
    assert told["cells"][1] == {"header": "案例名称", "cell": "B2", "value": "第1个停车难案例"}


@pytest.mark.parametrize("media", ["row", "table"])
@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"sheet":1,"rows":[],"cells":[]}', b'{"sheet":"","rows":[],"cells":[]}', b"\xff", b"[" * 5000]
)
def test_bytes_that_are_no_row(media: str, data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        read(RawReport("a", data, media, "a"))


def test_limits(tmp_path: Path) -> None:
    data = sheet_of([["案例名称", "案例内容"], *(["停车", PROSE[0]] for _ in range(50))])
    for name, content in {"a.xlsx": data, "a.csv": ("案例名称,案例内容\n" + f'停车,"{PROSE[0]}"\n' * 50).encode()}.items():
        reports, aside = walked(tmp_path, name, content, limits=Limits(rows=20))
        assert not reports
        assert [item.code for item in aside] == ["too_large"]
        assert "--limit rows=" in aside[0].message


def with_part(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry).replace(*change) if entry == name else old.read(entry))
    return buffer.getvalue()


def test_workbooks_made_to_do_harm(tmp_path: Path) -> None:
    book = Workbook()
    submissions(book.active)
    data = saved(book)
    sheet = "xl/worksheets/sheet1.xml"
    far = with_part(
        data, sheet, (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>')
    )
    entity = with_part(data, sheet, (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><worksheet'))
    big = with_part(data, sheet, (b"</sheetData>", b" " * 3_000_000 + b"</sheetData>"))
    cut = data[: len(data) // 2]
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    none = zipped({"[Content_Types].xml": b"<a/>"})
    expected = {
        "远.xlsx": (far, "too_large"),
        "实体.xlsx": (entity, "damaged"),
        "大.xlsx": (big, "too_large"),
        "断.xlsx": (cut, "damaged"),
        "锁.xlsx": (locked, "unknown_format"),
        "假.xlsx": (none, "damaged"),
    }
    for name, (content, code) in expected.items():
        reports, aside = walked(tmp_path, name, content, limits=Limits(unpacked=2))
        assert not reports, name
        assert [item.code for item in aside] == [code], name


def test_a_formatted_cell_far_away_does_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    submissions(book.active)
    data = with_part(
        saved(book), "xl/worksheets/sheet1.xml", (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    )
    reports, aside = walked(tmp_path, "a.xlsx", data)
    assert len(reports) == 3
    assert not aside


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a.xlsx", "a.csv", "a.xls"]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_mutated_tables_raise_only_our_errors(tmp_path: Path, name: str, changes: list[tuple[float, int]]) -> None:
    book = Workbook()
    submissions(book.active)
    data = bytearray({"a.xlsx": saved(book), "a.csv": csv_text().encode(), "a.xls": csv_text("\t").encode("gb18030")}[name])
    for at, byte in changes:
        data[int(at * (len(data) - 1))] = byte
    for report in walked(tmp_path, name, bytes(data))[0]:
        assert read(report).text


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("案例 名称*", "title"), ("金点子题目", "title"), ("单位名称", "applicant"), ("申报单位（盖章）", "applicant"),
        ("推荐单位", "applicant"),
        ("推荐单位意见", "opinion"), ("联系人", "contact"), ("联系人手机", "private"), ("家庭住址", "private"), ("项目地址", "place"),
        ("所在区（县）", "place"), ("1.主要做法", "section"), ("做法与经过", "section"), ("案例内容（1500字以内）", "text"),
        ("案例编号", "number"),
        ("序号", "ordinal"), ("获奖情况", "award"), ("户数", None), ("得分", None), ("备注", None), ("", None), ("很" * 60, None),
    ],
)  # fmt: skip
def test_header_words(header: str, field: str | None) -> None:
    assert field_of(header) == field


def headed(*, title: str = "", note: str = "", name: str = "", print_head: str = "", cover: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
        sheet.append(["2023年停车案例汇总表"])
    submissions(sheet)
    if note:
        sheet.append([note])
    if name:
        sheet.title = name
    if print_head:
        sheet.oddHeader.left.text = "虚构街道"
        sheet.oddFooter.right.text = print_head
        sheet.oddFooter.right.size = 12
    if cover:
        book.create_sheet("封面")["C3"] = cover
    return saved(book)


@pytest.mark.parametrize(
    "data",
    [
        headed(title="机密★10年"),
        headed(title="停车案例汇总（机密）"),
        headed(title="密级：秘密"),
        headed(note="密级：机密"),
        headed(note="注：密级：机密"),
        headed(note="秘密★1年"),
        headed(name="机密"),
        headed(name="停车（秘密）"),
        headed(print_head="机密★5年"),
        headed(cover="绝密"),
    ],
)
def test_a_marked_workbook_is_refused_as_a_whole(tmp_path: Path, data: bytes) -> None:
    reports, (aside,) = walked(tmp_path, "表.xlsx", data)
    assert not reports
    assert (aside.source, aside.code) == ("表.xlsx", "classified")
    assert "停车" not in aside.message


@OFFICE
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_heads_of_pages_of_other_workbooks_are_looked_at(tmp_path: Path, ending: str) -> None:
    for mark, code in (("机密★5年", ["classified"]), ("第2期", [])):
        data = convert(headed(print_head=mark), ".xlsx", ending, DEFAULT, "表")
        _, aside = walked(tmp_path, f"表.{ending}", data)
        assert [item.code for item in aside] == code


@pytest.mark.parametrize(
    "around", ["<p>机密★10年</p>{}", "{}<div>密级：机密</div>", "<style>@page {{mso-header-data:'&C机密★1年';}}</style>{}"]
)
def test_marks_around_a_table_of_a_page_refuse_it(tmp_path: Path, around: str) -> None:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (HEAD, row(0), row(1)))
    for words, code in ((around, ["classified"]), ("<p>2023年</p>{}", [])):
        page = f"<html><body>{words.format(f'<table>{lines}</table>')}</body></html>"
        _, aside = walked(tmp_path, "表.xls", page.encode())
        assert [item.code for item in aside] == code


def test_a_marked_row_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [[*HEAD, "密级"], [*row(0), "公开"], [*row(1), "机密"], [*row(2), "无"]]
    reports, (aside,) = walked(tmp_path, "表.xlsx", sheet_of(rows))
    assert [report.source for report in reports] == ["表.xlsx#Sheet!2", "表.xlsx#Sheet!4"]
    assert (aside.source, aside.code) == ("表.xlsx#Sheet!3", "classified")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", headed(title="内部资料 注意保存")),
        ("表.xlsx", headed(note="内部资料，请勿外传")),
        ("表.xlsx", headed(name="内部资料")),
        ("表.xlsx", headed(print_head="内部资料")),
        ("内部资料_停车.xlsx", headed()),
        ("内部资料.csv", csv_text().encode()),
        ("表.xlsx", sheet_of([["内部资料"], ["停车议事情况"], ["", PROSE[0] + PROSE[1]]])),
    ],
)
def test_an_internal_workbook_marks_what_is_read_from_it(tmp_path: Path, name: str, data: bytes) -> None:
    reports, aside = walked(tmp_path, name, data)
    assert reports
    assert not aside
    for report in reports:
        kept = RawReport("ZX-1", report.data, report.media, "ZX-1")  # as it is read again, whatever its key
        assert read_report("测试", kept).metadata.handling == "内部资料"


def test_words_about_secrets_in_a_list_are_no_marks(tmp_path: Path) -> None:
    data = sheet_of([["保守秘密，人人有责"], HEAD, *(row(number) for number in range(3)), ["注：秘密投票的结果另附"]])
    reports, aside = walked(tmp_path, "商业秘密案例.xlsx", data)
    assert (len(reports), aside) == (3, [])
    assert {read_report("测试", report).metadata.handling for report in reports} == {None}
    assert b"handling" not in reports[0].data
