"""Damage done on purpose to the project's own sentences, and what each repair step makes of it."""

from __future__ import annotations

import pytest
from damage import NAVIGATION, PROSE, SHARING, TAILS, annotated, byte_lost, byte_replaced, spaced, traditional, wrapped, wrong_table
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style

from ingest.draft import Draft
from ingest.pipeline import repair
from ingest.repair.annotation import pinyin_annotations
from ingest.repair.pinyin import is_exact_reading, is_reading
from ingest.repair.script import is_traditional, script
from ingest.repair.shift import shifts

TEXT = "\n".join(PROSE)
TITLE = "一场停车协商会"


def repaired(text: str) -> str:
    return repair(Draft.of(text))[0].text


def without_annotations(text: str) -> str:
    draft = Draft.of(text)
    return draft.edit(pinyin_annotations(draft)).text


def test_clean_text_is_left_alone() -> None:
    draft, private = repair(Draft.of(TEXT))
    assert draft.text == TEXT
    assert [piece.operation for piece in draft.offsets.pieces] == ["copied"]
    assert not private


# Annotations


@pytest.mark.parametrize("pair", ["()", "（）"])
@pytest.mark.parametrize("style", [Style.TONE, Style.NORMAL, Style.TONE3, Style.BOPOMOFO])
@pytest.mark.parametrize("every", [1, 3])
def test_annotations_of_any_style_go_and_the_text_comes_back(pair: str, style: Style, every: int) -> None:
    for paragraph in PROSE:
        damaged = annotated(paragraph, pair=pair, style=style, every=every)
        assert damaged != traditional(paragraph)
        assert without_annotations(damaged) == traditional(paragraph)
    assert repaired("\n".join(annotated(p, pair=pair, style=style, every=every) for p in PROSE)) == TEXT


def test_real_parentheses_stay() -> None:
    for text in (
        "社會工作(人才)的優勢，平安縣(市、區)考核，黨(工)委，簡稱(ABC)，第三條(a)款，時間(an)，現(now)在",
        "亳(bó)州是一座老城，尢(wāng)是古字。",
    ):
        assert without_annotations(text) == text
    assert without_annotations("平安縣(市、區(qū))考核，社會工作(人才)") == "平安縣(市、區)考核，社會工作(人才)"


def test_several_readings_count_and_wrong_ones_do_not() -> None:
    assert is_reading("數", "shǔ")
    assert is_reading("數", "shu4")
    assert is_reading("綠", "lu")
    assert is_reading("綠", "lü4")
    assert not is_reading("數", "xiàn")
    assert not is_exact_reading("數", "shū")
    assert without_annotations("數(shù)據與長(cháng)期，單(chán)于，長(xx)") == "數據與長期，單于，長(xx)"


# Shifts


def test_an_annotation_between_two_halves_is_proven_by_what_it_reads() -> None:
    """`優` is the second half of 變 and the first of 為; `當` that of 串 and 數: a bytewise mirror hits there."""
    for clean, character, reading in (
        ("變為“主動”出擊", "優", "yōu"),
        ("這一串數字說明問題", "當", "dāng"),
    ):
        damaged = byte_replaced(clean, character, reading)
        assert damaged != clean
        draft = Draft.of(damaged)
        edits, _ = shifts(draft)
        assert draft.edit(edits).text.replace("□", "") in (clean, clean[:-1])


def test_a_swallowed_annotation_restores_its_own_character() -> None:
    draft = Draft.of("說出這一串?dāng)?shù)據時")
    edits, marks = shifts(draft)
    assert draft.edit(edits).text == "說出這一串數據時"
    assert not marks


@pytest.mark.parametrize("paragraph", PROSE)
def test_a_lost_byte_never_leaves_nonsense_unmarked(paragraph: str) -> None:
    for at in range(4, 40, 5):
        damaged = byte_lost(paragraph, at)
        if "\ufffd" not in damaged:
            continue
        draft = Draft.of(damaged)
        edits, marks = shifts(draft)
        fixed = draft.edit(edits).text
        assert "\ufffd" not in fixed
        assert marks
        right = sum(character in paragraph for character in fixed)
        assert right >= sum(character in paragraph for character in damaged)


def test_most_shifted_runs_are_read_one_byte_later() -> None:
    """Where four or more characters in a row became others, most come back; the one whose byte is gone is □."""
    tried = back = 0
    for paragraph in PROSE:
        for at in range(4, 60):
            damaged = byte_lost(paragraph, at, errors="ignore")
            changed = sum(character not in paragraph for character in damaged)
            if changed < 4:
                continue
            draft = Draft.of(damaged)
            edits, marks = shifts(draft)
            fixed = draft.edit(edits).text
            tried += 1
            back += sum(character not in paragraph for character in fixed) <= 2 and len(marks) == 1 and "□" in fixed
    assert tried >= 5
    assert back >= 0.65 * tried  # the others hold no character that is unusual enough to show them


