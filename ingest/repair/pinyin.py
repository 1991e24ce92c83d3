"""Syllables: which characters are read so, with or without tone."""

from __future__ import annotations

import unicodedata
from functools import cache

from pypinyin import Style, pinyin

SYLLABLE = "[a-zA-Zɡüāáǎàēéěèêếềīíǐìńňǹḿōóǒòūúǔùǖǘǚǜ\u0300\u0301\u0304\u030c\u0308:]{1,8}[0-5]?"
ZHUYIN = "[\u3105-\u312f\u31a0-\u31bfˊˇˋ˙]{1,5}"
_TONES = str.maketrans("āáǎàēéěèêếềīíǐìńňǹōóǒòūúǔùǖǘǚǜḿ", "aaaaeeeeeeeiiiinnnoooouuuuvvvvm")


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character with their tones, in pinyin and Zhuyin; empty for what is no Chinese character."""
    styles = (Style.TONE, Style.BOPOMOFO)
    found = (pinyin(character, heteronym=True, style=style, errors="ignore") for style in styles)
    return frozenset(toned(syllable) for syllables in found for row in syllables for syllable in row) - {""}


@cache
def _plain_readings(character: str) -> frozenset[str]:
    return frozenset(map(plain, readings(character)))


def toned(syllable: str) -> str:
    """A syllable in lower case and composed characters, as `readings` has it."""
    return unicodedata.normalize("NFC", syllable.strip().lower().replace("ɡ", "g").replace("u:", "ü"))


def plain(syllable: str) -> str:
    """A syllable in lower case without tone; ü as v."""
    return toned(syllable).translate(_TONES).replace("ü", "v").strip("012345ˊˇˋ˙ ")


def is_reading(character: str, syllable: str) -> bool:
    """Whether `syllable` is a way to read `character`, whatever its tone; `u` passes for ü, as many writers have it."""
    text = plain(syllable)
    known = _plain_readings(character)
    return text in known or text.replace("u", "v") in known or text.replace("v", "u") in known


def is_exact_reading(character: str, syllable: str) -> bool:
    """As `is_reading`, with the tone where the syllable has one."""
    text = toned(syllable)
    return text in readings(character) if text != plain(syllable) else is_reading(character, syllable)
