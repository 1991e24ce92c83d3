"""PDF files with text: paragraphs, columns, heads and feet, tables, contents pages, notes, and files that are broken or hostile."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pdf_files
import pytest
from damage import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption

from corpus.errors import DamagedSource, EmptySource, SourceTooLarge, UnknownFormat, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import ocr
from ingest.readers.pdf import reader as pdf
from ingest.readers.pdf.plausible import is_text
from ingest.repair.steps import restored


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here is read what has a text layer; what is recognised stands in test_readers_ocr."""
    monkeypatch.setattr(ocr, "available", lambda: False)


def draft_of(data: bytes, limits: Limits = DEFAULT) -> Draft:
    return pdf.read(RawReport("甲.pdf", data, "pdf", "甲.pdf"), limits)


def marked(draft: Draft, kind: str) -> list[tuple[str, str]]:
    return [(mark.value, draft.text[mark.start : mark.end]) for mark in draft.marks if mark.kind == kind]


def report(chapters: int = 3) -> list[tuple[str, str]]:
    blocks = [("title", "停车难在哪里")]
    for n in range(chapters):
        blocks.append(("heading", f"{'一二三四五六七八'[n]}、第{n}步怎么走"))
        blocks += [("text", words) for words in PROSE]
    return blocks


def lines_of(blocks: Sequence[tuple[str, str]]) -> list[str]:
    return [words for _, words in blocks]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_text_is_what_was_put_in(columns: int) -> None:
    blocks = report(6)
    draft = draft_of(pdf_files.document(blocks, columns=columns, head="甲市案例选编"))
    if columns < 3:
        assert draft.text.split("\n") == lines_of(blocks)
    else:
        assert "".join(draft.text.split()) == "".join(lines_of(blocks))


def test_marks_and_pages() -> None:
    blocks = report(4)
    draft = draft_of(pdf_files.document(blocks, head="甲市案例选编"))
    assert marked(draft, "title") == [("", "停车难在哪里")]
    assert marked(draft, "heading") == [("1", words) for kind, words in blocks if kind == "heading"]
    pages = [item for item in draft.locations if item.kind == "page"]
    assert [item.value for item in pages] == ["1", "2"]
    at = draft.text.rindex("这件事给我们的启示是")
    start, end = draft.offsets.to_source(at, at + 10)
    assert draft.source[start:end] == "这件事给我们的启示是"
    assert pages[1].start <= start < pages[1].end


def test_what_the_layout_put_in_is_in_the_source_and_taken_out_by_name() -> None:
    draft = draft_of(pdf_files.document(report(6), head="甲市案例选编", number="第 {} 页 共 9 页"))
    gone: dict[str, list[str]] = {}
    for piece in draft.offsets.pieces:
        if piece.step:
            gone.setdefault(piece.step, []).append(draft.source[piece.source_start : piece.source_end].strip())
    assert set(gone["pdf.running_head"]) == {"甲市案例选编"}
    assert gone["pdf.page_number"][:2] == ["第 1 页 共 9 页", "第 2 页 共 9 页"]
    assert "pdf.line" in gone
    assert "甲市案例选编" not in draft.text
    assert "共 9 页" not in draft.text


def test_each_span_maps_back() -> None:
    draft = draft_of(pdf_files.document(report(3), columns=2, head="甲市案例选编"))
    for piece in draft.offsets.pieces:
        if piece.operation == "copied":
            assert draft.text[piece.start : piece.end] == draft.source[piece.source_start : piece.source_end]
        else:
            assert piece.step.startswith("pdf.")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.integers(0, len(PROSE) - 1), min_size=6, max_size=40),
    st.sampled_from(["— {} —", "{}", "第{}页", "- {} -", "{}/9"]),
    st.integers(0, 20),
    st.sampled_from([1, 2]),
)
def test_paragraphs_come_back_whatever_their_order(order: list[int], number: str, cut: int, columns: int) -> None:
    paragraphs = [PROSE[0] + PROSE[1], *("在甲街道，" + PROSE[n][cut:].lstrip("，。：、”；") for n in order)]
    data = pdf_files.document([("title", "把话摊开说"), *(("text", words) for words in paragraphs)], number=number, columns=columns)
    assert draft_of(data).text.split("\n") == ["把话摊开说", *paragraphs]


