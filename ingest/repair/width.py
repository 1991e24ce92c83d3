"""Half-width punctuation between Chinese characters: scrapers and OCR make `，` a comma. Parentheses, and anything at figures, stay."""

from __future__ import annotations

import re

from corpus.offsets import Edit
from ingest.characters import HAN
from ingest.draft import Draft

STEP = "width"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_LEFT = f"[{HAN}”’》）」』)%〕】…]"
_RIGHT = rf"[{HAN}“‘《（「『(〔【\s\dA-Za-z]|$"
_HALF = re.compile(rf"(?<={_LEFT})[,;:?!](?:(?={_RIGHT}))|(?<=[0-9A-Za-z])[,;:?!](?=[{HAN}“‘《（「『])")
_ANY = re.compile(rf"[,;:?!](?=[{HAN}“‘《（「『\n])|[{HAN}”’》][,;:?!]")


def widths(draft: Draft) -> list[Edit]:
    """Edits that make such signs full-width."""
    if not _ANY.search(draft.text):
        return []
    return [Edit(match.start(), match.end(), _FULL[match[0]], STEP) for match in _HALF.finditer(draft.text)]
