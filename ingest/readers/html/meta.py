"""Title, author, source, date and address of a page: from its meta elements, its headings, and the line under the title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from itertools import islice

from corpus.model import Metadata
from corpus.vocabulary import surnames
from ingest.dates import iso_date
from ingest.readers.html.blocks import Block
from ingest.readers.html.tree import Page
from ingest.repair.byline import Byline, byline, joined
from ingest.repair.byline_names import names

_AUTHOR = ("author", "article:author", "og:article:author", "byline", "weibo: article:author")
_SOURCE = ("source", "contentsource", "article:source", "og:site_name", "mediaid", "sitename")
_DATE = (
    "pubdate", "publishdate", "article:published_time", "og:release_date", "og:published_time", "datepublished", "dateupdate",
    "date", "dc.date", "publish_time", "weibo: article:create_at", "og:time", "apub:time",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s*(?:_|\||｜|丨|--+|——|\s[-–—]\s|-(?=[^-]{2,14}$)|\s{2,})\s*")
_SCRIPTED = re.compile(
    r"""\b(?:ct|createTime|create_time|ori_create_time|oriCreateTime|publish_time|publishTime|pubtime|pubDate)["']?\s*[=:]\s*"""
    r"""(?:[a-zA-Z.]+\(\s*)?["']?(?:(1[0-9]{9})(?:[0-9]{3})?(?![0-9])|(20\d\d-\d\d?-\d\d?))"""
)
_ACCOUNT = re.compile(r"""\b(?:profile_nickname|nick_?name)["']?\s*[=:]\s*(?:[a-zA-Z.]+\(\s*)?["']([^"'\n]{2,30})["']""")
_HEADLINE = re.compile(r"""\bmsg_title["']?\s*[=:]\s*(?:[a-zA-Z.]+\(\s*)?["']([^"'\n]{4,90})["']""")
_PUBLIC = re.compile("mp\\.weixin\\.qq\\.com|rich_media_|id=[\"']?js_content")
_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,5}$")
_NEAR = 25
_PAPER = re.compile(
    r"(?P<paper>[\u4e00-\u9fff]{2,10}?(?:日报|晚报|早报|晨报|时报|都市报|商报|快报|导报|周报|农民报|法治报|法制报|报))(?:社)?(?:数字报|电子报|电子版|数字版)?"
)
_DIGITAL = re.compile("数字报|电子报|电子版|数字版")
_DAY_OF_ISSUE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]")
_SHEET = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版|^[A-Z]?\d{2}[：:]")
_PARTS_OF_TITLE = re.compile(r"title|biaoti|(?:^|[\s_\-])bt(?:$|[\s_\-\d])", re.IGNORECASE)
_SUBTITLE = re.compile("yinti|futi|jianti|fubiaoti|sub-?title|intro-?title|pre-?title|kicker", re.IGNORECASE)
_OFFICIAL = re.compile("(?:[\u4e00-\u9fff]{2,20})?关于.{4,50}的(?:建议|提案|报告|通知|通报|意见|决定|答复|公告|通告|方案|说明|函)")
_OF_SITE = re.compile("[\u4e00-\u9fff]{2,20}(?:人民政府|[委局厅办]|政府网|门户网站|新闻网|人民网|[日晚晨]报社?|融媒体中心)")
_LINE_OF_TITLE = 40
_WORDS = re.compile(r"[\s_|｜丨\-—·:：]+")


def title_block(page: Page, everything: list[Block], main: list[Block]) -> Block | None:
    """The line of the page that is its title: a heading before or at the head of the main text that the <title> repeats."""
    wanted = _key(_page_title(page))
    first = everything.index(main[0])
    best: tuple[float, int] | None = None
    for n, block in enumerate(everything[: first + 4]):
        key = _key(_text(block))
        if not 4 <= len(key) <= 80 or block.linked * 2 > block.size:
            continue
        score = 0.0
        if wanted and (key in wanted or (len(wanted) >= 8 and wanted in key)):
            score = 2 + min(len(key) / max(1, len(wanted)), 1.0)
        tags = {block.node.tag, *(node.tag for node in list(block.node.ancestors())[:2])}
        if "h1" in tags:
            score += 1.5
        elif tags & {"h2", "h3"}:
            score += 0.5
        if re.search("title|bt|biaoti", f"{block.node.attribute('class')} {block.node.attribute('id')}", re.IGNORECASE):
            score += 0.5
        if score >= 1.5 and (best is None or score > best[0]):
            best = (score, n)
    return everything[best[1]] if best else _official(everything[: first + 2])


