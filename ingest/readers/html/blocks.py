"""The lines of a page: stretches of text between two block borders, table rows as one line each, with what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, pairwise

from ingest.readers.html.tree import BLOCK, Node, Page
from ingest.repair.form import is_label

Span = tuple[int, int]
_SIGNIFICANT = re.compile(r"[\w，。；：！？、]")
_ENTITY = re.compile(r"&#?\w{2,31};")
_COMMA = re.compile("[，。；！？,;]")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_FONT = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d+)?)\s*px")
_CELL = 80  # characters that a cell of a row that becomes one line may have
_NUMBERED = re.compile(r"\s*(?:[(（]?\d{1,2}[.、．)）]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十])")
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*none")
_FONT_DEPTH = 6  # elements above a text in which its font size is looked for


@dataclass(slots=True, eq=False)
class Block:
    """A line of the page: text spans of the source between two block borders. `node` is the block element it stands in.

    `breaks`: what is put before a run (its number) that starts a new table cell; `lead`: the number that a browser shows before a list
    item; `images`: whether a picture stands right before it; `field`: the label of a form's cell that the line starts with.
    """

    node: Node
    runs: list[Span] = field(default_factory=list)
    breaks: dict[int, str] = field(default_factory=dict)
    text: str = ""
    size: int = 0
    linked: int = 0
    bold: int = 0
    font: float = 0.0
    lead: str = ""
    caption: bool = False
    pictured: bool = False
    field: str = ""

    @property
    def weight(self) -> float:
        """How much a block looks like prose: its clauses and its length, nothing where it is mostly links."""
        if self.size < 12 or self.linked * 5 > self.size * 2:
            return 0.0
        commas = len(_COMMA.findall(self.text))
        return (commas + min(self.size / 40, 8.0)) * (1 - self.linked / self.size) if commas or self.size >= 40 else 0.0

    @property
    def start(self) -> int:
        return self.runs[0][0]


def blocks(page: Page, *, hidden: bool = False) -> list[Block]:
    """All lines of a page, in order; elements that are not displayed are left out unless `hidden`."""
    found: list[Block] = []
    current: Block | None = None
    pictured = False
    for event, node, span in _walk(page.root, hidden):
        if event == "border":
            current = None
        elif event == "image":
            pictured = True
        elif event == "cell":
            if current is not None and current.runs:
                current.breaks.setdefault(len(current.runs), " ")
        elif span is not None:
            text = page.source[span[0] : span[1]]
            if current is None:
                if text.isspace():
                    continue
                current = Block(_block_of(node), pictured=pictured)
                found.append(current)
            size = _add(current, node, span, text)
            pictured = pictured and not size
    return _rows(_numbered([block for block in found if block.size]))


def _add(block: Block, node: Node, span: Span, text: str) -> int:
    block.runs.append(span)
    block.text += text
    size = _size(text)
    block.size += size
    inside = list(_up(node, block.node))
    if any(a.tag == "a" for a in inside):
        block.linked += size
    if any(a.tag in ("b", "strong") or ("weight" in a.raw and _BOLD.search(a.raw)) for a in inside):
        block.bold += size
    if size * 2 > block.size:
        block.font = _font(node)
    return size


def _size(text: str) -> int:
    """Letters, characters and signs of a text in which entities still stand (each counts at most one)."""
    return len(_SIGNIFICANT.findall(_ENTITY.sub(_resolved, text) if "&" in text else text))


def _resolved(entity: re.Match[str]) -> str:
    return unescape(entity[0])[:1]


def _font(node: Node) -> float:
    """Font size in pixels as the nearest element's style says, 0 where none does."""
    at: Node | None = node
    for _ in range(_FONT_DEPTH):
        if at is None:
            break
        if "font-size" in at.raw and (match := _FONT.search(at.raw)):
            return float(match[1])
        at = at.parent
    return 0.0