def test_a_second_column_that_has_only_begun_is_read_last() -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setFont(pdf_files.FONT, 10)
        for n in range(30):
            canvas.drawString(72, 760 - 16 * n, f"左{n:02d}" + "居民自己商量办法" * 2 + "。")
        canvas.drawString(320, 760, "右边只有这一行。")

    assert draft_of(pdf_files.drawn(page)).text.replace("\n", "").endswith("左29居民自己商量办法居民自己商量办法。右边只有这一行。")


@pytest.mark.parametrize(
    ("line", "places", "taken_out"),
    [
        ("基层治理工作简报", (72, 72), True),
        ("基层治理工作简报", (72, 320), False),
        ("大家一起商量办法。", (72, 72), False),
    ],
)
def test_the_same_line_on_top_of_two_pages_is_a_running_head_only_at_one_place(line: str, places: tuple[int, int], taken_out: bool) -> None:
    """The columns of two pages may begin with the same words, and those of a sentence's end are no head."""

    def page(canvas: pdf_files.Canvas, number: int) -> None:
        canvas.setFont(pdf_files.FONT, 10)
        canvas.drawString(places[number - 1], 780, line)
        for n in range(20):
            canvas.drawString(72, 740 - 16 * n, f"第{'一二'[number - 1]}页的正文{n:02d}" + "居民自己商量办法" * 4)

    assert (line not in draft_of(pdf_files.drawn(page, pages=2)).text) == taken_out


def test_paragraphs_without_indentation_are_told_by_their_distance() -> None:
    blocks = [("title", "停车难在哪里"), *(("flush", words) for words in PROSE * 3)]
    assert draft_of(pdf_files.document(blocks)).text.split("\n") == lines_of(blocks)


def test_heading_across_both_columns_parts_them() -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setFont(pdf_files.FONT, 16)
        canvas.drawString(72, 760, "跨栏的大标题横在两栏上面一直到右边去为止")
        canvas.setFont(pdf_files.FONT, 10)
        for n in range(8):
            canvas.drawString(72, 720 - 16 * n, f"左上{n}" + "左" * 16)
            canvas.drawString(320, 720 - 16 * n, f"右上{n}" + "右" * 16)
        canvas.setFont(pdf_files.FONT, 16)
        canvas.drawString(72, 560, "第二个标题也是横在两栏上面的一直到右边去")
        canvas.setFont(pdf_files.FONT, 10)
        for n in range(8):
            canvas.drawString(72, 520 - 16 * n, f"左下{n}" + "左" * 16)
            canvas.drawString(320, 520 - 16 * n, f"右下{n}" + "右" * 16)

    text = draft_of(pdf_files.drawn(page)).text
    order = [text.index(words) for words in ("跨栏的大标题", "左上0", "左上7", "右上0", "右上7", "第二个标题", "左下0", "右下0")]
    assert order == sorted(order)


def test_form_becomes_fields_and_long_values_headings() -> None:
    table = pdf_files.form(
        [
            ["申报单位", "甲区乙街道办事处", "案例类别", "居民自治"],
            ["联 系 人", "张三丰", "联系电话", "13800138000"],
            ["摘要", PROSE[0] + PROSE[1] + PROSE[2], "", ""],
            ["年份", "户数", "件数", "说明"],
            ["2021", "312", "86", "起步"],
        ],
        [80, 150, 80, 130],
    )
    draft = draft_of(pdf_files.document([("title", "案例申报表"), table, ("text", PROSE[3])]))
    assert [words for _, words in marked(draft, "field")] == [
        "申报单位：甲区乙街道办事处",
        "案例类别：居民自治",
        "联系人：张三丰",
        "联系电话：13800138000",
    ]
    assert ("1", "摘要") in marked(draft, "heading")
    assert PROSE[0] + PROSE[1] + PROSE[2] in draft.text.split("\n")
    assert [words for _, words in marked(draft, "cell")] == ["年份\t户数\t件数\t说明", "2021\t312\t86\t起步"]
    assert draft.text.split("\n")[-1] == PROSE[3]


