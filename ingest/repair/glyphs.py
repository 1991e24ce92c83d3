"""Characters that only look like the one that is meant: radicals and compatibility forms out of PDF files (⼈ for 人), half-width and small
forms of Chinese punctuation, letters with loose accents, bullets of symbol fonts in the private use area.

What stands in the private use area otherwise is a character of a font that is not here: it stays and is marked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from corpus.fold import RADICALS
from corpus.offsets import Edit
from ingest.draft import Draft, Mark

STEP = "glyph"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_ODD = re.compile(
    f"[巿囯亊囬夲\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufe10-\ufe19\ufe30-\ufe6f\uff61-\uff65\ufb00-\ufb06\u0300-\u036f\u0489\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef{_PRIVATE}]"
)
_LETTER = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")
_PRIVATE_RUN = re.compile(f"[{_PRIVATE}]+")
_BULLET = re.compile("(?:^|(?<=\n))([ \t\u3000]*)([\uf000-\uf0ff])", re.MULTILINE)
# Which form of an ideograph is meant, and strokes or accents laid over one: nothing to readers.
_SELECTED = re.compile("(?<=[\u3400-\u9fff，。、；：！？“”])[\u0300-\u036f\u0489\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_FORMS = re.compile("[巿囯亊囬夲\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufe10-\ufe19\ufe30-\ufe6f\uff61-\uff65\ufb00-\ufb06]")
_LINES = dict(zip("\ufe4d\ufe4e\ufe4f\ufe33\ufe34", "_____", strict=True))  # low lines stay lines
_UPRIGHT = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹐﹑﹒﹔﹕﹖﹗﹙﹚",
        "，、。：；！？〖〗…：—（）｛｝〔〕【】《》〈〉「」『』，、．；：？！（）",
        strict=True,
    )
)
_OLD = dict(zip("巿囯亊囬夲", "市国事回本", strict=True))  # forms that nobody writes any more and recognition finds
_HALF = dict(zip("｡｢｣､･", "。「」、·", strict=True))
_BULLET_SIGN = "•"
_DOUBLED = re.compile("([\u3400-\u9fff])\\1([\u3400-\u9fff])\\2([\u3400-\u9fff])\\3")  # a quicker look for the same
_TWICE = re.compile("(?:([\u3400-\u9fff])\\1){6,}")  # bold type that was made by printing each character twice


_PAIR = re.compile("([\u3400-\u9fff，。、；：！？“”])\\1")


def glyphs(draft: Draft) -> tuple[list[Edit], list[Mark]]:
    """Edits that put the character that is meant, and the marks for what nobody can tell (positions before the edits)."""
    text = draft.text
    doubled: list[Edit] = []
    if _DOUBLED.search(text):
        doubled = [Edit(at, at + 1, "", STEP) for match in _TWICE.finditer(text) for at in range(match.start() + 1, match.end(), 2)]
    if len(doubled) * 6 > len(text):
        doubled = [Edit(match.start() + 1, match.end(), "", STEP) for match in _PAIR.finditer(text)]
    if not _ODD.search(text):
        return doubled, []
    edits = doubled + [
        Edit(match.start(), match.end(), _meant(match[0]), STEP) for match in _FORMS.finditer(text) if _meant(match[0]) != match[0]
    ]
    edits += [Edit(match.start(), match.end(), "", STEP) for match in _SELECTED.finditer(text)]
    for match in _LETTER.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            edits.append(Edit(match.start(), match.end(), composed, STEP))
    bullets = {match.start(2) for match in _BULLET.finditer(text)}
    edits += [Edit(at, at + 1, _BULLET_SIGN, STEP) for at in sorted(bullets)]
    marks = [Mark("damaged", match.start(), match.end()) for match in _PRIVATE_RUN.finditer(text) if match.start() not in bullets]
    return edits, marks


@cache
def _meant(character: str) -> str:
    known = RADICALS.get(character) or _OLD.get(character) or _UPRIGHT.get(character) or _HALF.get(character)
    return known or unicodedata.normalize("NFKC", character) if character not in _LINES else character
