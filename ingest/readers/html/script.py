"""Pages whose text is a string in a script: the longest such string becomes the text that is read, each escape a change of its own."""

from __future__ import annotations

import re
from html import unescape

from corpus.offsets import Edit
from ingest.draft import Draft
from ingest.readers.html.tree import Page

STEP = "html.script"
_STRING = re.compile(r'"(?:[^"\\\n]|\\.){200,}+"' + r"|'(?:[^'\\\n]|\\.){200,}+'|`(?:[^`\\]|\\.){200,}+`", re.DOTALL)
_HAN = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_STOP = re.compile(r"。|\\u3002")
_TAG = re.compile(r"(?:<|\\u003c|&lt;).{0,300}?(?:>|\\u003e|&gt;)", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_ENTITY = re.compile(r"&(?:lt|gt|quot|amp|#x?[0-9a-fA-F]{2,6});")
_LETTERS = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": "\n", "\n": ""}
_LEAST = 60  # Chinese characters
_SHARE = 0.4  # of them in what is no tag: a string of data has less
_STOPS = 2  # ends of sentences that make it prose


def embedded(page: Page, draft: Draft) -> Draft | None:
    """The draft cut down to the string in a script that holds the page's text, its escapes resolved; None where there is none."""
    best: tuple[int, int, int] | None = None
    for start, end in page.scripts:
        for match in _STRING.finditer(page.source, start, end):
            size = len(_HAN.findall(match[0]))
            if size >= _LEAST and (best is None or size > best[0]) and _is_prose(match[0], size):
                best = (size, match.start() + 1, match.end() - 1)
    if best is None:
        return None
    _, low, high = best
    escapes = _ESCAPE.finditer(page.source, low, high)
    edits = [Edit(0, low, "", STEP), *(Edit(match.start(), match.end(), _meant(match[0]), STEP) for match in escapes)]
    if high < len(page.source):
        edits.append(Edit(high, len(page.source), "", STEP))
    draft = draft.edit(edits)
    if "<" not in draft.text and _ENTITY.search(draft.text):  # markup that was escaped once more
        draft = draft.edit([Edit(match.start(), match.end(), unescape(match[0]), STEP) for match in _ENTITY.finditer(draft.text)])
    if "<" not in draft.text:
        return draft.edit([Edit(at, at, "<br>", STEP) for at, sign in enumerate(draft.text) if sign == "\n"])
    return draft


def _is_prose(string: str, han: int) -> bool:
    shown = len(_ESCAPED.sub("x", _TAG.sub("", string)))
    return len(_STOP.findall(string)) >= _STOPS and han >= _SHARE * shown


def _meant(escape: str) -> str:
    if escape[1] in "ux":
        digits = re.findall(r"\\[ux]([0-9a-fA-F]+)", escape)
        if digits:
            codes = [int(code, 16) for code in digits]
            if len(codes) == 2:
                return chr(0x10000 + ((codes[0] - 0xD800) << 10) + (codes[1] - 0xDC00))
            return "" if 0xD800 <= codes[0] <= 0xDFFF else chr(codes[0])
    return _LETTERS.get(escape[1], escape[1])