def test_rows_under_a_header_are_cells_even_where_its_words_are_labels_of_forms() -> None:
    table = pdf_files.form(
        [
            ["方案", "主要内容", "预算", "顾虑", "类别"],
            ["全部拆除", "两周内把楼道里的杂物全部清走", "3万元", "三楼和五楼的老人没有地方放轮椅，联名反对", "否决"],
            ["划线停放", "在一楼东侧划出六个车位", "无", "怕占用消防通道", "采纳"],
        ],
        [70, 120, 60, 120, 60],
    )
    draft = draft_of(pdf_files.document([("title", "三个方案的比较"), table, ("text", PROSE[3])]))
    rows = [
        "方案\t主要内容\t预算\t顾虑\t类别",
        "全部拆除\t两周内把楼道里的杂物全部清走\t3万元\t三楼和五楼的老人没有地方放轮椅，联名反对\t否决",
        "划线停放\t在一楼东侧划出六个车位\t无\t怕占用消防通道\t采纳",
    ]
    assert draft.text.split("\n") == ["三个方案的比较", *rows, PROSE[3]]
    assert [words for _, words in marked(draft, "cell")] == rows
    assert not marked(draft, "field")
    assert restored(draft).text.split("\n")[1:4] == rows


def test_a_long_cell_keeps_its_place_among_the_others_of_its_row() -> None:
    long = PROSE[0] + PROSE[1] + PROSE[2] + PROSE[3] + PROSE[0]
    assert len(long) > 200
    table = pdf_files.form([["序号", "做法", "备注"], ["1", long, "甲街道"], ["2", "照旧", "乙街道"]], [40, 300, 80])
    text = draft_of(pdf_files.document([("title", "各街道的做法一览"), table])).text
    assert text.split("\n") == ["各街道的做法一览", "序号\t做法\t备注", "1", long, "甲街道", "2\t照旧\t乙街道"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["类别", "件数"], ["噪声", "24"], ["停车", "18"]], ["类别\t件数", "噪声\t24", "停车\t18"]),
        ([["申报单位", "甲街道"], ["案例类别", "自治"], ["参与人次", "24"]], ["申报单位：甲街道", "案例类别：自治", "参与人次\t24"]),
        (
            [["申报单位", "甲街道", "所属领域", "自治"], ["参与人次", "24", "覆盖户数", "86"], ["联系人", "罗敏", "职务", "站长"]],
            ["申报单位：甲街道", "所属领域：自治", "参与人次\t24\t覆盖户数\t86", "联系人：罗敏", "职务：站长"],
        ),
        ([["序号", "案例名称", "申报单位"], ["1", "云梯", "甲街道"]], ["序号\t案例名称\t申报单位", "1\t云梯\t甲街道"]),
    ],
)
def test_forms_and_tables_are_told_apart(rows: list[list[str]], lines: list[str]) -> None:
    table = pdf_files.form(rows, [90] * len(rows[0]))
    assert draft_of(pdf_files.document([("title", "大家来说事的登记"), table])).text.split("\n")[1:] == lines


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("123456789012345678", "123456789012345678"),
        ("liangxiaodong@beispiel.example", "liangxiaodong@beispiel.example"),
        ("12345678<br/>87654321", "12345678 87654321"),
    ],
)
def test_a_number_that_its_cell_cuts_is_whole(words: str, value: str) -> None:
    table = pdf_files.form([["申报单位", "甲街道"], ["证件号码", words], ["联系人", "罗敏"]], [90, 90])
    assert f"证件号码：{value}" in draft_of(pdf_files.document([("title", "大家来说事的登记"), table])).text.split("\n")


def test_contents_page_names_pages_of_the_file() -> None:
    titles = [f"{words}：{n}号院的办法" for n, words in enumerate(["把话摊开说", "先定规矩再谈钱", "锅炉房变车库", "账目让群众看"], 1)]
    blocks: list[object] = [("title", "甲市基层治理案例选编"), ("page", ""), ("heading", "目 录")]
    blocks.append(pdf_files.Contents([(words, 3 + n) for n, words in enumerate(titles)]))
    for words in titles:
        blocks += [("page", ""), ("heading", words), *(("text", paragraph) for paragraph in PROSE)]
    draft = draft_of(pdf_files.document(blocks))  # type: ignore[arg-type]
    found = marked(draft, "contents")
    assert found[0] == ("", "目 录")
    assert [(value, words.split("\t")[0]) for value, words in found[1:]] == [(str(3 + n), words) for n, words in enumerate(titles)]
    assert "...." not in draft.text
    assert "...." in draft.source


