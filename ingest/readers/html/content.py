"""Where the main text of a page is: by density of text and links, by what classes and ids call themselves, and by being together."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from corpus.vocabulary import boilerplate
from ingest.readers.html.blocks import Block
from ingest.readers.html.tree import Node
from ingest.repair.byline import byline

_AGAINST = re.compile(
    r"(?:^|[\s_\-])(?:nav|navi|navbar|menu|foot|footer|head|header|top|topbar|side|sidebar|aside|right|comment|comments|reply|replies|recommend|recom|related|relate|relevant|share|sharing|crumb|crumbs|"
    r"breadcrumb|copyright|ad|ads|advert|banner|login|hot|rank|toolbar|tool|tools|page|pager|paging|pagination|tags?|links?|friendlink|qrcode|ewm|code|app|download|popup|modal|"
    r"prev|next|position|location|statement|disclaimer|more|list|tips|like|praise|feedback|search|subscribe|follow|author-info|guess|hotnews|extend)(?:$|[\s_\-\d])"
    r"|sidebar|comment|(?:^|[\s_\-])(?:cmt|cmts|pinglun|liuyan|plq?|msgboard)(?:$|[\s_\-\d])|recommend|breadcrumb|footer|copyright|related|sharebox|toolbar|guess_|hotlist|ranklist",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"article|content|main|body|text|detail|post|entry|news|trs_editor|zoom|ucap|txt|story|paragraph|wenzhang|zhengwen|neirong|con(?:$|[\s_\-\d])",
    re.IGNORECASE,
)
_LEAF = frozenset("p li span h1 h2 h3 h4 h5 h6 blockquote pre td th tr dd dt font strong b em figcaption summary center".split())
_END = re.compile(
    r"\s*[（(\[【〔]?\s*(?:(?:责任|网络|网站|值班|本期|执行)编辑|责编|本文(?:来源|编辑)|特别声明|免责声明|版权声明|阅读下一篇|-*\s*(?:the\s)?end\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"article|zhengwen|trs_|ucap-?content|(?:^|\s)(?:zoom|detail|wenzhang)(?:$|\s)|(?:news|detail|text)[\-_]?(?:content|con|body|text)",
    re.IGNORECASE,
)
_ENOUGH = 8.0  # weight of an article (about three paragraphs) from which a line that closes one counts
_SKIPPED = frozenset(["nav", "footer", "aside", "button", "form"])


def main_blocks(found: list[Block]) -> list[Block]:
    """The lines of the main text, empty where the page has none (a list of links, an error page)."""
    found = _of_account(found)
    scores: dict[Node, float] = {}
    totals: dict[Node, float] = {}
    standing: dict[Node, float] = {}
    ended: set[Node] = set()
    for block in found:
        weight = block.weight * _standing(block.node, standing)
        if _is_end(block):
            ended.update(node for node in (block.node, *block.node.ancestors()) if totals.get(node, 0.0) > _ENOUGH)
        if weight <= 0:
            continue
        home = block.node.parent if block.node.tag in _LEAF and block.node.parent else block.node
        share = 1.0
        for node in (home, *home.ancestors()):
            totals[node] = totals.get(node, 0.0) + weight
            if share > 0.1:
                scores[node] = scores.get(node, 0.0) + weight * share
                share *= 0.6
    if not scores:
        return []
    best = max(scores, key=lambda node: scores[node] * (1.2 if _FOR.search(_called(node)) else 1.0))
    for node in best.ancestors():
        if node.tag in ("#root", "html"):
            break
        if best not in ended and totals[best] < 0.8 * totals[node] and (node.tag != "body" or totals[best] < 0.5 * totals[node]):
            best = node
    best = _whole(best, found)
    inside = [block for block in found if best is block.node or any(node is best for node in block.node.ancestors())]
    return _kept(inside, best)


def _whole(best: Node, found: list[Block]) -> Node:
    """The element around the main part that calls itself the article, where what it adds (a form's table, a list) is little text."""
    for node in islice(best.ancestors(), 3):
        if node.tag in ("body", "html", "#root", "td"):
            break
        if node.tag == "article" or _ARTICLE.search(_called(node)):
            size = linked = held = 0
            for block in found:
                up = [block.node, *block.node.ancestors()]
                if best in up:
                    held += block.size
                elif node in up:
                    size, linked = size + block.size, linked + block.linked
            if size <= held and linked * 4 <= size:
                return node
    return best


def _of_account(found: list[Block]) -> list[Block]:
    """The lines inside the content element of a 微信公众号 page; all lines of any other page."""
    known: dict[Node, bool] = {}
    inside = [block for block in found if _in_account(block.node, known)]
    return inside or found


def _in_account(node: Node, known: dict[Node, bool]) -> bool:
    path = []
    at: Node | None = node
    while at is not None and at not in known:
        path.append(at)
        at = at.parent
    within = at is not None and known[at]
    for at in reversed(path):
        within = within or ("js_content" in at.raw and at.attribute("id") == "js_content")
        known[at] = within
    return within


def _called(node: Node) -> str:
    return f"{node.attribute('class')} {node.attribute('id')}" if node.raw else ""


def _standing(node: Node, known: dict[Node, float]) -> float:
    """Less than 1 for lines in parts that call themselves navigation, comments, recommendations and the like.

    `known` keeps the answers, so that a deep page is walked once.
    """
    path = []
    at: Node | None = node
    while at is not None and at not in known and at.tag not in ("body", "html", "#root"):
        path.append(at)
        at = at.parent
    factor = known.get(at, 1.0) if at is not None else 1.0
    for at in reversed(path):
        if at.tag in _SKIPPED and at.tag != "form":
            factor = 0.0
        elif _against(at):
            factor *= 0.35
        known[at] = factor
    return factor


def _against(node: Node) -> bool:
    called = _called(node)
    return bool(called.strip()) and bool(_AGAINST.search(called)) and not _FOR.search(called)


def _is_byline(block: Block) -> bool:
    return block.size <= 60 and byline(unescape(block.text).strip()) is not None


def _is_end(block: Block) -> bool:
    """Whether a line closes an article: 责任编辑, 本文来源, 阅读下一篇, END."""
    return block.size <= 40 and bool(_END.match(block.text))


def _kept(inside: list[Block], best: Node) -> list[Block]:
    """Without lists of links and parts that call themselves something else, as long as they hold little prose."""
    dropped: set[int] = set()
    groups: dict[Node, list[int]] = {}
    for n, block in enumerate(inside):
        for node in (block.node, *block.node.ancestors()):
            if node is best:
                break
            groups.setdefault(node, []).append(n)
    whole = sum(block.size for block in inside)
    for node, members in groups.items():
        size = sum(inside[n].size for n in members)
        linked = sum(inside[n].linked for n in members)
        links = linked * 2 > size and (len(members) > 1 or node.tag in ("ul", "ol", "dl", "li", "div", "table", "tbody", "tr"))
        if node.tag in _SKIPPED or links or (size * 3 < whole and _against(node)):
            dropped.update(members)
    kept = _before_related([block for n, block in enumerate(inside) if n not in dropped])
    while kept and kept[-1].linked * 2 > kept[-1].size:
        kept.pop()
    return kept


def _before_related(kept: list[Block]) -> list[Block]:
    """Without what stands under a line such as 相关阅读, once a part of the page's prose is behind it, or that closes it, once half is."""
    words = boilerplate().words.get("related", ())
    whole = sum(block.weight for block in kept)
    before = 0.0
    for n, block in enumerate(kept):
        if n and before * 5 >= whole and block.size <= 12 and re.sub(r"[\W\d_]+", "", block.text) in words:
            return kept[:n]
        if n and before * 2 >= whole and _is_end(block):
            end = next((m for m in range(n + 1, len(kept)) if not (_is_end(kept[m]) or _is_byline(kept[m]))), len(kept))
            return kept[:end]
        before += block.weight
    return kept