def _official(head: list[Block]) -> Block | None:
    """The line that is the title of an official text by its words and its look, on a page that is called by its column (人民建议征集)."""
    for block in head:
        if _OFFICIAL.fullmatch(_key(_text(block))) and not block.linked and (block.bold * 10 >= block.size * 9 or _set_apart(block)):
            return block
    return None


def _set_apart(block: Block) -> bool:
    return any(node.tag in ("center", "font", "h2", "h3", "h4") for node in (block.node, *islice(block.node.ancestors(), 3)))


def titled(everything: list[Block], main: list[Block], heading: Block | None) -> list[Block]:
    """The lines beside the title that belong to it, 引题 above and 副题 below: with it in an element that is the title's, or called so."""
    if heading is None:
        return []
    at = everything.index(heading)
    found = []
    for n in (at - 1, at + 1):
        block = everything[n] if 0 <= n < len(everything) else None
        if block is None or block in main or block.linked or not 4 <= block.size <= _LINE_OF_TITLE or byline(_text(block)):
            continue
        shared = next((node for node in block.node.ancestors() if node is heading.node.parent), None)
        named = shared is not None and _PARTS_OF_TITLE.search(f"{shared.tag} {shared.attribute('class')} {shared.attribute('id')}")
        up = [block.node, *islice(block.node.ancestors(), 1)]
        called = any(_SUBTITLE.search(f"{node.tag} {node.attribute('class')} {node.attribute('id')}") for node in up)
        if called or named or (n > at and re.match("——|--", _text(block))):
            found.append(block)
    return found


def _issue(page: Page, above: list[Block]) -> Byline:
    """The paper and its day, as the head of a newspaper's page names them above the article."""
    whole = _SPACE.sub(" ", unescape(page.source[page.title[0] : page.title[1]])) if page.title else ""
    if not (_DIGITAL.search(whole) or any(_SHEET.search(_text(block)) for block in above if block.size <= _LINE_OF_TITLE)):
        return Byline()
    paper = day = None
    for block in above:
        text = _text(block)
        if len(text) > 80 or not (match := _DAY_OF_ISSUE.search(text)):
            continue
        if _WEEKDAY.search(text) or _PAPER.match(text) or _SHEET.search(text):
            day = day or iso_date(match[0])
    for text in (whole, *(_text(block) for block in above)):
        for word in _WORDS.split(text):
            if paper is None and (match := _PAPER.fullmatch(word)):
                paper = match["paper"]
    return Byline(publisher=paper, published=day) if day or _DIGITAL.search(whole) else Byline()


def metadata(page: Page, everything: list[Block], main: list[Block], heading: Block | None) -> Metadata:
    """What the page says about itself."""
    told = Byline()
    first = everything.index(main[0])
    last = everything.index(main[-1])
    start = everything.index(heading) if heading else max(0, first - _NEAR)
    account = _account(page)
    near = [*everything[start : max(start, first) + 6], *everything[max(0, last - 2) : last + 9]]
    for block in near:
        if block.size <= 120 and (found := _under_title(_text(block), account) or byline(_text(block))):
            told = joined(told, found)
    metas = {
        (node.attribute("name") or node.attribute("property") or node.attribute("itemprop")).lower(): node.attribute("content").strip()
        for node in page.metas
    }
    author = next((metas[name] for name in _AUTHOR if metas.get(name)), "")
    linked = _linked_data(page)
    published = (
        told.published
        or next((date for name in _DATE if (date := iso_date(metas.get(name, "")))), None)
        or iso_date(linked.get("date", ""))
        or _scripted_date(page)
    )
    issue = _issue(page, everything[: everything.index(heading) if heading else first])
    title = _text(heading) if heading else _page_title(page)
    return Metadata(
        title=title,
        authors=told.authors or _person(author),
        editors=told.editors,
        publisher=account or told.publisher or issue.publisher or _site(metas) or _behind_title(page),
        published=published or issue.published or _near_date(near),
        url=_address(page, metas),
    )


def _under_title(line: str, account: str | None) -> Byline | None:
    """The line of a public account's page that names author, account and day side by side: `原创 王小明 枫桥发布 2023年5月6日 10:20`."""
    if not account or account not in line:
        return None
    before, _, after = line.partition(account)
    who = before.removeprefix("原创").strip()
    if not (date := iso_date(after)) or (who and not _NAME.match(who)):
        return None
    return Byline(authors=names(who), publisher=account, published=date)


