"""Sentences, headings, sections, quotations, cases and passages on texts of the project's own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from damage import PROSE
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Case, Metadata
from ingest.draft import Mark
from ingest.segment import (
    cases,
    find_headings,
    kind,
    paragraphs,
    passages,
    paths,
    quotations,
    sections,
    sentences,
    title,
)
from ingest.segment.roles import role_of_heading

NUMBERED = f"""一、案例背景
{PROSE[0]}
二、主要做法
（一）把话摊开说
{PROSE[1]}
{PROSE[2]}
（二）钱从哪里来
{PROSE[3]}
三、取得成效
{PROSE[4]}
四、几点启示
{PROSE[5]}"""

SLOGANS = f"""{PROSE[0]}
从“抢车位”到“坐下来”
{PROSE[1]}
{PROSE[2]}
钱袋子也要晒一晒
{PROSE[3]}
{PROSE[4]}"""

FEATURE = """安和区是一座老城，下辖九个街道。近年来，安和区推行“三议”工作法，全区建成议事厅46个，去年共解决问题318件。
一栋楼的去留
2019年春天，安和区柳溪街道青瓦社区的一栋自建楼成了心病，消防通道堆满杂物，违规群租住着90多户人家，隐患很大。
青瓦社区召集房东和租客开了四次会，用五个月拆除隔断，腾出一间“邻里客厅”，由志愿者轮流值守。
“邻里客厅”每周开放六天，楼里的纠纷少了一大半。2020年，安和区把经验写进了全区的工作要点，投入资金260万元。
一个市场的早晨
2021年，安和区河东街道石桥头社区的农贸市场占道经营严重，居民投诉不断，社区书记罗敏拉着摊主坐下来协商。
摊主们自筹12万元改造摊位，早市从六点改到七点，三个月后投诉降到了个位数。
安和区民政局认为，办法是商量出来的。全区今年计划再投入协商资金300万元，覆盖所有街道。"""


def spoken(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办法有了。钱呢？大家凑！好。", ["办法有了。", "钱呢？", "大家凑！", "好。"]),
        ("“谁来管？怎么管？”他问。大家沉默。", ["“谁来管？", "怎么管？”他问。", "大家沉默。"]),
        ("“账要公开。”楼长说，“每月一次。”会散了。", ["“账要公开。”楼长说，“每月一次。”", "会散了。"]),
        ("社区破解了“谁来管？”的难题，有了结果。", ["社区破解了“谁来管？”的难题，有了结果。"]),
        ("读了《谁动了我的车位？》之后，大家笑了。", ["读了《谁动了我的车位？》之后，大家笑了。"]),
        ("居民（大多是老人！）都来了。", ["居民（大多是老人！）都来了。"]),
        ("投入1.5万元，增长3.2%。占地2.6亩，第1.2条。", ["投入1.5万元，增长3.2%。", "占地2.6亩，第1.2条。"]),
        ("一是公开；二是公平；三是公正。", ["一是公开；二是公平；三是公正。"]),
        ("他说：“好。”\n她也说好……后来就成了。", ["他说：“好。”", "她也说好……", "后来就成了。"]),
        ("下午跳舞、写字、做手工……最重要的是近。", ["下午跳舞、写字、做手工……", "最重要的是近。"]),
        ("没有句号", ["没有句号"]),
        ("网址是http://a.cn/x?id=3&y=1，大家可以看。好。", ["网址是http://a.cn/x?id=3&y=1，大家可以看。", "好。"]),
        ("（会上没有人反对。）第二天开工。", ["（会上没有人反对。）", "第二天开工。"]),
        ("大家都来了（后来又走了。），没有人说话。", ["大家都来了（后来又走了。），没有人说话。"]),
        ('他走了。"我不去。"她说。', ["他走了。", '"我不去。"她说。']),
        ("他说：“……算了吧。”走了。", ["他说：“……算了吧。”", "走了。"]),
        ("真的吗？！大家笑了!好?对。", ["真的吗？！", "大家笑了!", "好?", "对。"]),
        ("没人管.没人问.居民很着急", ["没人管.", "没人问.", "居民很着急"]),
        ("第1.2条写明，12.30开会。见No.3文件。", ["第1.2条写明，12.30开会。", "见No.3文件。"]),
        ("1.公开账目\n2.公平分摊\n3.公正表决", ["1.公开账目", "2.公平分摊", "3.公正表决"]),
        ("《意见》（某政发〔2021〕12号）印发。各地落实。", ["《意见》（某政发〔2021〕12号）印发。", "各地落实。"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


def test_a_very_long_sentence_is_cut_at_semicolons() -> None:
    clause = "这一条讲的是怎样把每一笔账目向全体居民公开并且接受监督和质询"
    text = "；".join([clause] * 12) + "。"
    parts = spoken(text)
    assert len(parts) > 1
    assert "".join(parts) == text
    assert all(part.endswith(("；", "。")) for part in parts)


@given(st.lists(st.sampled_from([*PROSE, "“", "”", "《", "》", "。", "？", "……", "；", "\n", " ", "（", "）", "3.5", "说"]), max_size=20))
def test_sentences_hold_every_character_once(parts: list[str]) -> None:
    text = "".join(parts)
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


def test_numbered_headings_and_roles() -> None:
    found = find_headings(NUMBERED, 0)
    assert [(heading.level, heading.words) for heading in found] == [
        (1, "案例背景"), (1, "主要做法"), (2, "把话摊开说"), (2, "钱从哪里来"), (1, "取得成效"), (1, "几点启示"),
    ]  # fmt: skip
    parts = sections(NUMBERED, 0, found)
    assert [part.role for part in parts] == ["background", "approach", "approach", "approach", "outcome", "insight"]
    assert parts[0].heading == "一、案例背景"
    assert parts[0].confidence == 1.0
    assert paths(found)[parts[2].start] == "主要做法 › 把话摊开说"


def test_sections_cover_the_text_in_order() -> None:
    for text in (NUMBERED, SLOGANS, FEATURE, PROSE[0]):
        parts = sections(text, 0, find_headings(text, 0))
        assert parts[0].start == 0
        assert parts[-1].end == len(text)
        assert all(before.end == after.start for before, after in pairwise(parts))


def test_slogans_between_paragraphs_are_headings() -> None:
    assert [heading.words for heading in find_headings(SLOGANS, 0)] == ["从“抢车位”到“坐下来”", "钱袋子也要晒一晒"]


@pytest.mark.parametrize("line", ["如何破解？", "办法有了。", "附件：名单", "——写在最后", "2021年3月", "（图为现场）", "来源：某报"])
def test_other_short_lines_are_none(line: str) -> None:
    assert find_headings(f"{PROSE[0]}\n{line}\n{PROSE[1]}", 0) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("（一）先劝导，给期限。3月10日至5月31日，发放告知书两轮共430余份。", "先劝导，给期限"),
        ("（二）定规矩，积分从哪里来 村里把垃圾分成四类，每户发两只桶，分得对的记两分。", "定规矩，积分从哪里来"),
        ("一、做法与经过：社区党委牵头组成议事小组，由网格长和居民代表共七人组成。", "做法与经过"),
        ("【工作成效】改造完成以后，停车纠纷从每月二十多起下降到两三起。", "工作成效"),
    ],
)
def test_headings_on_one_line_with_their_text(line: str, words: str) -> None:
    (heading,) = find_headings(f"{line}\n{PROSE[1]}", 0)
    assert heading.words == words
    assert heading.run_in
    assert heading.end < len(line)


def test_numbered_items_are_no_headings() -> None:
    text = f"{PROSE[0]}\n1.车库平面图\n2.资金明细表\n3.签字名册\n{PROSE[1]}"
    assert find_headings(text, 0) == []


@pytest.mark.parametrize("signs", [("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), ("① ", "② ", "③ ")])
def test_lists_of_any_style_are_no_headings(signs: tuple[str, str, str]) -> None:
    items = "\n".join(f"{sign}{words}" for sign, words in zip(signs, ("车库平面图", "资金明细表", "签字名册"), strict=True))
    assert find_headings(f"{PROSE[0]}\n{items}\n{PROSE[1]}", 0) == []


def test_captions_are_no_headings_and_sentences_of_their_own() -> None:
    text = f"{PROSE[0]}\n居民在立体车库前\n{PROSE[1]}"
    at = text.index("居民在立体车库前")
    assert [heading.words for heading in find_headings(text, 0)] == ["居民在立体车库前"]
    assert find_headings(text, 0, (Mark("caption", at, at + 8),)) == []
    assert "居民在立体车库前" in spoken(text)


def test_marks_of_the_format_count() -> None:
    text = f"{PROSE[0]}\n难题在哪儿？\n{PROSE[1]}"
    at = text.index("难题在")
    (heading,) = find_headings(text, 0, (Mark("heading", at, at + 6, "2"),))
    assert (heading.words, heading.level) == ("难题在哪儿？", 2)


def test_roles_by_content_where_there_are_no_headings() -> None:
    text = "\n".join(
        (
            "青瓦社区位于老城东侧，建于1996年，常住人口3100人，共有居民1180户，辖区面积0.4平方公里。",
            "小区长期脏乱差，停车难成了老大难，居民意见很大，投诉居高不下，安全隐患突出。",
            "一楼住户坚决反对，担心影响采光，也有人质疑费用分摊，双方争执不下，几次不欢而散，僵持了半年。",
            "如今，投诉量下降了八成，居民满意度达到96%，环境明显改善，社区还荣获全市示范点称号。",
        )
    )
    parts = sections(text, 0, [])
    assert [part.role for part in parts] == ["background", "problem", "dispute", "outcome"]
    assert all(0.2 < part.confidence < 0.7 for part in parts)


def test_a_contents_page_or_the_first_of_several_cases_is_no_title() -> None:
    assert title(f"目　录\n案例一 停车……3\n案例二 早市……9\n{PROSE[0]}", "", (), "案例汇编")[0] == "案例汇编"
    assert title(f"案例一 停车\n{PROSE[0]}\n案例二 早市\n{PROSE[1]}", "", (), "案例汇编") == ("案例汇编", 0)


def test_titles() -> None:
    assert title(f"一场停车协商会\n{PROSE[0]}", "", (), "文件名") == ("一场停车协商会", 8)
    assert title(f"一场停车协商会\n——记枫桥社区\n{PROSE[0]}", "", (), "") == ("一场停车协商会——记枫桥社区", 16)
    assert title(f"甲区乙街道办事处\n关于停车难整治情况的汇报\n{PROSE[0]}", "", (), "")[0] == "甲区乙街道办事处关于停车难整治情况的汇报"
    assert title(f"工 作 简 报\n第3期\n一场停车协商会\n{PROSE[0]}", "", (), "")[0] == "一场停车协商会"
    assert title(f"{PROSE[0]}\n{PROSE[1]}", "", (), "停车协商纪实") == ("停车协商纪实", 0)
    assert title(PROSE[0], "", (), "") == ("2021年春天", 0)
    assert title(f"一场停车协商会\n{PROSE[0]}", "一场停车协商会", (), "") == ("一场停车协商会", 8)
    assert title("只有标题", "", (), "") == ("只有标题", 0)


OFFICIAL = "柳溪街道办事处关于青瓦小区停车棚改造中受阻停工情况的报告"


@pytest.mark.parametrize(
    "lines",
    [
        ("柳溪街道办事处", "关于青瓦小区停车棚改造中受阻停工", "情况的报告"),
        ("柳溪街道办事处关于青瓦小区停车棚", "改造中受阻停工情况的报告"),
        ("柳溪街道办事处关于", "青瓦小区停车棚改造中受阻停工情况的", "报告"),
        ("柳溪街道", "办事处关于青瓦小区停车棚改造中受阻停工情况的报告"),
        (OFFICIAL,),
    ],
)
def test_official_titles_on_several_lines(lines: tuple[str, ...]) -> None:
    text = "\n".join((*lines, PROSE[0], PROSE[1]))
    body = len("\n".join(lines)) + 1
    assert title(text, "", (), "") == (OFFICIAL, body)
    assert title(text, OFFICIAL, (), "") == (OFFICIAL, body)
    for n, line in enumerate(lines):  # any one of them may be what the format marks
        at = sum(len(before) + 1 for before in lines[:n])
        assert title(text, "", (Mark("title", at, at + len(line)),), "") == (OFFICIAL, body)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("关于印发停车整治工作方案", "的通知", "各社区："), "关于印发停车整治工作方案的通知"),
        (("安和区民政局", "安和区财政局", "关于拨付协商资金的通知"), "安和区民政局 安和区财政局关于拨付协商资金的通知"),
        (("关于停车整治情况的汇报", "一、基本情况"), "关于停车整治情况的汇报"),
        (("全区工作会议材料", "柳溪街道办事处关于停车整治情况的汇报"), "全区工作会议材料"),
        (("关于停车，我们谈了五次", "先说说第一次"), "关于停车，我们谈了五次"),
    ],
)
def test_where_an_official_title_ends(lines: tuple[str, ...], expected: str) -> None:
    assert title("\n".join((*lines, PROSE[0])), "", (), "")[0] == expected


@pytest.mark.parametrize(
    "head",
    [
        ("平安简报", "第9期"),
        ("柳溪民情动态", "（2023年第9期）"),
        ("平安简报2023年第9期",),
        ("工 作 简 报", "第37期（总第214期）", "安和区平安办编 2020年11月18日"),
        ("安和区平安办公室", "平安简报", "第十二期"),
    ],
)
def test_the_masthead_of_a_bulletin_is_no_title(head: tuple[str, ...]) -> None:
    text = "\n".join((*head, "青瓦苑四招管住高空抛物", PROSE[0]))
    assert title(text, "", (), "")[0] == "青瓦苑四招管住高空抛物"
    name = next(line for line in head if "简" in line or "动态" in line)
    at = text.index(name)  # set largest, so the format marks it
    assert title(text, "", (Mark("title", at, at + len(name)),), "")[0] == "青瓦苑四招管住高空抛物"


def test_a_title_like_a_bulletins_name_is_one() -> None:
    assert title(f"青瓦社区的好消息与新动态\n{PROSE[0]}", "", (), "")[0] == "青瓦社区的好消息与新动态"


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("怎么办的", "approach"), ("怎么干的", "approach"), ("事情是怎么谈拢的", "approach"), ("谁来出钱", "approach"),
        ("钱从哪里来", "approach"), ("街道怎么接手？", "approach"), ("试过什么", "approach"),
        ("后来怎样", "outcome"), ("现在怎么样了？", "outcome"), ("办得怎么样", "outcome"), ("目前状况", "outcome"),
        ("有什么变化", "outcome"),
        ("还差什么", "insight"), ("没有办好的事", "insight"), ("还没有做完的事", "insight"), ("还有什么没想到", "insight"),
        ("难在哪", "problem"), ("卡在哪里？", "problem"), ("怎么办", "approach"), ("停车难怎么办", "problem"),
        ("各说各的理", "dispute"), ("回头想想", "insight"), ("为什么积水", "problem"), ("遇到了什么难题", "problem"),
        ("为什么要干", "background"), ("事情怎么来的", "background"), ("怎么回事", "background"),
        ("各方到底要什么", "dispute"), ("楼上楼下怎么说", "dispute"), ("谁不同意", "dispute"),
    ],
)  # fmt: skip
def test_roles_of_spoken_headings(words: str, role: str) -> None:
    found = role_of_heading(words)
    assert found
    assert found[0] == role


def test_headings_in_brackets_before_their_text() -> None:
    text = f"一场停车协商会\n【怎么办的】{PROSE[1]}\n【第一回，没成】{PROSE[2]}\n【申报编号】AH-07，柳溪街道停车协商会案例材料"
    assert [heading.words for heading in find_headings(text, 8)] == ["怎么办的", "第一回，没成"]
    assert find_headings(f"{PROSE[0]}\n【第一回，没成】{PROSE[2]}\n{PROSE[1]}", 0) == []


def test_a_numbered_question_is_a_heading() -> None:
    found = find_headings(f"一、难在哪里？\n{PROSE[0]}\n二、谁来出钱？\n{PROSE[1]}", 0)
    assert [(heading.level, heading.words) for heading in found] == [(1, "难在哪里？"), (1, "谁来出钱？")]


def test_quotations() -> None:
    text = "他说：“账要公开，‘三公开’不能少。”大家同意“三议”办法。\n“没有说完的话，后来也没有说"
    found = quotations(text)
    assert [text[q.start : q.end] for q in found] == ["“账要公开，‘三公开’不能少。”", "“没有说完的话，后来也没有说"]
    assert [q.closed for q in found] == [True, False]


def one_case(text: str, name: str = "题") -> tuple[Case, ...]:
    headings = find_headings(text, 0)
    return cases("r", text, name, 0, sections(text, 0, headings), headings)


def test_one_report_is_one_case_by_default() -> None:
    for text in (NUMBERED, SLOGANS, "\n".join(PROSE)):
        (case,) = one_case(text)
        assert (case.title, case.spans) == ("题", ((0, len(text)),))
    assert one_case("") == ()


def test_cases_under_numbered_headings() -> None:
    text = f"前面的话。\n案例一 青瓦社区的停车难\n{PROSE[0]}\n{PROSE[1]}\n案例二 石桥头社区的早市\n{PROSE[3]}\n{PROSE[4]}"
    first, second = one_case(text)
    assert first.title == "青瓦社区的停车难"
    assert text[slice(*second.spans[0])].startswith("案例二")
    assert first.end <= second.start
    assert not first.holds(0)
    assert len({first.id, second.id}) == 2


def test_a_compilation_by_repeated_subheadings() -> None:
    one = f"（一）背景\n{PROSE[0]}\n（二）做法\n{PROSE[1]}\n（三）成效\n{PROSE[4]}"
    text = "\n".join(f"{number}、{name}\n{one}" for number, name in zip("一二三", ("青瓦社区停车", "石桥头早市", "柳溪加梯"), strict=True))
    assert [case.title for case in one_case(text)] == ["青瓦社区停车", "石桥头早市", "柳溪加梯"]


def test_a_feature_that_tells_of_two_places() -> None:
    first, second = one_case(FEATURE)
    told = ["".join(FEATURE[start:end] for start, end in case.spans) for case in (first, second)]
    assert first.title.startswith("青瓦社区")
    assert second.title.startswith("石桥头社区")
    assert "90多户" in told[0]
    assert "五个月" in told[0]
    assert "少了一大半" in told[0]
    assert "12万元" in told[1]
    assert "个位数" in told[1]
    for background in ("46个", "318件", "260万元", "300万元"):
        assert background not in told[0] + told[1]
    assert not set(range(*first.spans[0])) & set(range(*second.spans[0]))


def test_a_place_in_the_title_makes_one_case() -> None:
    assert len(one_case(FEATURE, "青瓦社区的三年")) == 1


def test_passages_keep_to_sentences_sections_and_cases() -> None:
    for text in (NUMBERED, SLOGANS, FEATURE, "\n".join(PROSE) * 5):
        headings = find_headings(text, 0)
        parts = sections(text, 0, headings)
        told = cases("r", text, "题", 0, parts, headings)
        found = passages("reading", text, parts, told, paths(headings))
        ends = {end for _, end in sentences(text)} | {end for case in told for span in case.spans for end in span}
        for passage in found:
            assert passage.text == text[passage.start : passage.end]
            assert len(passage.text) <= 400
            assert passage.end in ends or text[passage.end] == "\n"
            inside = [case.id for case in told if case.holds(passage.start)]
            assert passage.case == (inside[0] if inside else None)
            assert all(case.holds(passage.end - 1) == (case.id == passage.case) for case in told)
            assert any(part.start <= passage.start < passage.end <= part.end for part in parts)
        covered = sum(passage.end - passage.start for passage in found)
        assert covered >= 0.9 * len(text)
        assert len({passage.id for passage in found}) == len(found)


def test_a_sentence_of_a_thousand_characters_is_cut_at_clauses() -> None:
    text = "，".join(["社区把每一笔账目向全体居民公开"] * 80) + "。"
    found = passages("reading", text, sections(text, 0, []), (), {})
    assert all(len(passage.text) <= 400 for passage in found)
    assert "".join(passage.text for passage in found) == text


@pytest.mark.parametrize(
    ("text", "metadata", "expected"),
    [
        (NUMBERED, Metadata(title="一场停车协商会"), "case"),
        ("建议由街道在小区门口设立快递柜。建议采取错峰开放。建议政府补贴。", Metadata(title="关于设立快递柜的建议"), "proposal"),
        ("本报讯（记者 王晓）昨天，某市举行运动会，三千人参加。", Metadata(title="运动会举行"), "news"),
        ("某政发〔2021〕12号\n各街道办事处：\n现将有关事项通知如下。", Metadata(title="关于印发方案的通知"), "document"),
        (NUMBERED, Metadata(title="题", stage="设想"), "proposal"),
    ],
)
def test_kinds(text: str, metadata: Metadata, expected: str) -> None:
    assert kind(text, metadata, sections(text, 0, find_headings(text, 0)), stated=False) == expected
    assert kind(text, Metadata(kind="news"), [], stated=True) == "news"


STORY = (
    "青瓦苑是安置小区，6栋高层，1104户。2022年楼上乱扔杂物52起，砸坏车辆7台，居民投诉不断，安全隐患突出。",
    "2023年3月召开居民议事会，61人赞成装镜头。社区组织逐户走访，制定公约，成立巡查队，先后召开三次会议，5月完成安装。",
    "4月至10月投诉下降到11起，上年同期52起，居民满意度明显提升。",
)


@pytest.mark.parametrize(
    ("publisher", "lines", "expected"),
    [
        ("安和区柳溪街道平安办", STORY, "case"),
        ("平安简报", STORY, "case"),
        ("安和电视台", STORY, "news"),
        ("安和区柳溪街道平安办", ("3月5日，街道召开平安建设会议，部署全年工作，要求各社区认真落实。",), "news"),
    ],
)
def test_a_short_bulletin_that_tells_a_whole_case(publisher: str, lines: tuple[str, ...], expected: str) -> None:
    text = "\n".join(lines)
    known = Metadata(title="青瓦苑四招管住高空抛物", publisher=publisher, published="2023-11-06")
    assert kind(text, known, sections(text, 0, find_headings(text, 0)), stated=False) == expected


COURSE = """按照区领导要求，现将有关情况报告如下。
一、项目概况
青瓦小区位于柳溪街道青瓦社区，建于1988年，756户，2024年列入改造计划。
二、事情经过
5月6日施工单位张贴公告，没有商量。6月18日住户阻拦施工，街道会同住建局逐栋召开会议，协商三次。
三、目前状况
九栋楼完工，五栋楼停工，青瓦小区居民反映的漏水至今没有解决。
四、原因分析
程序倒置，没有组织表决。"""
PLAN = """为解决青瓦社区和河东社区停车难问题，制定本方案。
一、基本情况
青瓦社区位于柳溪街道青瓦社区，居民投诉不断，安全隐患突出。
二、主要措施
2025年3月至5月，各社区组织召开议事会，成立工作小组，开展整治。2025年6月至8月施工改造，9月验收。
三、工作要求
各社区要高度重视，责任到人，确保投诉下降。"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("柳溪街道办事处关于青瓦小区改造受阻停工情况的报告", COURSE, "case"),
        ("柳溪街道办事处关于报送青瓦小区改造受阻停工情况的通知", COURSE.replace("目前状况", "目前安排"), "document"),
        ("柳溪街道停车整治工作方案", PLAN, "document"),
    ],
)
def test_an_official_document_that_tells_a_whole_case(name: str, text: str, expected: str) -> None:
    known = Metadata(title=name, document_number="柳街办字〔2024〕18号", addressee="安和区人民政府")
    assert kind(text, known, sections(text, 0, find_headings(text, 0)), stated=False) == expected