def test_rare_characters_of_names_are_no_shift() -> None:
    for text in ("翟鸢嬿与邬翀、禤琰在朱泾镇的漴缺村见面，", "魑魅魍魉四个字怎么写，饕餮呢？", "鄞州区、嵊泗县、衢州市、溧阳市、郫都区"):
        draft = Draft.of(text)
        assert shifts(draft) == ([], [])


# Text decoded with the wrong table


def test_utf_8_read_as_gbk_comes_back_but_for_the_bytes_that_are_lost() -> None:
    fixed = repaired(wrong_table(TEXT, "utf-8", "gb18030"))
    assert "改造遇到了难题：停车位只有86个" in fixed
    assert "“谁家都有难处，关键是把话摊开说。”" in fixed
    lost = fixed.count("□")
    assert lost <= 12
    assert len(fixed) >= len(TEXT) - 8
    draft, _ = repair(Draft.of(wrong_table(TEXT, "utf-8", "gb18030")))
    assert all(draft.text[mark.start : mark.end].count("□") for mark in draft.marks if mark.kind == "damaged")


def test_gbk_read_as_latin_1_comes_back_whole() -> None:
    paragraph = "社区党委书记召集居民代表开会，逐条商量办法。"
    assert repaired(paragraph.encode("gb18030").decode("latin-1")) == paragraph
    assert repaired(paragraph.encode("utf-8").decode("latin-1")) == paragraph


def test_accented_words_are_no_mojibake() -> None:
    text = "他在café喝了杯咖啡，读了一段Molière的剧本，温度是25°C±1°，价格£30。"
    assert repaired(text) == text


# Script


def test_traditional_text_becomes_simplified_character_by_character() -> None:
    draft = Draft.of(traditional(TEXT))
    changed = draft.edit(script(draft))
    assert changed.text == TEXT
    assert all(piece.end - piece.start == 1 for piece in changed.offsets.pieces if piece.step == "script")


def test_what_simplified_text_shares_with_traditional_stays() -> None:
    text = "乾隆年间的著作，于丹讲过；后来的县令姓锺，名叫馀庆，写过《瞭望》。"
    assert not is_traditional(text)
    assert repaired(text) == text


def test_particles_and_works_are_told_apart() -> None:
    text = traditional("他拿着一本著名的原著，沿着河边走，显著地慢了下来，随着人群看着编著者的签名，这才发现书店开着门。").replace(
        "着", "著"
    )
    assert repaired(text) == "他拿着一本著名的原著，沿着河边走，显著地慢了下来，随着人群看着编著者的签名，这才发现书店开着门。"


def test_a_traditional_quotation_in_a_simplified_text() -> None:
    lines = [PROSE[0], traditional(PROSE[3]), PROSE[1]]
    assert repaired("\n".join(lines)) == "\n".join((PROSE[0], PROSE[3], PROSE[1]))


# White space and width


@settings(deadline=None)
@given(
    st.sampled_from(["\n\n", "\r\n", "\r\n\u3000\u3000", " \t\n\n \xa0", "\n\u200b\n"]),
    st.sampled_from(["", "\u3000\u3000", "  ", "\ufeff"]),
)
def test_line_ends_and_indents(gap: str, indent: str) -> None:
    assert repaired(indent + (gap + indent).join(PROSE) + gap) == TEXT


@pytest.mark.parametrize("width", [20, 34, 60])
def test_lines_broken_at_a_fixed_width_are_joined(width: int) -> None:
    assert repaired(wrapped(PROSE, width)) == TEXT


def by_columns(paragraph: str, width: int, kinsoku: str) -> str:
    """Lines of `width` columns of a screen; a sign that cannot begin a line hangs over, or takes the character before it along."""
    lines, line, used = [], "", 0
    for one in paragraph:
        wide = 2 if one > "\u2000" else 1
        if used + wide <= width or (one in "，。；：、！？”）" and kinsoku == "hang"):
            line, used = line + one, used + wide
            continue
        carried = line[-1] if one in "，。；：、！？”）" and kinsoku == "push" else ""
        lines.append(line[: len(line) - len(carried)])
        line = carried + one
        used = sum(2 if sign > "\u2000" else 1 for sign in line)
    return "\n".join([*lines, line])


