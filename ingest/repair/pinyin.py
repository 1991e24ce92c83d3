"""Syllables: which characters are read so, with or without tone."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from pypinyin import Style, pinyin

from ingest.characters import simplified

_MARKED = "üāáǎàēéěèêếềīíǐìńňǹḿōóǒòūúǔùǖǘǚǜăĕĭŏŭâîôûẽãĩõũ\u0300-\u0304\u0306\u0308\u030c"
LETTER = f"a-zA-Zａ-ｚＡ-Ｚɡɑ{_MARKED}{_MARKED.upper()}"
SYLLABLE = f"[{LETTER}:]{{1,8}}[0-5¹²³⁴⁵０-５]?"
ZHUYIN = "˙?[\u3105-\u312f\u31a0-\u31bf]{1,4}[ˊˇˋ˙ˉ]?"
_TONES = str.maketrans("āáǎàēéěèêīíǐìńňǹōóǒòūúǔùǖǘǚǜḿ", "aaaaeeeeeiiiinnnoooouuuuvvvvm")
# Other marks that stand for the tones: a breve for the third, as many fonts and keyboards have it, circumflex and tilde after recognition.
_SAME = str.maketrans("ɡɑăĕĭŏŭâîôûãẽĩõũ", "gaǎěǐǒǔǎǐǒǔāēīōū")


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character with their tones, in pinyin and Zhuyin; empty for what is no Chinese character.

    Those of its Simplified form count too: what a converter made of 发 carries the reading of 发.
    """
    styles = (Style.TONE, Style.BOPOMOFO)
    both = {character, simplified().get(character, character)}
    found = (pinyin(one, heteronym=True, style=style, errors="ignore") for one in sorted(both) for style in styles)
    return frozenset(toned(syllable) for syllables in found for row in syllables for syllable in row) - {""}


@cache
def usual_reading(character: str) -> str:
    """The reading that a reader expects where nothing is said, without tone; empty for what is no Chinese character."""
    found = pinyin(character, style=Style.TONE, errors="ignore")
    return plain(found[0][0]) if found else ""


@cache
def _plain_readings(character: str) -> frozenset[str]:
    return frozenset(map(plain, readings(character)))


@lru_cache(maxsize=1 << 14)
def toned(syllable: str) -> str:
    """A syllable in lower case and composed characters, as `readings` has it."""
    text = unicodedata.normalize("NFKC", syllable.strip()).lower().translate(_SAME)
    return text.replace("u:", "ü")


@lru_cache(maxsize=1 << 14)
def plain(syllable: str) -> str:
    """A syllable in lower case without tone; ü as v."""
    text = toned(syllable).translate(_TONES).replace("ü", "v").strip("012345ˊˇˋ˙ˉ ")
    return text.replace("yu", "v") if text in ("lyu", "nyu") else text


@lru_cache(maxsize=1 << 15)
def is_reading(character: str, syllable: str) -> bool:
    """Whether `syllable` is a way to read `character`, whatever its tone; `u` passes for ü, as many writers have it."""
    text = plain(syllable)
    known = _plain_readings(character)
    return text in known or text.replace("u", "v") in known or text.replace("v", "u") in known


def is_exact_reading(character: str, syllable: str) -> bool:
    """As `is_reading`, with the tone where the syllable has one."""
    text = toned(syllable)
    return text in readings(character) if text != plain(syllable) else is_reading(character, syllable)
