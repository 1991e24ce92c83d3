"""What Chinese text usually looks like, character by character: for telling encodings and damage apart.

Frequencies are those of jieba's dictionary (words times their counts), read once and only where something has to be weighed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import jieba
import opencc

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇"
_ORDINARY = re.compile(r"[\s0-9A-Za-z，。、；：？！“”‘’（）《》〈〉【】「」『』—…·,.;:?!()\[\]\"'%+\-/&<>=]")
_KNOWN = 30  # occurrences from which a word of jieba's dictionary counts as known
_LETTER, _ORDINARY_COST, _RARE, _ALIEN = -6.0, -3.5, -14.0, -16.0


@cache
def simplifier() -> opencc.OpenCC:
    """OpenCC, Traditional to Simplified. Thread-safe; kept because loading its dictionary takes milliseconds."""
    return opencc.OpenCC("t2s")


@cache
def level_one() -> frozenset[str]:
    """The 3,755 characters of GB 2312 level 1: they make up more than 99 % of ordinary text."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(row.decode("gb2312", "ignore") for row in rows) - {""}


@cache
def simplified() -> dict[str, str]:
    """Traditional-only characters with what OpenCC makes of each alone."""
    convert = simplifier().convert
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = convert("\n".join(han)).split("\n")
    return {old: new for old, new in zip(han, converted, strict=True) if old != new}


@cache
def common() -> frozenset[str]:
    """Level 1 with the Traditional forms of its characters."""
    base = level_one()
    return base | {old for old, new in simplified().items() if new in base}


@cache
def _dictionary() -> tuple[dict[str, float], frozenset[str]]:
    """Natural logarithm of each character's share, Simplified; and the words of two characters that are not rare."""
    counts: Counter[str] = Counter()
    words = set()
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ", 2)
        if len(word) == 2 and int(count) >= _KNOWN:
            words.add(word)
        for character in word:
            counts[character] += int(count)
    total = sum(counts.values())
    return {character: math.log(count / total) for character, count in counts.items()}, frozenset(words)


def known_words(text: str) -> int:
    """How many neighbours in `text` make a word of two characters, Traditional forms counting as Simplified ones."""
    plain = [simplified().get(character, character) for character in text]
    words = _dictionary()[1]
    return sum(first + second in words for first, second in pairwise(plain))


@cache
def weight(character: str) -> float:
    """Rough log-probability of a character in Chinese text, Traditional forms counting as Simplified ones."""
    known = _dictionary()[0].get(simplified().get(character, character))
    if known is not None and character >= "\u3400":
        return max(known, _RARE)
    if _ORDINARY.fullmatch(character):
        return _ORDINARY_COST
    if "\u3400" <= character <= "\u9fff":
        return _RARE
    return _LETTER * 2 if character.isalnum() and character.isascii() else _ALIEN


def plausibility(text: str) -> float:
    """Mean weight of the characters that are not ASCII: about -7 for Chinese text, below -10 for bytes read in the wrong encoding."""
    foreign = [character for character in text if character > "\x7f"]
    return sum(map(weight, foreign)) / len(foreign) if foreign else _ORDINARY_COST
