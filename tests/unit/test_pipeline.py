"""A raw report becomes a reading: everything together, on texts of the project's own and, where DATA is set, on the founding page."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
from pathlib import Path

import pytest
from damage import NAVIGATION, PROSE, TAILS, annotated, byte_replaced, traditional

from corpus.errors import ClassifiedSource, EmptySource, UnreadableSource
from corpus.identity import digest, passage_hash, report_id
from corpus.model import Reading, reading_id
from ingest.draft import RawReport
from ingest.pipeline import PIPELINE, read_report
from ingest.readers import find, read
from ingest.repair.annotation import pinyin_annotations

TITLE = "一场停车协商会"
BYLINE = "作者：本刊记者 安 民  编辑：纪海涛  来源：某某网时间：2021-07-01"
LEAD = "枫桥社区用五次协商会，把一个吵了三年的停车难题变成了一座立体车库。"


def raw(text: str, source: str = "甲/案例.txt", media: str = "txt") -> RawReport:
    return RawReport(source, text.encode(), media, source)


def scraped() -> str:
    """The project's own prose as a mirror would have saved it: annotated, cut across two characters, with all that stands around it."""
    body = [annotated(paragraph) for paragraph in (*PROSE[:4], PROSE[4] + LEAD, PROSE[5])]
    split = byte_replaced("如何讓居民從“被動”變為“主動”？", "優", "yōu")
    lines = [
        annotated(NAVIGATION[0]),
        annotated(TITLE),
        annotated(BYLINE),
        annotated(LEAD),
        "202107.jpg",
        *body[:2],
        split,
        *body[2:],
        TAILS[4],
    ]
    return "\n\n".join(lines)


def check(reading: Reading) -> None:
    """What must hold for any reading."""
    at = 0
    for piece in reading.offsets.pieces:
        assert piece.start == at
        at = piece.end
        if piece.operation == "copied":
            assert reading.text[piece.start : piece.end] == reading.source[piece.source_start : piece.source_end]
    assert at == len(reading.text)
    assert reading.id == reading_id(reading.report, reading.revision, reading.pipeline, reading.text)
    end = 0
    for section in reading.sections:
        assert end <= section.start < section.end
        end = section.end
    for case in reading.cases:
        assert all(0 <= start < stop <= len(reading.text) for start, stop in case.spans)
    for passage in reading.passages:
        stretch = reading.text[passage.start : passage.end]
        titles = {reading.metadata.title, *(case.title for case in reading.cases)}
        assert passage.text == stretch or passage.text in {f"{title}\n{stretch}" for title in titles}
        assert passage.id == digest("passage", reading.id, str(passage.start), str(passage.end))
        assert passage.hash == passage_hash(passage.text)
    ids = {case.id for case in reading.cases}
    for fact in reading.facts:
        assert reading.text[fact.sentence_start : fact.sentence_end] == fact.sentence
        assert fact.start < fact.end
        assert fact.type == "quote" or fact.sentence_start <= fact.start < fact.end <= fact.sentence_end  # a quotation may be long
        assert fact.case is None or fact.case in ids
        low, high = reading.offsets.to_source(fact.start, fact.end)
        assert 0 <= low < high <= len(reading.source)
    assert len({fact.id for fact in reading.facts}) == len(reading.facts)


def test_a_scraped_page_comes_back_as_it_was() -> None:
    reading = read_report("测试", raw(scraped()))
    check(reading)
    paragraphs = [*PROSE[:2], "如何让居民从“被动”变为“主动”？", *PROSE[2:4], PROSE[4] + LEAD, PROSE[5]]
    assert reading.text == "\n".join((TITLE, *paragraphs))
    known = reading.metadata
    assert (known.title, known.authors, known.editors) == (TITLE, ("安民",), ("纪海涛",))
    assert (known.publisher, known.published, known.kind) == ("某某网", "2021-07-01", "case")


def test_spans_lead_to_the_damaged_source() -> None:
    reading = read_report("测试", raw(scraped()))
    at = reading.text.index("街道办事处拨款18万元")
    low, high = reading.offsets.to_source(at, at + len("街道办事处拨款18万元"))
    assert reading.source[low:high].startswith("街道辦(")
    assert reading.source[low:high].endswith(("萬(wàn)元", "萬元"))


def test_the_same_bytes_give_the_same_reading() -> None:
    first, second = (read_report("测试", raw(scraped())) for _ in range(2))
    assert first == second
    assert first.report == report_id("测试", "甲/案例.txt")
    assert first.revision == hashlib.sha256(scraped().encode()).hexdigest()
    assert first.pipeline == PIPELINE
    other = read_report("另一集", raw(scraped()))
    assert other.report != first.report
    assert other.id != first.id
    assert other.text == first.text