def test_paragraphs() -> None:
    assert paragraphs("一\n\n二\n", 0) == [(0, 1), (3, 4)]
    assert paragraphs("一二三", 1, 2) == [(1, 2)]


def test_a_text_without_signs_is_cut_all_the_same() -> None:
    text = "社区停车难" * 1000 + "，" + "楼道堆物" * 300
    spans = sentences(text)
    assert max(end - start for start, end in spans) <= 1000
    assert "".join(text[start:end] for start, end in spans) == text


def test_the_title_of_a_report_with_one_case_belongs_to_it() -> None:
    text = "平岗小区停车难治理\n居民下班回来没有车位，社区开会商量，划出车位六十个。\n"
    [case] = cases("r", text, "平岗小区停车难治理", 10, sections(text, 10, []), [])
    assert case.spans == ((0, len(text) - 1),)


def test_formal_numerals_head_the_parts_above_plain_ones() -> None:
    text = "\n".join((
        "壹、缘起", "青瓦里位于旧市区，老人多。", "贰、面临的困境", "一、场地", "活动中心年久失修，没有地方开会议事。", "二、人手",
        "志愿者只有九位，送餐常常没有人去。", "叁、推动做法", "里长邀集住户召开说明会五场。", "肆、成果", "共餐人次达二万一千。",
    ))  # fmt: skip
    found = find_headings(text, 0)
    assert [(heading.level, heading.words) for heading in found] == [
        (1, "缘起"), (1, "面临的困境"), (2, "场地"), (2, "人手"), (1, "推动做法"), (1, "成果"),
    ]  # fmt: skip
    assert [section.role for section in sections(text, 0, found)] == ["background", "problem", "problem", "problem", "approach", "outcome"]