def _up(node: Node, stop: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        yield at
        if at is stop:
            return
        at = at.parent


def _block_of(node: Node) -> Node:
    while node.parent is not None and node.tag not in BLOCK and node.tag not in ("td", "th"):
        node = node.parent
    return node


def _walk(root: Node, hidden: bool) -> Iterator[tuple[str, Node, Span | None]]:
    stack: list[tuple[str, Node, Span | None]] = [("open", root, None)]
    while stack:
        event, node, span = stack.pop()
        if event != "open":
            yield event, node, span
            continue
        if node.tag == "img":
            yield "image", node, None
        if not hidden and node.hidden():
            continue
        border = "border" if node.tag in BLOCK else "cell" if node.tag in ("td", "th") else ""
        if border:
            yield border, node, None
            stack.append((border, node, None))
        stack.extend(("open", child, None) if isinstance(child, Node) else ("text", node, child) for child in reversed(node.children))


def _numbered(found: list[Block]) -> list[Block]:
    """Give the items of numbered lists the number that a browser shows, where they do not carry one themselves."""
    counts: dict[Node, int] = {}
    seen: set[Node] = set()
    for block in found:
        item = next((node for node in (block.node, *islice(block.node.ancestors(), 3)) if node.tag == "li"), None)
        if item is None or item in seen or item.parent is None or item.parent.tag != "ol":
            continue
        seen.add(item)
        counts[item.parent] = counts.get(item.parent, 0) + 1
        styled = _UNNUMBERED.search(item.raw) or _UNNUMBERED.search(item.parent.raw)
        if not styled and not _NUMBERED.match(block.text):
            block.lead = f"{counts[item.parent]}. "
    return found


def _rows(found: list[Block]) -> list[Block]:
    """Join the cells of a table's row to one line, a form's label with its value to `label：value`; cells of several lines stay apart."""
    out: list[Block] = []
    at = 0
    while at < len(found):
        row = _near(found[at].node, "tr")
        end = at + 1
        if row is not None:
            while end < len(found) and _near(found[end].node, "tr") is row:
                end += 1
            out += _row(found[at:end], row)
        else:
            out.append(found[at])
        at = end
    return out


def _near(node: Node, tag: str) -> Node | None:
    """The nearest `tag` around, not beyond the table that the node is in."""
    at: Node | None = node
    while at is not None and at.tag != tag:
        if at.tag == "table":
            return None
        at = at.parent
    return at


def _row(members: list[Block], row: Node) -> list[Block]:
    if len(members) == 1 and members[0].breaks:
        return _fields(_cells(members[0]), row)
    cells = [_near(block.node, "td") or _near(block.node, "th") for block in members]
    if len(members) < 2 or len(set(cells)) < len(cells) or any(block.size > _CELL or block.breaks for block in members):
        return members
    return _fields(members, row)


def _cells(line: Block) -> list[Block]:
    """The cells of a row that already is one line."""
    borders = [0, *sorted(line.breaks), len(line.runs)]
    out = []
    for low, high in pairwise(borders):
        cell = Block(line.node, line.runs[low:high], {}, "", pictured=line.pictured)
        out.append(cell)
    source = iter(line.text)
    for cell in out:
        cell.text = "".join(next(source) for start, end in cell.runs for _ in range(end - start))
        cell.size = _size(cell.text)
        cell.linked = cell.size if line.linked * 2 > line.size else 0
        cell.bold = cell.size if line.bold * 2 > line.size else 0
        cell.font = line.font
    return [cell for cell in out if cell.size]


def _fields(cells: list[Block], row: Node) -> list[Block]:
    """One line for a row, or one for each pair of label and value."""
    out: list[Block] = []
    at = 0
    plain: list[Block] = []
    while at < len(cells):
        words = re.sub(r"\s+", "", cells[at].text)
        if is_label(words) and at + 1 < len(cells) and not is_label(cells[at + 1].text):
            pair = _joined(cells[at : at + 2], row, "" if words.endswith(("：", ":")) else "：")
            pair.field = words.rstrip("：:")
            out.append(pair)
            at += 2
            continue
        plain.append(cells[at])
        at += 1
    return [_joined(plain, row, " "), *out] if plain else out


def _joined(cells: list[Block], row: Node, between: str) -> Block:
    line = Block(row, pictured=cells[0].pictured, font=cells[0].font)
    for cell in cells:
        if line.runs and between:
            line.breaks[len(line.runs)] = between
        line.runs += cell.runs
        line.text += cell.text
        line.size += cell.size
        line.linked += cell.linked
        line.bold += cell.bold
    return line
