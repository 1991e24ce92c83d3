"""Saved pages: the main text with every character leading back into the html."""

from __future__ import annotations

import contextlib
import random

import pytest
from damage import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EmptySource, UnreadableSource
from ingest.draft import Draft, RawReport
from ingest.readers import read
from ingest.readers.html_tree import parse

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
            assert piece.step in ("html", "entity")
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
    data = bytearray(PAGE.encode())
    for _ in range(20):
        mutated = bytearray(data)
        for _ in range(60):
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


def test_recommendations_inside_the_article_go() -> None:
    more = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE[:2])
    html = PAGE.replace('</div>\n<div class="share">', f'<h4>相关阅读</h4>{more}</div>\n<div class="share">')
    assert html != PAGE
    assert page(html).text == page(PAGE).text