PROPOSED = [
    "建议：由居委会登记各户闲置轮椅。\n预期效果：预计可盘活轮椅20辆。",
    "建议内容\n建议保留两个桩24小时供电。",
    "现状：站口到车站有260米露天路段，雨天拥挤。\n建议：由街道与地铁公司商量，设伞架一处，放伞60把。\n效果：方便换乘。",
    "建议内容\n小学门口车速快。建议装地面提示灯。\n办理结果\n已转交警大队",
    "金点子征集推荐表\n小区的轮椅堆在楼道里。去年有老人摔伤了。把轮椅登记起来，大家轮流用。\n可行性：花钱不多。",
]


@pytest.mark.parametrize("text", PROPOSED)
def test_what_asks_for_something_and_tells_of_no_deed_is_a_proposal(text: str) -> None:
    assert kind(text, Metadata(title="共享轮椅"), sections(text, 0, find_headings(text, 0)), stated=False) == "proposal"


@pytest.mark.parametrize(
    "told",
    [
        "主要做法\n2022年3月，居委会登记了各户闲置轮椅，放在门厅。\n成效\n盘活轮椅20辆，投诉由每月9件降到1件。",
        "具体建议\n社区已经成立轮椅互助队，先后走访了三百户。",
    ],
)
def test_work_that_was_done_wins_over_the_words_of_a_form(told: str) -> None:
    text = f"金点子征集推荐表\n{told}"
    assert kind(text, Metadata(title="共享轮椅金点子"), sections(text, 0, find_headings(text, 0)), stated=False) == "case"


