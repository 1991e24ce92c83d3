"""Captions of a page's pictures: by their element, by how captions begin and end, by standing small and centred under a picture."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import islice

from ingest.readers.html.blocks import Block
from ingest.readers.html.tree import Page

_CALLED = re.compile(
    r"caption|(?:img|image|pic|photo|figure|tu)[\-_]?(?:desc|description|note|txt|text|title|info|intro|explain|zhu|tips?)\b|pictext|tuzhu|tushuo",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\s*(?:[▲△▼▽↑↓◆◎●■☝⬆]\s*\S|[（(]?(?:图[一二三四五六七八九十\d]{0,3}\s?[:：|丨/]|图为|图片来源|图源|图片说明|资料图|[上下左右]图(?:为|[:：])|图文无关))"
)
_ENDS = re.compile(r"(?:[\s）)】]|^|[。，])(?:[\u4e00-\u9fff·、\s/／]{2,24}(?:摄影?|供图)|图[/／|：:]\s?\S{2,12}|资料图片?)[）)】。]?\s*$")
_SHOWS = re.compile("正在|(?:现场|合影|截图|示意图|效果图|一角)$")
_CENTRED = re.compile(r"text-align\s*:\s*center|\balign\s*=\s*[\"']?center", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)$|^[\w\-.()（）\s]*$", re.IGNORECASE | re.ASCII)
_SENTENCE = re.compile(r"[。！？；]|，.*，")
_LONGEST = 100
_BRIEF = 40
_TOLD = 10  # Chinese characters from which an image's description may be a caption


def find_captions(chosen: list[Block], body: float) -> None:
    """Mark the lines that are captions; `body` is the font size of the text, 0 where it is not known."""
    for block in chosen:
        text = unescape(block.text).strip()
        if len(text) > _LONGEST or block.field:
            continue
        up = [block.node, *islice(block.node.ancestors(), 2)]
        called = any(node.tag == "figcaption" or _CALLED.search(f"{node.attribute('class')} {node.attribute('id')}") for node in up)
        if called or _BEGINS.match(text) or (block.pictured and _ENDS.search(text)):
            block.caption = True
        elif block.pictured and len(text) <= _BRIEF and not _SENTENCE.search(text):
            centred = any(node.tag == "center" or _CENTRED.search(node.raw) for node in up)
            smaller = bool(0 < block.font < body)
            block.caption = smaller or bool(_SHOWS.search(text)) or (centred and block.bold * 2 < block.size)


def described(page: Page, chosen: list[Block], title: str) -> list[Block]:
    """Descriptions of pictures inside the main text that read like captions and stand nowhere else, each as a line of its own."""
    if len(chosen) < 2:
        return []
    first, last = chosen[0].start, chosen[-1].start
    images = [node for node in page.root.elements() if node.tag == "img" and first < node.start < last and "alt" in node.raw.lower()]
    told = [_plain(node.attribute("alt")) for node in images]
    counts = Counter(told)
    known = _plain(title) + "\n" + "\n".join(_plain(block.text) for block in chosen)
    found = []
    for node, text in zip(images, told, strict=True):
        chinese = len(re.findall("[\u4e00-\u9fff]", text))
        if chinese < _TOLD or counts[text] > 1 or text in known or _FILE.search(text) or node.hidden():
            continue
        span = node.value_span("alt")
        if span is not None:
            found.append(Block(node, [span], text=page.source[span[0] : span[1]], size=chinese, caption=True))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unescape(text))