def test_rows_say_more_than_their_text() -> None:
    row = {"id": "r1", "text": traditional("\n".join(PROSE)), "title": traditional(TITLE), "place": "浙江省", "kind": "news"}
    reading = read_report("测试", raw(json.dumps(row), "r1", "json"))
    check(reading)
    assert reading.text == "\n".join(PROSE)
    assert (reading.metadata.title, reading.metadata.kind) == (TITLE, "news")
    assert reading.source == row["text"]


def test_personal_data_is_nowhere_but_in_its_own_table() -> None:
    text = f"{TITLE}\n联系人：张三丰　电话：13800138000\n{PROSE[0]}业主王某（手机13900139000）提出意见。\n{PROSE[1]}"
    reading = read_report("测试", raw(text))
    check(reading)
    assert [(item.kind, item.original) for item in reading.personal] == [("mobile", "13900139000")]
    texts = [reading.text, reading.source, *(passage.text for passage in reading.passages), *(fact.sentence for fact in reading.facts)]
    shown = "\n".join(texts)
    for secret in ("13800138000", "13900139000", "张三丰"):
        assert secret not in shown
    assert "＊" * 11 in reading.text


def test_nothing_but_navigation_is_refused() -> None:
    with pytest.raises(EmptySource) as caught:
        read_report("测试", raw("首页 > 新闻中心\n上一篇：无\n"))
    assert "甲/案例.txt" in str(caught.value)


@pytest.mark.parametrize("mark", ["绝密", "机密★10年", "秘密 ★", "　　机密★"])
def test_state_secrets_are_refused_without_a_word_of_them(mark: str) -> None:
    with pytest.raises(ClassifiedSource) as caught:
        read_report("测试", raw(f"{mark}\n{TITLE}\n{PROSE[0]}"))
    assert TITLE not in str(caught.value)
    read_report("测试", raw(f"{TITLE}\n社区的秘密花园\n{PROSE[0]}"))


@pytest.mark.parametrize("text", ["𠮷野家门口的𠀀字招牌，居民😀点赞。", "字", "a", "。", "“", "1"])
def test_odd_little_texts(text: str) -> None:
    check(read_report("测试", raw(text)))


def test_samples_read_whole() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "samples"
    items = find([folder / "reports", folder / "submissions"], collection="样例")
    readings = [read_report("样例", item) for item in items if isinstance(item, RawReport)]
    assert len(readings) >= 36
    for reading in readings:
        check(reading)
        assert reading.metadata.title
        assert reading.passages
    assert sum(len(reading.cases) > 1 for reading in readings) == 1


@pytest.mark.data
@pytest.mark.skipif(not os.environ.get("DATA"), reason="needs DATA, the folder with the evaluation sets")
def test_the_founding_page() -> None:
    path = Path(os.environ["DATA"]) / "shangcheng_2019.txt"
    (item,) = find([path], collection="测试")
    assert isinstance(item, RawReport)
    reading = read_report("测试", item)
    check(reading)
    known = reading.metadata
    assert known.title == "基层社区治理升级的杭州上城之策"
    assert (known.publisher, known.authors, known.editors, known.published) == ("决策网", ("安蔚",), ("纪海涛",), "2019-12-27")
    assert len(pinyin_annotations(read(item))) == 389
    assert not re.search("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{2}", reading.text)
    assert [part for part in ("(人才)", "(市、区)") if part in reading.text] == ["(人才)", "(市、区)"]
    assert reading.text.count("(") == 2
    assert "变为“主动”？" in reading.text
    assert "这一串数据" in reading.text
    for gone in ("首页", "jpg", "最新期刊", "蜘蛛池", "作者：", "□"):
        assert gone not in reading.text
    lead = "从“三社联动”到“社会联动”，变“要我参与”为“我要参与”"
    assert reading.text.count(lead) == 1
    assert [section.heading for section in reading.sections if section.heading] == [
        "从“管理”到“治理”", "从“三社联动”到“社会联动”", "从“单打独斗”变“多元共治”",
    ]  # fmt: skip
    first, second = reading.cases
    told = ["\n".join(reading.text[start:end] for start, end in case.spans) for case in (first, second)]
    assert "160户300多人" in told[0]
    assert "43个项目" in told[0]
    assert "农贸市场翻新工程" in told[1]
    for background in ("1052万余元", "1433家", "全省第十", "20000元", "1526次"):
        assert background in reading.text
        assert background not in told[0] + told[1]


def test_mutated_files_give_a_sound_reading_or_our_own_errors() -> None:
    chance = random.Random(11)
    for number in range(20):
        data = bytearray(scraped().encode("gb18030" if number % 2 else "utf-8"))
        for _ in range(chance.choice((1, 20, 200))):
            at = chance.randrange(max(1, len(data)))
            if data and chance.random() < 0.5:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randrange(1, 40)]
        with contextlib.suppress(UnreadableSource):
            check(read_report("测试", RawReport("甲.txt", bytes(data), "txt", "甲.txt")))
