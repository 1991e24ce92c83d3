"""Saved pages: the main text with every character leading back into the html."""

from __future__ import annotations

import contextlib
import json
import random

import pytest
from damage import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EmptySource, SourceTooLarge, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.limits import DEFAULT, Limits
from ingest.pipeline import repair
from ingest.readers import read
from ingest.readers.html.tree import parse

BODY = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in PROSE)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>一场停车协商会_某市社区网</title>
<meta property="og:url" content="http://example.org/a.html"><meta name="PubDate" content="2021-06-09 10:00">
<script>var a = "<p>脚本里的字，不是正文，不是正文。</p>"; if (1 < 2) {{}}</script><style>p {{ color: red }}</style></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/x">新闻</a></li>
<li><a href="/y">专题</a></li></ul></div>
<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/x">新闻</a></div>
<div class="main"><div class="article"><h1>一场停车协商会</h1>
<div class="info"><span>2021-06-08 09:30</span> <span>来源：某市日报</span> <span>作者：王小平</span></div>
<div id="content"><h2>难题</h2>{BODY}<p><strong>后来</strong></p><p>居民说&ldquo;好&rdquo;，投诉少了&nbsp;78&#37;，<b>大家</b>都
满意，社区&lt;又&gt;来了新的任务，接着开会商量。</p><!-- 注释里的字 --></div>
<div class="share">分享到：<a href="#">微博</a> <a href="#">微信</a></div></div>
<div class="sidebar"><h3>热门文章</h3><ul><li><a href="1">第一条热门新闻的标题在这里</a></li>
<li><a href="2">第二条热门新闻的标题在这里</a></li></ul></div>
<div class="comments"><p>网友甲：这个办法好，我们小区也想学一学，不知道要多少钱。</p></div></div>
<div style="display:none">看不见的一段话，看不见的一段话，看不见的一段话。</div>
<div class="footer">版权所有：某市社区网　电话：0571-88001234 <a href="/about">关于我们</a></div></body></html>"""


FORM = f"""<html><title>枫桥杯申报</title><body><div class="article"><h1>枫桥社区停车协商申报</h1>
<table><tr><td><p>申报单位</p></td><td><p>甲区乙街道</p></td><td><p>案例名称</p></td><td><p>停车协商会</p></td></tr>
<tr><th>季度</th><th>投诉</th></tr><tr><td>一季度</td><td>23起</td></tr></table><div>{BODY}</div>
<ol><li>先定规矩，再谈费用，一条一条商量</li><li><p>账目公开，每月贴在楼道口</p></li></ol><ul><li>结果由群众来评，评完还要回头看</li></ul></div></body></html>"""
SCRIPTED = (
    "<html><head><title>一场停车协商会 - 某市日报</title></head><body><div id='app'></div><script>window.state = {\"page\":"
    + json.dumps({"id": 7, "body": BODY.replace("<p>", "<p class='x'>")})
    + "}</script></body></html>"
)


def page(html: str, encoding: str = "utf-8") -> Draft:
    return read(RawReport("a.html", html.encode(encoding), "html", "a.html"))


def check_offsets(draft: Draft) -> None:
    at = 0
    for piece in draft.offsets.pieces:
        assert piece.start == at
        at = piece.end
        if piece.operation == "copied":
            assert draft.text[piece.start : piece.end] == draft.source[piece.source_start : piece.source_end]
        else:
            assert piece.step in ("html", "entity", "html.script")
    assert at == len(draft.text)


def test_main_text_without_what_stands_around_it() -> None:
    draft = page(PAGE)
    lines = [line.strip("\u3000 ") for line in draft.text.split("\n")]
    assert lines[0] == "一场停车协商会"
    assert [line for line in lines if line in PROSE] == list(PROSE)
    assert lines[-1] == "居民说“好”，投诉少了\xa078%，大家都满意，社区<又>来了新的任务，接着开会商量。"
    for other in ("首页", "热门", "网友", "看不见", "版权", "脚本", "注释", "分享"):
        assert other not in draft.text
    check_offsets(draft)


def test_spans_lead_to_the_html_characters() -> None:
    draft = page(PAGE)
    at = draft.text.index("“好”，投诉")
    start, end = draft.offsets.to_source(at, at + 3)
    assert draft.source[start:end] == "&ldquo;好&rdquo;"
    at = draft.text.index("大家都满意")
    start, end = draft.offsets.to_source(at, at + 5)
    assert draft.source[start:end] == "大家</b>都\n满意"


def test_what_the_page_says_about_itself() -> None:
    known = page(PAGE).metadata
    assert known.title == "一场停车协商会"
    assert known.published == "2021-06-08"
    assert known.publisher == "某市日报"
    assert known.authors == ("王小平",)
    assert known.url == "http://example.org/a.html"


def test_headings_are_marked() -> None:
    draft = page(PAGE)
    marked = {draft.text[mark.start : mark.end]: (mark.kind, mark.value) for mark in draft.marks}
    assert marked["一场停车协商会"] == ("title", "")
    assert marked["难题"] == ("heading", "2")
    assert marked["后来"] == ("heading", "6")


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5"])
def test_encodings_declared_rightly_and_wrongly(declared: str) -> None:
    html = PAGE.replace('charset="utf-8"', f'charset="{declared}"').replace("\xa0", " ")
    for encoding in ("utf-8", "gb18030"):
        assert page(html, encoding).text == page(PAGE).text


def test_text_between_breaks_in_a_table_layout() -> None:
    body = "<br><br>".join(f"　　{paragraph}" for paragraph in PROSE)
    menu = "".join(f"<tr><td><a href='{n}'>栏目{n}的名字</a></td></tr>" for n in range(9))
    html = f"<table><tr><td><table>{menu}</table></td><td><FONT size=4>停车协商会纪实</FONT><br><td>{body}</table>"
    draft = page(f"<html><title>停车协商会纪实</title>{html}</html>")
    assert [line.strip("\u3000") for line in draft.text.split("\n")][-6:] == list(PROSE)
    assert "栏目" not in draft.text
    check_offsets(draft)


def test_pages_without_an_article_are_refused() -> None:
    links = "".join(f'<li><a href="{n}">第{n}条新闻，标题里也有逗号</a></li>' for n in range(80))
    with pytest.raises(EmptySource) as caught:
        page(f"<html><title>新闻列表</title><body><ul>{links}</ul></body></html>")
    assert "a.html" in str(caught.value)


TAGS = (
    "<p> </p> <div> </div> <td> < > </ <a&#32;href=\" ' \" &amp; &#x; &nbsp <!-- --> <br/> <ul&#32;class='nav'> "
    "<script> </script> <li> <h1> </h1> <title> <b </html> <![CDATA[ ]]>"
)
PIECES = st.sampled_from([*PROSE, *(tag.replace("&#32;", " ") for tag in TAGS.split()), "\n", "x" * 30])


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_any_soup_is_read_or_refused_and_offsets_hold(pieces: list[str]) -> None:
    html = "<p>" + "".join(pieces)
    tree = parse(html)
    for node in tree.root.elements():
        assert 0 <= node.start <= len(html)
    try:
        draft = page(html)
    except UnreadableSource:
        return
    check_offsets(draft)


def test_mutated_pages_raise_only_our_errors() -> None:
    chance = random.Random(7)
    data = bytearray((PAGE + FORM + SCRIPTED).encode())
    for _ in range(200):
        mutated = bytearray(data)
        for _ in range(chance.randrange(60)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        start = chance.randrange(len(mutated))
        del mutated[start : start + chance.randrange(400)]
        with contextlib.suppress(UnreadableSource):
            check_offsets(read(RawReport("a.html", bytes(mutated), "html", "a.html")))


def test_deep_and_wide_pages_take_linear_time() -> None:
    deep = "<div>" * 20_000 + "".join(f"<p>{paragraph}" for paragraph in PROSE) + "</div>" * 20_000
    assert PROSE[0] in page(deep).text
    wide = '<a "' * 20_000 + "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    assert PROSE[-1] in page(wide).text


def test_a_saved_page_of_a_public_account() -> None:
    body = "".join(f"<p><span>{paragraph}</span></p>" for paragraph in PROSE)
    html = f"""<html><head><title></title><meta property="og:title" content="一场停车协商会"><meta name="author" content="王小平">
