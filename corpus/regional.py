"""Words of Taiwan and Hong Kong and what they are called on the mainland (計程車 is 出租车), word by word, so that positions hold.

The words are OpenCC's (`tw2sp`, `hk2sp`), found as the shortest stretches that its regional conversion treats otherwise than the one of
characters alone, and a few more of daily life. OpenCC has many for software whose form is an ordinary mainland word with a meaning of its
own (檔案 is 文件 there, 建立 is 创建); a word counts here only where the mainland hardly uses the form, by the frequencies of jieba's
dictionary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import jieba
import opencc
import rjieba

_LONGEST = 9  # characters of the longest such word that is looked for
_RATIO = 20  # how much rarer the form must be than the mainland's word
_RARE = 60  # occurrences below which a form shows by itself that a text is from there, if it is longer than
_SHORT = 2
_CLAUSE = re.compile("[A-Z]?[\u3400-\u9fff·]{2,80}")
_PLACES = re.compile(
    "[臺台][灣湾北中南東东]|新北|高雄|桃園|基隆|民國|里長|里辦公|立法院|內政部|捷運|志工|香港|九龍|新界|澳門|特區政府|屋苑|立案法團|民政事務"
)
_KEPT = frozenset(
    ("社群", "專案", "專案組", "變數", "物件", "區域性", "效能", "機率", "線上", "數位", "貼上", "外接", "內建", "引數", "多型")
)  # mean something else outside software
_MORE = {
    "公車": "公交车",
    "捷運": "地铁",
    "腳踏車": "自行车",
    "志工": "志愿者",
    "幼稚園": "幼儿园",
    "停車格": "停车位",
    "的士": "出租车",
    "屋苑": "住宅小区",
    "國中生": "初中生",
    "國小": "小学",
    "身心障礙者": "残疾人",
    "冷氣機": "空调",
    "警察分局": "公安分局",
}


class Word(NamedTuple):
    """`text[start:end]` is called `new` on the mainland; `telling` where the form alone shows where a text is from."""

    start: int
    end: int
    new: str
    telling: bool


def regional_words(text: str) -> list[Word]:
    """The words of a Traditional text that the mainland calls otherwise, in order, not overlapping."""
    clauses = list(_CLAUSE.finditer(text))
    if not clauses:
        return []
    lines = "\n".join([clause[0] for clause in clauses])
    plain, *others = (converter.convert(lines).split("\n") for converter in _converters())
    found: list[Word] = []
    for clause, flat, *named in zip(clauses, plain, *others, strict=True):
        if any(name != flat for name in named) or _more().search(clause[0]):
            at = clause.start()
            found += [Word(at + word.start, at + word.end, word.new, word.telling) for word in _words(clause[0], flat, *named)]
    return found


def is_regional(text: str, words: list[Word]) -> bool:
    """Whether a Traditional text was written in Taiwan or Hong Kong and not made by a converter, by its words and the places it names."""
    if any(word.telling for word in words) or _PLACES.search(text):
        return bool(words)
    return len({text[word.start : word.end] for word in words}) > 1


def as_on_the_mainland(query: str) -> str:
    """A query with its regional words replaced, as those of the texts are: 計程車 finds what tells of 出租车. Others are unchanged."""
    out, at = "", 0
    for word in regional_words(query):
        out += query[at : word.start] + word.new
        at = word.end
    return out + query[at:]


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("tw2s"), opencc.OpenCC("tw2sp"), opencc.OpenCC("hk2sp")


@cache
def _more() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_MORE, key=len, reverse=True)))


@lru_cache(maxsize=4096)
def _words(clause: str, flat: str, *converted: str) -> tuple[Word, ...]:
    """The words of a clause that end where words end (in 生產線上 there is no 線上) and that OpenCC finds in the clause too (in 軟體動物
    there is no 軟體). `flat` is the clause in Simplified characters, `converted` it with regional words replaced."""
    if len(flat) != len(clause):
        return ()
    borders = {0, *accumulate(map(len, rjieba.cut(flat)))}
    found: list[Word] = []
    at = 0
    while at < len(clause) - 1:
        size, new = 1, ""
        if at in borders:
            ends = [end for end in range(min(at + _LONGEST, len(clause)), at + 1, -1) if end in borders]
            size, new = next(((end - at, name) for end in ends if (name := _name(clause[at:end]))), (1, ""))
        rest = new[size:] if new.startswith(flat[at : at + size]) else ""
        goes_on = bool(rest) and flat.startswith(rest, at + size)  # 厄瓜多 in 厄瓜多爾 is the mainland's own
        if new and not goes_on and (clause[at : at + size] in _MORE or any(new in text for text in converted)):
            found.append(Word(at, at + size, new, _is_telling(clause[at : at + size])))
        at += size
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _name(form: str) -> str:
    """What the mainland calls exactly this form; empty where it has no other word, where only a part of the form is such a word, or where
    the form is a word of its own there."""
    if form in _KEPT:
        return ""
    if form in _MORE:
        return _MORE[form]
    plain, *others = _converters()
    for other in others:
        new, same = str(other.convert(form)), plain.convert(form)
        if new == same or other.convert(form[1:]) != plain.convert(form[1:]) or other.convert(form[:-1]) != plain.convert(form[:-1]):
            continue
        known = _frequencies()
        if known.get(same, 0) * _RATIO <= max(known.get(new, 0), _RATIO):
            return new
    return ""


def _is_telling(form: str) -> bool:
    return len(form) > _SHORT and _frequencies().get(_converters()[0].convert(form), 0) < _RARE


@cache
def _frequencies() -> dict[str, int]:
    """Words of jieba's dictionary with their counts."""
    rows = (line.split(" ", 2) for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows}
