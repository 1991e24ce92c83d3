"""What is no part of a text: bylines become metadata, boilerplate and what a site's pages share go; all else stays."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from boilerplate_table import UNSEEN, measured
from compilations import Style, text_of, written
from damage import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Location, PageLines
from ingest.draft import Draft, Mark, RawReport
from ingest.pipeline import repair, segmented
from ingest.repair.boilerplate import boilerplate, trailing_lists
from ingest.repair.byline import byline
from ingest.repair.recurring import LEAST, fingerprint, page_lines, recurring, recurring_lines, site

TITLE = "一场停车协商会"
MORE = (  # paragraphs of different lengths, so that nothing looks like one that was broken at a fixed width
    "枫桥社区还把停车协商的规矩写进了居民公约，每季度公布一次账目，谁交了钱、钱花在哪里，楼道口的公示栏上都看得见。"
    "业主委员会主任赵师傅说，以前大家见面就吵，现在有事先到议事厅坐下来谈，谈不拢的由社区请律师和物业一起来评理。",
    "今年春天，社区又把这套办法用到了加装电梯上，三个单元已经签字，施工队下个月进场，费用按楼层分摊。",
)
BODY = "\n".join((*PROSE, *MORE))
TEXT = f"{TITLE}\n{BODY}"


def lines_of(text: str, marks: tuple[Mark, ...] = ()) -> PageLines:
    return page_lines(replace(Draft.of(text), marks=marks), "host:示例")


def cleaned(text: str) -> str:
    draft = Draft.of(text)
    draft = draft.edit(trailing_lists(draft))
    return draft.edit(boilerplate(draft)).text


# Bylines


@pytest.mark.parametrize(
    ("line", "authors", "editors", "publisher", "published"),
    [
        ("来源：江州日报 作者：王小明 编辑：李红 时间：2023-05-06 10:20 浏览次数：123 字号：大中小 打印", "王小明", "李红", "江州日报",
         "2023-05-06"),
        ("发布日期：2023-05-06  信息来源：区民政局  浏览：1,234次  【字体：大 中 小】 【打印】 【关闭】", "", "", "区民政局", "2023-05-06"),
        ("索 引 号：001/2023-0001 发布机构：区民政局 生成日期：2023-05-06", "", "", "区民政局", "2023-05-06"),
        ("稿件来源: 江州网 | 作者: 王小明 | 编辑: 李红", "王小明", "李红", "江州网", None),
        ("王小明 江州日报 2023-05-06 10:20 发表于浙江", "王小明", "", "江州日报", "2023-05-06"),
        ("江州日报·2023-05-06 10:20", "", "", "江州日报", "2023-05-06"),
        ("发表时间 2023-05-06 来源 江州日报", "", "", None, "2023-05-06"),
        ("2023年05月06日 第 03 版：要闻", "", "", None, "2023-05-06"),
        ("《江州日报》（2023年5月6日 03版）", "", "", "江州日报", "2023-05-06"),
        ("2小时前 江州日报", "", "", "江州日报", None),
        ("文/王小明 图/李红 编辑/赵强", "王小明", "赵强", None, None),
        ("江州日报记者 王小明 文/摄", "王小明", "", None, None),
        ("采写：江都记者 王小明 李红", "王小明 李红", "", None, None),
        ("（作者：王小明，系江州区枫桥街道党工委书记）", "王小明", "", None, None),
        ("编辑 李红 校对 赵强", "", "李红 赵强", None, None),
        ("（编辑 李红）", "", "李红", None, None),
        ("[ 责编：李红、赵强(实习) ]", "", "李红 赵强", None, None),
        ("责任编辑：李红 【纠错】", "", "李红", None, None),
        ("一审：王小明 二审：李红 三审：赵强", "", "", None, None),
        ("（责任编辑：系统管理员）", "", "", None, None),
        ("来自：江州发布微信公众号", "", "", "江州发布", None),
        ("作者：王小明核稿：李红", "王小明", "李红", None, None),
        ("撰稿：王小明编辑：李红审稿：赵强", "王小明", "李红 赵强", None, None),
        ("整理：青瓦小区业主委员会　2025年4月", "", "", "青瓦小区业主委员会", "2025-04"),
        ("（区委组织部、区民政局　2015年12月整理）", "", "", "区委组织部、区民政局", "2015-12"),
        ("案例撰写：王小明、李红", "王小明 李红", "", None, None),
        ("供稿：民事审判庭　编辑：李红　审核：赵强", "", "李红", "民事审判庭", None),
        ("供稿单位：枫桥街道司法所 2024年5月6日", "", "", "枫桥街道司法所", "2024-05-06"),
        ("（执笔：青瓦社区居委会　2018年12月10日）", "", "", "青瓦社区居委会", "2018-12-10"),
        ("作者：王小明，单位：江州区民政局", "王小明", "", "江州区民政局", None),
        ("王小明 江州法院 2023年5月6日 10:20", "王小明", "", "江州法院", "2023-05-06"),
        ("枫桥街道司法所 枫桥街道社会工作站 2024年12月", "", "", "枫桥街道司法所、枫桥街道社会工作站", "2024-12"),
        ("枫桥街道 党工委 2022年9月", "", "", "枫桥街道党工委", "2022-09"),
        ("2023-05-06 10:20 江州都市网 记者 王小明", "王小明", "", "江州都市网", "2023-05-06"),
        ("□ 本刊通讯员  李 红", "李红", "", None, None),
        ("本网记者 王小明 通讯员 李 红", "王小明 李红", "", None, None),
        ("（图/文 王小明）", "王小明", "", None, None),
        ("撰文：王小明　　民國112年5月6日", "王小明", "", None, "2023-05-06"),
        ("民国99年5月6日", "", "", None, "2010-05-06"),
        ("供稿：枫桥社区 王小明    2022年12月", "王小明", "", "枫桥社区", "2022-12"),
        ("执笔：社区书记 王小明", "王小明", "", None, None),
        ("执笔：社区党支部书记 王小明", "王小明", "", None, None),
        ("执笔：枫桥街道党委书记 王小明", "王小明", "", "枫桥街道党委", None),
        ("发表于 2023-5-6 22:41:07 | 只看该作者 | 楼主", "", "", None, "2023-05-06"),
        ("发表于 2023-5-6 8:05 | 12#", "", "", None, "2023-05-06"),
    ],
)  # fmt: skip
def test_bylines_of_many_houses(line: str, authors: str, editors: str, publisher: str | None, published: str | None) -> None:
    found = byline(line)
    assert found is not None
    assert (" ".join(found.authors), " ".join(found.editors), found.publisher, found.published) == (authors, editors, publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "记者：这件事难在哪里？", "记者：这件事难在哪里", "主编：把好关口", "图：居民在议事厅商量停车方案（摄影：李四）",
        "统筹：把资源整合起来",
        "策划：让居民自己出题", "编辑部的故事：一个社区刊物", "作者简介：王小明，枫桥街道干部，长期从事基层治理工作。",
        "编辑 是一项细致的工作",
        "《社区条例》2026年1月1日施行", "监制：从源头抓起", "整理：把意见归成十七条", "撰写：先问人，再动笔",
        "通讯员 队伍建设", "民国时期的老房子",
    ],
)  # fmt: skip
def test_lines_that_only_begin_like_bylines(line: str) -> None:
    assert byline(line) is None


def test_an_office_and_names_under_the_title_are_who_wrote_the_text() -> None:
    for line in ("枫桥街道平安办  王小明  李 红", "枫桥街道司法所 王小明"):
        draft, _ = repair(Draft.of(f"{TITLE}\n\n{line}\n\n{BODY}"))
        assert line.split()[0] not in draft.text
        assert (draft.metadata.publisher, draft.metadata.authors[0]) == (line.split()[0], "王小明")


@pytest.mark.parametrize(
    "lines",
    ["枫桥街道平安办 王小明\n青瓦街道平安办 李红", "枫桥街道平安办 停车难", "王小明 李红", "枫桥社区居委会 王大爷家 李红"],
)
def test_other_lines_under_the_title_say_nothing_of_its_author(lines: str) -> None:
    draft, _ = repair(Draft.of(f"{TITLE}\n{lines}\n{BODY}"))
    assert (draft.metadata.publisher, draft.metadata.authors) == (None, ())


@pytest.mark.parametrize(
    "text", ["本报讯（记者 王 平 通讯员 李红红）{}", "新华社江州5月6日电（记者王平、李红红）{}", "{}（本报记者 王平、李红红）"]
)
def test_reporters_that_a_paragraph_names_stay_in_it(text: str) -> None:
    first, _, rest = BODY.partition("\n")
    draft, _ = repair(Draft.of(f"{TITLE}\n{text.format(first)}\n{rest}"))
    assert draft.metadata.authors == ("王平", "李红红")
    assert "记者" in draft.text
    assert repair(Draft.of(f"{TITLE}\n{first}（记者从社区了解到）\n{rest}"))[0].metadata.authors == ()


def test_a_caption_with_a_photographer_stays() -> None:
    text = f"{TITLE}\n摄影：李红\n{BODY}"
    assert repair(Draft.of(text))[0].text == TEXT
    at = len(TITLE) + 1
    marked = Draft(text, text, Draft.of(text).offsets, (Mark("caption", at, at + 5),))
    assert repair(marked)[0].text == text


# Boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "首页 | 概况 | 政务公开 | 办事",
        "无障碍 长者模式 繁體 登录", "1.2万阅读 356赞 28评论", "共有 35 条评论",
        "长按识别二维码关注我们", "点击下载客户端", "（全文完）",
        "声明：转载此文出于传递信息之目的，如有侵权请联系本站删除。", "（原题为《停车难》）",
        "喜欢就点个在看吧 ↓↓↓", "觉得不错就给个关注", "分享、点赞、在看，一键三连",
        "首页 > 政务公开 > 街道动态", "版权所有：江州网 技术支持：江州科技 电话：0000-0000000",
        "本网站使用Cookie，继续浏览即表示同意隐私政策。", "凡本网注明“来源：江州网”的作品，未经授权不得转载。", "<上一页 1 2 3 下一页>",
        "【新春特惠】厨卫翻新满2万减3000，立即咨询", "[广告] 江州家装节本周末开幕", "买一送一，速来抢购！", ">>点击观看完整视频",
        "扫码下载APP，第一时间了解身边事", "点击上方“蓝字”，关注我们", "点击上方蓝字关注江州发布", "查看: 620|回复: 4",
    ],
)  # fmt: skip
def test_lines_that_name_themselves_go_wherever_they_stand(line: str) -> None:
    assert cleaned(f"{TITLE}\n{line}\n{BODY}") == TEXT
    lines = BODY.split("\n")
    assert cleaned("\n".join([TITLE, *lines[:4], line, *lines[4:]])) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "三、分享经验", "更多的人加入进来", "扫码下单，送菜上门，一个电话就来",
        "关注老人吃饭难", "王小明 李红 赵强",
        "转载率不是目的，解决问题才是目的。",
        "居民可拨打热线咨询，社区提供免费上门评估，费用由街道承担。", "首页上的意见箱", "推荐楼组长",
        "“谁家都有难处。”", "1. 先定规矩", "附件：车位分配表", "版权意识也进了小区。",
        "合计 258 134 51.9%", "公众号 阅读 1200 3500", "微信 120 85", "用好议事小程序", "扫码 > 登录 > 上报 > 派单",
        "| 注册志愿者 | 120 | 98 | 81.7% |", "渠道 微信 微博 窗口", "类别 举报 投诉 点赞", "给老党员点赞", "A+",
        "居民扫描门牌码，更多问题一键上报", "志愿者凭积分满100减5元，可在小程序点击领取", "商户让利满50减10，老人凭卡领取",
        "“广告”怎么管", "打开手机就能查看办理进度", "关注我们身边的独居老人",
    ],
)  # fmt: skip
def test_lines_of_a_report_stay(line: str) -> None:
    first, _, rest = BODY.partition("\n")
    for text in (f"{TITLE}\n{first}\n{line}\n{rest}", f"{TEXT}\n{line}"):
        assert cleaned(text) == text


@pytest.mark.parametrize(
    "signature", ["枫桥街道办事处\n2023年5月", "区委政法委办公室", "（枫桥社区供稿）", "附件：1.车位表\n2.账目", "抄送：区民政局"]
)
def test_what_closes_a_text_stays_before_a_tail(signature: str) -> None:
    tail = "电脑维修\n钢管批发价格\n二手叉车市场\n注塑机配件\n灯具大全"
    assert cleaned(f"{TEXT}\n{signature}\n{tail}") == f"{TEXT}\n{signature}"


def test_adverts_between_the_paragraphs_make_no_sections() -> None:
    lines = BODY.split("\n")
    adverts = ["【新春特惠】厨卫翻新满2万减3000，点击领取", ">>点击查看视频", "扫码下载APP，抢先看本地资讯"]
    mixed = [line for pair in zip(lines[:3], adverts, strict=True) for line in pair]
    reading = segmented("c", RawReport("a.txt", "\n".join([TITLE, *mixed, *lines[3:]]).encode(), "txt", "a.txt"))
    assert reading.text == TEXT
    assert not any(advert in section.heading for section in reading.sections for advert in adverts)


def test_adverts_that_use_none_of_the_words_of_the_rules() -> None:
    tail = "紫檀手串怎么盘\n鹦鹉螺化石鉴别\n雪茄剪选购\n复古腕表走时"
    assert cleaned(f"{TEXT}\n{tail}") == TEXT
    assert cleaned(f"{TITLE}\n{PROSE[0]}\n{tail}") == f"{TITLE}\n{PROSE[0]}\n{tail}"  # too little text to say what is foreign to it


def test_paragraphs_that_sell_at_the_end_go_one_after_the_other() -> None:
    advert = "凭身份证就能借，额度二十万，无抵押秒到账，客服微信：dk88996633！"
    assert cleaned(f"{TEXT}\n{advert}\n{advert.replace('二十', '三十')}\n今日特价") == TEXT


def test_bars_glued_to_the_last_sentence_go() -> None:
    bars = "柯基犬舍｜布偶猫价格｜狗粮测评｜宠物医院｜猫砂盆｜"
    assert cleaned(f"{TEXT}{bars}") == TEXT
    assert cleaned(f"{TEXT}\n（枫桥街道党工委2023年5月报送材料汇编）{bars}") == f"{TEXT}\n（枫桥街道党工委2023年5月报送材料汇编）"


def test_a_menu_above_the_title_goes_and_the_title_stays() -> None:
    menu = "领导之窗\n机构设置\n走进某县\n规划计划\n统计数据"
    assert cleaned(f"{menu}\n{TEXT}") == TEXT
    marked = Draft.of(f"{menu}\n{TEXT}")
    at = len(menu) + 1
    marked = Draft(marked.source, marked.text, marked.offsets, (Mark("title", at, at + len(TITLE)),))
    assert marked.edit(boilerplate(marked)).text == TEXT


def test_a_spaced_out_head_stays() -> None:
    text = f"工 作 简 报\n第37期\n{TEXT}"
    assert cleaned(text) == text


# Tables without a format

ROWS = "楼栋 户数 同意 比例\n3号楼 54 31 57.4%\n6号楼 60 27 45.0%\n合计 114 58 50.9%"
NARROW = "微信 120\n电话 85\n窗口 30"


@pytest.mark.parametrize("between", [" ", "\t", "  ", " | "])
@pytest.mark.parametrize("rows", [ROWS, "渠道 点赞 转发\n微信 1200 85\n微博 320 —", "收入（万元） 14.6 82.5\n支出（万元） 9.1 92.3"])
def test_rows_of_figures_stay_wherever_they_stand(rows: str, between: str) -> None:
    table = rows.replace(" ", between)
    lines = TEXT.split("\n")
    for at in (1, 4, len(lines)):
        text = "\n".join([*lines[:at], table, *lines[at:]])
        assert cleaned(text) == text
        assert cleaned(f"首页 | 概况 | 政务公开 | 办事\n{text}\n版权所有：江州网\n相关阅读\n第三届樱花节开幕") == text


def test_rows_with_one_figure_stay_inside_the_text() -> None:
    first, _, rest = TEXT.partition("2021")
    for table in (NARROW, "点击量 3500\n评论 20\n收藏 8"):
        text = f"{first}2021{rest.partition(chr(10))[0]}\n{table}\n{rest.partition(chr(10))[2]}"
        assert cleaned(text) == text


WORD = st.sampled_from("首页 微信 评论 点赞 登录 更多 三级 视频 广告 热线 3号楼 青瓦社区 其中：犬吠 合计".split())
FIGURES = st.lists(st.sampled_from("54 31 57.4% 9.6万元 120人次 12件 — 0 1,386".split()), min_size=2, max_size=4)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WORD, FIGURES), min_size=2, max_size=5), st.integers(1, 9), st.sampled_from(" \t"))
def test_no_word_makes_a_link_of_a_row(rows: list[tuple[str, list[str]]], at: int, between: str) -> None:
    width = len(rows[0][1])
    table = [between.join([label, *(figures * 2)[:width]]) for label, figures in rows]
    lines = TEXT.split("\n")
    text = "\n".join([*lines[:at], *table, *lines[at:]])
    assert cleaned(text) == text


def test_cells_one_under_the_other_stay_and_the_number_of_a_page_goes() -> None:
    lines = TEXT.split("\n")
    cells = "楼栋\n户数\n3号楼\n54\n6号楼\n60\n合计\n114".split("\n")
    for at in (1, 4, len(lines)):
        text = "\n".join([*lines[:at], *cells, *lines[at:]])
        assert cleaned(text) == text
    assert cleaned("\n".join([*lines[:4], "7", *lines[4:], "12"])) == TEXT


def test_lines_that_the_format_calls_cells_stay_whatever_they_say() -> None:
    row = "首页 | 概况 | 政务公开 | 办事"
    text = f"{TITLE}\n{PROSE[0]}\n{row}\n{PROSE[1]}\n{MORE[0]}"
    assert cleaned(text) != text
    at = text.index(row)
    for draft in (
        replace(Draft.of(text), locations=(Location("page", 0, len(text), "1"), Location("row", at, at + len(row), "1"))),
        replace(Draft.of(text), marks=(Mark("cell", at, at + len(row)),)),
    ):
        assert boilerplate(draft) == []
    whole = replace(Draft.of(text), locations=(Location("cell", 0, len(text), "B7"),))  # a cell that holds a whole page
    assert whole.edit(boilerplate(whole)).text == cleaned(text)


def test_what_a_report_ends_with_is_no_list_of_articles() -> None:
    ends = (
        "2021-03-04 枫桥社区召开第一次停车协商会\n2021-05-16 居民代表签字同意停车公约",
        "停车协商会的公共收益（万元）3.5\n物业公司垫付的费用（万元）1.2",
    )
    for end in ends:
        assert cleaned(f"{TEXT}\n{end}") == f"{TEXT}\n{end}"


def test_an_address_or_organiser_goes_after_the_text_and_stays_inside() -> None:
    line = "主办单位：枫桥街道 承办单位：青瓦社区 电话：0000-0000000"
    lines = TEXT.split("\n")
    inside = "\n".join([*lines[:4], line, *lines[4:]])
    assert cleaned(inside) == inside
    assert cleaned(f"{TEXT}\n{line}") == TEXT


def test_places_named_before_the_text_are_no_menu() -> None:
    places = "枫桥社区\n锅炉房车库\n居民代表议事厅\n物业公司"
    assert cleaned(f"{places}\n{TEXT}") == f"{places}\n{TEXT}"


# What is said twice


def test_a_lead_above_the_text_goes_where_its_first_paragraph_says_it_again() -> None:
    lead = PROSE[0]
    assert cleaned(f"{TITLE}\n{lead}\n停车协商会现场\n{lead}{MORE[1]}\n{MORE[0]}") == (
        f"{TITLE}\n停车协商会现场\n{lead}{MORE[1]}\n{MORE[0]}"
    )


def test_sentences_that_cases_share_stay() -> None:
    for seed in range(4):
        for style in (Style(), Style(subheads="none", contents=""), Style(subheads="all", parts=True)):
            text = text_of(written(30, style, seed), style)
            assert boilerplate(Draft.of(text)) == []
    short = f"{TITLE}\n{MORE[1]}\n{PROSE[0]}\n一张圆桌的来历\n{PROSE[1]}\n{MORE[1]}\n{PROSE[2]}"
    assert cleaned(short) == short
    again = f"{TITLE}\n{BODY}\n一张圆桌的来历\n{MORE[1]}\n{PROSE[2]}\n{MORE[0]}"
    assert cleaned(again) == again


def test_marked_captions_and_headings_stay() -> None:
    text = f"{TEXT}\n往期推荐"
    draft = Draft(text, text, Draft.of(text).offsets, (Mark("heading", len(TEXT) + 1, len(text), "2"),))
    assert boilerplate(draft) == []


def test_boilerplate_of_unseen_kinds_on_a_text_of_ones_own() -> None:
    rows = list(measured(UNSEEN, [TEXT]))
    assert sum(removed for _, removed, _ in rows) / len(rows) > 0.75
    assert max(harmed for _, _, harmed in rows) < 0.02


def test_long_texts_with_many_adverts_take_linear_time() -> None:
    advert = "凭身份证就能借，额度二十万，无抵押秒到账，客服微信：dk88996633！"
    text = "\n".join([TEXT, *(f"{advert}{n}" for n in range(4000))])
    assert TITLE in cleaned(text)
    assert cleaned("\n".join([TITLE, *(f"{n}{BODY}" for n in range(400))])).startswith(TITLE)


# Lines that recur on the pages of a site

WORDS = "停车 电梯 食堂 路灯 菜场 广场 楼道 晾衣 养犬 充电 噪声 垃圾 绿化 水管 围墙 公约 志愿 夜校 戏台 老井".split()


def article(number: int) -> str:
    chance = random.Random(number)
    topic = WORDS[number % len(WORDS)]
    body = [
        f"{topic}的事{number}号楼商量了{n}回，{chance.choice(WORDS)}和{chance.choice(WORDS)}也一并谈妥，账目贴在楼道口，居民没有意见。"
        for n in range(6)
    ]
    return "\n".join([f"{topic}协商记", "一、背景", *body[:3], "二、主要做法", *body[3:], "枫桥街道办事处"])


HEADER = "江州基层治理观察\n本期策划 议事厅 田野 人物"
FOOTER = "江州基层治理观察编辑室出品\n欢迎各社区来稿，来稿请寄江州市湖滨路8号，一经采用即付薄酬，三个月未见刊可自行处理。\n第 {} 次访问"


def pages(count: int) -> list[str]:
    return [f"{HEADER}\n{article(n)}\n{FOOTER.format(n * 37)}" for n in range(count)]


def test_lines_that_recur_on_a_site_go_and_what_reports_share_stays() -> None:
    known = recurring(lines_of(text) for text in pages(12))
    assert len(known) == 5
    for number, text in enumerate(pages(12)):
        draft = Draft.of(text)
        assert draft.edit(recurring_lines(draft, known)).text == article(number)


def test_rows_of_tables_that_differ_in_their_figures_are_no_sites_lines() -> None:
    texts = [
        f"{HEADER}\n{article(n)}\n楼栋 户数 同意\n3号楼 {50 + n} {20 + n}\n合计 {90 + n} {30 + n}\n{FOOTER.format(n * 37)}"
        for n in range(12)
    ]
    known = recurring(lines_of(text) for text in texts)
    for number, text in enumerate(texts):
        draft = Draft.of(text)
        left = draft.edit(recurring_lines(draft, known)).text
        assert left == f"{article(number)}\n楼栋 户数 同意\n3号楼 {50 + number} {20 + number}\n合计 {90 + number} {30 + number}"


def test_a_site_needs_pages_enough_and_copies_count_once() -> None:
    assert recurring(lines_of(text) for text in pages(LEAST - 1)) == frozenset()
    assert recurring(lines_of(pages(1)[0]) for _ in range(20)) == frozenset()
    assert recurring([lines_of(text) for text in pages(LEAST)]) == recurring([lines_of(text) for text in reversed(pages(LEAST))])


def test_lines_on_less_than_the_share_of_the_pages_stay() -> None:
    known = recurring([*(lines_of(text) for text in pages(4)), *(lines_of(article(n)) for n in range(100, 120))])
    assert known == frozenset()


def test_titles_that_the_format_marks_are_never_a_sites_lines() -> None:
    text = pages(1)[0]
    marks = (Mark("title", 0, len(HEADER.split("\n")[0])),)
    assert len(lines_of(text).lines) == len(lines_of(text, marks).lines) + 1
    draft = Draft(text, text, Draft.of(text).offsets, marks)
    kept = draft.edit(recurring_lines(draft, recurring(lines_of(other) for other in pages(12)))).text
    assert kept.startswith(HEADER.split("\n")[0])


def test_a_page_that_is_all_the_sites_own_is_left_alone() -> None:
    text = f"{HEADER}\n第 3 次访问"
    draft = Draft.of(text)
    assert recurring_lines(draft, frozenset(lines_of(text).lines)) == []
    assert recurring_lines(draft, frozenset()) == []


def test_known_lines_have_a_fingerprint_that_their_order_does_not_change() -> None:
    assert fingerprint(frozenset()) == ""
    assert fingerprint(frozenset(["a", "b"])) == fingerprint(frozenset(["b", "a"])) != fingerprint(frozenset(["a"]))


@pytest.mark.parametrize(
    ("url", "publisher", "source", "name"),
    [
        ("http://www.jiangzhou.gov.cn:80/a.html", "某报", "x/a.html", "host:jiangzhou.gov.cn"),
        ("https://news.example.com/1", None, "a.html", "host:example.com"),
        ("http://10.1.2.3/x", None, "", "host:10.1.2.3"),
        ("https://mp.weixin.qq.com/s/x", "枫桥发布", "a.html", "publisher:枫桥发布"),
        (None, " 某报 ", "x/a.txt", "publisher:某报"),
        (None, None, "某报/2023/a.txt", "folder:某报/2023"),
        ("http://[x", None, "a.txt", ""),
    ],
)
def test_sites(url: str | None, publisher: str | None, source: str, name: str) -> None:
    assert site(url, publisher, source) == name


LINES = st.sampled_from([*PROSE, *HEADER.split("\n"), "", "往期推荐", "一、背景", "a|b|c|d|", "第 3 次访问"])


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, max_size=12), st.lists(LINES, max_size=6))
def test_offsets_hold_whatever_recurs(lines: list[str], other: list[str]) -> None:
    text = "\n".join(lines)
    draft = Draft.of(text)
    edited = draft.edit(recurring_lines(draft, frozenset(lines_of("\n".join(other)).lines + lines_of(text).lines)))
    assert all(
        edited.text[piece.start : piece.end] == text[piece.source_start : piece.source_end]
        for piece in edited.offsets.pieces
        if piece.operation == "copied"
    )
    assert len("".join(edited.text.split())) * 3 >= len("".join(text.split()))
