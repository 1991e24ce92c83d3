"""PDF files with text: paragraphs, columns, heads and feet, tables, contents pages, notes, and files that are broken or hostile."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence

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
from ingest.readers import ocr, pdf
from ingest.readers.pdf_plausible import is_text
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