FIGURES = (
    "新雅社区（虚构）有60岁以上老人1234人，占34.5%，其中独居218人。2020年冬天，志愿者WeChat群里有人提议，每天上午8:30敲一次门。",
    "社区只有7名工作人员，逐户走访一遍要45天；老人不愿装摄像头，子女在外地，打12345热线也要等，24小时用水低于10升即报警。",
    "一年来预警73次，救助9人，误报率由41%降到12%，比2019年少29个百分点，居民说这笔钱花得值，愿意再凑5000元。",
)


@settings(deadline=None)
@given(st.integers(36, 80), st.sampled_from(["none", "hang", "push"]), st.sampled_from(["    ", "\u3000\u3000"]))
def test_lines_broken_at_columns_are_joined_whatever_stands_in_them(width: int, kinsoku: str, indent: str) -> None:
    source = "一个标题\n\n" + "\n".join(by_columns(indent + paragraph, width, kinsoku) for paragraph in FIGURES)
    assert repaired(source) == "一个标题\n" + "\n".join(FIGURES)


@pytest.mark.parametrize(
    "source",
    [
        "东门有老槐，枝叶覆长街，\n西邻送米来，东舍把门开，\n春风吹满院，小径扫尘埃，\n众手齐添力，和风入户来，\n" * 3 + "完。",
        "通讯录\n" + "\n".join(f"虚构区和平街道{n}号大厦办事处在和平路{n}号大厦3楼302房间" for n in "一二三四五六"),
        "表\n" + "\n".join(f"甲{n}社区  1{n}20  3{n}40  2{n}  12  230  45  36  1200  其他情况无" for n in range(8)),
    ],
)
def test_verse_addresses_and_rows_of_figures_stay(source: str) -> None:
    assert repaired(source).count("\n") == source.count("\n")


def test_short_lines_are_not_joined() -> None:
    text = "目录\n一、停车难在哪里\n二、办法怎么想出来\n三、钱从哪里来\n四、后来怎么样\n五、下一步打算\n" + TEXT
    assert repaired(text) == text


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_blanks_strewn_between_characters(seed: int) -> None:
    assert repaired("\n".join(spaced(paragraph, seed + n) for n, paragraph in enumerate(PROSE))) == TEXT


def test_blanks_with_a_meaning_stay() -> None:
    text = f"党建引领聚合力 协商议事解难题\n{TEXT}\n用 Word 和 WPS 都能打开，见 2021 年报告。"
    assert repaired(text) == text


def test_half_width_signs_between_characters() -> None:
    assert repaired("首先,街道拨款1,000元;其次:居民自筹?对!见(附表),比例是3:2,网址a.com,时间9:30.") == (
        "首先，街道拨款1,000元；其次：居民自筹？对！见(附表)，比例是3:2，网址a.com，时间9:30."
    )


def test_leftovers_of_html() -> None:
    assert repaired(f"{PROSE[0]}<br/>{PROSE[1]}&nbsp;<p>{PROSE[2]}</p>A &lt; B&amp;C，") == f"{PROSE[0]}\n{PROSE[1]}\n{PROSE[2]}\nA < B&C，"


# Bylines and boilerplate


@pytest.mark.parametrize("navigation", NAVIGATION)
@pytest.mark.parametrize("sharing", SHARING)
@pytest.mark.parametrize("tail", TAILS)
def test_navigation_sharing_and_tails_go(navigation: str, sharing: str, tail: str) -> None:
    text = f"{navigation}\n{TITLE}\n{sharing}\n{PROSE[0]}\nIMG_2021.jpg\n" + "\n".join(PROSE[1:]) + f"\n{sharing}\n{tail}"
    assert repaired(text) == f"{TITLE}\n{TEXT}"


def test_a_tail_behind_the_last_sentence_goes() -> None:
    advertising = "主站蜘蛛池模板: 减速机价格| 钢管批发| 二手叉车| 注塑机维修| 灯具配件| 电缆桥架|"
    assert repaired(f"{TITLE}\n{TEXT}{advertising}") == f"{TITLE}\n{TEXT}"


def test_a_repeated_lead_goes_and_the_body_keeps_it() -> None:
    lead = "枫桥社区用五次协商会，把一个吵了三年的停车难题变成了一座立体车库。"
    text = f"{TITLE}\n{lead}\n{PROSE[0]}\n{PROSE[1]}{lead}\n" + "\n".join(PROSE[2:])
    assert repaired(text) == text.replace(f"{lead}\n", "", 1)


def test_what_closes_a_text_stays() -> None:
    closing = "附件：1.车库平面图\n2.资金明细表\n枫桥社区居民委员会"
    assert repaired(f"{TITLE}\n{TEXT}\n{closing}") == f"{TITLE}\n{TEXT}\n{closing}"
    assert repaired(f"一、做法\n{PROSE[0]}\n二、成效\n{PROSE[1]}\n三、视频会议\n{PROSE[2]}").count("\n") == 5


