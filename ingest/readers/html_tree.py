"""A small, forgiving HTML scanner that keeps the place of every character: lxml's trees have none.

Not a validator: unknown tags are inline, a close tag closes the nearest open element of its name, what can hold no text is skipped.
Time is linear in the page; nothing is nested deeper than `_DEEPEST`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*+>?"
    r"""|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]{0,40})(?P<attributes>(?:[^>"']|"[^"<>]{0,20000}"|'[^'<>]{0,20000}'|"[^"]{0,2000}"|'[^']{0,2000}')*+)>"""
    r"|<(?P<broken_close>/?)(?P<broken_tag>[a-zA-Z][^\s/>]{0,40})(?P<broken_attributes>[^>]{0,4000})>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "textarea",
        "select",
        "canvas",
        "object",
        "video",
        "audio",
        "math",
        "noframes",
    ]
)
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_CLOSED_BY = {
    "p": frozenset(
        [
            "p",
            "div",
            "section",
            "article",
            "ul",
            "ol",
            "dl",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "form",
            "header",
            "footer",
            "hr",
            "figure",
            "main",
            "aside",
            "nav",
        ]
    ),
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "td": frozenset(["td", "th", "tr"]),
    "th": frozenset(["td", "th", "tr"]),
    "tr": frozenset(["tr"]),
    "option": frozenset(["option"]),
}
_BARRIER = frozenset(["table", "td", "th", "body", "html"])
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)  # what is `visibility: hidden` a script shows later (public accounts)
_DEEPEST = 400


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
        raw = self.raw
        return ("hidden" in raw or "none" in raw) and (
            bool(_HIDDEN.search(self.attribute("style"))) or bool(re.search(r"(?:^|\s)hidden(?:\s|=|$)", raw))
        )

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
    while match := _TOKEN.search(source, position):
        if at < match.start():
            node.children.append((at, match.start()))
        at = position = match.end()
        tag = (match["tag"] or match["broken_tag"] or "").lower()
        if not tag:
            continue
        if match["close"] or match["broken_close"]:
            node, depth = _close(node, depth, tag, match.end())
            continue
        raw = match["attributes"] if match["tag"] else match["broken_attributes"]
        while node.tag in _CLOSED_BY and tag in _CLOSED_BY[node.tag]:
            node, depth = _close(node, depth, node.tag, match.start())
        if tag in _RAW or tag == "title":
            at = position = _skip(page, tag, match, node)
            continue
        new = Node(tag, match.start(), node, raw or "", match.end())
        if tag == "meta":
            page.metas.append(new)
        node.children.append(new)
        if tag not in _VOID and not (raw or "").endswith("/") and depth < _DEEPEST:
            node, depth = new, depth + 1
    if at < len(source):
        node.children.append((at, len(source)))
    while node is not root and node.parent is not None:
        node.end = len(source)
        node = node.parent
    root.end = len(source)
    return page


def _close(node: Node, depth: int, tag: str, end: int) -> tuple[Node, int]:
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
        node = node.parent
    at.end = end
    return at.parent, depth - levels - 1


def _skip(page: Page, tag: str, match: re.Match[str], node: Node) -> int:
    """Pass over an element whose content is no markup; returns where scanning goes on."""
    if (match["attributes"] or "").endswith("/") and tag not in ("script", "style", "title"):
        return match.end()
    close = re.compile(f"</{tag}[^>]*>?", re.IGNORECASE).search(page.source, match.end())
    end = close.start() if close else match.end() if tag == "title" else len(page.source)
    if tag == "title" and page.title is None and not any(ancestor.tag == "svg" for ancestor in node.ancestors()):
        page.title = (match.end(), end)
    if tag == "script":
        page.scripts.append((match.end(), end))
    return close.end() if close else end
