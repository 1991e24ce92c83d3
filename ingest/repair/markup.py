"""Leftovers of HTML in plain text: entities (&nbsp; &lt;) and tags (<br>), as exports of web sites leave them."""

from __future__ import annotations

import re
from html import unescape

from corpus.offsets import Edit
from ingest.draft import Draft

STEP = "markup"
_MARKUP = re.compile(
    r"&(?:nbsp|ensp|emsp|lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot|times|permil|copy|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
    r"|</?(?:p|br|div|span|strong|b|i|em|u|a|img|font|h[1-6]|li|ul|ol|table|tr|td|tbody|section|center)(?:\s[^<>]{0,500})?/?>"
)
_BREAKS = re.compile(r"</?(?:p|br|div|h[1-6]|li|ul|ol|table|tr|section|center)\b")


def markup(draft: Draft) -> list[Edit]:
    """Edits that resolve entities and take tags out; those of blocks become line breaks."""
    edits = []
    for match in _MARKUP.finditer(draft.text):
        if match[0].startswith("&"):
            new = unescape(match[0]).replace("\r", "").replace("\n", "")
        else:
            new = "\n" if _BREAKS.match(match[0]) else ""
        edits.append(Edit(match.start(), match.end(), new, STEP))
    return edits
