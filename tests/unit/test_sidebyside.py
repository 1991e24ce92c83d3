"""A cleaned text beside its source: nothing is lost on either side, what was left out stands in rows of its own, code is not shown."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import ingest
from corpus.model import Location, Metadata, Personal, Reading, Section
from corpus.offsets import Edit, OffsetMap, apply_edits
from corpus.vocabulary import screen_words
from ingest.draft import RawReport
from search_api.inspect_lines import Folded, Shown
from search_api.inspecting import inspection
from search_api.sidebyside import Note, Row, readable, rows


def made(source: str, *rounds: list[Edit]) -> tuple[str, OffsetMap]:
    """The text after rounds of edits, each of the text before it."""
    text, offsets = source, OffsetMap.identity(len(source))
    for edits in rounds:
        text, change = apply_edits(text, edits)
        offsets = offsets.then(change)
    return text, offsets


def taken_out(source: str, *gone: tuple[str, str]) -> tuple[str, OffsetMap]:
    """The text without some of its parts, each with the step that took it out."""
    edits = [Edit(at := source.index(part), at + len(part), "", step) for part, step in gone]
    return made(source, edits)


def sides(found: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [("".join(bit.text for bit in row.before).strip(), "".join(bit.text for bit in row.after).strip()) for row in found]


def test_a_line_stands_beside_what_it_was_made_from() -> None:
    source = "現(xiàn)在\n不變\n"
    text, offsets = made(source, [Edit(0, 1, "现", "script"), Edit(1, 7, "", "annotation"), Edit(10, 11, "变", "script")])
    first, second = rows(text, source, offsets)
    assert sides((first, second)) == [("現(xiàn)在", "现在"), ("不變", "不变")]
    assert [change.steps for change in first.changes] == [("script",), ("annotation",)]
    assert [bit.change is not None for bit in first.before] == [True, True, False]


def test_lines_that_were_left_out_stand_alone() -> None:
    source = "首页\n导航\n标题\n正文一段。\n分享到\n版权所有"
    text, offsets = taken_out(source, ("首页\n导航\n", "boilerplate"), ("\n分享到\n版权所有", "boilerplate"))
    assert text == "标题\n正文一段。"
    found = rows(text, source, offsets)
    assert sides(found) == [("首页\n导航", ""), ("标题", "标题"), ("正文一段。", "正文一段。"), ("分享到\n版权所有", "")]
    assert [row.left_out for row in found] == [True, False, False, True]


def test_a_label_before_a_value_stays_with_it() -> None:
    source = "编号：一\n案例名称：三方议事\n"
    text, offsets = taken_out(source, ("编号：一\n案例名称：", "form"))
    assert sides(rows(text, source, offsets)) == [("编号：一", ""), ("案例名称：三方议事", "三方议事")]


def test_joined_lines_are_one_row_and_no_change_to_speak_of() -> None:
    source = "居民代表讨论了\n三次，终于定下来。"
    text, offsets = made(source, [Edit(7, 8, "", "line")])
    (row,) = rows(text, source, offsets)
    assert not row.changed
    assert row.changes[0].slight


def test_several_steps_at_one_place_are_one_change() -> None:
    source = "甲乙丙丁"
    text, offsets = made(source, [Edit(1, 3, "為著", "shift")], [Edit(1, 2, "为", "script"), Edit(2, 3, "着", "script")])
    (row,) = rows(text, source, offsets)
    assert text == "甲为着丁"
    assert [(change.before, change.after) for change in row.changes] == [("乙丙", "为着")]


class TestWebPages:
    def test_only_words_are_shown_of_code(self) -> None:
        code = (
            "<head><title>页</title></head><script>var a='<p>不显示</p>';</script><ul><li>首页</li><li>关于</li></ul><!-- 注 --><p id='x'>"
        )
        assert readable(code) == "首页 / 关于"
        assert readable("<p>&nbsp;</p>\n") == ""

    def test_a_number_that_tags_had_hidden_is_masked(self) -> None:
        assert readable("<b>电话：138</b><i>0013</i><b>8000</b>") == "电话：＊＊＊＊＊＊＊＊＊＊＊"

    def test_unclosed_script_and_half_tags_are_not_words(self) -> None:
        assert readable("</p>尾<script>var a = 1; 不显示") == "尾"
        assert readable("class='a'>字<div") == "字"

    def test_tags_around_a_text_do_not_count_as_changes(self) -> None:
        source = "<div><p>第一段。</p><p>第二段。</p></div>"
        edits = [
            Edit(0, 8, "", "html"),
            Edit(12, 19, "\n", "html"),
            Edit(23, len(source), "", "html"),
        ]
        text, offsets = made(source, edits)
        found = rows(text, source, offsets, page=True)
        assert sides(found) == [("第一段。", "第一段。"), ("第二段。", "第二段。")]
        assert not any(row.changed for row in found)


class TestNotes:
    def test_a_note_cuts_the_text_at_its_borders(self) -> None:
        text = "联系电话＊＊＊＊，请勿外传。"
        (row,) = rows(text, text, OffsetMap.identity(len(text)), [Note(4, 8, "masked.mobile")], [Note(4, 8, "masked.mobile")])
        assert [(bit.text, bit.note) for bit in row.before] == [("联系电话", ""), ("＊＊＊＊", "masked.mobile"), ("，请勿外传。", "")]
        assert row.before == row.after


PIECES = st.text(alphabet="甲乙丙。 \n", min_size=0, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="子丑寅卯。\n", max_size=40),
    st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), PIECES), max_size=4), max_size=3),
)
def test_neither_side_loses_a_character(source: str, rounds: list[list[tuple[int, int, str]]]) -> None:
    text, offsets = source, OffsetMap.identity(len(source))
    for number, wanted in enumerate(rounds):
        edits, at = [], 0
        for start, length, new in sorted(wanted):
            if at <= start <= len(text):
                at = min(start + length, len(text))
                edits.append(Edit(start, at, new, f"step{number}"))
                at += 1
        text, change = apply_edits(text, edits)
        offsets = offsets.then(change)
    found = rows(text, source, offsets)
    assert "".join("".join(bit.text for row in found for bit in row.after).split()) == "".join(text.split())
    assert "".join("".join(bit.text for row in found for bit in row.before).split()) == "".join(source.split())
    for row in found:
        for bit in row.before:
            assert source.startswith(bit.text, bit.start)
        for bit in row.after:
            assert text.startswith(bit.text, bit.start)
    for one, other in pairwise(found):
        assert one.end <= other.start
        assert one.source_end <= other.source_start


def reading(source: str, *edits: Edit) -> Reading:
    text, offsets = made(source, list(edits))
    return Reading("r", "报告", "v", "1", text, source, offsets, Metadata(title="标题"))


RAW = RawReport("一.txt", b"", "txt", "一.txt")


class TestInspection:
    def test_long_unchanged_stretches_are_folded_up_to_the_next_heading(self) -> None:
        lines = ["一、背景", *["没有变的一句话，凑满一段。" * 3] * 3, "二、做法", "錯"]
        source = "\n".join(lines)
        at = source.index("二、")
        read = replace(
            reading(source, Edit(len(source) - 1, len(source), "错", "script")),
            sections=(Section("background", "一、背景", 0, at, 0.9), Section("approach", "二、做法", at, len(source), 0.9)),
        )
        first, folded, second, last = inspection(RAW, read).lines
        assert isinstance(first, Shown)
        assert first.is_heading
        assert isinstance(folded, Folded)
        assert (len(folded.rows), folded.characters) == (3, 117)
        assert isinstance(second, Shown)
        assert second.section is not None
        assert second.section.role == "做法与经过"
        assert isinstance(last, Shown)
        assert last.reasons == (("script", "繁体转简体", 1),)

    def test_pages_are_told_where_they_begin(self) -> None:
        source = "第一页的话。\n第二页的话。"
        read = replace(reading(source), locations=(Location("page", 0, 7, "1"), Location("page", 7, 13, "2")))
        found = inspection(RAW, read)
        assert [line.place for line in found.lines if isinstance(line, Shown)] == ["第 1 页", "第 2 页"]

    def test_doubtful_and_damaged_places_come_with_their_words(self) -> None:
        source = "开头几个字锟斤拷后面几个字"
        boxes = (Location("box", 0, 5, "1:0,0,9,9", 0.55), Location("damaged", 5, 8))
        found = inspection(RAW, replace(reading(source), locations=boxes))
        assert not inspection(RAW, replace(reading(source), locations=(*boxes[:1], Location("damaged", 0, 5)))).damaged
        assert [(spot.before, spot.text, spot.after) for spot in found.damaged] == [("开头几个字", "锟斤拷", "后面几个字")]
        assert [(spot.text, spot.confidence) for spot in found.unsure] == [("开头几个字", 0.55)]
        (line,) = found.lines
        assert isinstance(line, Shown)
        assert [bit.note for bit in line.row.before] == ["unsure", "damaged", ""]

    def test_masked_data_is_counted_by_kind_and_marked(self) -> None:
        source = "联系人电话＊＊＊＊＊＊＊＊＊＊＊。\n落款：＊＊＊"
        read = replace(reading(source, Edit(17, len(source), "", "form")), personal=(Personal(5, 16, 5, 16, "mobile", "13800138000"),))
        found = inspection(RAW, read)
        assert found.personal == (("mobile", 1),)
        assert found.elsewhere == 1
        assert "13800138000" not in repr(found.lines)

    def test_an_unknown_step_is_shown_by_its_name(self) -> None:
        found = inspection(RAW, reading("甲乙", Edit(0, 1, "", "pdf.unheard_of")))
        assert [step.label for step in found.steps] == ["pdf.unheard_of"]


def test_every_step_of_the_readers_and_repairs_has_its_reason_in_words() -> None:
    folder = Path(ingest.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for part in ("readers", "repair") for path in sorted((folder / part).rglob("*.py")))
    steps = set(re.findall(r'STEP(?:: str)? = "([a-z_.]+)"', code)) | set(re.findall(r'"(docx\.[a-z_]+)"', code))
    steps -= {"docx.reader"}  # a module, not a step
    steps |= {f"{prefix}.{name}" for prefix in ("pdf", "ocr") for name in re.findall(r"{prefix}\.([a-z_]+)", code)}
    assert {"script", "docx.header", "pdf.line"} <= steps
    assert sorted(step for step in steps if f"step.{step}" not in screen_words()) == []


def test_every_field_of_the_metadata_has_a_word() -> None:
    assert {f"metadata.{field.name}" for field in fields(Metadata)} <= screen_words().keys()
