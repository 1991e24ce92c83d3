"""A small, forgiving HTML scanner that keeps the place of every character: lxml's trees have none.

Not a validator: unknown tags are inline, a close tag closes the nearest open element of its name, what can hold no text is skipped.
Time is linear in the page; nothing is nested deeper than `_DEEPEST`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_QUOTED = r"""(?:[^<>"']|"[^"<>]{0,20000}"|'[^'<>]{0,20000}')*+"""
_MARKUP_INSIDE = r"""(?:"[^"]{0,2000}"|'[^']{0,2000}')"""  # a value that holds tags itself: few of them, so that time stays linear
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*+>?"
    rf"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/<>]{{0,40}})(?P<attributes>{_QUOTED}(?:{_MARKUP_INSIDE}{_QUOTED}){{0,6}}+)>"
    r"|<(?P<broken_close>/?)(?P<broken_tag>[a-zA-Z][^\s/<>]{0,40})(?P<broken_attributes>[^<>]{0,4000})>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = frozenset("script style noscript template svg iframe textarea select canvas object video audio math noframes".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY = {
    "p": frozenset(
        "p div section article ul ol dl table h1 h2 h3 h4 h5 h6 blockquote pre form header footer hr figure main aside nav".split()
    ),
    "li": frozenset("li".split()),
    "dt": frozenset("dt dd".split()),
    "dd": frozenset("dt dd".split()),
    "td": frozenset("td th tr".split()),
    "th": frozenset("td th tr".split()),
    "tr": frozenset("tr".split()),
    "option": frozenset("option".split()),
}
_BARRIER = frozenset("table td th body html".split())
BLOCK = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_HIDDEN = re.compile(  # what is `visibility: hidden` a script shows later (public accounts)
    r"display\s*:\s*none|(?:^|;)\s*(?:left|top)\s*:\s*-\d{4,}|(?:^|;)\s*text-indent\s*:\s*-\d{3,}", re.IGNORECASE
)
_HIDES = re.compile(r"hidden|none|:\s*-\d{3}", re.IGNORECASE)
_DEEPEST = 150


@dataclass(slots=True, eq=False)
class Node:
    """An element; `start` and `end` hold its tags. Children are elements and text spans (start, end) of the source, in order."""

    tag: str
    start: int
    parent: Node | None = None
    raw: str = ""
    end: int = 0
    children: list[Node | tuple[int, int]] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """An attribute's value with entities resolved, empty where there is none."""
        for match in _ATTRIBUTE.finditer(self.raw) if name in self.raw.lower() else ():
            if match[1].lower() == name:
                return unescape(match[2] or match[3] or match[4] or "")
        return ""

    def hidden(self) -> bool:
        return bool(_HIDES.search(self.raw)) and (
            bool(_HIDDEN.search(self.attribute("style"))) or bool(re.search(r"(?:^|\s)hidden(?:\s|=|$)", self.raw))
        )

    def value_span(self, name: str) -> tuple[int, int] | None:
        """Where an attribute's value stands in the source, without its quotes."""
        for match in _ATTRIBUTE.finditer(self.raw):
            if match[1].lower() == name and match.lastindex and match.lastindex > 1:
                at = self.start + 1 + len(self.tag)
                return at + match.start(match.lastindex), at + match.end(match.lastindex)
        return None

    def elements(self) -> Iterator[Node]:
        """All elements below, in order of the source."""
        stack = [child for child in reversed(self.children) if isinstance(child, Node)]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Page:
    source: str
    root: Node
    title: tuple[int, int] | None  # the span of <title>'s text
    metas: list[Node]
    scripts: list[tuple[int, int]]


def parse(source: str) -> Page:
    """Build the tree of a page. Never fails: whatever is no tag is text."""
    root = Node("#root", 0)
    page = Page(source, root, None, [], [])
    node, depth, at = root, 0, 0
    position = 0
    unclosed: set[str] = set()
    opened: Counter[str] = Counter()
    while match := _TOKEN.search(source, position):
        if at < match.start():
            node.children.append((at, match.start()))
        at = position = match.end()
        tag = (match["tag"] or match["broken_tag"] or "").lower()
        if not tag:
            continue
        if match["close"] or match["broken_close"]:
            if opened[tag]:
                node, depth = _close(node, depth, tag, match.end(), opened)
            continue
        raw = match["attributes"] if match["tag"] else match["broken_attributes"]
        while node.tag in _CLOSED_BY and tag in _CLOSED_BY[node.tag]:
            node, depth = _close(node, depth, node.tag, match.start(), opened)
        if tag in _RAW or tag == "title":
            at = position = _skip(page, tag, match, node, unclosed)
            continue
        new = Node(tag, match.start(), node, raw or "", match.end())
        if tag == "meta":
            page.metas.append(new)
        node.children.append(new)
        if tag not in _VOID and not (raw or "").endswith("/") and depth < _DEEPEST:
            node, depth = new, depth + 1
            opened[tag] += 1
    if at < len(source):
        node.children.append((at, len(source)))
    while node is not root and node.parent is not None:
        node.end = len(source)
        node = node.parent
    root.end = len(source)
    return page


def _close(node: Node, depth: int, tag: str, end: int, opened: Counter[str]) -> tuple[Node, int]:
    """Close the nearest open `tag`, with everything open inside it; ignore a close tag that has none within its table cell."""
    at, levels = node, 0
    while at.parent is not None and at.tag != tag:
        if at.tag in _BARRIER and tag not in _BARRIER and tag not in ("div", "form", "center"):
            return node, depth
        at, levels = at.parent, levels + 1
    if at.parent is None:
        return node, depth
    while node is not at and node.parent is not None:
        node.end = end
        opened[node.tag] -= 1
        node = node.parent
    at.end = end
    opened[at.tag] -= 1
    return at.parent, depth - levels - 1


def _skip(page: Page, tag: str, match: re.Match[str], node: Node, unclosed: set[str]) -> int:
    """Pass over an element whose content is no markup; returns where scanning goes on.

    One that is never closed is passed over alone (its name goes into `unclosed`), but for scripts and styles, which hide all the rest.
    """
    if (match["attributes"] or "").endswith("/") and tag not in ("script", "style", "title"):
        return match.end()
    close = None if tag in unclosed else re.compile(f"</{re.escape(tag)}[^<>]*>?", re.IGNORECASE).search(page.source, match.end())
    if close is None:
        unclosed.add(tag)
    end = close.start() if close else len(page.source) if tag in ("script", "style") else match.end()
    if tag == "title" and page.title is None and not any(ancestor.tag == "svg" for ancestor in node.ancestors()):
        page.title = (match.end(), end)
    if tag == "script":
        page.scripts.append((match.end(), end))
    return close.end() if close else end
