"""The parts of official documents, on documents of the project's own (虚构)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from damage import PROSE

from corpus.model import Metadata
from ingest.draft import Draft
from ingest.repair.official import official

BODY = "\n".join(PROSE[:3])
DOCUMENT = f"""000012
特急
安和区人民政府文件
安政发〔2021〕12号　签发人：罗敏
关于印发《安和区社区议事协商工作方案》的通知
各街道办事处，区政府各部门、各直属单位：
{BODY}
附件：1.安和区社区议事协商工作方案
2.任务分工表
安和区人民政府
2021年3月5日
（此件公开发布）
附件1
安和区社区议事协商工作方案
{PROSE[3]}
— 3 —
抄送：区委办公室，区人大常委会办公室，
区政协办公室。
安和区人民政府办公室 2021年3月8日印发
共印120份"""


def cleaned(text: str, known: Metadata | None = None) -> tuple[str, Metadata]:
    draft = Draft.of(text, known)
    edits, metadata = official(draft)
    return draft.edit(edits).text, metadata


def test_a_whole_document() -> None:
    text, told = cleaned(DOCUMENT)
    assert text == f"关于印发《安和区社区议事协商工作方案》的通知\n{BODY}\n附件1\n安和区社区议事协商工作方案\n{PROSE[3]}"
    assert (told.issuer, told.document_number) == ("安和区人民政府", "安政发〔2021〕12号")
    assert told.addressee == "各街道办事处，区政府各部门、各直属单位"
    assert told.attachments == ("安和区社区议事协商工作方案", "任务分工表")
    assert told.copies == "区委办公室，区人大常委会办公室，区政协办公室"
    assert (told.published, told.printed) == ("2021-03-05", "2021-03-08")


def test_a_letter_with_the_date_in_chinese_numerals() -> None:
    text, told = cleaned(
        f"安和区民政局\n安民函[2020]7 号\n关于商请支持停车整治的函\n区综合行政执法局：\n{BODY}\n安和区民政局\n二〇二〇年十一月二十三日"
    )
    assert text == f"关于商请支持停车整治的函\n{BODY}"
    assert (told.issuer, told.document_number, told.addressee) == ("安和区民政局", "安民函〔2020〕7号", "区综合行政执法局")
    assert told.published == "2020-11-23"


def test_a_document_of_several_bodies() -> None:
    text, told = cleaned(
        f"安和区民政局\n安和区财政局文件\n安民发〔2019〕3号\n关于拨付协商资金的通知\n各街道：\n{BODY}\n安和区民政局\n安和区财政局\n2019年5月6日"
    )
    assert text == f"关于拨付协商资金的通知\n{BODY}"
    assert told.issuer == "安和区民政局、安和区财政局"


def test_the_table_of_a_web_site() -> None:
    head = "索引号：AH-2021-0031 主题分类：民政\n发文机关：安和区民政局\n发文字号：安民发〔2021〕9号\n成文日期：2021年4月2日"
    text, told = cleaned(f"{head}\n关于开展协商示范的通知\n{BODY}")
    assert text == f"关于开展协商示范的通知\n{BODY}"
    assert (told.issuer, told.document_number, told.published) == ("安和区民政局", "安民发〔2021〕9号", "2021-04-02")


def test_a_report_to_those_above() -> None:
    text, told = cleaned(f"关于停车整治情况的汇报\n区委、区政府：\n{BODY}\n柳溪街道办事处\n2022年9月1日")
    assert text == f"关于停车整治情况的汇报\n{BODY}"
    assert (told.addressee, told.issuer, told.published) == ("区委、区政府", "柳溪街道办事处", "2022-09-01")


@pytest.mark.parametrize(
    "sent",
    ["报：区委政法委 发：各社区、各物业企业", "报：区委政法委\n发：各社区、各物业企业", "抄报：区委政法委。 抄送：各社区、各物业企业。"],
)
def test_where_a_bulletin_is_sent_leaves_it(sent: str) -> None:
    text, told = cleaned(f"平安简报\n第9期\n青瓦苑管住高空抛物\n{BODY}\n{sent}")
    assert text == f"平安简报\n第9期\n青瓦苑管住高空抛物\n{BODY}"
    assert told.copies == "区委政法委；各社区、各物业企业"


def test_a_bulletin_is_published_by_its_editor_or_under_its_name() -> None:
    assert cleaned(f"平安简报\n第9期\n青瓦苑管住高空抛物\n{BODY}")[1].publisher == "平安简报"
    assert cleaned(f"平安简报\n第9期\n柳溪街道平安办公室 2023年11月6日\n青瓦苑管住高空抛物\n{BODY}")[1].publisher is None  # bylines say who
    assert cleaned(f"青瓦社区新动态\n{BODY}\n第9期培训班\n{BODY}")[1].publisher is None


def test_one_sending_label_is_text() -> None:
    text = f"一场停车协商会\n{PROSE[0]}\n发：每户一张票，居民自己投"
    assert cleaned(text) == (text, Metadata())


def test_what_was_known_stays() -> None:
    known = Metadata(document_number="安政发〔2021〕1号", published="2021-01-01")
    told = cleaned(DOCUMENT, known)[1]
    assert replace(told, issuer=None, addressee=None, attachments=(), copies=None, printed=None) == known


@pytest.mark.parametrize(
    "text",
    [
        f"一场停车协商会\n{PROSE[0]}\n根据安政发〔2021〕12号文件，街道拨款18万元。\n{PROSE[1]}",
        f"一场停车协商会\n主要做法：\n{PROSE[0]}\n居民的意见有三条：\n{PROSE[1]}",
        f"一场停车协商会\n{PROSE[0]}\n附件：停车公约\n{PROSE[1]}",
        f"一场停车协商会\n{PROSE[0]}\n抄送一份给物业公司，居民说：\n{PROSE[1]}",
        f"致居民的一封信\n各位邻居：\n{PROSE[0]}",
        f"一场停车协商会\n{PROSE[0]}\n一、案例背景\n{PROSE[1]}\n2021年3月5日\n会上没有人说话。",
        f"一场停车协商会\n{PROSE[0]}\n- 3 -\n{PROSE[1]}",
        f"三份文件\n社区居委会文件\n{PROSE[0]}" if False else f"一场停车协商会\n{PROSE[0]}\n安和区民政局印发的办法写得明白。",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cleaned(text) == (text, Metadata())


def test_page_marks_of_a_text_without_a_heading() -> None:
    assert cleaned(f"{PROSE[0]}\n— 1 —\n{PROSE[1]}\n— 2 —\n{PROSE[2]}")[0] == "\n".join(PROSE[:3])


def test_offsets_lead_back() -> None:
    draft = Draft.of(DOCUMENT)
    draft = draft.edit(official(draft)[0])
    at = draft.text.index(PROSE[3])
    low, high = draft.offsets.to_source(at, at + len(PROSE[3]))
    assert DOCUMENT[low:high] == PROSE[3]


@pytest.mark.parametrize(
    ("lines", "publisher", "published"),
    [
        ("中共青瓦县委政法委员会\n二〇二三年九月", "中共青瓦县委政法委员会", "2023-09"),
        ("安和市民政局编\n2022年11月", "安和市民政局", "2022-11"),
    ],
)
def test_the_cover_of_a_compilation(lines: str, publisher: str, published: str) -> None:
    text, told = cleaned(f"协商议事案例选编（二则）\n{lines}\n\n{BODY}")
    assert text == f"协商议事案例选编（二则）\n\n{BODY}"
    assert (told.publisher, told.published) == (publisher, published)


def test_a_body_below_any_other_title_is_no_cover() -> None:
    text = f"青瓦社区停车治理\n安和市民政局编\n二〇二三年九月\n{BODY}"
    assert cleaned(text)[0] == text