<meta property="og:site_name" content="微信公众平台"></head><body><h1 class="rich_media_title" id="activity-name"> 一场停车协商会 </h1>
<div><a id="js_name"> 枫桥发布 </a><em id="publish_time"></em></div><div id="js_content" style="visibility: hidden;">{body}
<section><p>往期推荐</p><p><a href="1">社区食堂为什么亏本，第一篇</a></p><p><a href="2">楼道里的杂物，第二篇</a></p></section></div>
<script>var ct = "1623200000"; var nickname = "枫桥发布";</script></body></html>"""
    draft = page(html)
    assert [line.strip() for line in draft.text.split("\n")] == ["一场停车协商会", *PROSE]
    known = draft.metadata
    assert (known.title, known.publisher, known.published, known.authors) == ("一场停车协商会", "枫桥发布", "2021-06-09", ("王小平",))


@pytest.mark.parametrize("mark", ["原创", ""])
def test_author_and_account_of_a_public_accounts_page_are_told_apart(mark: str) -> None:
    body = "".join(f"<p><span>{paragraph}</span></p>" for paragraph in PROSE)
    html = f"""<html><head><title></title><meta property="og:title" content="一场停车协商会"><meta name="author" content="王小平"></head>
<body><h1 class="rich_media_title"> 一场停车协商会 </h1><div id="meta_content"><span id="copyright_logo">{mark}</span>
<span class="rich_media_meta_text">王小平</span> <span><a id="js_name">枫桥法院</a></span> <em id="publish_time">2025年03月12日 10:32</em>
<em><span>浙江</span></em></div><div id="js_content" style="visibility: hidden;"><p>点击上方蓝字关注我们</p>{body}
<p>供稿：民事审判庭　编辑：李红</p><p>喜欢就点个在看吧 ↓↓↓</p></div><script>var nickname = "枫桥法院";</script></body></html>"""
    draft = repair(page(html))[0]
    known = draft.metadata
    assert (known.authors, known.publisher, known.published, known.editors) == (("王小平",), "枫桥法院", "2025-03-12", ("李红",))
    assert draft.text.split("\n") == ["一场停车协商会", *PROSE]


def test_recommendations_inside_the_article_go() -> None:
    more = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:2])
    html = PAGE.replace('</div>\n<div class="share">', f'<h4>相关阅读</h4>{more}</div>\n<div class="share">')
    assert html != PAGE
    assert page(html).text == page(PAGE).text


def marked(draft: Draft, kind: str) -> list[str]:
    return [draft.text[mark.start : mark.end].strip() for mark in draft.marks if mark.kind == kind]


def test_rows_of_a_table_are_lines_and_labels_of_a_form_are_fields() -> None:
    draft = page(FORM)
    assert draft.text.split("\n")[1:5] == ["申报单位：甲区乙街道", "案例名称：停车协商会", "季度 投诉", "一季度 23起"]
    assert [(mark.value, draft.text[mark.start : mark.end]) for mark in draft.marks if mark.kind == "field"] == [
        ("申报单位", "申报单位：甲区乙街道"),
        ("案例名称", "案例名称：停车协商会"),
    ]
    check_offsets(draft)


def test_numbered_lists_keep_the_numbers_that_a_browser_shows() -> None:
    assert page(FORM).text.split("\n")[-3:] == [
        "1. 先定规矩，再谈费用，一条一条商量",
        "2. 账目公开，每月贴在楼道口",
        "结果由群众来评，评完还要回头看",
    ]


def test_captions_are_kept_and_marked() -> None:
    pictures = (
        '<figure><img src="1.jpg"><figcaption>居民在议事厅商量停车方案。</figcaption></figure>',
        '<p style="text-align:center"><img src="2.jpg" alt="2.jpg"></p><p style="text-align:center">改造后的立体车库</p>',
        "<p>▲施工队正在安装设备（李四摄）</p>",
        '<p><img src="3.jpg" alt="枫桥社区党群服务中心里，楼组长们在核对停车位登记表"></p>',
        '<p><img src="4.jpg" alt="一场停车协商会"></p>',
        '<div class="img-note">图书角一景</div>',
    )
    paragraphs = "".join(f"<p>{paragraph}</p>{picture}" for paragraph, picture in zip(PROSE, pictures, strict=True))
    draft = page(f"<title>一场停车协商会</title><div class='article'><h1>一场停车协商会</h1>{paragraphs}<p>{PROSE[0]}</p></div>")
    assert marked(draft, "caption") == [
        "居民在议事厅商量停车方案。",
        "改造后的立体车库",
        "▲施工队正在安装设备（李四摄）",
        "枫桥社区党群服务中心里，楼组长们在核对停车位登记表",
        "图书角一景",
    ]
    assert draft.text.count("一场停车协商会") == 1
    check_offsets(draft)


def test_what_follows_the_editor_goes() -> None:
    others = "".join(f"<p>{n}号直播间：大家好，今天继续聊行情，指数低开高走，量能不足，注意风险。</p>" for n in range(4))
    html = f"<div><div class='x'><h1>一场停车协商会</h1>{BODY}<p>责任编辑：李红</p><p>校对：赵强</p></div><div>{others}</div></div>"
    draft = page(f"<title>一场停车协商会</title>{html}")
    assert "直播间" not in draft.text
    assert draft.metadata.editors == ("李红", "赵强")


@pytest.mark.parametrize(
    "script", [SCRIPTED, SCRIPTED.replace("\\n", "").replace("<p class='x'>", "&lt;p&gt;").replace("</p>", "&lt;/p&gt;")]
)
def test_a_text_that_stands_in_a_script(script: str) -> None:
    draft = page(script)
    assert [line.strip("\u3000 ") for line in draft.text.split("\n")] == list(PROSE)
    assert draft.metadata.title == "一场停车协商会"
    at = draft.text.index("拨款18万元")
    start, end = draft.offsets.to_source(at, at + 6)
    assert json.loads(f'"{draft.source[start:end]}"') == "拨款18万元"
    check_offsets(draft)


def test_data_in_a_script_is_no_text() -> None:
    rows = json.dumps([{"url": f"http://example.org/{n}", "name": f"第{n}条新闻。标题。"} for n in range(300)], ensure_ascii=False)
    with pytest.raises(EmptySource):
        page(f"<title>列表</title><body><div id='app'></div><script>var data = {json.dumps(rows, ensure_ascii=False)}</script></body>")


def test_frames_say_where_the_text_is() -> None:
    with pytest.raises(EmptySource) as caught:
        page('<html><frameset cols="20%,80%"><frame src="menu.html"><frame src="case/text.html"></frameset></html>')
    assert "case/text.html" in str(caught.value)


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="DISPLAY : none">{}</div>', "<p hidden>{}</p>", '<div style="position:absolute;left:-9999px">{}</div>',
        '<p style="text-indent:-999em">{}</p>', "<noscript>{}</noscript>", "<template>{}</template>", "<!-- {} -->",
    ],
)  # fmt: skip
def test_hidden_text_goes(hidden: str) -> None:
    words = "谁也看不见的一段话，里面有很多字，还有逗号，句号。"
    assert words not in page(PAGE.replace("<h2>难题</h2>", f"<h2>难题</h2>{hidden.format(words)}")).text


def account(body: str, head: str = "", scripts: str = "") -> Draft:
    return page(
        f"""<html><head><title></title>{head}</head><body><div id="js_article"><div class="rich_media_inner">