@pytest.mark.parametrize(
    ("line", "authors", "editors", "publisher", "published"),
    [
        ("作者:本刊记者 安 民  编辑:纪海涛  来源:决策网时间:2019-12-27", ("安民",), ("纪海涛",), "决策网", "2019-12-27"),
        ("2022-09-13 09:21 来源：某某日报 字号：大 中 小", (), (), "某某日报", "2022-09-13"),
        ("发布时间：2020年5月6日 作者：张三、李四 浏览次数：123", ("张三", "李四"), (), None, "2020-05-06"),
        ("某某晚报 2023/8/17 8:05", (), (), "某某晚报", "2023-08-17"),
        ("本报记者 王 晓 通讯员 李小明", ("王晓", "李小明"), (), None, None),
        ("（责任编辑：王晓）", (), ("王晓",), None, None),
        ("枫桥街道党工委 2022年9月", (), (), "枫桥街道党工委", "2022-09"),
    ],
)
def test_bylines_become_metadata(
    line: str, authors: tuple[str, ...], editors: tuple[str, ...], publisher: str | None, published: str | None
) -> None:
    draft, _ = repair(Draft.of(f"{TITLE}\n{line}\n{TEXT}"))
    assert draft.text == f"{TITLE}\n{TEXT}"
    known = draft.metadata
    assert (known.authors, known.editors, known.publisher, known.published) == (authors, editors, publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "时间：2019年10月，社区召开居民大会。", "来源于群众：坚持问题导向", "记者了解到，这里变了样", "《社区条例》2026年1月1日施行",
        "首次新闻记者职业资格考试举行", "2019年10月，街道启动改造。",
    ],
)  # fmt: skip
def test_other_lines_with_the_same_words_stay(line: str) -> None:
    assert repaired(f"{TITLE}\n{PROSE[0]}\n{line}\n{PROSE[1]}") == f"{TITLE}\n{PROSE[0]}\n{line}\n{PROSE[1]}"


def test_form_fields_in_plain_text() -> None:
    head = "第三届枫桥杯金点子评选申报表\n申报编号：FQ-03　申报单位：甲区乙街道\n【类别】社区治理\n联系人：张三丰 联系电话：0571-88001234"
    draft, private = repair(Draft.of(f"{head}\n案例名称：{TITLE}\n{TEXT}"))
    assert draft.text == f"{TITLE}\n{TEXT}"
    known = draft.metadata
    assert (known.number, known.applicant, known.category, known.award) == ("FQ-03", "甲区乙街道", "社区治理", "第三届枫桥杯金点子评选")
    assert known.title == TITLE
    assert {draft.source[start:end] for start, end in private} == {"张三丰", "0571-88001234"}


def test_a_category_on_a_line_of_its_own_is_a_field() -> None:
    draft, _ = repair(Draft.of(f"{TITLE}\n申报编号：FQ-03\n类别：社区治理\n{TEXT}"))
    assert (draft.text, draft.metadata.category) == (f"{TITLE}\n{TEXT}", "社区治理")


# All steps together

DAMAGES = st.sampled_from(
    [
        lambda text: text,
        traditional,
        annotated,
        lambda text: annotated(text, pair="（）", every=2),
        lambda text: byte_lost(text, 11),
        lambda text: wrong_table(text, "utf-8", "gb18030"),
        lambda text: spaced(text, 3),
        lambda text: "\u3000\u3000" + text.replace("，", ","),
        lambda text: text.replace("。", "。。&nbsp;"),
    ]
)
LINES = st.sampled_from(
    [*NAVIGATION, *SHARING, *TAILS, "13", "图片.png", "作者：张三 来源：某报", "", "申报单位：甲街道", "联系人：李四", "\ufffd?"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PROSE), DAMAGES) | LINES, max_size=10), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_offsets_hold_through_all_steps(parts: list[object], gap: str) -> None:
    source = gap.join(part if isinstance(part, str) else part[1](part[0]) for part in parts)  # type: ignore[index]
    draft, private = repair(Draft.of(source))
    at = 0
    for piece in draft.offsets.pieces:
        assert piece.start == at
        at = piece.end
        assert 0 <= piece.source_start <= piece.source_end <= len(source)
        if piece.operation == "copied":
            assert draft.text[piece.start : piece.end] == source[piece.source_start : piece.source_end]
        else:
            assert piece.step
    assert at == len(draft.text)
    for start, end in private:
        assert 0 <= start < end <= len(source)
    for start in range(0, len(draft.text), 7):
        low, high = draft.offsets.to_source(start, min(start + 9, len(draft.text)))
        assert 0 <= low <= high <= len(source)
