"""Whether the text layer of a PDF page is text: fonts without a table of characters give signs that nobody wrote."""

from __future__ import annotations

import re
import unicodedata

_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_USUAL = re.compile("[\u0020-\u007e\u00b7\u2000-\u206f\u2150-\u22ff\u2460-\u25ff\u2600-\u27bf\u3000-\u303f\uff00-\uffef]")
_FREQUENT = frozenset(  # characters that no page of running Chinese text goes without, in both scripts
    "的一是了不人在有这个上们来到时大地为子中你说生国年着就和要出也得里后自以会家可下而过天去能对小多然于心学之都好看起发当没成只如事把还用第样道想"
    "作种开总从无情面最但现前些所同日手又行意动方期它头经长回位分因很给名法间知两次使身者高已其进此话常与活正与及等将其对并通民社区居街委办党组织"
    "工建设理管务服基层治政府市县村发展解决问题单位年月本相关应按各条件制度實們來時為說這個學會後過對發當沒還樣開總無現從頭經長給間兩進話與動區"
    "黨組織務層縣發問題單關應條"
)
_MOST_ODD = 0.2  # share of characters of no use from which a page is taken for unreadable
_MANY = 60  # different Han characters from which their frequency says something
_LEAST_FREQUENT = 0.06  # running text has .35 to .55, lists of names and places .1 to .2, wrongly mapped glyphs .02 to .04
_KNOWN = ("gb2312", "big5")


def is_text(text: str) -> bool:
    """Whether characters make up a text in Chinese or Latin letters, not what a font without a table of characters gives."""
    text = re.sub(r"\s+", "", text)
    if not text:
        return False
    odd = len(_PRIVATE.findall(text))
    han = _HAN.findall(text)
    strange = sum(
        not (_HAN.match(sign) or _USUAL.match(sign) or unicodedata.normalize("NFKC", sign) != sign or _accented(sign)) for sign in text
    )
    if (odd + strange) > _MOST_ODD * len(text) and len(text) >= 4:
        return False
    if len(set(han)) < _MANY:
        return True
    common = sum(any(_encodes(sign, table) for table in _KNOWN) for sign in set(han))
    if common < 0.8 * len(set(han)):
        return False
    return sum(sign in _FREQUENT for sign in han) >= _LEAST_FREQUENT * len(han)


def _encodes(sign: str, table: str) -> bool:
    try:
        sign.encode(table)
    except UnicodeEncodeError:
        return False
    return True


def _accented(sign: str) -> bool:
    """Letters of European languages and pinyin: a basic letter with a mark."""
    return unicodedata.normalize("NFD", sign)[0].isascii()
