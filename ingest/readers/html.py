"""Saved web pages: the decoded file is the source text, and every character of the main text leads back into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from corpus.errors import DamagedSource, EmptySource
from corpus.offsets import Edit
from ingest.draft import Draft, Mark, RawReport
from ingest.limits import Limits
from ingest.readers.encoding import decode
from ingest.readers.html_content import Block, blocks, main_blocks
from ingest.readers.html_meta import metadata, title_block
from ingest.readers.html_tree import parse

STEP = "html"
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w\-]{2,20})|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w\-]{2,20})""", re.IGNORECASE
)
_CHANGED = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*|  +")
_HAN_SIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_LEVEL = re.compile(r"h([1-6])")
_HEADING = 40


def read(raw: RawReport, limits: Limits) -> Draft:
    """Raises EmptySource where a page has no main text, UnknownEncoding, DamagedSource."""
    found = _CHARSET.search(raw.data[:4096])
    declared = (found[1] or found[2]).decode("ascii") if found else None
    source = decode(raw.data, where=raw.where, declared=declared)
    if "<" not in source:
        raise DamagedSource("不是网页（没有标签）", where=raw.where, remedy="如果是纯文本，请把扩展名改为 .txt")
    page = parse(source)
    everything = blocks(page)
    main = main_blocks(everything)
    if not main:  # some pages show their text by a script
        everything = blocks(page, hidden=True)
        main = main_blocks(everything)
    if not main:
        raise EmptySource("网页里没有找到正文", where=raw.where, remedy="请保存文章页而不是列表页，或把正文另存为 txt")
    heading = title_block(page, everything, main)
    chosen = ([heading] if heading and heading not in main else []) + main
    draft = Draft.of(source)
    edits = _edits(source, chosen)
    edited = replace(draft.edit(edits), metadata=metadata(page, everything, main, heading))
    return replace(edited, marks=tuple(_marks(edited, chosen, heading)))


def _edits(source: str, chosen: Sequence[Block]) -> list[Edit]:
    """Delete what lies between the chosen lines' text, resolve entities, and make white space what a browser makes of it."""
    edits: list[Edit] = []
    at = 0
    for number, block in enumerate(chosen):
        for n, (start, end) in enumerate(block.runs):
            new = "\n" if n == 0 and number else " " if n in block.breaks else ""
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


def _marks(draft: Draft, chosen: Sequence[Block], heading: Block | None) -> list[Mark]:
    """Headings: h1 to h6, and short lines that are bold throughout. The lines of the text are the chosen blocks, one for one."""
    marks = []
    at = 0
    for block, line in zip(chosen, draft.text.split("\n"), strict=True):
        end = at + len(line)
        level = _LEVEL.fullmatch(block.node.tag)
        if block is heading:
            marks.append(Mark("title", at, end))
        elif level and block.size <= _HEADING:
            marks.append(Mark("heading", at, end, level[1]))
        elif block.bold * 10 >= block.size * 9 and 2 <= block.size <= _HEADING and not re.search("[。！；，：:]$", line.strip()):
            marks.append(Mark("heading", at, end, "6"))
        at = end + 1
    return marks
