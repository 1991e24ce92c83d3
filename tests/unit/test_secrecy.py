"""Marks of state secrecy at the places where they stand, words that only look like them, and marks of internal papers."""

from __future__ import annotations

import pytest

from corpus.errors import ClassifiedSource
from ingest.secrecy import concealed_name, handling, handling_of, refuse_classified, refuse_pieces

TITLE = "虚构社区停车治理案例"
BODY = "\n".join(f"第{number}次会上，大家谈的是怎样协商解决停车难题，账目向全体居民公布。" for number in range(1, 40))
MARKS = [
    "绝密", "机密★10年", "秘密 ★", "　　机密★", "机 密", "機密★１０年", "秘密★1年", "【秘密】", "（机密）", "秘密10年",
    "秘密★长期", "机密级",
    "绝密件", "秘密★六个月", "机密▲20年", "000123 机密★1年 特急", "特急 机密★1年", "机(jī)密★10年", "国家秘密", "涉密文件",
    "密级：机密", "密级:机密★10年", "密 级：秘 密", "密级\t秘密", "密级：\n机密", "密级和保密期限：机密★5年", "密级|机密|编号|3",
    "密级：□绝密 ☑机密 □秘密", "密级：秘密 保密期限：5年", "关于某事的报告（机密）", "[机密]关于某事的请示", "\ufeff机密★10年",
]  # fmt: skip
WORDS = [
    "秘密花园", "社区的秘密花园", "商业秘密保护", "保守秘密", "机密性", "不得泄露国家秘密", "机密文件不得外传", "老旧小区改造的“秘密”",
    "揭秘：社区食堂的秘密", "秘密投票，公开计票", "“秘密武器”", "第一节 秘密", "成功的秘密（上）", "涉密人员管理", "（秘密投票）选举办法",
    "非密", "密级：无", "密级：公开", "密级：内部", "密级：□绝密 □机密 □秘密 ☑非密", "密级（绝密/机密/秘密/非密）",
    "工作秘密", "工作秘密★1年",
    "商业秘密★", "秘密★★★★★好评？", "保密承诺书", "密级：商业秘密",
]  # fmt: skip
INTERNAL = [
    "内部资料", "内部资料 注意保管", "内部资料  注意保存  第12期", "内部文件", "内部参考", "內部參考",
    "（内部资料，请勿外传）", "仅供内部交流",
    "内部资料　免费交流", "密级：内部", "公开方式：不予公开", "（此件不予公开）", "2021年案例选编（内部资料）", "不予公开", "内参",
]  # fmt: skip
PUBLIC = [
    "内部参考价格是多少", "小区内部资料室", "内部文件管理制度", "加强内部资料管理", "注意保管好随身物品",
    "公开方式：主动公开", "此件公开发布",
    "工作秘密管理办法", "社区内部交流会", "依法不予公开的情形有哪些", "内部使用权",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_its_place_is_refused_without_a_word_of_the_text(mark: str) -> None:
    for text in (f"{mark}\n{TITLE}\n{BODY}", f"{TITLE}\n\n{mark}\n{BODY}"):
        with pytest.raises(ClassifiedSource) as caught:
            refuse_classified(text, "甲/一.txt")
        assert "甲/一.txt" in str(caught.value)
        assert TITLE not in str(caught.value)
        assert "停车" not in str(caught.value)


@pytest.mark.parametrize("word", WORDS)
def test_words_that_look_like_marks_are_read(word: str) -> None:
    refuse_classified(f"{word}\n{TITLE}\n{BODY}", "一.txt")
    refuse_classified(f"{TITLE}\n{BODY}\n{word}\n", "一.txt")


def test_marks_on_later_pages_and_in_running_heads() -> None:
    for text in (f"{TITLE}\n{BODY}\n秘密★1年\n{BODY}", f"{TITLE}\n{BODY}\n机密\n{BODY}\n机密\n{BODY}", f"{TITLE}\n{BODY}\n密级：秘密"):
        with pytest.raises(ClassifiedSource):
            refuse_classified(text, "一.txt")
    with pytest.raises(ClassifiedSource):
        refuse_classified(BODY, "一.docx", headers="虚构街道\n机密★5年")
    refuse_classified(f"{BODY}\n秘密\n{BODY}", "一.txt")  # once, in the middle: a heading


@pytest.mark.parametrize(
    "name",
    [
        "机密★关于停车.docx",
        "【秘密】停车方案.doc",
        "停车方案（机密）.pdf",
        "机密_停车.docx",
        "绝密.txt",
        "停车-秘密.docx",
        "机密 停车.docx",
    ],
)
def test_a_marked_name_is_refused_and_not_repeated(name: str) -> None:
    for key in (f"报送/二科/{name}", f"报送/二科/{name.rpartition('.')[0]}/停车.txt", f"报送/二科/{name}.zip/停车.txt"):
        with pytest.raises(ClassifiedSource) as caught:
            refuse_classified(BODY, key, key)
        for words in (str(caught.value), concealed_name(key)):
            assert "停车" not in words
            assert "机密" not in words
            assert "报送/二科/（文件名不显示）#" in words
        assert concealed_name(concealed_name(key)) == concealed_name(key)
    assert concealed_name(f"甲/{name}") != concealed_name(f"甲/{name}/乙")


@pytest.mark.parametrize("title", ["绝密", "机密：停车方案", "转办 机密★1年 停车方案", "[机密] 停车方案", "停车方案（秘密）", "机密 停车"])
def test_a_marked_title_is_refused(title: str) -> None:
    with pytest.raises(ClassifiedSource) as caught:
        refuse_classified(BODY, "1", title=title)
    assert "停车" not in str(caught.value)


@pytest.mark.parametrize("title", ["秘密花园里的议事会", "楼道整洁的秘密", "一个守了10年的秘密", "商业秘密保护案例", "工作秘密管理"])
def test_other_titles_are_read(title: str) -> None:
    refuse_classified(BODY, "1", title=title)


def test_pieces_stand_each_for_itself() -> None:
    pieces = ["案例", "名单", *["停车"] * 40]
    for mark in ("机密★5年", "密级|秘密", "密级：机密"):
        with pytest.raises(ClassifiedSource):
            refuse_pieces([*pieces, mark, *pieces], "表.xlsx")
    refuse_pieces(pieces, "表.xlsx")
    assert handling_of([*pieces, "内部资料 注意保存", *pieces]) == "内部资料"
    assert handling_of([*pieces, "内部资料", "工作秘密"]) == "工作秘密"
    assert handling_of(pieces) is None


@pytest.mark.parametrize(
    "name",
    ["秘密花园.txt", "商业秘密案例.docx", "社区的秘密.docx", "保密工作.docx", "工作秘密★.docx", "秘密 花园.txt"],
)
def test_other_names_are_read(name: str) -> None:
    refuse_classified(BODY, name, name)


@pytest.mark.parametrize("mark", INTERNAL)
def test_internal_papers_are_flagged(mark: str) -> None:
    assert handling(f"{mark}\n{TITLE}\n{BODY}") == "内部资料"
    assert handling(f"{TITLE}\n{BODY}\n{mark}") == "内部资料"
    assert handling(BODY, headers=mark) == "内部资料"


def test_work_secrets_are_told_from_internal_papers() -> None:
    for mark in ("工作秘密", "工作秘密★1年", "【工作秘密】", "密级：工作秘密", "工作秘密 注意保管"):
        assert handling(f"{mark}\n{TITLE}\n{BODY}") == "工作秘密"
    assert handling(f"内部资料\n{TITLE}\n{BODY}\n工作秘密") == "工作秘密"
    assert handling(BODY, "停车方案（工作秘密）.docx") == "工作秘密"
    assert handling(BODY, "内部资料_停车方案.docx") == "内部资料"
    assert handling(BODY, "来件/内部资料_七月.zip/停车方案.docx") == "内部资料"
    assert handling(BODY, title="停车方案（工作秘密）") == "工作秘密"


@pytest.mark.parametrize("words", PUBLIC)
def test_words_about_internal_things_are_no_flag(words: str) -> None:
    assert handling(f"{words}\n{TITLE}\n{BODY}") is None
    assert handling(f"{TITLE}\n{BODY}\n{words}") is None
    assert handling(BODY, "内部文件管理制度.docx") is None