def test_footnote_does_not_stand_inside_a_sentence() -> None:
    note = "① 数字由社区居委会统计，截至当年年底。"
    data = pdf_files.document(report(4), notes={1: [note]})
    draft = draft_of(data)
    assert [words for kind, words in report(4) if kind == "text" and words not in draft.text.split("\n")] == []
    assert marked(draft, "note") == [("", note)]
    assert [item.value for item in draft.locations if item.kind == "note"] == ["1"]


def test_caption_is_marked() -> None:
    blocks = [*report(1), ("caption", "图1 锅炉房改成的立体车库"), ("text", PROSE[0])]
    assert marked(draft_of(pdf_files.document(blocks)), "caption") == [("", "图1 锅炉房改成的立体车库")]


def test_outline_gives_headings() -> None:
    blocks = [
        ("text", "停车办法怎么定"),
        *(("text", words) for words in PROSE),
        ("page", ""),
        ("text", "账目怎么公开"),
        *(("text", words) for words in PROSE),
    ]
    data = pdf_files.document(blocks, outline=[("停车办法怎么定", 1), ("账目怎么公开", 2)])
    assert marked(draft_of(data), "heading") == [("1", "停车办法怎么定"), ("1", "账目怎么公开")]


def test_title_of_the_file_only_where_the_text_shows_it() -> None:
    assert draft_of(pdf_files.document(report(1), title="停车难在哪里")).metadata.title == "停车难在哪里"
    assert draft_of(pdf_files.document(report(1), title="去年的另一份总结")).metadata.title == ""
    assert draft_of(pdf_files.document(report(1), title="Microsoft Word - 停车难在哪里.doc")).metadata.title == ""


def test_letters_printed_twice_count_once() -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        for shift in (0.0, 0.3, 0.6):
            canvas.drawString(72 + shift, 700, "锅炉房改成了立体车库，车车相邻")

    assert draft_of(pdf_files.drawn(page)).text == "锅炉房改成了立体车库，车车相邻"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_pages_that_lie_on_their_side_are_read(turned: int) -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setPageRotation(turned)
        canvas.saveState()
        width, height = A4 if turned == 180 else A4[::-1]
        canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turned])
        canvas.rotate(turned)
        canvas.setFont(pdf_files.FONT, 10.5)
        for n, words in enumerate(("第一行在上面", "第二行在下面")):
            canvas.drawString(100, 300 - 20 * n, words)
        canvas.restoreState()

    assert draft_of(pdf_files.drawn(page)).text == "第一行在上面\n第二行在下面"


def test_vertical_text_is_read_from_right_to_left() -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        for n, words in enumerate(("街道办事处拨款十八万元居民自筹六万五千元施工队用了", "两个月时间把闲置的锅炉房改成了立体车库")):
            for at, sign in enumerate(words):
                canvas.drawString(500 - 24 * n, 760 - 11 * at, sign)

    assert (
        draft_of(pdf_files.drawn(page)).text.replace("\n", "")
        == "街道办事处拨款十八万元居民自筹六万五千元施工队用了两个月时间把闲置的锅炉房改成了立体车库"
    )


def test_watermark_is_taken_out_but_stays_in_the_source() -> None:
    def page(canvas: pdf_files.Canvas, number: int) -> None:
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont(pdf_files.FONT, 40)
        canvas.drawString(0, 0, "内部资料注意保存")
        canvas.restoreState()
        canvas.setFont(pdf_files.FONT, 10.5)
        for n in range(12):
            canvas.drawString(72, 760 - 16 * n, f"第{number}页第{n}行" + "居民自己商量办法" * 5)

    draft = draft_of(pdf_files.drawn(page, pages=3))
    assert "注意保存" not in draft.text
    assert draft.source.count("内部资料注意保存") == 3
    assert "pdf.watermark" in {piece.step for piece in draft.offsets.pieces}


def test_latin_words_keep_their_blanks_and_lose_their_hyphens() -> None:
    lines = (
        "The residents of the old estate agreed on rules for par-",
        "king in the yards and on the street before these works",
        "in spring.",
    )

    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setFont("Courier", 11)
        for n, words in enumerate(lines):
            canvas.drawString(72, 700 - 14 * n, words)

    given = "The residents of the old estate agreed on rules for parking in the yards and on the street before these works in spring."
    assert draft_of(pdf_files.drawn(page)).text == given


