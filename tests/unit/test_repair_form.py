"""Forms: their fields become metadata, their hints and blanks go, and what is text stays (all people and places 虚构)."""

from __future__ import annotations

import pytest
from damage import PROSE

from corpus.model import Metadata
from ingest.draft import Draft
from ingest.repair.form import field_of, fields, is_label

TEXT = "\n".join(PROSE[:3])


def read(text: str) -> tuple[str, Metadata, set[str]]:
    draft = Draft.of(text)
    edits, metadata, hidden = fields(draft)
    return draft.edit(edits).text, metadata, {text[start:end] for start, end in hidden}


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("案例名称", "title"),
        ("案例名称（不超过30字）", "title"),
        ("申 报 单 位", "applicant"),
        ("2. 申报单位（盖章）：", "applicant"),
        ("*申报类别", "category"),
        ("（三）案例编号", "number"),
        ("联系人姓名", "contact"),
        ("单位负责人电话", "private"),
        ("所在区县", "place"),
        ("申报时间", "published"),
        ("街道（乡镇）审核意见", "opinion"),
        ("起止时间", "period"),
        ("是否已实施", "status"),
        ("撰稿人", "authors"),
        ("申报奖项", "award"),
        ("主要做法", "free"),
        ("承办单位", "handler"),
        ("承担单位", "applicant"),
        ("完成日期", "period"),
        ("得分", "score"),
        ("居民意见", None),
        ("物业公司", None),
        ("", None),
        ("名", None),
        ("社区书记召集物业公司和居民代表开了五次协商会", None),
    ],
)
def test_labels(label: str, field: str | None) -> None:
    assert field_of(label) == field
    assert is_label(label) == (field is not None)


def test_spaced_and_numbered_labels() -> None:
    text, told, hidden = read(
        f"1. 案例名称：停车协商会\n2. 申 报 单 位：安和区柳溪街道\n（三）联 系 人：罗敏  联系电话：0571-88001234\n{TEXT}"
    )
    assert text == f"停车协商会\n{TEXT}"
    assert (told.title, told.applicant) == ("停车协商会", "安和区柳溪街道")
    assert hidden == {"罗敏", "0571-88001234"}


def test_cells_without_colons() -> None:
    text, told, hidden = read(f"申报编号：AH-07\n申报单位\t安和区柳溪街道\t所属领域\t社区治理\n联系人 罗敏 手机号码 0571-88001234\n{TEXT}")
    assert text == TEXT
    assert (told.number, told.applicant, told.category) == ("AH-07", "安和区柳溪街道", "社区治理")
    assert hidden == {"罗敏", "0571-88001234"}


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("申报类别：☑党建引领 □民生服务 □平安建设", "党建引领"),
        ("申报类别：□党建引领 √ 民生服务 ☑平安建设", "民生服务、平安建设"),
        ("申报类别：□党建引领 □民生服务", None),
        ("申报类别：党建引领（√） 民生服务（ ）", "党建引领"),
        ("申报类别：\n□ 党建引领\n☑ 民生服务", "民生服务"),
        ("申报类别（请打√）：社区治理", "社区治理"),
    ],
)
def test_ticked_boxes(line: str, category: str | None) -> None:
    text, told, _ = read(f"申报编号：AH-07\n{line}\n{TEXT}")
    assert (text, told.category) == (TEXT, category)


def test_boxes_and_blanks_for_seals() -> None:
    blanks = "推荐单位意见：同意推荐。\n（单位盖章）\n2025年3月1日\n负责人（签字）：____　　年 月 日\n申报单位（盖章）"
    text, told, _ = read(f"案例名称：停车协商会\n申报单位：安和区柳溪街道\n{TEXT}\n{blanks}")
    assert text == f"停车协商会\n{TEXT}"
    assert told.applicant == "安和区柳溪街道"


def test_values_below_their_label() -> None:
    text, told, hidden = read(f"申报编号：AH-07\n案例名称：\n停车协商会\n申报单位\n安和区柳溪街道\n联系人\n罗敏\n{TEXT}")
    assert text == f"停车协商会\n{TEXT}"
    assert (told.title, told.applicant) == ("停车协商会", "安和区柳溪街道")
    assert hidden == {"罗敏"}


def test_the_hints_of_a_form_go() -> None:
    hints = "填表说明：\n1. 本表用黑色笔填写。\n2. 案例名称不超过三十个字。\n3. 一式两份。"
    text, told, _ = read(f"第三届安和杯金点子征集活动申报表\n{hints}\n申报单位：安和区柳溪街道\n{TEXT}")
    assert text == TEXT
    assert (told.award, told.applicant) == ("第三届安和杯金点子征集", "安和区柳溪街道")


