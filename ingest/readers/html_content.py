"""Where the main text of a page is: by density of text and links, by what classes and ids call themselves, and by being together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.vocabulary import boilerplate
from ingest.readers.html_tree import BLOCK, Node, Page

Span = tuple[int, int]
_AGAINST = re.compile(
    r"(?:^|[\s_\-])(?:nav|navi|navbar|menu|foot|footer|head|header|top|topbar|side|sidebar|aside|right|comment|comments|reply|replies|recommend|recom|related|relate|relevant|share|sharing|crumb|crumbs|"
    r"breadcrumb|copyright|ad|ads|advert|banner|login|hot|rank|toolbar|tool|tools|page|pager|paging|pagination|tags?|links?|friendlink|qrcode|ewm|code|app|download|popup|modal|"
    r"prev|next|position|location|statement|disclaimer|more|list|tips|like|praise|feedback|search|subscribe|follow|author-info|guess|hotnews|extend)(?:$|[\s_\-\d])"
    r"|sidebar|comment|recommend|breadcrumb|footer|copyright|related|sharebox|toolbar|guess_|hotlist|ranklist",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"article|content|main|body|text|detail|post|entry|news|trs_editor|zoom|ucap|txt|story|paragraph|wenzhang|zhengwen|neirong|con(?:$|[\s_\-\d])",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(r"[\w，。；：！？、]")
_COMMA = re.compile("[，。；！？,;]")
_LEAF = frozenset(
    [
        "p",
        "li",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "td",
        "dd",
        "dt",
        "font",
        "strong",
        "b",
        "em",
        "figcaption",
        "summary",
        "center",
    ]
)
_SKIPPED = frozenset(["nav", "footer", "aside", "button", "form"])


@dataclass(slots=True, eq=False)
class Block:
    """A line of the page: text spans of the source between two block borders. `node` is the block element it stands in."""

    node: Node
    runs: list[Span] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # numbers of runs that start a new table cell
    text: str = ""
    size: int = 0
    linked: int = 0
    bold: int = 0

    @property
    def weight(self) -> float:
        """How much a block looks like prose: its clauses and its length, nothing where it is mostly links."""
        if self.size < 12 or self.linked * 5 > self.size * 2:
            return 0.0
        commas = len(_COMMA.findall(self.text))
        return (commas + min(self.size / 40, 8.0)) * (1 - self.linked / self.size) if commas or self.size >= 40 else 0.0


def blocks(page: Page, *, hidden: bool = False) -> list[Block]:
    """All lines of a page, in order; elements that are not displayed are left out unless `hidden`."""
    found: list[Block] = []
    current: Block | None = None

    def start(node: Node) -> Block:
        block = Block(node)
        found.append(block)
        return block

    for event, node, span in _walk(page.root, hidden):
        if event == "border":
            current = None
        elif event == "cell":
            if current is not None and current.runs:
                current.breaks.append(len(current.runs))
        elif span is not None:
            text = page.source[span[0] : span[1]]
            if current is None:
                if text.isspace():
                    continue
                current = start(_block_of(node))
            current.runs.append(span)
            current.text += text
            size = len(_SIGNIFICANT.findall(text))
            current.size += size
            if any(a.tag == "a" for a in _up(node, current.node)):
                current.linked += size
            if any(a.tag in ("b", "strong") or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", a.raw) for a in _up(node, current.node)):
                current.bold += size
    return [block for block in found if block.size]


def _up(node: Node, stop: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        yield at
        if at is stop:
            return
        at = at.parent


def _block_of(node: Node) -> Node:
    while node.parent is not None and node.tag not in BLOCK and node.tag != "td":
        node = node.parent
    return node


def _walk(root: Node, hidden: bool) -> Iterator[tuple[str, Node, Span | None]]:
    stack: list[tuple[str, Node, Span | None]] = [("open", root, None)]
    while stack:
        event, node, span = stack.pop()
        if event != "open":
            yield event, node, span
            continue
        if not hidden and node.hidden():
            continue
        border = "border" if node.tag in BLOCK else "cell" if node.tag in ("td", "th") else ""
        if border:
            yield border, node, None
            stack.append((border, node, None))
        stack.extend(("open", child, None) if isinstance(child, Node) else ("text", node, child) for child in reversed(node.children))


def main_blocks(found: list[Block]) -> list[Block]:
    """The lines of the main text, empty where the page has none (a list of links, an error page)."""
    scores: dict[Node, float] = {}
    totals: dict[Node, float] = {}
    for block in found:
        weight = block.weight * _standing(block.node)
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
        if totals[best] < 0.8 * totals[node] and (node.tag != "body" or totals[best] < 0.5 * totals[node]):
            best = node
    inside = [block for block in found if best is block.node or any(node is best for node in block.node.ancestors())]
    return _kept(inside, best)


def _called(node: Node) -> str:
    return f"{node.attribute('class')} {node.attribute('id')}" if node.raw else ""


def _standing(node: Node) -> float:
    """Less than 1 for lines in parts that call themselves navigation, comments, recommendations and the like."""
    factor = 1.0
    for at in (node, *node.ancestors()):
        if at.tag in ("body", "html", "#root"):
            break
        if at.tag in _SKIPPED and at.tag != "form":
            return 0.0
        called = _called(at)
        if called.strip() and _AGAINST.search(called) and not _FOR.search(called):
            factor *= 0.35
    return factor


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
        called = _called(node)
        against = bool(called.strip()) and bool(_AGAINST.search(called)) and not _FOR.search(called)
        links = linked * 2 > size and (len(members) > 1 or node.tag in ("ul", "ol", "dl", "li", "div"))
        if node.tag in _SKIPPED or links or (against and size * 3 < whole):
            dropped.update(members)
    kept = _before_related([block for n, block in enumerate(inside) if n not in dropped])
    while kept and kept[-1].linked * 2 > kept[-1].size:
        kept.pop()
    return kept


def _before_related(kept: list[Block]) -> list[Block]:
    """Without what stands under a line such as 相关阅读 or 为你推荐, once half of the page's prose is behind it or little is left."""
    words = boilerplate().words.get("related", ())
    whole = sum(block.weight for block in kept)
    before = 0.0
    for n, block in enumerate(kept):
        if block.size <= 12 and n and before * 5 >= whole and re.sub(r"[\W\d_]+", "", block.text) in words:
            return kept[:n]
        before += block.weight
    return kept