def test_text_layer_of_garbage_is_told_from_text() -> None:
    random_signs = random.Random(1)
    assert is_text("".join(PROSE))
    assert is_text("The quick brown fox")
    assert is_text("甲区：张三、李四、王五；乙区：赵六、钱七")
    assert not is_text("".join(chr(random_signs.randrange(0xE000, 0xF8FF)) for _ in range(50)))
    assert not is_text("".join(chr(random_signs.randrange(0x4E00, 0x9FA5)) for _ in range(200)))
    assert not is_text("\ufffd" * 20)


def test_same_bytes_give_the_same_draft() -> None:
    data = pdf_files.document(report(2), columns=2, head="甲市案例选编")
    assert draft_of(data) == draft_of(data)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"PK\x03\x04 no pdf", UnknownFormat, "不是 PDF"),
        (b"%PDF-1.7\n" + b"x" * 400, DamagedSource, "损坏"),
        (pdf_files.drawn(lambda canvas, _: None), EmptySource, "没有文字"),
        (pdf_files.document(report(1), encrypt=StandardEncryption("geheim", canPrint=0)), UnknownFormat, "已加密"),
    ],
    ids=["no pdf", "broken", "empty", "password"],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[UnreadableSource], words: str) -> None:
    with pytest.raises(error) as caught:
        draft_of(data)
    assert words in caught.value.what
    assert caught.value.remedy
    assert caught.value.where == "甲.pdf"


def test_a_password_for_changes_only_does_not_hinder() -> None:
    data = pdf_files.document(report(1), encrypt=StandardEncryption("", ownerPassword="x", canModify=0))
    assert draft_of(data).text.startswith("停车难在哪里")


def test_limits_are_kept() -> None:
    data = pdf_files.drawn(lambda canvas, number: canvas.drawString(72, 700, f"第{number}个"), pages=5)
    with pytest.raises(SourceTooLarge, match="页数为 5"):
        draft_of(data, Limits(pages=4))
    with pytest.raises(SourceTooLarge, match="--limit size"):
        draft_of(data + b"\n" * 1_100_000, Limits(size=1))


def test_lost_cross_references_are_repaired() -> None:
    data = pdf_files.document(report(1))
    at = data.rindex(b"startxref")
    assert draft_of(data[:at]).text.startswith("停车难在哪里")


def test_a_scan_without_the_engine_says_what_to_install() -> None:
    data = pdf_files.scanned(pdf_files.scan_of(pdf_files.document(report(1)), dpi=50), dpi=50)
    with pytest.raises(UnknownFormat) as caught:
        draft_of(data)
    assert "jindianzi[ocr]" in caught.value.remedy
    assert "1 页" in caught.value.what


def test_a_few_scanned_pages_without_the_engine_are_named() -> None:
    picture = pdf_files.scan_of(pdf_files.document(report(1)), dpi=40)[0]

    def page(canvas: pdf_files.Canvas, number: int) -> None:
        if number == 2:
            canvas.drawInlineImage(picture, 0, 0, *A4)
        else:
            canvas.drawString(72, 700, f"第{number}页上的字，居民自己商量办法")

    draft = draft_of(pdf_files.drawn(page, pages=3))
    assert [(item.kind, item.value) for item in draft.locations] == [("page", "1"), ("page", "2"), ("damaged", "2"), ("page", "3")]


def test_changed_bytes_raise_only_our_own_errors() -> None:
    data = pdf_files.document(report(1), head="甲市案例选编")
    for seed in range(20):
        broken = mutated(data, seed)
        with contextlib.suppress(UnreadableSource):
            draft_of(broken)