def _near_date(near: list[Block]) -> str | None:
    """A date that stands alone, or nearly, beside the title."""
    for block in near:
        text = _text(block)
        if len(text) <= 40 and not re.search("[，。；]", text) and (date := iso_date(text)) and len(date) == 10:
            return date
    return None


def _person(author: str) -> tuple[str, ...]:
    """The author element, if it holds a person's name and not the site's."""
    known = surnames()
    is_name = _NAME.match(author) and (author[0] in known.single or author[:2] in known.compound) and not re.search("[报网社台]$", author)
    return names(author) if is_name else ()


def _scripted_date(page: Page) -> str | None:
    """The date that a script writes into the page, as public accounts have it (`var ct = "1581480000"`)."""
    for start, end in page.scripts:
        if match := _SCRIPTED.search(page.source, start, end):
            return iso_date(match[2]) if match[2] else _day(int(match[1]))
    return None


def _day(seconds: int) -> str:
    """The day in China at a Unix time."""
    return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).date().isoformat()


def _site(metas: dict[str, str]) -> str | None:
    for name in _SOURCE:
        if 2 <= len(metas.get(name, "")) <= 24:
            return metas[name]
    return None


def _behind_title(page: Page) -> str | None:
    """The office or the site that the <title> names at its end: 人民建议征集--某某区信访局."""
    whole = _SPACE.sub(" ", unescape(page.source[page.title[0] : page.title[1]])).strip() if page.title else ""
    parts = [part for part in _SEPARATOR.split(whole) if part]
    return parts[-1] if len(parts) > 1 and _OF_SITE.fullmatch(parts[-1]) else None


def _account(page: Page) -> str | None:
    """The public account that a saved 微信公众号 page names: in an element, or in a script."""
    if not _PUBLIC.search(page.source):
        return None
    for node in page.root.elements():
        if ("js_name" in node.raw and node.attribute("id") == "js_name") or "profile_nickname" in node.raw:
            spans = [child for child in node.children if isinstance(child, tuple)]
            if name := _SPACE.sub(" ", unescape("".join(page.source[start:end] for start, end in spans))).strip():
                return name
    return _in_scripts(page, _ACCOUNT)


def _in_scripts(page: Page, wanted: re.Pattern[str]) -> str | None:
    found = (wanted.search(page.source, start, end) for start, end in page.scripts)
    return next((unescape(match[1]).strip() for match in found if match), None)


def _address(page: Page, metas: dict[str, str]) -> str | None:
    if (metas.get("og:url") or "").startswith("http"):
        return metas["og:url"]
    for node in page.root.elements():
        if node.tag == "link" and node.attribute("rel").lower() == "canonical" and node.attribute("href").startswith("http"):
            return node.attribute("href")
    return None


def _linked_data(page: Page) -> dict[str, str]:
    """Date of publication in a JSON-LD block."""
    for start, end in page.scripts:
        text = page.source[start:end]
        if "datePublished" not in text and "pubDate" not in text:
            continue
        try:
            rows = list(_objects(json.loads(text)))
        except (json.JSONDecodeError, RecursionError):
            continue
        for row in rows:
            date = row.get("datePublished") or row.get("pubDate")
            if isinstance(date, str):
                return {"date": date}
    return {}


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _page_title(page: Page) -> str:
    """The <title> (or og:title where the <title> repeats it) without the site's name behind it."""
    text = _SPACE.sub(" ", unescape(page.source[page.title[0] : page.title[1]])).strip() if page.title else ""
    for node in page.metas:
        if (node.attribute("property") or node.attribute("name")).lower() in ("og:title", "articletitle", "twitter:title"):
            shared = node.attribute("content").strip()
            if shared and (not text or _key(shared) in _key(text)):
                return shared
    if not text:
        return (_in_scripts(page, _HEADLINE) or "") if _PUBLIC.search(page.source) else ""
    parts = [part for part in _SEPARATOR.split(text) if part]
    parts = [part for part in parts if not _PAPER.fullmatch(part)] or parts
    return parts[0] if parts and len(_key(parts[0])) >= 6 else text if len(parts) < 2 else max(parts[:2], key=len)


def _text(block: Block) -> str:
    return _SPACE.sub(" ", unescape(block.text)).strip()


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