def test_an_entry_with_a_remedy_and_no_deed_is_a_proposal_and_no_other_text_is() -> None:
    text = "一、解决什么问题\n双职工多，孩子放学没人管。\n二、怎么做\n请12位退休教师轮值，每天两小时。"
    parts = sections(text, 0, find_headings(text, 0))
    assert kind(text, Metadata(title="四点半课堂", applicant="青瓦社区"), parts, stated=False) == "proposal"
    assert kind(text, Metadata(title="四点半课堂"), parts, stated=False) == "case"
    more = text + "\n三、变化\n孩子有了去处，家长放心。"
    assert kind(more, Metadata(title="四点半课堂", applicant="青瓦社区"), sections(more, 0, find_headings(more, 0)), stated=False) == "case"


@pytest.mark.parametrize("sign", ["◎", "◆", "■ "])
def test_short_lines_behind_a_sign_are_headings(sign: str) -> None:
    text = f"{sign}巷子的来历\n{PROSE[1]}{PROSE[2]}\n{sign}还在摸索的事\n{PROSE[2]}{PROSE[1]}"
    found = find_headings(text, 0)
    assert [heading.words for heading in found] == ["巷子的来历", "还在摸索的事"]
    assert sections(text, 0, found)[1].role == "insight"
    assert find_headings(f"{sign}一张桌子\n{sign}两把椅子\n{sign}三盏灯\n{PROSE[1]}", 0) == []


