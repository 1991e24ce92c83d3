"""Saved web pages: the decoded file is the source text, and every character of the main text leads back into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from corpus.errors import DamagedSource, EmptySource
from corpus.offsets import Edit
from ingest.draft import Draft, Mark, RawReport
from ingest.limits import Limits
from ingest.readers.encoding import decode
from ingest.readers.html.blocks import Block, blocks
from ingest.readers.html.captions import described, find_captions
from ingest.readers.html.content import main_blocks
from ingest.readers.html.meta import metadata, title_block, titled
from ingest.readers.html.script import embedded
from ingest.readers.html.tree import Page, parse
from ingest.repair.byline import byline

STEP = "html"
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w\-]{2,20})|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w\-]{2,20})""", re.IGNORECASE
)
_CHANGED = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*|  +")
_HAN_SIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_LEVEL = re.compile(r"h([1-6])")
_HEADING = 40
_SENTENCE_END = re.compile("[。！；，：:]$")
_LARGER = 1.1  # times the size of the text from which a short line is a heading
_LITTLE = 150  # characters below which a page's text may stand in a script


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises EmptySource where a page has no main text, UnknownEncoding, DamagedSource, SourceTooLarge."""
    limits.check("size", len(raw.data) / 1024 / 1024, raw.where)
    declares = _CHARSET.search(raw.data[:4096])
    declared = (declares[1] or declares[2]).decode("ascii") if declares else None
    source = decode(raw.data, where=raw.where, declared=declared)
    if "<" not in source:
        raise DamagedSource("不是网页（没有标签）", where=raw.where, remedy="如果是纯文本，请把扩展名改为 .txt")
    draft = Draft.of(source)
    page = parse(source)
    everything, main = _main(page)
    shown = page
    if sum(block.size for block in main) < _LITTLE and (scripted := embedded(page, draft)) is not None:
        inner = parse(scripted.text)
        told, lines = _main(inner)
        if sum(block.size for block in lines) > 3 * sum(block.size for block in main):
            draft, shown, everything, main = scripted, inner, told, lines
    if not main:
        raise _nothing(page, raw.where)
    heading = title_block(page, everything, main)
    known = metadata(page, everything, main, heading)
    chosen = ([heading] if heading and heading not in main else []) + titled(everything, main, heading) + main
    body = _body_font(main)
    find_captions([block for block in chosen if block is not heading], body)
    chosen = sorted([*chosen, *described(shown, chosen, known.title)], key=lambda block: block.start)
    edited = replace(draft.edit(_edits(draft.text, chosen)), metadata=known)
    return replace(edited, marks=tuple(_marks(edited, chosen, heading, body)))


def _main(page: Page) -> tuple[list[Block], list[Block]]:
    """All lines of a page and those of its main text."""
    everything = blocks(page)
    main = main_blocks(everything)
    if not main:  # some pages show their text by a script
        everything = blocks(page, hidden=True)
        main = main_blocks(everything)
    return everything, main


def _nothing(page: Page, where: str) -> EmptySource:
    frames = [node.attribute("src") for node in page.root.elements() if node.tag == "frame" and node.attribute("src")]
    if frames:
        return EmptySource(
            f"网页由框架组成，正文在另外的文件里（{frames[-1][:60]}）", where=where, remedy="请打开框架里的文章页，单独保存后导入"
        )
    return EmptySource("网页里没有找到正文", where=where, remedy="请保存文章页而不是列表页，或把正文另存为 txt")


def _body_font(main: Sequence[Block]) -> float:
    """The font size of most of the text, 0 where no style says."""
    sizes: Counter[float] = Counter()
    for block in main:
        sizes[block.font] += block.size
    return max(sizes, key=lambda size: (sizes[size], -size))


def _edits(source: str, chosen: Sequence[Block]) -> list[Edit]:
    """Delete what lies between the chosen lines' text, resolve entities, and make white space what a browser makes of it."""
    edits: list[Edit] = []
    at = 0
    for number, block in enumerate(chosen):
        for n, (start, end) in enumerate(block.runs):
            new = ("\n" if number else "") + block.lead if n == 0 else block.breaks.get(n, "")
            if at < start or new:
                edits.append(Edit(at, start, new, STEP))
            edits += _inside(source, start, end)
            at = end
    if at < len(source):
        edits.append(Edit(at, len(source), "", STEP))
    return edits


def _inside(source: str, start: int, end: int) -> list[Edit]:
    edits = []
    for match in _CHANGED.finditer(source, start, end):
        if match[0].startswith("&"):
            new = unescape(match[0])
            if new != match[0]:
                edits.append(
                    Edit(match.start(), match.end(), "" if new in "\u200b\ufeff" else new.replace("\n", " ").replace("\r", " "), "entity")
                )
            continue
        sides = source[match.start() - 1 : match.start()], source[match.end() : match.end() + 1]
        broken = "\n" in match[0] and all(_HAN_SIDE.match(side) for side in sides)
        edits.append(Edit(match.start(), match.end(), "" if broken else " ", STEP))
    return edits


def _marks(draft: Draft, chosen: Sequence[Block], heading: Block | None, body: float) -> list[Mark]:
    """Headings: h1 to h6, and short lines that are bold throughout or larger than the text; captions; fields of forms.

    The lines of the text are the chosen blocks, one for one.
    """
    marks = []
    at = 0
    for block, line in zip(chosen, draft.text.split("\n"), strict=True):
        end = at + len(line)
        level = next((found for node in (block.node, block.node.parent) if node and (found := _LEVEL.fullmatch(node.tag))), None)
        if block is heading:
            marks.append(Mark("title", at, end))
        elif block.field:
            marks.append(Mark("field", at, end, block.field))
        elif block.caption:
            marks.append(Mark("caption", at, end))
        elif level and block.size <= _HEADING:
            marks.append(Mark("heading", at, end, level[1]))
        elif _looks_like_heading(block, line.strip(), body):
            marks.append(Mark("heading", at, end, "6"))
        at = end + 1
    return marks


def _looks_like_heading(block: Block, line: str, body: float) -> bool:
    marked = block.bold * 10 >= block.size * 9 or (block.font >= body * _LARGER > 0)
    return marked and not block.lead and 2 <= block.size <= _HEADING and not _SENTENCE_END.search(line) and not byline(line)