def mutated(data: bytes, seed: int) -> bytes:
    """A file with some bytes changed, or cut short."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        out[chance.randrange(8, len(out))] = chance.randrange(256)
    return bytes(out[: chance.randrange(20, len(out))] if seed % 4 == 0 else out)


def test_a_damaged_page_does_not_cost_the_others() -> None:
    def page(canvas: pdf_files.Canvas, number: int) -> None:
        canvas.drawString(72, 700, f"第{number}页上的字，居民自己商量办法")

    data = pdf_files.drawn(page, pages=3)
    second = data.index(b"/Type /Page\n", data.index(b"/Type /Page\n") + 1)
    broken = data[:second] + b"/Type /Pagx\n" + data[second + 12 :]
    draft = draft_of(broken)
    assert "第1页上的字" in draft.text
    assert "第3页上的字" in draft.text
    assert {item.value for item in draft.locations if item.kind == "page"} == {"1", "2", "3"}


QUOTED = (
    "居民反映“小事找不到人，大事找不起律师”。",
    "“板凳会”和‘议事亭’成了“新去处”，",
    "大家说：“开会像拉家常。”“不吵了。”",
)


@pytest.mark.parametrize("other", ["Times-Roman", "Helvetica", "Courier"])
@pytest.mark.parametrize("size", [10.5, 18])
def test_quotes_of_another_font_stand_where_they_are_printed(other: str, size: float) -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        for n, words in enumerate(QUOTED):
            pdf_files.set_words(canvas, 72, 700 - 2.5 * size * n, words, size, other)

    assert draft_of(pdf_files.drawn(page)).text.replace("\n", "") == "".join(QUOTED)


@settings(max_examples=25, deadline=None)
@given(st.text("甲乙丙丁戊“”‘’，。A1", min_size=4, max_size=30).filter(lambda words: not words.startswith(("，", "。"))))
def test_signs_drawn_after_the_others_come_back_in_place(words: str) -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        pdf_files.set_words(canvas, 72, 700, words)
        pdf_files.set_words(canvas, 72, 660, "另一行“也有”引号")

    text = draft_of(pdf_files.drawn(page)).text
    assert "".join(text.split()) == words + "另一行“也有”引号"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_quotes_in_what_an_office_program_exports(tmp_path: Path) -> None:
    title, body = "“板凳会”议事项目总结报告", "居民反映“小事没人管，大事管不了”，社区办起‘板凳会’，把“吵架”变成“商量”。" * 3
    data = pdf_files.by_office([(title, 18, True), ("一、办法从哪里来", 12, True), (body, 11, False)], tmp_path)
    draft = draft_of(data)
    assert draft.text.split("\n") == [title, "一、办法从哪里来", body]
    assert marked(draft, "title") == [("", title)]


def journal_page(foot: str, *, height: float = 60, byline: tuple[tuple[float, str], ...] = ()) -> bytes:
    """A page of a journal in two columns, with a line at the left of its foot and pieces of a line below its title."""

    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setFont(pdf_files.FONT, 18)
        canvas.drawCentredString(pdf_files.WIDTH / 2, 780, "电梯井往北边挪一挪")
        canvas.setFont(pdf_files.FONT, 10)
        for at, words in byline:
            canvas.drawString(at, 750, words)
        for n in range(14):
            canvas.drawString(72, 720 - 16 * n, f"左{n:02d}" + "居民自己商量办法" * 2 + "左边")
            canvas.drawString(320, 720 - 16 * n, f"右{n:02d}" + "居民自己商量办法" * 2 + "右边")
        canvas.setFont(pdf_files.FONT, 9)
        canvas.drawString(72, height, foot)

    return pdf_files.drawn(page)


@pytest.mark.parametrize(
    ("foot", "height", "step"),
    [
        ("《虚构治理》2022年第4期   ·37·", 60, "pdf.running_foot"),
        ("《虚构治理》2022年第4期   ·37·", 470, "pdf.running_foot"),  # right below a text that ends early
        ("37 | 虚构治理", 60, "pdf.running_foot"),
        ("虚构治理 2022年第4期　37", 60, "pdf.running_foot"),
        ("虚构区社会工作部 — 第 37 页 —", 60, "pdf.running_foot"),
        ("·37·", 60, "pdf.page_number"),
        ("— 37 —", 470, "pdf.page_number"),
        ("引自《虚构治理》2022年第4期，文章有删节。", 60, ""),
        ("2022年第4期简报已发到每户居民手里", 60, ""),
        ("37 | 虚构治理", 470, ""),
    ],
)
def test_a_foot_of_a_single_page_is_told_by_its_page_number(foot: str, height: float, step: str) -> None:
    draft = draft_of(journal_page(foot, height=height))
    words = foot.split()[0]
    gone = {p.step for p in draft.offsets.pieces if p.step and words in draft.source[p.source_start : p.source_end]}
    assert gone == ({step} if step else set())
    assert (words in draft.text) == (not step)
    assert words in draft.source


def test_journal_and_year_of_a_foot_are_known() -> None:
    known = draft_of(journal_page("《虚构治理》2022年第4期   ·37·")).metadata
    assert (known.publisher, known.published) == ("虚构治理", "2022")
    assert draft_of(journal_page("37 | 虚构治理")).metadata.publisher is None


def test_a_paragraph_goes_on_over_a_foot_and_a_column() -> None:
    lines = draft_of(journal_page("《虚构治理》2022年第4期   ·37·")).text.split("\n")
    assert any("左13居民自己商量办法居民自己商量办法左边右00居民" in line for line in lines)


@pytest.mark.parametrize(
    "byline",
    [
        ((255.0, "□ 本刊通讯员"), (330.0, "霍然")),  # the first piece crosses the blank between the columns
        ((242.0, "本刊通讯员"), (314.0, "霍　然")),  # parted just there
        ((430.0, "霍然"),),  # at the right, above the second column alone
    ],
    ids=["crossing", "halves", "right"],
)
def test_a_byline_stands_before_both_columns(byline: tuple[tuple[float, str], ...]) -> None:
    lines = draft_of(journal_page("·37·", byline=byline)).text.split("\n")
    assert lines[0] == "电梯井往北边挪一挪"
    assert "".join(lines[1].split()) == "".join("".join(words.split()) for _, words in byline)
    assert lines[2].startswith("左00")


def test_a_heading_at_the_head_of_a_column_stays_there() -> None:
    def page(canvas: pdf_files.Canvas, _: int) -> None:
        canvas.setFont(pdf_files.FONT, 18)
        canvas.drawCentredString(pdf_files.WIDTH / 2, 780, "电梯井往北边挪一挪")
        canvas.setFont(pdf_files.FONT, 10)
        canvas.drawString(320, 750, "二、争议在哪里")
        for n in range(14):
            canvas.drawString(72, 720 - 16 * n, f"左{n:02d}" + "居民自己商量办法" * 2 + "左边")
            canvas.drawString(320, 720 - 16 * n, f"右{n:02d}" + "居民自己商量办法" * 2 + "右边")

    text = draft_of(pdf_files.drawn(page)).text
    assert text.index("左13") < text.index("二、争议在哪里") < text.index("右00")


@pytest.mark.parametrize("beginning", ["【调解过程】", "二、", "（二）", "2.", "案例三"])
@pytest.mark.parametrize("indent", [0.0, 21.0])
def test_a_full_line_does_not_take_in_the_heading_below_it(beginning: str, indent: float) -> None:
    """The line above is full to the edge, and the distance is that of lines."""
    first = "新修村道要经过一棵三百年的老樟树，施工方要求移栽，可是全村人不同意。"
    second = beginning + "镇里请来林业专家现场论证，召开村民大会，大家一起商量"
    third = "出绕行的办法，费用由两家分担。"
    wrapped = "这一段有两行：上面一行写到右边的边上为止，也就是说它是满的一整行字写"

    def page(canvas: pdf_files.Canvas, _: int) -> None:
        for n, (x, words) in enumerate(
            [
                (72 + indent, wrapped),
                (72, "完才换到下面。"),
                (72 + indent, wrapped),
                (72, "完才换到下面。"),
                (72, first),
                (72, second),
                (72, third),
            ]
        ):
            canvas.drawString(x, 700 - 16 * n, words)

    lines = draft_of(pdf_files.drawn(page)).text.split("\n")
    assert [line for line in lines if first[-6:] in line and second[-4:] in line] == []
    assert any(line.startswith(second) for line in lines)


def test_an_option_that_wraps_before_the_next_one_stays_whole() -> None:
    """方案一：… 方|案二：… : the second line begins with what looks like a label, but stands at the edge."""
    lines = [
        (93.0, "方案一：按照原来的设计施工，给一楼每户补偿三万元，由全体住户分摊。方"),
        (72.0, "案二：井道移到北侧，用连廊入户，费用增加八万元，由政府补贴其中的一半。方"),
        (72.0, "案三：暂缓加装，先把楼道里的扶手装好。"),
    ]

    def page(canvas: pdf_files.Canvas, _: int) -> None:
        for n, (x, words) in enumerate([*lines, *lines]):
            canvas.drawString(x, 700 - 16 * n, words)

    whole = "".join(words for _, words in lines)
    assert draft_of(pdf_files.drawn(page)).text.split("\n") == [whole, whole]