@pytest.mark.parametrize("said", ["罗敏", "罗 敏", "罗敏、石岩"])
def test_a_contact_is_no_name_in_other_fields(said: str) -> None:
    line = f"申报单位：安和区柳溪街道退休药师 {said.split('、')[0]}"
    text, told, hidden = read(f"案例名称：罗敏的药箱\n{line}\n联系人：{said}\n撰稿人：罗敏\n{TEXT}\n社区药师罗敏说：“好。”")
    assert told.applicant == f"安和区柳溪街道退休药师 {'＊' * len(said.split('、')[0])}"
    assert {"罗敏", said} <= hidden | {said}
    assert line[-len(said.split("、")[0]) :] in hidden
    assert (told.title, told.authors) == ("罗敏的药箱", ("罗敏",))
    assert text == f"罗敏的药箱\n{TEXT}\n社区药师罗敏说：“好。”"


def test_a_contact_in_what_the_reader_knew() -> None:
    draft = Draft.of(f"联系人：罗敏\n联系电话：0571-88001234\n{TEXT}", Metadata(applicant="退休药师 罗敏", title="罗敏的药箱"))
    told = fields(draft)[1]
    assert (told.applicant, told.title) == ("退休药师 ＊＊", "罗敏的药箱")


def test_other_words_of_a_contact_field_hide_nothing() -> None:
    told = read(f"申报单位：柳溪街道办公室\n联系人：柳溪街道办公室主任\n{TEXT}")[1]
    assert told.applicant == "柳溪街道办公室"


def test_several_forms_in_one_text_keep_their_fields() -> None:
    one = f"案例名称：停车协商会\n申报单位：柳溪街道\n联系人：罗敏\n{TEXT}"
    two = f"案例名称：早市有办法\n申报单位：河东街道\n联系人：石岩\n{PROSE[4]}"
    text, told, hidden = read(f"{one}\n{two}")
    assert text == f"{one}\n{two}"
    assert (told.title, told.applicant) == ("", None)
    assert hidden == {"罗敏", "石岩"}


def test_two_bodies_under_two_labels_are_of_one_form() -> None:
    text, told, _ = read(f"案例名称：停车协商会\n申报单位：安和区柳溪街道\n{TEXT}\n推荐单位：安和区民政局")
    assert text == f"停车协商会\n{TEXT}"
    assert told.applicant == "安和区柳溪街道"


@pytest.mark.parametrize(
    "text",
    [
        f"一场停车协商会\n背景：{PROSE[0]}\n{PROSE[1]}",
        f"一场停车协商会\n{PROSE[0]}\n地址 问题让人头痛，门牌号一直没有定下来。\n{PROSE[1]}",
        f"一场停车协商会\n单位\n{PROSE[0]}\n{PROSE[1]}",
        f"一场停车协商会\n负责人说：“车位不够。”\n{PROSE[0]}",
        f"一场停车协商会\n{PROSE[0]}\n□ 还没有完成 □ 已经完成\n{PROSE[1]}",
        f"一场停车协商会\n会上定下三条：\n1. 车位按先后顺序停放。\n2. 外来车辆收费。\n{PROSE[1]}",
    ],
)
def test_text_stays(text: str) -> None:
    assert read(text) == (text, Metadata(), set())


def test_who_handles_a_matter_did_not_hand_it_in() -> None:
    text, told, _ = read(f"建议标题：增设伞架\n承办单位：青瓦街道办事处\n得分：91.5\n承担单位：青瓦社区\n完成日期：2023年12月20日\n{TEXT}")
    assert text == f"增设伞架\n{TEXT}"
    assert told.applicant == "青瓦社区"
    assert read(f"建议标题：增设伞架\n受理编号：7\n承办单位：青瓦街道办事处\n{TEXT}")[1].applicant is None


def test_the_annex_above_a_form_and_the_note_below_it_go() -> None:
    text, told, hidden = read(
        f"附件2\n青瓦街道社区金点子征集推荐表\n点子名称：共享轮椅\n申报单位：青瓦社区\n{TEXT}\n"
        "填表人：罗敏 审核人：程实\n注：本表一式两份，请双面打印。"
    )
    assert text == f"共享轮椅\n{TEXT}"
    assert told.award == "青瓦街道社区金点子征集"
    assert hidden == {"罗敏", "程实"}
    assert read(f"附件2\n青瓦街道停车办法\n{TEXT}")[0].startswith("附件2\n")