def test_a_mark_above_the_body_leaves_the_headings_by_look() -> None:
    prose = f"{PROSE[1]}{PROSE[2]}"
    text = f"某区人民政府\n{prose}\n雨棚怎么留\n{prose}\n"
    marks = [Mark("heading", 0, 6, "1")]
    assert [heading.words for heading in find_headings(text, 7, marks)] == ["雨棚怎么留"]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("别的小区怎么办的", "options"), ("外地怎么做", "options"), ("几条路子", "options"), ("琢磨透的道理", "insight"),
        ("几点看法", "insight"), ("推广价值", "insight"), ("看看变化", "outcome"), ("能省下多少", "outcome"), ("预期收益", "outcome"),
        ("病根在哪", "problem"), ("当初为什么引进", "background"), ("报名范围", "other"), ("施工时间", "other"),
    ],
)  # fmt: skip
def test_more_spoken_headings(words: str, role: str) -> None:
    found = role_of_heading(words)
    assert found
    assert found[0] == role


def test_what_is_called_the_state_of_things_is_the_trouble_where_no_other_part_is() -> None:
    def roles(text: str) -> list[str]:
        return [section.role for section in sections(text, 0, find_headings(text, 0))]

    told = "楼上的空调水滴在楼下的雨棚上，两家为此吵了三年。"
    assert roles(f"案情简介\n{told}\n调解经过\n{PROSE[1]}\n调解结果\n双方签字。")[0] == "problem"
    assert roles(f"案情简介\n{told}\n争议焦点\n水该谁接。\n调解经过\n{PROSE[1]}")[0] == "background"
    assert roles("现状\n每张表要填五遍，一个月用掉四十个钟头。\n建议\n只填一遍，各部门自己取。")[0] == "problem"


