"""What each step makes of characters that are damaged in one way, what it leaves alone, and that the way back to the source holds."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from damage import NAVIGATION, PROSE, SHARING, TAILS, annotated, byte_lost, byte_replaced, spaced, traditional, wrapped, wrong_table
from damage_table import KINDS, OTHERS, common, harmed, rows, samples, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold
from corpus.model import Location
from corpus.regional import as_on_the_mainland, is_regional, regional_words
from ingest.draft import Draft, Mark
from ingest.pipeline import repair
from ingest.repair.annotation import pinyin_annotations
from ingest.repair.glyphs import glyphs
from ingest.repair.mojibake import mojibake
from ingest.repair.script import script, simplify
from ingest.repair.shift import shifts
from ingest.repair.steps import restored
from ingest.repair.unreadable import unreadable

TEXT = "\n".join(PROSE)


def shown(text: str) -> str:
    return restored(Draft.of(text)).text


def unannotated(text: str) -> str:
    draft = Draft.of(text)
    return draft.edit(pinyin_annotations(draft)).text


# Annotations


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("基(jī)层(céng)治(zhì)理(lǐ)靠大家", "基层治理靠大家"),
        ("現在(xiànzài)社區(shè qū)的問(wen)題", "現在社區的問題"),
        ("现在(xiànzài)社区(shè qū)治理(zhili)的问题", "现在社区治理的问题"),
        ("現[xiàn]在，實［shí］現【xiàn】", "現在，實現"),
        ("現(xian4)在實(shi2)施，綠(lv4)化、綠(lü4)地、綠(lu:4)道、綠(lyu)葉", "現在實施，綠化、綠地、綠道、綠葉"),
        ("現(xiàn⁴)在實(shi²)施".replace("à", "a"), "現在實施"),
        ("現(ｘｉàｎ)在，長( cháng )期，發(fā，fà)展", "現在，長期，發展"),
        ("長(cháng/zhǎng)期", "長期"),
        ("現xiàn在，實shí現xiàn在社區qū治理，發fā展zhǎn", "現在，實現在社區治理，發展"),
        ("現(xiăn)在見(jiân)到", "現在見到"),  # a breve or a circumflex for the third tone
    ],
)
def test_annotations_in_any_dress_go(text: str, clean: str) -> None:
    assert unannotated(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "杭州(Hangzhou)、宁波(Ningbo)、温州(Wenzhou)三地都有这样的案例",
        "西安(xī'ān)市委的同志说",
        "亳(bó)州、歙(shè)县、黟(yī)县、六(lù)安、单(shàn)县的读音",
        "單(shàn)縣人這樣讀",  # a reading that nobody expects, once
        "机构(NGO)、组织(CPO)、品牌(logo)、第一条(a)款、第28页(p.28)、同比(%)",
        "杭州(hang zhou)一词",
    ],
)
def test_what_helps_a_reader_stays(text: str) -> None:
    assert unannotated(text) == text


def test_readings_of_another_system_are_known_by_their_number_and_constancy() -> None:
    paragraph = traditional(TEXT)
    sounds = {
        character: "".join(chr(97 + ord(character) // step % 26) for step in (1, 26, 676)) for character in set(paragraph) - set(TEXT)
    }
    assert unannotated("".join(f"{c}/{sounds[c]}/" if c in sounds else c for c in paragraph)) == paragraph
    chance = random.Random(1)  # the same words in no order are no readings
    words = sorted(set(sounds.values()))
    mixed = "".join(f"{c}/{chance.choice(words)}/" if c in sounds else c for c in paragraph)
    assert unannotated(mixed) == mixed


# Markup and mojibake


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("社区&amp;nbsp;治理&amp;amp;lt;好&gt;，R&D，AT&T，&foo;", "社区\xa0治理<好>，R&D，AT&T，&foo;"),
        ("&#31038;&#x533A;&nbsp；", "社区\xa0；"),
        ("%E7%A4%BE%E5%8C%BA治理，%C9%E7%C7%F8，%u793e%u533a", "社区治理，社区，社区"),
        ("https://a.cn/%E7%A4%BE%E5%8C%BA，增长50%，20%到80%", "https://a.cn/%E7%A4%BE%E5%8C%BA，增长50%，20%到80%"),
        (r"\u793e\u533a说\"好\"。\n第二行\t完", '社区说"好"。\n第二行 完'),
        ("=E7=A4=BE=E5=8C=BA好", "社区好"),
        ("<ruby>現<rp>(</rp><rt>xiàn</rt><rp>)</rp></ruby>在<P>好<!-- 注 -->a<b 且 c>d", "現在\n好a<b 且 c>d"),
        ("> 第一行\n> 第二行\n> 第三行", "第一行\n第二行\n第三行"),
        ("> 引用一行\n其他", "> 引用一行\n其他"),
    ],
)
def test_leftovers_of_markup(text: str, clean: str) -> None:
    from ingest.repair.markup import markup

    draft = Draft.of(text)
    assert draft.edit(markup(draft)).text == clean


@pytest.mark.parametrize(
    ("right", "wrong_one"),
    [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252"), ("big5hkscs", "gb18030"), ("utf-8", "gb18030")],
)
def test_text_in_the_wrong_table_comes_back(right: str, wrong_one: str) -> None:
    source = traditional(TEXT) if right == "big5hkscs" else TEXT
    found = shown(source.encode(right, "ignore").decode(wrong_one, "replace").replace("\ufffd", "?"))
    assert common(found, TEXT) > 0.93 * len(TEXT)


def test_text_that_went_through_it_twice_comes_back() -> None:
    assert shown(TEXT.encode().decode("latin-1").encode().decode("latin-1")) == TEXT


def test_what_is_lost_for_good_is_marked() -> None:
    draft = Draft.of("社区锟斤拷锟斤拷后来，ï¿½ï¿½街道，嚙踝蕭居民。")
    edits, marks = mojibake(draft)
    assert draft.edit(edits).text == "社区□后来，□街道，□居民。"
    assert len(marks) == 3
    garbage = "鍩庣鏉愯鑱岃礋璋屽緟鎵ц孳龘靐齉爩鱻麤龗灪"
    assert unreadable(Draft.of(f"社区里{garbage}，后来"))
    assert not unreadable(Draft.of("翟鸢嬿与邬翀、禤琰在漴缺村见面，蟾蜍俗称癞蛤蟆，魑魅魍魉四个字怎么写"))


# Characters


def test_characters_that_only_look_like_others() -> None:
    text = "⼀⽼⻔⻢⻓，更新，区︰一﹑二﹔三｡｢四｣"
    assert shown(text + "\n" + TEXT) == "一老门马长，更新，区：一、二；三。「四」\n" + TEXT
    assert fold("⼀⽼⻔⻢⻓") == "一老门马长"  # and a query for them finds it


def test_bullets_and_private_characters() -> None:
    draft = Draft.of("\uf06c第一项\n\uf0b7第二项\n这个\ue123字没有字体")
    edits, marks = glyphs(draft)
    assert draft.edit(edits).text == "•第一项\n•第二项\n这个\ue123字没有字体"
    assert [draft.text[mark.start : mark.end] for mark in marks] == ["\ue123"]
    reading = restored(draft)
    assert [reading.text[mark.start : mark.end] for mark in reading.marks] == ["\ue123"]


def test_accents_strokes_and_doubled_characters() -> None:
    assert shown("cafe\u0301里社\u0336区\u0336治\ufe00理") == "café里社区治理"
    assert shown("社社区区治治理理创创新新案案例例") == "社区治理创新案例"
    assert shown("高高兴兴平平安安，干干净净漂漂亮亮") == "高高兴兴平平安安，干干净净漂漂亮亮"


# Noise


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2O19年l2月I5日，3OO户，1O%，2o2l-2022年", "2019年12月15日，300户，10%，2021-2022年"),
        ("二0一九年、二O二○年、一百零三户", "二〇一九年、二〇二〇年、一百零三户"),
        ("5月3曰，今曰起；子曰：学而时习之", "5月3日，今日起；子曰：学而时习之"),
        ("居民`议事，花了3万元^，社区´干部", "居民议事，花了3万元，社区干部"),
        ("问题解决了.居民很满意.\n下一步", "问题解决了。居民很满意。\n下一步"),
        ("好。。。真的！！！！为什么？？，，因为………………有————人", "好。真的！为什么？，因为……有——人"),
        ("社~区里居·民说，街|道干~部和物·业，居|民代~表", "社区里居·民说，街道干部和物·业，居民代表"),
    ],
)  # fmt: skip
def test_noise_that_the_neighbours_prove(text: str, clean: str) -> None:
    assert shown(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "O2O模式、QQ群、IOS、A1栋、l号、B2B年会、MP3年代、谢谢|3人",
        "一.基本情况\n（二）.做法\n附件.名单，甲.乙，卡尔.马克思，约3.5万",
        "一、背景......3\n二、做法………………12",
        "卡尔·马克思、弗里德里希·恩格斯，党建·引领，周一~周五，首页|新闻|公告",
    ],
)
def test_signs_with_a_meaning_stay(text: str) -> None:
    assert shown(text) == text


def test_dots_in_words_go_where_a_text_is_full_of_them() -> None:
    assert shown("社·区干·部和居·民议·事，资本众筹·公益相亲") == "社区干部和居民议事，资本众筹·公益相亲"


# Width and white space


def test_full_width_letters_and_digits_and_straight_quotation_marks() -> None:
    assert shown("２０１９年增长１．５％，３＋Ｘ，ＣＢＤ（一期）：好") == "2019年增长1.5%，3+X，CBD（一期）：好"
    assert shown('他说"大家定"，又说"先试"。') == "他说“大家定”，又说“先试”。"
    assert shown('一块5"的屏，say "yes" now') == '一块5"的屏，say "yes" now'


def test_invisible_characters_vanish_and_odd_blanks_go_where_they_tear_words() -> None:
    signs = "\u200b\u200e\u202c\u2066\u00ad\u2060\ufeff\x0f\x9b\u3164"
    assert shown("".join(c + signs[at % len(signs)] for at, c in enumerate(TEXT))) == TEXT
    torn = "社\u3000区治理，街\xa0道和居\t民商量，大家 一问 ：为什么？"
    assert shown(torn) == "社区治理，街道和居民商量，大家一问：为什么？"
    assert shown("姓名 性别 年龄\n张 三 男 30") == "姓名 性别 年龄\n张 三 男 30"


def test_wrapped_lines_in_columns_and_behind_commas() -> None:
    lines = []
    for paragraph in PROSE * 2:
        row, at = "", 0
        for character in paragraph:
            size = 2 if character > "\u2000" else 1
            if at + size > 60:
                lines.append(row)
                row, at = "", 0
            row, at = row + character, at + size
        lines.append(row)
    assert wrong(shown("\n".join(lines)), "\n".join(PROSE * 2)) <= 2
    assert shown(TEXT.replace("，", "，\n")) == TEXT
    poem = "床前看月光，\n门外是霜。\n抬头一望，\n低头想家。"
    assert shown(poem) == poem


def test_decimals_at_the_end_of_a_line_are_no_new_item() -> None:
    long = "街道办事处拨款给社区的老旧小区改造资金一共是每户"
    text = "\n".join(
        [long[:20], long[20:] + "由" + long[:15], "3.2万元降到一万八千元整，大家都同意了", long[:20], long[2:22], long[1:21] + "x", "好。"]
    )
    assert "由街道" in shown(text)


# Script


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("後來大家乾脆把衣服晾乾，幹部乾著急，什麼也沒說，裏面的人看著", "后来大家干脆把衣服晾干，干部干着急，什么也没说，里面的人看着"),
        ("皇后之後，乾隆年間，著名的著作", "皇后之后，乾隆年间，著名的著作"),
        ("台北市的計程車司機上網查資訊，用軟體登記，檔案建立在公所", "台北市的出租车司机上网查信息，用软件登记，档案建立在公所"),
        ("香港屋苑的住戶搭的士", "香港住宅小区的住户搭出租车"),
        ("生產線上的軟體動物研究，厄瓜多爾，國內建設", "生产线上的软体动物研究，厄瓜多尔，国内建设"),
    ],
)
def test_traditional_text_with_its_variants_and_regional_words(text: str, clean: str) -> None:
    draft = Draft.of(text)
    changed = draft.edit(script(draft))
    assert changed.text == clean
    assert {piece.step for piece in changed.offsets.pieces} <= {"", "script", "regional"}
    if "計程車" in text:
        at = changed.text.index("出租车")
        assert draft.source[slice(*changed.offsets.to_source(at, at + 3))] == "計程車"


def test_a_simplified_text_with_what_a_converter_left() -> None:
    assert shown(PROSE[0].replace("区", "區").replace("车", "車").replace("难", "難")) == PROSE[0]
    name = f"{PROSE[0]}作者是陳先生。"  # one form of a name
    assert shown(name) == name


def test_mainland_text_in_traditional_characters_keeps_its_words() -> None:
    for paragraph in PROSE:
        changed = traditional(paragraph)
        assert not is_regional(changed, regional_words(changed))
        assert simplify(changed) == paragraph


def test_a_query_is_read_as_the_texts_are() -> None:
    for query, text in (("計程車", "出租车"), ("資訊公開", "信息公开"), ("加裝電梯", "加装电梯"), ("档案", "档案"), ("3+X", "3+X")):
        assert fold(as_on_the_mainland(query)) == fold(text)


# Together


def test_every_kind_of_damage_on_a_text_of_ones_own() -> None:
    floors = {
        "GBK, a byte lost a line": 0.3, "GBK, a byte lost, rest ignored": 0.2,
        "UTF-8 read as Windows-1252": 0.7, "GBK read as Big5": 0.5,
        "UTF-8 read as GBK": 0.9, "stray marks between characters": 0.4,
        "lines broken at 40, not indented": 0.7, "lines as wide as 76 columns": 0.7,
    }  # fmt: skip
    texts = samples()[:3]
    for name, before, share, left in rows(KINDS, texts):
        assert before > 0, name
        assert share >= floors.get(name, 0.93), name
        assert left < 0.1, name
    assert harmed([TEXT, *texts]) == 0


def test_kinds_that_no_rule_was_written_for_do_not_get_much_worse() -> None:
    for name, _, share, _ in rows(OTHERS, [TEXT]):
        assert share > -0.1, name


DAMAGES = st.sampled_from(
    [
        lambda text: text,
        traditional,
        annotated,
        lambda text: annotated(text, pair="（）", every=2),
        lambda text: byte_lost(text, 11),
        lambda text: byte_replaced(traditional(text), "優", "yōu"),
        lambda text: wrong_table(text, "utf-8", "gb18030"),
        lambda text: wrong_table(text, "gb18030", "latin-1"),
        lambda text: spaced(text, 3),
        lambda text: wrapped((text,) * 5, 20),
        *(lambda text, kind=kind: kind(text, random.Random(5)) for kind in (*KINDS.values(), *OTHERS.values())),
        lambda text: text.replace("。", "。。&amp;nbsp;").replace("区", "\ue001"),
        lambda text: f"台北的計程車{traditional(text)}資訊",
    ]
)
LINES = st.sampled_from(
    [
        *NAVIGATION,
        *SHARING,
        *TAILS,
        "13",
        "图片.png",
        "作者：张三 来源：某报",
        "",
        "申报单位：甲街道",
        "联系人：李四",
        "\ufffd?",
        "\uf06c项",
        "> 回复",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PROSE), DAMAGES) | LINES, max_size=9), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_the_way_back_holds_through_all_steps(parts: list[object], gap: str) -> None:
    source = gap.join(part if isinstance(part, str) else part[1](part[0]) for part in parts)  # type: ignore[index]
    start = Draft.of(source)
    place = Location("page", 0, len(source), "1")
    start = replace(start, marks=(Mark("title", 0, min(5, len(source))),), locations=(place,))
    draft, private = repair(start)
    check(draft, source)
    assert draft.locations == (place,)
    for low, high in private:
        assert 0 <= low < high <= len(source)
    for mark in draft.marks:
        assert 0 <= mark.start <= mark.end <= len(draft.text)


def check(draft: Draft, source: str) -> None:
    """Copied ranges are equal, others name their step, nothing of the source is left out, and every span leads to where it came from."""
    covered = bytearray(len(source))
    at = 0
    for piece in draft.offsets.pieces:
        assert piece.start == at
        assert 0 <= piece.source_start <= piece.source_end <= len(source)
        covered[piece.source_start : piece.source_end] = b"\x01" * (piece.source_end - piece.source_start)
        if piece.operation == "copied":
            assert draft.text[piece.start : piece.end] == source[piece.source_start : piece.source_end]
            assert not piece.step
        else:
            assert re.fullmatch(r"[a-z_.]+", piece.step), piece
        at = piece.end
        if piece.start < piece.end:
            assert draft.offsets.to_source(piece.start, piece.end) == (piece.source_start, piece.source_end)
    assert at == len(draft.text)
    assert all(covered)
    for low in range(0, len(draft.text), 5):
        high = min(low + 7, len(draft.text))
        first, last = draft.offsets.to_source(low, high)
        kept = [draft.offsets.to_source(one, one + 1) for one in range(low, high)]
        assert (first, last) == (min(start for start, _ in kept), max(end for _, end in kept))


@pytest.mark.data
@pytest.mark.skipif(not os.environ.get("DATA"), reason="needs DATA, the folder with the evaluation sets")
def test_the_founding_page_character_by_character() -> None:
    source = (Path(os.environ["DATA"]) / "shangcheng_2019.txt").read_text(encoding="utf-8")
    start = Draft.of(source)
    annotations = pinyin_annotations(start)
    assert len(annotations) == 389
    assert all(re.fullmatch(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", source[edit.start : edit.end]) for edit in annotations)
    plain = start.edit(annotations)
    assert re.findall(r"\(([^)]{1,8})\)", plain.text) == ["人才", "市、区"] or plain.text.count("(") <= 4
    edits, marks = shifts(plain)
    assert len(edits) == 2
    assert not marks
    draft = restored(start)
    check(draft, source)
    assert not re.search("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{2}(?!pg)", re.sub(r"\w+\.jpg", "", draft.text)[: len(draft.text) * 9 // 10])
    assert "\ufffd" not in draft.text
    assert "□" not in draft.text
    for token in ("(人才)", "(市、区)", "变为“主动”？", "一串数据"):
        assert draft.text.count(token) == 1, token
    assert sum(piece.step == "script" for piece in draft.offsets.pieces) > 1000


def test_tabs_between_cells_stay_and_others_go() -> None:
    row = "宠物乐园\t东北角的空地围起来，给居民 遛狗用\t 18万元\t\t离一楼只有八米"
    prose = "社区请居民\t一起商量停车的办法，大家先定规矩，再谈怎么分摊费用，最后签字。"
    text = f"{row}\n{prose}\n{row}"
    kept = "宠物乐园\t东北角的空地围起来，给居民遛狗用\t18万元\t离一楼只有八米"
    draft = replace(Draft.of(text), marks=(Mark("cell", 0, len(row)),))
    lines = restored(draft).text.split("\n")
    assert lines[:2] == [kept, prose.replace("\t", "")]
    assert "\t" not in lines[2]
    places = (Location("row", len(text) - len(row), len(text), "表1!2"),)
    assert restored(replace(Draft.of(text), locations=places)).text.split("\n")[2] == kept
