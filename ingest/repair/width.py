"""Width: full-width letters and digits become ordinary ones, half-width punctuation between Chinese characters becomes full-width (scrapers
and recognition make `，` a comma). Parentheses, and punctuation at figures, stay."""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.characters import HAN
from ingest.draft import Draft
from ingest.scan import sought

STEP = "width"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_LEFT = f"[{HAN}”’》）」』)%〕】…]"
_RIGHT = rf"[{HAN}“‘《（「『(〔【\s\dA-Za-z]|$"
_HALF = re.compile(
    rf"(?<={_LEFT})[,;:?!](?:(?={_RIGHT}))|(?<=[0-9A-Za-z０-９])[,;:?!](?=[{HAN}“‘《（「『])|(?<=[，。；：])[,;:?!](?=[{HAN}])"
)
_ANY = sought(
    ",;:?!０-９Ａ-Ｚａ-ｚ",
    rf"[,;:?!](?=[{HAN}“‘《（「『\n])|(?<=[{HAN}”’》])[,;:?!]|[０-９Ａ-Ｚａ-ｚ]",
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
# Signs that go with letters and digits, where such stand beside them: ２０％, ３＋Ｘ, １．５, ａ＠ｂ．ｃｎ, １—５.
_SIGN = re.compile("(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])(?:％|[＋－．／＆＠＿＝](?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])|[＋](?=[\u4e00-\u9fff]))")
_OFFSET = 0xFEE0  # from a full-width form to its ASCII character


_QUOTED = re.compile(r'"([^"\n]{1,300})"')
_CHINESE = re.compile(f"[{HAN}，。、；：！？]")


def _quotes(text: str) -> list[Edit]:
    """Edits for straight quotation marks that come in pairs on a line, around Chinese or beside it."""
    edits = []
    for line in re.finditer('[^\n]*"[^\n]*', text):
        if line[0].count('"') % 2:
            continue
        for match in _QUOTED.finditer(text, line.start(), line.end()):
            if _CHINESE.search(match[1]) or (match.start() and _CHINESE.match(text, match.start() - 1)):
                edits += [Edit(match.start(), match.start() + 1, "“", STEP), Edit(match.end() - 1, match.end(), "”", STEP)]
    return edits


def widths(draft: Draft) -> list[Edit]:
    """Edits that make them so."""
    text = draft.text
    quotes = _quotes(text) if '"' in text else []
    if not _ANY.search(text):
        return quotes
    edits = quotes + [Edit(match.start(), match.end(), _FULL[match[0]], STEP) for match in _HALF.finditer(text)]
    for match in _WIDE.finditer(text):
        edits += [Edit(at, at + 1, chr(ord(text[at]) - _OFFSET), STEP) for at in range(match.start(), match.end())]
    edits += [Edit(match.start(), match.end(), chr(ord(match[0]) - _OFFSET), STEP) for match in _SIGN.finditer(text)]
    return edits