TOLD_BY_AN_OFFICE = """一、难在哪里
菜场门口的电动车堆到路中央，2022年3月青瓦社区的居民投诉不断。
二、怎么办的
2022年5月社区请摊主开会，划了一百二十个车位。
三、看看变化
到10月，投诉降到两件。"""


@pytest.mark.parametrize(
    ("publisher", "expected"), [("柳溪社治", "case"), ("柳溪街道社会事务办", "case"), ("安和日报", "news"), ("安和都市报", "news")]
)
def test_who_speaks_tells_a_case_from_news(publisher: str, expected: str) -> None:
    known = Metadata(title="菜场门口的路", publisher=publisher, published="2022-11-06")
    parts = sections(TOLD_BY_AN_OFFICE, 0, find_headings(TOLD_BY_AN_OFFICE, 0))
    assert kind(TOLD_BY_AN_OFFICE, known, parts, stated=False) == expected


def test_what_collects_cases_is_a_document_and_its_cases_are_cases() -> None:
    parts = sections(NUMBERED, 0, find_headings(NUMBERED, 0))
    assert kind(NUMBERED, Metadata(title="治理案例选"), parts, stated=False, collects=True) == "document"


@pytest.mark.parametrize(
    "text",
    [
        "存在的问题\n校门口的车排到第三排。\n具体建议\n请文体馆开放地库。\n答复意见\n您的建议采纳，已现场踏勘，将于9月试行。",
        "情况\n楼道灯坏了九盏。\n做法\n街道拟换声控灯，已完成设计招标，资金待批。\n结果\n尚未启动。",
    ],
)
def test_what_was_answered_or_has_not_begun_is_a_proposal(text: str) -> None:
    assert kind(text, Metadata(title="一段路"), sections(text, 0, find_headings(text, 0)), stated=False) == "proposal"