<div id="js_content" style="visibility: hidden;">{body}</div></div></div><div class="rich_media_tool"><p>阅读 1.2万</p><p>赞 35</p></div>
<script>{scripts}</script></body></html>"""
    )


SECTIONS = "".join(
    f'<section style="margin:8px"><section><span style="font-size:15px">{paragraph}</span></section></section>' for paragraph in PROSE
)


@pytest.mark.parametrize(
    ("scripts", "name", "day"),
    [
        ("var nickname = htmlDecode('枫桥发布'); var ct = '1623200000';", "枫桥发布", "2021-06-09"),
        ("window.cgiData = {nick_name: '枫桥发布', create_time: 1623200000 * 1}", "枫桥发布", "2021-06-09"),
        ('var profile_nickname = "枫桥发布"; var createTime = "2021-06-09 08:30";', "枫桥发布", "2021-06-09"),
        ("d.nick_name = '枫桥发布'; d.ori_create_time = '1623200000'; d.svr_time = '1700000000'", "枫桥发布", "2021-06-09"),
    ],
)
def test_account_and_day_of_a_public_account_from_its_scripts(scripts: str, name: str, day: str) -> None:
    draft = account(SECTIONS, scripts=f"var msg_title = '一场停车协商会'; {scripts}")
    assert [line.strip() for line in draft.text.split("\n")] == list(PROSE)
    assert (draft.metadata.title, draft.metadata.publisher, draft.metadata.published) == ("一场停车协商会", name, day)


def test_headings_of_a_public_account_by_their_look() -> None:
    larger = '<section><span style="font-size: 18px;">钱从哪里来</span></section>'
    bold = '<section><p><strong><span style="font-size:15px">群众怎么看</span></strong></p></section>'
    draft = account(SECTIONS + larger + SECTIONS + bold + f"<p>{PROSE[0]}</p>")
    assert marked(draft, "heading") == ["钱从哪里来", "群众怎么看"]


def test_the_tail_of_a_public_account_goes() -> None:
    tail = "<p>END</p><p>往期推荐</p><section><p>社区食堂为什么亏本</p><p>楼道里的杂物</p></section><p>点个“在看”，转发给更多邻居</p>"
    draft, _ = repair(account(SECTIONS + tail + "<p>长按识别二维码关注我们</p><p>阅读原文</p>"))
    assert draft.text == "\n".join(PROSE)


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(SourceTooLarge) as caught:
        read(RawReport("a.html", b"<p>" + b" " * (1024 * 1024 + 1), "html", "a.html"), Limits(size=1))
    assert "--limit size=" in str(caught.value)


@pytest.mark.parametrize(
    "soup",
    [
        "<a ",
        '<a "',
        "<a 'x",
        "<title>x",
        "<svg>",
        "<textarea>",
        "<div><p>x</b></i></u>",
        "&amp",
        "<!--",
        "<![CDATA[",
        "<table><tr><td>",
        '<p x="',
    ],
)
def test_broken_markup_over_and_over_takes_linear_time(soup: str) -> None:
    html = f"<title>一场停车协商会</title><div>{BODY}</div>" + soup * 30_000
    with contextlib.suppress(UnreadableSource):
        assert PROSE[0] in read(RawReport("a.html", html.encode(), "html", "a.html"), DEFAULT).text


def test_megabytes_of_script_are_passed_over() -> None:
    script = f"<script>{'var a = [1, 2, 3]; // x' * 100_000}</script><style>{'p{color:red}' * 100_000}</style>"
    assert page(script + PAGE).text == page(PAGE).text


PAPER = f"""<html><head><title>江州日报数字报-窗口少了 笑脸多了</title></head><body>
<table><tr><td>江州日报</td><td>2023年12月05日　星期二</td><td><a>版面导航</a> <a>标题导航</a></td></tr></table><div>第03版：民生</div>
<founder-title><p>枫桥镇推行“一窗通办”改革</p><h1>窗口少了 笑脸多了</h1><p>——来自便民服务中心的观察</p></founder-title>
<div id="ozoom"><p>　　本报讯（记者 王 平 通讯员 李红红）{PROSE[0]}</p>{BODY}</div>
<div>江州日报社版权所有，未经书面授权不得转载。</div></body></html>"""


def test_the_page_of_a_newspaper_names_its_day_paper_and_reporters() -> None:
    draft = page(PAPER)
    known = repair(draft)[0].metadata
    assert (known.title, known.publisher, known.published) == ("窗口少了 笑脸多了", "江州日报", "2023-12-05")
    assert known.authors == ("王平", "李红红")
    check_offsets(draft)


def test_the_lines_above_and_below_a_title_are_kept_with_it() -> None:
    assert page(PAPER).text.split("\n")[:3] == ["枫桥镇推行“一窗通办”改革", "窗口少了 笑脸多了", "——来自便民服务中心的观察"]
    called = PAGE.replace("<h1>", '<p class="yinti">枫桥镇推行协商改革</p><h1>')
    assert page(called).text.startswith("枫桥镇推行协商改革\n一场停车协商会")


def test_a_day_above_the_title_of_another_page_is_not_its_own() -> None:
    other = PAPER.replace("数字报-", "-").replace("第03版：民生", "民生频道").replace("江州日报", "江州生活")
    known = repair(page(other))[0].metadata
    assert (known.publisher, known.published) == (None, None)


def test_a_post_in_a_forum_is_not_by_its_floor() -> None:
    posts = "".join(
        f"<div class='post'><div>发表于 2023-5-{day} 22:41:07 | 只看该作者 | {floor}</div><div>{text}</div></div>"
        for day, floor, text in ((6, "楼主", PROSE[0]), (7, "沙发", PROSE[1]), (8, "5#", PROSE[2]))
    )
    draft = repair(page(f"<html><head><title>楼上半夜拖椅子怎么办</title></head><body><h1>楼上半夜拖椅子怎么办</h1>{posts}</body></html>"))[
        0
    ]
    assert (draft.metadata.authors, draft.metadata.publisher, draft.metadata.published) == ((), None, "2023-05-06")
    assert "只看该作者" not in draft.text


def test_a_page_that_is_called_by_its_column_has_the_title_that_its_text_has() -> None:
    page = (
        "<html><head><title>网上信访--白石县信访局</title></head><body><table><tr><td>首页 | 信访须知</td></tr></table>"
        f"<center><font size=5><b>关于在河边步道加装路灯的建议</b></font></center><table><tr><td>{BODY}</td></tr></table></body></html>"
    )
    draft = read(RawReport("a.html", page.encode(), "html", "a.html"), DEFAULT)
    assert (draft.metadata.title, draft.metadata.publisher) == ("关于在河边步道加装路灯的建议", "白石县信访局")
    plain = page.replace("<center><font size=5><b>", "<p>").replace("</b></font></center>", "</p>")
    assert read(RawReport("a.html", plain.encode(), "html", "a.html"), DEFAULT).metadata.title != "关于在河边步道加装路灯的建议"


@pytest.mark.parametrize(
    "line",
    [
        "您的浏览器不支持 audio 标签，请更换浏览器。",
        "当前浏览器版本过低，无法播放视频",
        "请安装 Flash 播放器后观看",
        "手机用户186****0031：我们那里也该装一个",
    ],
)
def test_what_a_browser_shows_instead_and_what_readers_say_goes(line: str) -> None:
    page = PAGE.replace("<h2>难题</h2>", f"<h2>难题</h2><div>{line}</div>").replace("</p><!--", f"</p><p>{line}</p><!--")
    draft, _ = repair(read(RawReport("a.html", page.encode(), "html", "a.html"), DEFAULT))
    assert line not in draft.text
    assert PROSE[0] in draft.text


@pytest.mark.parametrize("called", ["cmt", "pinglun", "article-cmts"])
def test_comments_by_what_their_element_is_called(called: str) -> None:
    more = f"<div class='{called}'><b>网友评论</b> 文明上网，理性发言<p>老李：什么时候轮到我们小区，盼着呢</p></div>"
    page = PAGE.replace('<div class="share">', f'{more}<div class="share">')
    draft, _ = repair(read(RawReport("a.html", page.encode(), "html", "a.html"), DEFAULT))
    assert "老李" not in draft.text
    assert "网友评论" not in draft.text


@pytest.mark.parametrize(
    "line", ["居民的手机版本旧，网页无法显示，社区就派人上门办，一次办成。", "网友评论说，这条路早该修了，修好以后大家都愿意走。"]
)
def test_a_report_that_speaks_of_such_things_keeps_them(line: str) -> None:
    page = PAGE.replace("<h2>难题</h2>", f"<h2>难题</h2><p>{line}</p>")
    draft, _ = repair(read(RawReport("a.html", page.encode(), "html", "a.html"), DEFAULT))
    assert line in draft.text
